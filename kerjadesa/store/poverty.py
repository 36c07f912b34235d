"""What the register says of the poverty status of people on a list."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Table, select
from sqlmodel import Session

from kerjadesa.store.tables import WorkerRow

_CHUNK = 500
_TABLE: Table = WorkerRow.__table__  # type: ignore[attr-defined]
_COLUMNS = [
    _TABLE.c[name]
    for name in (
        *("nik", "id", "name_key"),
        *("poverty_source", "poverty_decile", "poverty_date"),
        "conflicts",
    )
]


class Poverty(NamedTuple):
    """One worker's poverty status as it stands."""

    worker: str
    name_key: str
    source: str
    decile: int | None
    dated: date | None
    undecided: bool
    """Two laptops said different things of it, and nobody has decided yet."""


def poverty_of(session: Session, niks: Iterable[str]) -> dict[str, list[Poverty]]:
    """By NIK the workers who are registered with it; a NIK nobody has is left out."""
    wanted = list(niks)
    found: dict[str, list[Poverty]] = {}
    for start in range(0, len(wanted), _CHUNK):
        statement = select(*_COLUMNS).where(_TABLE.c.nik.in_(wanted[start : start + _CHUNK]))
        for row in session.connection().execute(statement):
            undecided = any(name.startswith("poverty_") for name in row.conflicts.split())
            status = (row.poverty_source, row.poverty_decile, row.poverty_date)
            found.setdefault(row.nik, []).append(Poverty(row.id, row.name_key, *status, undecided))
    return found
