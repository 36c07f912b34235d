"""Saying what a programme is: its name, who pays, and from which day to which."""

from datetime import date

from pydantic import ValidationError

from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.check import clean
from kerjadesa.domain.declared import said_anew
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit


def declare(unit: Unit, facts: ProgrammeFacts, operator: str) -> None:
    """Writes what a programme is, in place of all that is known to have been said of it."""
    values = said_anew(facts, unit.declared(facts.code))
    written = unit.journal.append(verbs.PROGRAMME_DECLARED, facts.code, values, operator)
    project(unit, [written])


def declared(office: Office) -> list[ProgrammeFacts]:
    """Every programme this register knows, by code."""
    with office.store.reading(office.now()) as unit:
        return [ProgrammeFacts.model_validate(row.model_dump()) for row in unit.programmes()]


def correct_programme(
    office: Office,
    code: str,
    name: str | None = None,
    payer: str | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> ProgrammeFacts:
    """Corrects what is given; returns the programme as it stands then.

    Two laptops may have declared it, one of them under a wrong clock: this word replaces both.
    Raises UserError `programme_unknown`, `programme_invalid`.
    """
    given = {"name": name, "payer": payer, "valid_from": valid_from, "valid_until": valid_until}
    changes = {fact: clean(fact, value) for fact, value in given.items() if value is not None}
    with office.store.unit(office.now()) as unit:
        row = unit.programme(code)
        if row is None:
            raise UserError("programme_unknown")
        before = ProgrammeFacts.model_validate(row.model_dump())
        try:
            facts = ProgrammeFacts.model_validate(before.model_dump() | changes)
        except ValidationError:
            raise UserError("programme_invalid") from None
        if facts.valid_from > facts.valid_until:
            raise UserError("programme_invalid")
        if facts != before:
            declare(unit, facts, office.operator)
    return facts
