"""The hand-over of a card: to whom it went, or why it is still on the table."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.worker import plausible

HANDOVER = "handover"
"""The name under which the fold keeps the standing words on a card's hand-over."""

MOST_UNSEEN = 10
"""So many issues of one card may be printed elsewhere, unheard of here. More is no card: an absurd
number would use up all that are left, and make every card yet to come one that is handed over."""

AbsenceReason = Literal["ill", "travelling", "moved", "dead", "unknown", "other"]
Line = Annotated[str, Field(max_length=100)]


class Proxy(BaseModel):
    """Who took the card for its owner."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    _plausible = field_validator("*")(plausible)

    name: Line
    relation: Annotated[str, Field(max_length=40)]
    nik_masked: Annotated[str, Field(max_length=16)] = ""


class Handed(BaseModel):
    """Body of `card.handed`: by the owner, or by a proxy; at the office `ceremony` is empty."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    state: Literal["handed"] = "handed"
    ceremony: Annotated[str, Field(max_length=36)] = ""
    number: Annotated[str, Field(max_length=32)]
    issue: Annotated[int, Field(ge=1, le=999)] = 1
    proxy: Proxy | None = None


class Absent(BaseModel):
    """Body of `card.absent`: called, and not there."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    _plausible = field_validator("*")(plausible)

    state: Literal["absent"] = "absent"
    ceremony: Annotated[str, Field(max_length=36)] = ""
    reason: AbsenceReason
    note: Line = ""


class Handover(NamedTuple):
    """Where the card is by all that is known; `times` over 1 says that it was handed over again."""

    said: Handed | Absent
    entry: str
    hlc: str
    times: int


def handover_said(verb: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an entry of `HANDOVER_VERBS` says; None takes a word back. Raises ValueError."""
    if verb == verbs.HANDOVER_UNDONE:
        return None
    shape: type[BaseModel] = Handed if verb == verbs.CARD_HANDED else Absent
    try:
        return shape.model_validate({k: v for k, v in body.items() if k != "state"}).model_dump()
    except ValidationError:
        raise ValueError("no hand-over") from None


def settled(words: Iterable[tuple[str, str, Any]], issue: int) -> Handover | None:
    """Where the card of this issue is, from (entry, hlc, value) of the standing words.

    Two laptops that never met may both have handed over or called somebody: a card that was handed
    over is not on the table, whoever else found nobody, and the first hand-over is the one that
    counts. What was said of an earlier issue says nothing of the card that took its place.
    """
    handed, absent = [], []
    for entry, hlc, value in words:
        if value is None:
            continue
        if value["state"] == "absent":
            absent.append((hlc, entry, value))
        elif issue <= value["issue"] <= issue + MOST_UNSEEN:
            handed.append((hlc, entry, value))
    if handed:
        hlc, entry, value = min(handed, key=lambda word: word[:2])
        return Handover(Handed.model_validate(value), entry, hlc, len(handed))
    if absent:
        hlc, entry, value = max(absent, key=lambda word: word[:2])
        return Handover(Absent.model_validate(value), entry, hlc, 1)
    return None
