"""Planning a hand-over ceremony (*serah terima*): who is invited, and who sits where."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ceremony import MOST_WORKERS, CeremonyFacts, Group
from kerjadesa.domain.collation import collation_key
from kerjadesa.domain.declared import said_anew
from kerjadesa.domain.identifier import new_id
from kerjadesa.domain.problem import UserError
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow


@dataclass(frozen=True, slots=True)
class Planned:
    """One ceremony as it was planned last."""

    id: str
    facts: CeremonyFacts

    @property
    def count(self) -> int:
        """How many have a seat."""
        return sum(len(group.workers) for group in self.facts.groups)


@dataclass(frozen=True, slots=True)
class Invitable:
    """How many of one jorong would be invited, and what they still lack."""

    jorong: str
    """Empty for those of whom nobody knows it."""
    people: int
    without_card: int
    without_photo: int


def ceremonies(office: Office) -> list[Planned]:
    """Every ceremony this register knows, the one planned last first."""
    with office.store.reading(office.now()) as unit:
        rows = unit.ceremonies()
    return [Planned(row.id, CeremonyFacts.model_validate(row.facts)) for row in rows]


def ceremony(office: Office, ceremony_id: str) -> Planned:
    """One ceremony; raises UserError `ceremony_unknown`."""
    with office.store.reading(office.now()) as unit:
        return planned(unit, ceremony_id)


def planned(unit: Unit, ceremony_id: str) -> Planned:
    """One ceremony within a transaction; raises UserError `ceremony_unknown`."""
    row = unit.ceremony(ceremony_id)
    if row is None:
        raise UserError("ceremony_unknown")
    return Planned(row.id, CeremonyFacts.model_validate(row.facts))


def invitable(office: Office, programme: str | None = None) -> list[Invitable]:
    """Every jorong with somebody to invite of a programme (None: of any), in reading order.

    Who has left or was refused by the district is not invited.
    """
    by_place = _by_place(office, programme)
    return [
        Invitable(
            place,
            len(rows),
            sum(row.card_issue == 0 for row in rows),
            sum(not row.photo for row in rows),
        )
        for place, rows in by_place.items()
    ]


def seat(office: Office, programme: str | None, jorong: Sequence[str]) -> tuple[Group, ...]:
    """Those of `invitable` who live in one of these places, by name within each.

    Raises UserError `ceremony_full`.
    """
    by_place = _by_place(office, programme)
    groups = tuple(
        Group(
            name=place,
            workers=tuple(
                row.id
                for row in sorted(rows, key=lambda row: (collation_key(row.name), row.number))
            ),
        )
        for place, rows in by_place.items()
        if place in set(jorong)
    )
    if sum(len(group.workers) for group in groups) > MOST_WORKERS:
        raise UserError("ceremony_full", most=MOST_WORKERS)
    return groups


def plan_ceremony(office: Office, facts: CeremonyFacts, ceremony_id: str = "") -> str:
    """Writes a plan, a new one or one that takes the place of `ceremony_id`; returns its id.

    Raises UserError `ceremony_empty`.
    """
    if not any(group.workers for group in facts.groups):
        raise UserError("ceremony_empty")
    with office.store.unit(office.now()) as unit:
        subject = ceremony_id or new_id(int(unit.now.timestamp() * 1000), os.urandom(10))
        values = said_anew(facts, unit.planned(subject))
        written = unit.journal.append(verbs.CEREMONY_PLANNED, subject, values, office.operator)
        project(unit, [written])
    return subject


def with_latecomers(facts: CeremonyFacts, groups: Sequence[Group]) -> CeremonyFacts:
    """The plan with those of `seat` who have no seat yet, each at the end of their group.

    Seats that are printed on cards and signs already stay as they are. Raises UserError
    `ceremony_full`.
    """
    seated = {worker for group in facts.groups for worker in group.workers}
    fresh = {
        group.name: tuple(worker for worker in group.workers if worker not in seated)
        for group in groups
    }
    wider = [
        Group(name=group.name, workers=group.workers + fresh.pop(group.name, ()))
        for group in facts.groups
    ]
    wider += [Group(name=name, workers=workers) for name, workers in fresh.items() if workers]
    if sum(len(group.workers) for group in wider) > MOST_WORKERS:
        raise UserError("ceremony_full", most=MOST_WORKERS)
    return facts.model_copy(update={"groups": tuple(wider)})


def _by_place(office: Office, programme: str | None) -> dict[str, list[WorkerRow]]:
    by_place: dict[str, list[WorkerRow]] = {}
    with office.store.reading(office.now()) as unit:
        for row in _invitable(unit, programme, office.today):
            by_place.setdefault(row.jorong, []).append(row)
    # Whoever has no jorong comes last, as on the cards.
    order = sorted(by_place, key=lambda place: (not place, collation_key(place)))
    return {place: by_place[place] for place in order}


def _invitable(unit: Unit, programme: str | None, today: date) -> list[WorkerRow]:
    return [
        row
        for row in unit.workers.in_print_order()
        if not row.ended
        and row.decision != "refused"
        and row.birth_date <= today
        and programme in (None, row.programme)
    ]
