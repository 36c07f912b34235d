"""Saying what a programme is: its name, who pays, and from which day to which."""

from datetime import date
from typing import Any

from pydantic import ValidationError

from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.check import clean
from kerjadesa.domain.collation import collation_key
from kerjadesa.domain.declared import said_anew
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.domain.programme import ProgrammeFacts, free_code
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


def doubts(
    office: Office, name: str, valid_from: date, valid_until: date, but: str = ""
) -> list[Problem]:
    """What somebody should look at before declaring this; none of it keeps anybody from it.

    `but` is the code of the programme that is being corrected. Codes: `programme_same_name
    programme_overlaps`.
    """
    others = [facts for facts in declared(office) if facts.code != but]
    found: list[Problem] = []
    written = collation_key(str(clean("name", name)))
    if any(collation_key(facts.name) == written for facts in others):
        found.append(Problem("name", "programme_same_name"))
    for facts in others:
        if facts.valid_from <= valid_until and valid_from <= facts.valid_until:
            found.append(Problem("valid_from", "programme_overlaps", {"programme": facts.name}))
            break
    return found


def new_programme(
    office: Office,
    name: str,
    payer: str,
    valid_from: date,
    valid_until: date,
    usual: bool = False,
) -> ProgrammeFacts:
    """Declares one more programme; the nagari pays if nobody else is named.

    `usual`: whoever is registered from now on without another one is put under it. Raises
    UserError `programme_invalid`, and `programme_ended` for a usual one that is over.
    """
    name = str(clean("name", name))
    with office.store.unit(office.now()) as unit:
        facts = _facts({
            "code": free_code(name, {row.code for row in unit.programmes()}),
            "name": name,
            "payer": clean("payer", payer) or office.place.title,
            "valid_from": valid_from,
            "valid_until": valid_until,
        })  # fmt: skip
        declare(unit, facts, office.operator)
        if usual:
            _make_usual(unit, facts, office.today)
    return facts


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
        before = _known(unit, code)
        facts = _facts(before.model_dump() | changes)
        if facts != before:
            declare(unit, facts, office.operator)
    return facts


def make_usual(office: Office, code: str) -> ProgrammeFacts:
    """Puts whoever is registered on this computer from now on under a programme.

    Raises UserError `programme_unknown`, `programme_ended`.
    """
    with office.store.unit(office.now()) as unit:
        facts = _known(unit, code)
        _make_usual(unit, facts, office.today)
    return facts


def _make_usual(unit: Unit, facts: ProgrammeFacts, today: date) -> None:
    if facts.valid_until < today:
        raise UserError("programme_ended")
    unit.set(PROGRAMME, facts.code)


def _known(unit: Unit, code: str) -> ProgrammeFacts:
    row = unit.programme(code)
    if row is None:
        raise UserError("programme_unknown")
    return ProgrammeFacts.model_validate(row.model_dump())


def _facts(values: dict[str, Any]) -> ProgrammeFacts:
    try:
        facts = ProgrammeFacts.model_validate(values)
    except ValidationError:
        raise UserError("programme_invalid") from None
    if facts.valid_from > facts.valid_until:
        raise UserError("programme_invalid")
    return facts
