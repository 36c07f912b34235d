"""A programme: who pays for whom, and how long."""

from datetime import date

from sqlmodel import Field, SQLModel


class ProgrammeFacts(SQLModel):
    """What is known of one programme, *1 Nagari 100 Pekerja Rentan 2026*, paid from APB Nagari."""

    code: str = Field(min_length=1, max_length=24)
    name: str = Field(min_length=1, max_length=80)
    payer: str = Field(default="", max_length=80)
    valid_from: date
    valid_until: date


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
