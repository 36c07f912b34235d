"""From what somebody typed or a workbook holds to facts, or to the reasons why not."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.domain.written_date import date_parts

Draft = Mapping[str, Any]
"""Facts as collected, by the names of `WorkerFacts`: text, dates and lists, nothing checked.

Two more keys may come with a workbook: `life_status` ("1" is alive) and `citizenship`
("1" is Indonesian).
"""

MULTI_LINE = frozenset({"address", "notes"})

NOT_KEPT = frozenset({"kk_length", "phone_unreadable"})
"""Warnings of what was written and will not be kept; a correction that would empty such a fact is
refused."""

# What village systems write where they know nothing.
_EMPTY = frozenset({"", "-", "--", "NULL", "null", "0", "00-00-0000", "0000-00-00"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What changes by decree; filled from `resources/rules.toml`."""

    youngest: int
    """Years completed on the day of registration."""
    oldest_exclusive: int
    """Eligible until the day before this birthday."""
    lowest_income_base: int
    """Whole rupiah a month, used where nobody stated an income."""
    formal_occupations: frozenset[int]
    """KTP occupation codes that belong to other segments."""


def check(draft: Draft, today: date, rules: Rules) -> WorkerFacts | list[Problem]:
    """The facts a draft holds, or every problem found in it, the most telling one first.

    Pure and quick, so the form calls it at each keystroke. `today` is the day of registration:
    age counts then. Codes: those of `nik.parse`, and `name_missing name_letterless
    birth_date_missing birth_date_invalid too_young too_old not_alive not_citizen sex_missing
    nagari_missing occupation_unknown rupiah_unreadable value_invalid value_long`.
    """
    values = {name: clean(name, value) for name, value in draft.items()}
    problems: list[Problem] = []

    nik = nik_rules.parse(str(draft.get("nik") or ""))
    if isinstance(nik, Problem):
        problems.append(nik)
    else:
        values["nik"] = nik.text
        values["sex"] = values.get("sex") or nik.sex

    # A village's list holds the whole population: who died or moved is no worker to enrol.
    if str(values.pop("life_status", "1")) != "1":
        problems.append(Problem("life_status", "not_alive"))
    if str(values.pop("citizenship", "1")) != "1":
        problems.append(Problem("citizenship", "not_citizen"))
    if not values.get("name"):
        problems.append(Problem("name", "name_missing"))
    elif isinstance(values["name"], str) and not _has_letter(values["name"]):
        # A scanner puts sixteen digits wherever the cursor is.
        problems.append(Problem("name", "name_letterless"))
    if not values.get("nagari"):
        problems.append(Problem("nagari", "nagari_missing"))

    born = _birth_date(draft.get("birth_date"))
    if isinstance(born, Problem):
        problems.append(born)
    else:
        values["birth_date"] = born
        problems.extend(_age_problems(born, today, rules))

    values["registered_on"] = today
    for name in ("consent_date", "poverty_date"):
        if values.get(name):
            moment = read_date(values[name])
            if moment is None:
                problems.append(Problem(name, "value_invalid"))
            values[name] = moment

    if values.get("income_base") is None:
        values["income_base"] = rules.lowest_income_base
    try:
        facts = WorkerFacts.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        named = {problem.field for problem in problems}
        problems.extend(p for p in _shape_problems(error) if p.field not in named)
        return problems
    return problems or facts


def warnings(facts: WorkerFacts, rules: Rules, written_kk: str = "") -> list[Problem]:
    """What a person should look at; none of it ever keeps a worker out.

    Codes: `birth_date_differs sex_differs region_elsewhere job_formal income_base_low
    mother_letterless heir_name_missing heir_nik_length kk_length`.
    `written_kk` is the KK as it was written, for `check` drops one that cannot be a KK.
    """
    found: list[Problem] = []
    nik = nik_rules.parse(facts.nik)
    if not isinstance(nik, Problem):
        if nik.birth_date(facts.birth_date, facts.birth_date) != facts.birth_date:
            found.append(Problem("birth_date", "birth_date_differs"))
        if nik.sex != facts.sex:
            found.append(Problem("sex", "sex_differs"))
        if nik.region[:5] != facts.nagari[:5]:
            found.append(Problem("nik", "region_elsewhere"))
    if facts.occupation in rules.formal_occupations:
        found.append(Problem("occupation", "job_formal"))
    if facts.income_base is not None and facts.income_base < rules.lowest_income_base:
        found.append(Problem("income_base", "income_base_low"))
    if facts.mother_name and not _has_letter(facts.mother_name):
        found.append(Problem("mother_name", "mother_letterless"))
    for position, heir in enumerate(facts.heirs, start=1):
        if not heir.name:
            found.append(Problem("heirs", "heir_name_missing", {"position": position}))
        if heir.nik and not nik_rules.kk_number(heir.nik):
            found.append(Problem("heirs", "heir_nik_length", {"position": position}))
    return found + not_kept({"kk": written_kk})


def not_kept(draft: Draft) -> list[Problem]:
    """What is written in a draft and `check` empties: warnings with the codes `NOT_KEPT`."""
    codes = {"kk": "kk_length", "phone": "phone_unreadable"}
    written = {name: draft.get(name) for name in codes}
    return [
        Problem(name, codes[name])
        for name, value in written.items()
        if isinstance(value, str) and clean("", value) and not clean(name, value)
    ]


def clean(name: str, value: Any) -> Any:
    """One collected value without what nobody meant to type: odd blanks, control characters."""
    if name == "heirs" and isinstance(value, list):
        # A row in which nothing visible was typed is nobody.
        return [
            heir for heir in map(_heir, value) if not isinstance(heir, dict) or any(heir.values())
        ]
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isprintable():
        # Nearly every cell of a workbook; nothing in it needs the slow look.
        cleaned = " ".join(value.split())
    else:
        cleaned = _visible(value, keep_lines=name in MULTI_LINE)
    if name == "kk":
        return nik_rules.kk_number(cleaned) or ""
    if name == "phone":
        return "".join(c for c in cleaned if c.isascii() and (c.isdigit() or c == "+"))
    if name in _NUMBERS:
        return _number(cleaned)
    return "" if cleaned in _EMPTY and name not in MULTI_LINE else cleaned


def read_date(value: Any) -> date | None:
    """A date as people write it (see `written_date`) with all four digits of the year, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    parts = date_parts(str(value))
    if parts is None or len(parts[2]) != 4:
        return None
    day, month, year = parts
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def age_on(day: date, born: date) -> int:
    """Completed years on this day; who was born on 29 February turns on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _has_letter(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _heir(heir: Any) -> Any:
    if not isinstance(heir, Mapping):
        return heir
    return {
        name: nik_rules.clean_digits(value)
        if name == "nik" and isinstance(value, str)
        else clean(str(name), value)
        for name, value in heir.items()
    }


def _visible(value: str, keep_lines: bool) -> str:
    keep = "\n" if keep_lines else ""
    # Direction marks and zero-width characters make two equal names look different to a search,
    # and may stand between two letters; a tab stands between two words.
    visible = (
        c if c in keep or (kind := unicodedata.category(c))[0] != "C" else " " * (kind == "Cc")
        for c in value
    )
    text = unicodedata.normalize("NFC", "".join(visible))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(lines).strip()


_NUMBERS = frozenset({"marital_status", "occupation", "income_base", "poverty_decile"})


def _number(text: str) -> int | str | None:
    digits = text.replace(".", "").replace(" ", "").removeprefix("Rp")
    if text in _EMPTY - {"0"}:
        return None
    # A text that is no number stays, so that the shape check names the field.
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else text


def _birth_date(value: Any) -> date | Problem:
    if value is None or (isinstance(value, str) and value.strip() in {"", "-"}):
        return Problem("birth_date", "birth_date_missing")
    return read_date(value) or Problem("birth_date", "birth_date_invalid")


def _age_problems(born: date, today: date, rules: Rules) -> list[Problem]:
    if born > today or today.year - born.year > 120:
        return [Problem("birth_date", "birth_date_invalid")]
    age = age_on(today, born)
    if age < rules.youngest:
        return [Problem("birth_date", "too_young", {"age": age, "limit": rules.youngest})]
    if age >= rules.oldest_exclusive:
        return [Problem("birth_date", "too_old", {"age": age, "limit": rules.oldest_exclusive})]
    return []


_NO_NUMBER = {"occupation": "occupation_unknown", "income_base": "rupiah_unreadable"}


def _shape_problems(error: ValidationError) -> list[Problem]:
    found: list[Problem] = []
    for detail in error.errors(include_input=False, include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        code = "value_long" if "too_long" in detail["type"] else "value_invalid"
        if name == "sex" and detail["type"] == "missing":
            code = "sex_missing"
        elif detail["type"].startswith("int_"):
            # Words where a number stands: it is told what to write there instead.
            code = _NO_NUMBER.get(name, code)
        if not any(problem.field == name for problem in found):
            found.append(Problem(name, code))
    return found
