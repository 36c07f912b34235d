"""Waiting, sent, received, refused: asked of the journal and the ends of its chains, never stored.

`own` has the chains this register answers for and the last entry of each that has left the house;
`unreceipted` every laptop's chain with entries the hub has not receipted, and its last receipted
one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text
from sqlmodel import Session, func, select

from kerjadesa.store.journal import vector
from kerjadesa.store.tables import IS_MERGED, IS_REFUSED, WorkerRow
from kerjadesa.store.workers import ListedRow

SyncState = Literal["waiting", "sent", "received", "refused"]
Ends = Mapping[str, int]

_GATHERED = 10_000
"""So many entries are looked through for their subjects within a frame or two."""
_REFUSED = "worker.number IN (SELECT number FROM worker WHERE decision = 'refused')"


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """How many workers stand where on the way to the district."""

    waiting: int
    sent: int
    received: int
    refused: int


def count_states(session: Session, own: Ends, unreceipted: Ends) -> SyncCounts:
    """The four states over all workers."""
    total = session.exec(select(func.count()).select_from(WorkerRow)).one()
    total -= session.exec(select(func.count()).select_from(WorkerRow).where(IS_MERGED)).one()
    refusals = select(func.count()).select_from(WorkerRow).where(IS_REFUSED)
    # Whoever was merged into another is counted with that one, and nowhere else.
    refused = session.exec(refusals.where(text("ended <> 'merged'"))).one()
    counted = total - refused
    on_the_way = _workers_after(session, unreceipted, counted)
    waiting = on_the_way if own == unreceipted else _workers_after(session, own, counted)
    received = counted - on_the_way
    return SyncCounts(waiting, on_the_way - waiting, received, refused)


def states_of(
    session: Session, own: Ends, unreceipted: Ends, workers: Sequence[ListedRow]
) -> dict[str, SyncState]:
    """The state of each of these workers, by id."""
    waiting, values = _places(own, "own")
    on_the_way, more = _places(unreceipted, "any")
    # Left to itself SQLite walks the whole chain for every page of a list.
    rows = session.connection().exec_driver_sql(
        f"SELECT subject, max({' OR '.join(waiting)}) "  # noqa: S608
        "FROM entry INDEXED BY entry_by_subject "
        "WHERE subject IN (SELECT value FROM json_each(:ids)) "
        f"AND ({' OR '.join([*waiting, *on_the_way])}) GROUP BY subject",
        {**values, **more, "ids": json.dumps([worker.id for worker in workers])},
    )
    pending: dict[str, SyncState] = {row[0]: "waiting" if row[1] else "sent" for row in rows}
    return {
        worker.id: "refused" if worker.decision == "refused" else pending.get(worker.id, "received")
        for worker in workers
    }


def in_state(
    session: Session, own: Ends, unreceipted: Ends, state: SyncState
) -> tuple[str, dict[str, Any]]:
    """The condition that a worker is in this state, and the values it names."""
    if state == "refused":
        return _REFUSED, {}
    waiting, values = _after(session, own, "own")
    if state == "waiting":
        return f"({waiting} AND NOT {_REFUSED})", values
    on_the_way, more = _after(session, unreceipted, "any")
    if state == "received":
        return f"(NOT {on_the_way} AND NOT {_REFUSED})", more
    if own == unreceipted:
        return "FALSE", {}
    return f"({on_the_way} AND NOT {waiting} AND NOT {_REFUSED})", values | more


def _after(session: Session, ends: Ends, prefix: str) -> tuple[str, dict[str, Any]]:
    """The condition that a worker has entries after these places, asked the quickest way.

    Gathering everybody on one side of the places takes as long as that side is long; where both
    are long, asking of one worker after the other soon fills a page.
    """
    places, values = _places(ends, prefix)
    lasts, before = _lasts(session), _before(session, ends)
    if not any(before.values()):
        return "TRUE", {}
    if sum(last - before[device] for device, last in lasts.items()) <= _GATHERED:
        return f"worker.id IN ({_subjects(places)})", values
    asked = (
        "EXISTS (SELECT 1 FROM entry INDEXED BY entry_by_subject "  # noqa: S608
        f"WHERE subject = {{worker}} AND ({' OR '.join(places)}))"
    )
    if sum(before.values()) > _GATHERED:
        return asked.format(worker="worker.id"), values
    settled, more = _places(before, f"{prefix}_before", "<=")
    return (
        f"worker.id NOT IN (SELECT subject FROM ({_subjects(settled)}) AS settled "  # noqa: S608
        f"WHERE NOT {asked.format(worker='settled.subject')})",
        values | more,
    )


def _lasts(session: Session) -> Ends:
    """The end of every laptop's chain; those of the hub, with a dot, are on no way to the hub."""
    return {device: last for device, last in vector(session).items() if "." not in device}


def _before(session: Session, ends: Ends) -> Ends:
    """How much of every laptop's chain lies before these places."""
    return {device: min(ends.get(device, last), last) for device, last in _lasts(session).items()}


def _workers_after(session: Session, ends: Ends, counted: int) -> int:
    """How many workers, refused and merged ones aside, have entries after these places.

    `counted` is how many there are at all: a register that has sent nothing looks no further.
    """
    if not any(_before(session, ends).values()):
        return counted
    places, values = _places(ends)
    # First the subjects, out of an index alone, then the workers: the other way round every
    # entry of a long chain would be read and decrypted.
    subjects = " UNION ".join(
        f"SELECT DISTINCT subject FROM entry WHERE {place}"  # noqa: S608
        for place in places
    )
    everybody = f"SELECT count(*) FROM ({subjects}) JOIN worker ON worker.id = subject"  # noqa: S608
    uncounted = (
        "SELECT count(*) FROM worker WHERE number IN "  # noqa: S608
        "(SELECT number FROM worker WHERE decision = 'refused' "
        "UNION ALL SELECT number FROM worker WHERE ended = 'merged') AND EXISTS "
        "(SELECT 1 FROM entry INDEXED BY entry_by_subject "
        f"WHERE subject = worker.id AND ({' OR '.join(places)}))"
    )
    # Two questions: as one, SQLite takes three times as long over the first.
    return int(
        session.execute(text(everybody), values).scalar_one()
        - session.execute(text(uncounted), values).scalar_one()
    )


def _subjects(places: Sequence[str]) -> str:
    """Whom these stretches of chains are about, out of an index alone."""
    return " UNION ALL ".join(f"SELECT subject FROM entry WHERE {place}" for place in places)  # noqa: S608


def _places(ends: Ends, prefix: str = "", side: str = ">") -> tuple[list[str], dict[str, Any]]:
    places: list[str] = []
    values: dict[str, Any] = {}
    for n, (device, end) in enumerate(ends.items()):
        places.append(f"(device = :{prefix}device{n} AND seq {side} :{prefix}upto{n})")
        values |= {f"{prefix}device{n}": device, f"{prefix}upto{n}": end}
    return places, values
