"""The store: opens the database and hands out units of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlcipher3 import dbapi2
from sqlmodel import Session, select

from kerjadesa.domain.entry import Entry
from kerjadesa.domain.problem import UserError
from kerjadesa.store import listing, migrations
from kerjadesa.store.batches import Batches
from kerjadesa.store.engine import open_database
from kerjadesa.store.files import sync_folder
from kerjadesa.store.journal import Journal
from kerjadesa.store.listing import EVERYBODY, Key, Listing, View
from kerjadesa.store.new_workers import insert_new
from kerjadesa.store.tables import DeviceRow, PhotoRow, ProgrammeRow, SettingRow
from kerjadesa.store.workers import ListedRow, Workers

DEVICE = "device"
HUB = "hub"


class Unit:
    """One transaction: everything in it lands together or not at all."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.device = str(self.setting(DEVICE) or "")
        self.journal = Journal(session, self.device, now)
        self.workers = Workers(session)
        self.batches = Batches(session, self.device)

    @property
    def hub(self) -> str:
        """Id of the hub this device trusts, empty before it has an invitation."""
        return str(self.setting(HUB) or "")

    def setting(self, name: str) -> Any:
        """A setting's JSON value, None where there is none."""
        row = self.session.get(SettingRow, name)
        return None if row is None else row.value

    def set(self, name: str, value: Any) -> None:
        """Writes a setting."""
        self.session.merge(SettingRow(name=name, value=value))
        self.session.flush()

    def refold(self, subjects: list[str]) -> None:
        """Brings the rows of these workers up to what the journal says of them."""
        self.workers.refold(self.journal.of_subjects(subjects), self.hub)

    def project_new(self, entries: list[Entry]) -> None:
        """Makes the rows of workers whose only entry is the one given: what an import writes."""
        insert_new(self.session, entries)

    def page(self, limit: int, after: Key | None = None, view: View = EVERYBODY) -> Listing:
        """One page of the list of workers, from the one whose `listing.key_of` is `after`."""
        return listing.page(self.session, self.batches, view, limit, after)

    def search(self, words: str, limit: int = 200) -> tuple[list[ListedRow], bool]:
        """Workers that fit the words, by name, and whether there are more."""
        found = self.page(limit, view=View(words)) if words.strip() else Listing([], more=False)
        return found.rows, found.more

    def count(self, view: View) -> int | None:
        """How many workers a view shows; None where they are too many to count while typing."""
        return listing.count(self.session, self.batches, view)

    def ids(self, view: View) -> list[str]:
        """Everybody a view shows, in its order."""
        return listing.ids(self.session, self.batches, view)

    def listed(self, workers: list[str]) -> list[ListedRow]:
        """The rows of these workers as lists show them, in the order given."""
        return listing.listed(self.session, workers)

    def programmes(self) -> list[ProgrammeRow]:
        """All programmes, by code."""
        return list(self.session.exec(select(ProgrammeRow).order_by(ProgrammeRow.code)))

    def programme(self, code: str) -> ProgrammeRow | None:
        """One programme."""
        return self.session.get(ProgrammeRow, code)

    def devices(self) -> list[DeviceRow]:
        """The district's trust list."""
        return list(self.session.exec(select(DeviceRow).order_by(DeviceRow.device)))

    def keep_photo(self, sha256: str, jpeg: bytes) -> None:
        """Stores a photo once, whoever shows it."""
        if self.session.get(PhotoRow, sha256) is None:
            self.session.add(PhotoRow(sha256=sha256, jpeg=jpeg))
            self.session.flush()

    def photo(self, sha256: str) -> bytes | None:
        """The JPEG with this SHA-256."""
        row = self.session.get(PhotoRow, sha256) if sha256 else None
        return None if row is None else row.jpeg


class Store:
    """The open database of one device."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def unit(self, now: datetime) -> Iterator[Unit]:
        """A unit of work: commits when the block ends, rolls back when it raises."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield Unit(session, now)
            session.commit()

    @contextmanager
    def reading(self, now: datetime) -> Iterator[Unit]:
        """A unit that only asks: it never waits for a writer and never keeps one waiting."""
        with (
            self._engine.connect().execution_options(reading=True) as connection,
            Session(bind=connection, expire_on_commit=False) as session,
        ):
            # Closing lets go of the rows as they are; a rollback would empty them first.
            yield Unit(session, now)

    def integrity(self) -> list[str]:
        """What SQLCipher finds wrong with the file; empty when it is whole."""
        # Minutes on an old disk: a registration must not wait for it.
        with self._engine.connect().execution_options(reading=True) as connection:
            damaged = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
            # Over a page that cannot be decrypted the second look breaks off with an error.
            if not damaged:
                damaged = connection.exec_driver_sql("PRAGMA integrity_check").fetchall()
            connection.rollback()
        return [str(row[0]) for row in damaged if row[0] != "ok"]

    def close(self) -> None:
        """Folds the write-ahead log into the file, unless another program is at it, and lets go."""
        with self._engine.connect().execution_options(reading=True) as connection:
            connection.rollback()
            cursor = connection.connection.cursor()
            # Who closes last does it; nobody waits for another program that is still writing.
            cursor.execute("PRAGMA busy_timeout = 0")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()


def open_store(path: Path, key: bytes, backups: Path) -> Store:
    """Opens a device's database at the newest schema, made if it is not there.

    Before an old schema is migrated, an encrypted copy is left in `backups`. Raises UserError
    `database_newer`, `database_unreadable`, `database_unencrypted`.
    """
    engine = open_database(path, key)

    def backup(version: int) -> None:
        backups.mkdir(parents=True, exist_ok=True)
        copy_database(path, key, backups / f"before-schema-{version + 1}.db")

    try:
        migrations.migrate(engine, migrations.STEPS, backup)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def copy_database(path: Path, key: bytes, target: Path) -> None:
    """An encrypted copy of a live database, under the same key; raises UserError `disk_full`."""
    temporary = target.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    pragma = f"PRAGMA key = \"x'{key.hex()}'\""
    source, copy = dbapi2.connect(path), dbapi2.connect(temporary)
    try:
        source.execute(pragma)
        copy.execute(pragma)
        source.backup(copy)
    except dbapi2.OperationalError as error:
        copy.close()
        temporary.unlink(missing_ok=True)
        # Copying leaves no error code, only SQLite's words for it.
        if "disk is full" in str(error):
            raise UserError("disk_full") from error
        raise
    finally:
        copy.close()
        source.close()
    temporary.replace(target)
    sync_folder(target.parent)
