"""A programme: who pays for whom, and how long."""

import re
from collections.abc import Container
from datetime import date, timedelta
from itertools import chain, count

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from kerjadesa.domain.worker import plausible

# An empty clock battery sets a computer back to 1970.
_EARLIEST, _LATEST = 1970, 2199
LONGEST_CODE, LONGEST_NAME = 24, 80
_YEAR = re.compile(r"\b(?:19|20|21)[0-9]{2}\b")


class ProgrammeFacts(SQLModel):
    """What is known of one programme, *1 Nagari 100 Pekerja Rentan 2026*, paid from APB Nagari."""

    _plausible = field_validator("*")(plausible)

    code: str = Field(min_length=1, max_length=LONGEST_CODE)
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    payer: str = Field(default="", max_length=LONGEST_NAME)
    valid_from: date
    valid_until: date

    @field_validator("valid_from", "valid_until")
    @classmethod
    def _in_reach(cls, day: date) -> date:
        # A colleague's entry may say anything; the last day of the calendar has no day after it.
        if not _EARLIEST <= day.year <= _LATEST:
            raise ValueError("a year no programme has")
        return day


def code_of(name: str) -> str:
    """A short code from a programme's name: initials and numbers, `1N100PR2026`."""
    words = (word for word in name.upper().split() if word[0].isalnum())
    initials = "".join(word if word.isdigit() else word[0] for word in words)
    return initials[:LONGEST_CODE] or "PROGRAM"


def free_code(name: str, known: Container[str]) -> str:
    """The code of a name, with a number where another programme has it: `PR2026-2`.

    It is made of name and number alone: two laptops that declare the same meet in one programme.
    """
    code = code_of(name)
    endings = (f"-{number}" for number in count(2))
    others = (f"{code[: LONGEST_CODE - len(ending)]}{ending}" for ending in endings)
    return next(free for free in chain((code,), others) if free not in known)


def calendar_year(name: str, payer: str, today: date) -> ProgrammeFacts:
    """The programme a village usually has: from today to the end of its budget year."""
    return ProgrammeFacts(
        code=code_of(name),
        name=name,
        payer=payer,
        valid_from=today,
        valid_until=date(today.year, 12, 31),
    )


def following(before: ProgrammeFacts, today: date) -> ProgrammeFacts:
    """What usually comes after a programme: the same until the end of the next budget year.

    It begins the day after; today where that lies in neither this year nor the next one.
    """
    first = before.valid_until + timedelta(days=1)
    if first.year not in (today.year, today.year + 1):
        first = today
    name, years = _YEAR.subn(str(first.year), before.name)
    if not years:
        name = f"{name[: LONGEST_NAME - 5]} {first.year}"
    return ProgrammeFacts(
        code=code_of(name),
        name=name,
        payer=before.payer,
        valid_from=first,
        valid_until=date(first.year, 12, 31),
    )
