"""A hand-over ceremony: who sits where, and who signs for it."""

from datetime import date
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from kerjadesa.domain.worker import plausible

MOST_WORKERS = 2_000
"""More than this many in one plan would not fit one batch; a district has several ceremonies."""

Short = Annotated[str, Field(max_length=80)]
Long = Annotated[str, Field(max_length=160)]
Basis = Annotated[str, Field(max_length=240), AfterValidator(plausible)]


class Signer(BaseModel):
    """One party or witness of the record (*berita acara*)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    _plausible = field_validator("*")(plausible)

    name: Annotated[str, Field(max_length=100)] = ""
    position: Long = ""
    staff_number: Annotated[str, Field(max_length=18)] = ""
    """NIP, where there is one."""
    on_behalf_of: Long = ""
    """Whom the position stands for, `Pemerintah Nagari Muaro`; empty: the position itself."""


class Group(BaseModel):
    """Those who sit together, in the order of their seats: one jorong, as a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    _plausible = field_validator("name")(plausible)

    name: Short
    workers: tuple[Annotated[str, Field(max_length=36)], ...]


class CeremonyFacts(BaseModel):
    """Body of `ceremony.planned`; planning anew says all of it again (`domain.declared`)."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    _plausible = field_validator("title", "programme", "place", "starts_at", "number")(plausible)

    title: Long
    programme: Annotated[str, Field(max_length=24)] = ""
    held_on: date
    starts_at: Annotated[str, Field(max_length=20)] = ""
    place: Long = ""
    number: Short = ""
    """Number of the berita acara in the office's own book; empty is filled in by hand."""
    legal_basis: Annotated[tuple[Basis, ...], Field(max_length=8)] = ()
    """The rules and decisions that the berita acara names, in their order."""
    handing: Signer = Signer()
    """First party (*Pihak Kesatu*): who hands over."""
    receiving: Signer = Signer()
    """Second party (*Pihak Kedua*): who receives for the village."""
    witnesses: Annotated[tuple[Signer, ...], Field(max_length=6)] = ()
    groups: Annotated[tuple[Group, ...], Field(max_length=200)]

    @model_validator(mode="after")
    def _one_seat_each(self) -> Self:
        seated = [worker for group in self.groups for worker in group.workers]
        if len(seated) > MOST_WORKERS or len(set(seated)) != len(seated):
            raise ValueError("one seat for each of at most 2,000 workers")
        return self


def seats(facts: CeremonyFacts) -> dict[str, str]:
    """Worker → seat such as "B-12": a letter for the group, a number within it."""
    return {
        worker: f"{group_letter(place)}-{number}"
        for place, group in enumerate(facts.groups)
        for number, worker in enumerate(group.workers, start=1)
    }


def group_letter(place: int) -> str:
    """A, B, … Z, AA, AB, … for the groups counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
