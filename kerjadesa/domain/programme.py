"""A programme: who pays for whom, and how long."""

from datetime import date

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from kerjadesa.domain.worker import plausible

# An empty clock battery sets a computer back to 1970.
_EARLIEST, _LATEST = 1970, 2199


class ProgrammeFacts(SQLModel):
    """What is known of one programme, *1 Nagari 100 Pekerja Rentan 2026*, paid from APB Nagari."""

    _plausible = field_validator("*")(plausible)

    code: str = Field(min_length=1, max_length=24)
    name: str = Field(min_length=1, max_length=80)
    payer: str = Field(default="", max_length=80)
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
    return "".join(word if word.isdigit() else word[0] for word in words)[:24] or "PROGRAM"


def calendar_year(name: str, payer: str, today: date) -> ProgrammeFacts:
    """The programme a village usually has: from today to the end of its budget year."""
    return ProgrammeFacts(
        code=code_of(name),
        name=name,
        payer=payer,
        valid_from=today,
        valid_until=date(today.year, 12, 31),
    )
