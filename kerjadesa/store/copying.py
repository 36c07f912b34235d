"""A copy of the encrypted database, taken while others go on writing, and a look into one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from kerjadesa.domain.problem import UserError
from kerjadesa.store.files import replace_file, sync_folder, writing_trouble

_PAGES = 256
"""A mebibyte at a time: often enough for a person who watches, or wants to stop."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a copy holds."""

    vector: dict[str, int]
    workers: int
    schema: int


def copy_database(
    path: Path,
    key: bytes,
    target: Path,
    watch: Callable[[int, int], None] | None = None,
) -> None:
    """An encrypted copy of a live database, under the same key, as of the moment it began.

    `watch(pages done, pages in all)` may raise to stop; then, as after UserError `disk_full` and
    `file_not_written`, nothing is left at `target`.
    """
    temporary = target.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    pragma = f"PRAGMA key = \"x'{key.hex()}'\""
    source = dbapi2.connect(path, isolation_level=None)
    copy = dbapi2.connect(temporary)

    def told(_status: int, remaining: int, total: int) -> None:
        if watch is not None:
            watch(total - remaining, total)

    try:
        source.execute(pragma)
        copy.execute(pragma)
        # One reading transaction around all of it: a registration half way through would
        # otherwise make SQLite begin again from the first page.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, progress=told)
    except BaseException as error:
        copy.close()
        temporary.unlink(missing_ok=True)
        # Copying leaves no error code, only SQLite's words for it.
        if isinstance(error, dbapi2.OperationalError) and "disk is full" in str(error):
            raise UserError("disk_full") from error
        raise
    finally:
        copy.close()
        source.close()
    with writing_trouble():
        replace_file(temporary, target)
        sync_folder(target.parent)


def look_into(path: Path, key: bytes) -> Glance:
    """Reads every page of a copy and says what it holds, changing nothing beside it.

    Raises UserError `backup_unfaithful` where a page cannot be read.
    """
    # Immutable: else SQLite would put its own files beside a copy that nobody writes to.
    copy = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        copy.execute("PRAGMA cipher_log_level = NONE")
        copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if copy.execute("PRAGMA cipher_integrity_check").fetchone():
            raise UserError("backup_unfaithful")
        vector = dict(copy.execute("SELECT device, max(seq) FROM entry GROUP BY device").fetchall())
        workers = copy.execute("SELECT count(*) FROM worker").fetchone()[0]
        schema = copy.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    except dbapi2.DatabaseError as error:
        raise UserError("backup_unfaithful") from error
    finally:
        copy.close()
    return Glance(vector, workers, schema)
