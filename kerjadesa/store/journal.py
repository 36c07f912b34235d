"""The journal: appending to this device's chain, and taking in what others wrote."""

import json
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from kerjadesa.domain import entry as entries
from kerjadesa.domain.chain import Item, continued
from kerjadesa.domain.clock import Stamp, hear
from kerjadesa.domain.entry import GENESIS, Entry
from kerjadesa.store.tables import EntryRow

_START = Stamp(0)


class Journal:
    """One device's view of all chains, within one transaction.

    `device` writes; every other chain is only read in. `now` is the wall time of the transaction.
    """

    def __init__(self, session: Session, device: str, now: datetime) -> None:
        self._session = session
        self._device = device
        self._wall_ms = int(now.timestamp() * 1000)
        self._last: tuple[int, bytes] | None = None
        self._clock: Stamp | None = None

    def append(self, verb: str, subject: str, values: dict[str, Any], operator: str) -> Entry:
        """Writes one entry at the end of this device's chain."""
        return self.append_many([(verb, subject, values)], operator)[0]

    def append_many(self, items: Iterable[Item], operator: str) -> list[Entry]:
        """Writes (verb, subject, values) in order at the end of this device's chain.

        Values may come as canonical bytes.
        """
        if not self._device:
            raise ValueError("this database has no device yet")
        tail = self._tail()
        written, clock = continued(
            self._device, items, operator, tail, self._now(), self._wall_ms, os.urandom
        )
        self._insert(written)
        self._last = (written[-1].seq, written[-1].hash) if written else tail
        self._clock = clock
        return written

    def next_seq(self) -> int:
        """The place that the next entry of this device will have in its chain."""
        return self._tail()[0] + 1

    def take_in(self, run: Sequence[Entry]) -> list[Entry]:
        """Stores another chain's verified run and returns the entries that were new here.

        Raises `ChainBroken` where the run does not continue what is held, or where an entry
        already held has another hash (a fork: a copied database writes under an old name).
        """
        if not run:
            return []
        device, first = run[0].device, run[0].seq
        around = select(EntryRow.seq, EntryRow.hash).where(
            EntryRow.device == device,
            col(EntryRow.seq) >= first - 1,
            col(EntryRow.seq) <= run[-1].seq,
        )
        held = dict(self._session.exec(around).all())
        before = held.get(first - 1, GENESIS if first == 1 else None)
        if before is None:
            raise entries.ChainBroken(f"nothing is held before entry {run[0].id}")
        entries.verify_chain(run, first - 1, before)
        for entry in run:
            if held.get(entry.seq, entry.hash) != entry.hash:
                raise entries.ChainBroken(f"entry {entry.id} is held with another hash")
        fresh = [entry for entry in run if entry.seq not in held]
        self._insert(fresh)
        for entry in fresh:
            self._clock = hear(self._now(), Stamp.parse(entry.hlc), self._wall_ms)
        return fresh

    def of_subjects(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """All entries about these subjects, by subject."""
        found: dict[str, list[Entry]] = {subject: [] for subject in subjects}
        for start in range(0, len(subjects), 500):
            chunk = subjects[start : start + 500]
            rows = self._session.exec(select(EntryRow).where(col(EntryRow.subject).in_(chunk)))
            for row in rows:
                found[row.subject].append(from_row(row))
        return found

    def run(self, device: str, first: int, last: int) -> list[Entry]:
        """Entries `first` to `last` of one chain."""
        rows = self._session.exec(
            select(EntryRow)
            .where(EntryRow.device == device, col(EntryRow.seq) >= first, col(EntryRow.seq) <= last)
            .order_by(col(EntryRow.seq))
        )
        return [from_row(row) for row in rows]

    def operators(self, ids: Iterable[str]) -> dict[str, str]:
        """Who wrote these entries, by entry id."""
        wanted = json.dumps([entry.rpartition(":")[::2] for entry in ids])
        found = self._session.connection().execute(
            text(
                "SELECT entry.device, entry.seq, entry.operator FROM json_each(:wanted) AS wanted "
                "JOIN entry ON entry.device = json_extract(wanted.value, '$[0]') "
                "AND entry.seq = CAST(json_extract(wanted.value, '$[1]') AS INTEGER)"
            ),
            {"wanted": wanted},
        )
        return {f"{device}:{seq}": operator for device, seq, operator in found}

    def vector(self) -> dict[str, int]:
        """What is held here: `{device: last seq}`."""
        return vector(self._session)

    def registered(self) -> set[str]:
        """Subjects that some entry registers and whose entries are not erased."""
        statement = select(EntryRow.subject).where(
            EntryRow.verb == entries.REGISTERED, col(EntryRow.body).is_not(None)
        )
        return set(self._session.exec(statement))

    def last_stamp(self) -> Stamp:
        """The newest stamp this device has written or heard."""
        return self._now()

    def _tail(self) -> tuple[int, bytes]:
        if self._last is None:
            row = self._session.exec(
                select(EntryRow.seq, EntryRow.hash)
                .where(EntryRow.device == self._device)
                .order_by(col(EntryRow.seq).desc())
                .limit(1)
            ).first()
            self._last = (row[0], row[1]) if row else (0, GENESIS)
        return self._last

    def _now(self) -> Stamp:
        if self._clock is None:
            self._clock = _START
            # A chain's stamps only grow, so the newest of each is the one with the highest seq.
            for device, seq in self.vector().items():
                stamp = Stamp.parse(self.run(device, seq, seq)[0].hlc)
                own = device == self._device
                # Another laptop's far future was not believed when it was heard; nor is it now.
                self._clock = (
                    max(self._clock, stamp) if own else hear(self._clock, stamp, self._wall_ms)
                )
        return self._clock

    def _insert(self, fresh: Sequence[Entry]) -> None:
        if fresh:
            # Straight to the driver: an import writes ten thousand of these in one go.
            self._session.connection().exec_driver_sql(
                _INSERT, [tuple(getattr(entry, name) for name in _COLUMNS) for entry in fresh]
            )


def vector(session: Session) -> dict[str, int]:
    """The chains that are held and the last entry of each: `{device: last seq}`."""
    # A loose index scan: one seek a chain, where GROUP BY would read every entry's key.
    found: dict[str, int] = {}
    device = session.exec(select(func.min(EntryRow.device))).one()
    while device is not None:
        last = select(func.max(EntryRow.seq)).where(EntryRow.device == device)
        found[device] = session.exec(last).one()
        following = select(func.min(EntryRow.device)).where(col(EntryRow.device) > device)
        device = session.exec(following).one()
    return found


def to_row(entry: Entry) -> dict[str, Any]:
    """The columns of an entry."""
    return {name: getattr(entry, name) for name in _COLUMNS}


def from_row(row: Any) -> Entry:
    """The entry in a row (of this table or of the same columns elsewhere)."""
    return Entry(**{name: getattr(row, name) for name in _COLUMNS})


_COLUMNS = (
    "device",
    "seq",
    "hlc",
    "operator",
    "verb",
    "subject",
    "body",
    "salt",
    "body_digest",
    "prev",
    "hash",
)
_INSERT = f"INSERT INTO entry ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
