"""Who of a resident workbook may be registered, and why the others may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerjadesa.domain.check import Rules, check, warnings
from kerjadesa.domain.nik import Nik, parse
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.domain.written_date import date_parts
from kerjadesa.intake.residents import Row

DUPLICATE = "duplicate_in_file"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One row and what became of it."""

    row: Row
    facts: WorkerFacts | None
    """None where the row is refused."""
    code: str
    """Why it is refused, empty where it is not."""
    warnings: tuple[Problem, ...]


def assess(rows: Iterable[Row], today: date, rules: Rules) -> Iterator[Assessed]:
    """Checks each row; `today` is the day of registration.

    The codes are those of `domain.check.check`, the first problem of a row being the one that is
    told, and `DUPLICATE`.
    """
    # One NIK, one membership: the first row that can be registered stands, a later one with its
    # NIK is refused. A refused row takes no NIK, so that a person whose first row is spoilt is
    # registered from the second; and a row with a fault of its own is refused for that fault.
    registered: set[str] = set()
    for row in rows:
        assessed = assess_row(row, today, rules)
        if assessed.facts is None:
            yield assessed
        elif assessed.facts.nik in registered:
            yield Assessed(row, None, DUPLICATE, ())
        else:
            registered.add(assessed.facts.nik)
            yield assessed


def assess_row(row: Row, today: date, rules: Rules) -> Assessed:
    """Checks one row by itself, whoever else is in the list."""
    facts = check(_with_whole_year(row.draft, today), today, rules)
    if isinstance(facts, list):
        return Assessed(row, None, facts[0].code, ())
    return Assessed(row, facts, "", tuple(warnings(facts, rules, row.written_kk)))


def _with_whole_year(draft: dict[str, Any], today: date) -> dict[str, Any]:
    """The draft with a birth date like `02/02/66` made whole where the NIK says the same day.

    By itself such a date may as well be a month before a day, or of another century.
    """
    written = draft.get("birth_date")
    if not isinstance(written, str) or (parts := date_parts(written)) is None:
        return draft
    nik = parse(str(draft.get("nik") or ""))
    if not isinstance(nik, Nik) or parts != (nik.day, nik.month, f"{nik.year_of_century:02d}"):
        return draft
    return {**draft, "birth_date": nik.birth_date(today)}
