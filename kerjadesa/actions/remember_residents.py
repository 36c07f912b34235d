"""Remembering whom a resident list names, so that the next of a family need not be typed.

Whoever looks at a list has these people before them, whether or not they are registered then. They
gave no consent to be kept for good, so they are forgotten after a while or when the operator says.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.actions.row_verdicts import Preview
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.check import clean
from kerjadesa.domain.problem import Problem
from kerjadesa.intake import cells
from kerjadesa.intake.column_names import LEVEL, column_named
from kerjadesa.intake.residents import draft_of, plan_of
from kerjadesa.intake.table import Cells
from kerjadesa.store import seen_residents
from kerjadesa.store.seen_residents import RELATION, Seen

_MOST = 100_000
"""Of one list; the largest village has a tenth of them."""
_LONGEST = 200
# The family card is the key, and the rest is not asked of a worker.
_NOT_KEPT = frozenset({"nagari", "life_status", "citizenship", "kk"})


def remember_residents(office: Office, preview: Preview) -> None:
    """Keeps whom a list under review names, in place of an older list of the same shape.

    Nobody where it has no column of family cards. Who has died is left out.
    """
    if "no_kk" not in preview.places:
        return
    people = list(_named(office, preview))
    with office.store.unit(office.now()) as unit:
        seen_residents.remember(unit.session, preview.table.shape, people, office.today)


def _named(office: Office, preview: Preview) -> Iterator[Seen]:
    plan = plan_of(preview.places)
    relation_of = _relation_reader(preview)
    for index in range(min(len(preview.table.rows), _MOST)):
        row = preview.cells(index)
        draft = draft_of(row, plan, office.place.code)
        kk = nik_rules.kk_number(str(draft.get("kk") or ""))
        alive = str(draft.get("life_status", "1")) == "1"
        if kk is None or not alive or not draft.get("name"):
            continue
        nik = nik_rules.parse(str(draft.get("nik") or ""))
        known = "" if isinstance(nik, Problem) else nik.text
        facts = {name: _kept(name, value) for name, value in draft.items() if name not in _NOT_KEPT}
        yield kk, known, {**facts, "nik": known, RELATION: relation_of(row)}


def _kept(name: str, value: Any) -> Any:
    cleaned = clean(name, value)
    if isinstance(cleaned, date):
        return cleaned.isoformat()
    return cleaned[:_LONGEST] if isinstance(cleaned, str) else cleaned


def _relation_reader(preview: Preview) -> Callable[[Cells], str]:
    places = [
        place for place, header in enumerate(preview.table.headers) if column_named(header) == LEVEL
    ]
    if not places:
        return lambda _row: ""
    place = places[0]
    return lambda row: cells.relation(row[place]) if place < len(row) else ""
