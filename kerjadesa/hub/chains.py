"""The hub's own chains: one per nagari, one public; and the held entries of all others."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from kerjadesa.domain.chain import Item, continued
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.entry import GENESIS, Entry
from kerjadesa.hub.tables import HubEntry
from kerjadesa.store.journal import from_row, to_row

OPERATOR = "hub"
CHUNK = 500
"""How many values one `IN (...)` holds; SQLite takes 32,766 in a statement, older ones 999."""

_entry_table = HubEntry.metadata.tables["hub_entry"]


def append(session: Session, chain: str, items: Iterable[Item], now: datetime) -> list[Entry]:
    """Writes entries at the end of one of the hub's chains (`<hub>.<scope>`)."""
    last = session.exec(
        select(HubEntry.seq, HubEntry.hash, HubEntry.hlc)
        .where(HubEntry.device == chain)
        .order_by(col(HubEntry.seq).desc())
        .limit(1)
    ).first()
    seq, prev, clock = (last[0], last[1], Stamp.parse(last[2])) if last else (0, GENESIS, Stamp(0))
    wall_ms = int(now.timestamp() * 1000)
    written, _ = continued(chain, items, OPERATOR, (seq, prev), clock, wall_ms, os.urandom)
    keep(session, chain.partition(".")[2], written)
    return written


def keep(session: Session, scope: str, run: Sequence[Entry]) -> None:
    """Stores verified entries of one chain."""
    if run:
        session.execute(insert(_entry_table), [{**to_row(entry), "scope": scope} for entry in run])


def run_after(session: Session, chain: str, seq: int) -> list[Entry]:
    """The entries of one chain that follow entry `seq`."""
    rows = session.exec(
        select(HubEntry)
        .where(HubEntry.device == chain, col(HubEntry.seq) > seq)
        .order_by(col(HubEntry.seq))
    )
    return [from_row(row) for row in rows]


def held_hashes(session: Session, device: str, first: int, last: int) -> dict[int, bytes]:
    """The hashes held of one chain's entries `first` to `last`, by seq."""
    rows = session.exec(
        select(HubEntry.seq, HubEntry.hash).where(
            HubEntry.device == device, col(HubEntry.seq) >= first, col(HubEntry.seq) <= last
        )
    )
    return dict(rows.all())


def of_subjects(session: Session, scope: str, subjects: Sequence[str]) -> dict[str, list[Entry]]:
    """What one nagari's chains (its devices' and the hub's for it) say about these subjects."""
    found: dict[str, list[Entry]] = {}
    for start in range(0, len(subjects), CHUNK):
        rows = session.exec(
            select(HubEntry).where(
                HubEntry.scope == scope,
                col(HubEntry.subject).in_(subjects[start : start + CHUNK]),
            )
        )
        for row in rows:
            found.setdefault(row.subject, []).append(from_row(row))
    return found
