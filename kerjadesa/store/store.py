"""The store: opens the database and hands out units of work."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from kerjadesa.domain.ceremony import CeremonyFacts
from kerjadesa.domain.declared import Declared, plan_of, programme_of
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.store import listing, migrations, twins
from kerjadesa.store.batches import Batches
from kerjadesa.store.copying import Glance, copy_database, look_into
from kerjadesa.store.engine import open_database
from kerjadesa.store.journal import Journal
from kerjadesa.store.listing import EVERYBODY, Key, Listing, View
from kerjadesa.store.new_workers import insert_new
from kerjadesa.store.tables import (
    CeremonyRow,
    DeviceRow,
    PhotoRow,
    ProgrammeRow,
    ReplacedCardRow,
    SettingRow,
)
from kerjadesa.store.twins import Sought
from kerjadesa.store.workers import ListedRow, Workers

# A slow disk takes a fifth of a second for a draft; a list takes many seconds.
_BLINK, _PATIENCE = 0.09, 3
DEVICE = "device"
HUB = "hub"
FORMER = "former"
"""Setting: devices this register was before it was restored, and their keys, until the district
holds all that they wrote: `{device: keys}`."""


class Unit:
    """One transaction: everything in it lands together or not at all."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self._hub: str | None = None
        self.device = str(self.setting(DEVICE) or "")
        self.journal = Journal(session, self.device, now)
        self.workers = Workers(session)
        self.former: dict[str, Any] = self.setting(FORMER) or {}
        self.batches = Batches(session, self.device, self.former)

    @property
    def hub(self) -> str:
        """Id of the hub this device trusts, empty before it has an invitation."""
        # Asked once: a lane that asks the database between any two workers leaves the window no
        # moment to go on.
        if self._hub is None:
            self._hub = str(self.setting(HUB) or "")
        return self._hub

    def setting(self, name: str) -> Any:
        """A setting's JSON value, None where there is none."""
        # Straight to the driver: every look at the list begins with the device's id.
        found = self.session.connection().exec_driver_sql(
            "SELECT value FROM setting WHERE name = :name", {"name": name}
        )
        row = found.first()
        # SQLite hands back a whole number as one, whatever text it was written as.
        return None if row is None else json.loads(str(row[0]))

    def set(self, name: str, value: Any) -> None:
        """Writes a setting."""
        self.session.merge(SettingRow(name=name, value=value))
        self.session.flush()
        self._hub = None

    def unset(self, name: str) -> None:
        """Takes a setting away."""
        if row := self.session.get(SettingRow, name):
            self.session.delete(row)
            self.session.flush()
        self._hub = None

    def refold(self, subjects: list[str]) -> None:
        """Brings the rows of these workers up to what the journal says of them."""
        again = self.workers.refold(self.journal.of_subjects(subjects), self.hub)
        if again:
            self.workers.refold(self.journal.of_subjects(sorted(again)), self.hub)

    def project_new(self, entries: list[Entry]) -> list[Sought]:
        """Makes the rows of workers whose only entry is the one given: what an import writes.

        What it returns is for `seek_twins`, many at a time, before the transaction ends.
        """
        return insert_new(self.session, entries)

    def seek_twins(self, fresh: list[Sought]) -> None:
        """Finds whom these new workers resemble."""
        twins.add_new(self.session, fresh)

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

    def declared(self, code: str) -> Declared[ProgrammeFacts] | None:
        """What the journal's entries about this programme add up to."""
        return programme_of(self.journal.of_subjects([code])[code])

    def ceremonies(self) -> list[CeremonyRow]:
        """All hand-over ceremonies, the one planned last first."""
        return list(self.session.exec(select(CeremonyRow).order_by(col(CeremonyRow.hlc).desc())))

    def ceremony(self, ceremony: str) -> CeremonyRow | None:
        """One ceremony."""
        return self.session.get(CeremonyRow, ceremony)

    def planned(self, ceremony: str) -> Declared[CeremonyFacts] | None:
        """What the journal's entries about this ceremony add up to."""
        return plan_of(self.journal.of_subjects([ceremony])[ceremony])

    def replaced_issue(self, card_number: str) -> int:
        """The issue of this card that counts by the district's word; 0 where it said nothing."""
        row = self.session.get(ReplacedCardRow, card_number)
        return 0 if row is None else row.issue

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

    def __init__(self, engine: Engine, path: Path, key: bytes) -> None:
        self._engine, self._path, self._key = engine, path, key
        self._turn = threading.Lock()

    @contextmanager
    def unit(self, now: datetime) -> Iterator[Unit]:
        """A unit of work: commits when the block ends, rolls back when it raises.

        One at a time. Raises UserError `register_writing` on the program's main thread, which is
        the window's, where a whole list is being written: a window must not stand still until then.
        """
        at_the_window = threading.current_thread() is threading.main_thread()
        if not self._turn.acquire(timeout=_PATIENCE if at_the_window else -1):
            raise UserError("register_writing")
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                yield Unit(session, now)
                session.commit()
        finally:
            self._turn.release()

    def is_free(self, within: float = _BLINK) -> bool:
        """Whether a unit of work would get its turn within so many seconds."""
        free = self._turn.acquire(timeout=within)
        if free:
            self._turn.release()
        return free

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

    def copy_to(self, target: Path, watch: Callable[[int, int], None]) -> Glance:
        """Leaves an encrypted copy, and says what it holds; see `copy_database`, `look_into`."""
        copy_database(self._path, self._key, target, watch)
        return look_into(target, self._key)

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
    return Store(engine, path, key)
