"""The table of people whom lists have named, within one transaction."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, func, select

from kerjadesa.store.tables import SeenResidentRow

KEPT_DAYS = 90
"""They gave no consent to be kept for good."""

RELATION = "relation"
"""Among the facts: what somebody is to the head of the family, as the list has it."""

Seen = tuple[str, str, dict[str, Any]]
"""KK, NIK (empty where the list has none) and facts of one person."""


def remember(session: Session, shape: str, people: Iterable[Seen], today: date) -> None:
    """Keeps these people in place of those of an older list of this shape."""
    session.exec(delete(SeenResidentRow).where(col(SeenResidentRow.shape) == shape))
    rows = [(shape, today.isoformat(), kk, nik, json.dumps(facts)) for kk, nik, facts in people]
    if rows:
        session.connection().exec_driver_sql(
            "INSERT INTO seen_resident (shape, seen_on, kk, nik, facts) VALUES (?, ?, ?, ?, ?)",
            rows,
        )


def of_family(session: Session, kk: str) -> list[SeenResidentRow]:
    """The people on this family card, those of the newest list first, in its order."""
    statement = select(SeenResidentRow).where(SeenResidentRow.kk == kk)
    newest_first = (col(SeenResidentRow.seen_on).desc(), col(SeenResidentRow.number))
    return list(session.exec(statement.order_by(*newest_first)))


def count(session: Session) -> int:
    """How many there are."""
    return session.exec(select(func.count(col(SeenResidentRow.number)))).one()


def newest(session: Session) -> date | None:
    """The day on which the last of them was seen."""
    return session.exec(select(func.max(col(SeenResidentRow.seen_on)))).one()


def oldest(session: Session) -> date | None:
    """The day on which the first of them was seen."""
    # Each by itself: the end of an index is one seek, both ends together read all of it.
    return session.exec(select(func.min(col(SeenResidentRow.seen_on)))).one()


def forget(session: Session) -> None:
    """Drops everybody."""
    session.exec(delete(SeenResidentRow))


def forget_before(session: Session, day: date) -> None:
    """Drops whom no list has named since."""
    session.exec(delete(SeenResidentRow).where(col(SeenResidentRow.seen_on) < day))


def forget_nik(session: Session, nik: str) -> None:
    """Drops whoever is listed with this NIK."""
    session.exec(delete(SeenResidentRow).where(col(SeenResidentRow.nik) == nik))
