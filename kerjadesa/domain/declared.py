"""What is said as a whole and said anew: a programme, a ceremony's plan. Pure, order-free.

Such an entry names in `replaces` the words it has seen, as a correction of a worker does. So the
word that was said knowing the others counts, whatever the clocks read: a clock only decides which
of two words displays that were said unseen by each other (docs/decisions/0005).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ceremony import CeremonyFacts
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.domain.standing import Head, standing

_Facts = TypeVar("_Facts", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Declared(Generic[_Facts]):
    """One programme, or one plan, as all that was said of it adds up."""

    facts: _Facts
    """What displays."""
    hlc: str
    """When that was said."""
    heads: tuple[str, ...]
    """The entries whose word stands: whoever says it anew has seen and replaces these."""


def programme_of(entries: Iterable[Entry]) -> Declared[ProgrammeFacts] | None:
    """The programme that these entries about one subject declare, None where none makes sense."""
    return _declared(
        entries,
        verbs.PROGRAMME_DECLARED,
        lambda entry, body: ProgrammeFacts.model_validate({**body, "code": entry.subject}),
    )


def plan_of(entries: Iterable[Entry]) -> Declared[CeremonyFacts] | None:
    """The plan that these entries about one ceremony make, None where none makes sense."""
    return _declared(
        entries, verbs.CEREMONY_PLANNED, lambda _entry, body: CeremonyFacts.model_validate(body)
    )


def said_anew(facts: BaseModel, before: Declared[_Facts] | None) -> dict[str, Any]:
    """The body of an entry that says these facts and replaces what was said before."""
    replaces = {"replaces": sorted(before.heads)} if before else {}
    return {**facts.model_dump(mode="json"), **replaces}


def _declared(
    entries: Iterable[Entry], verb: str, read: Callable[[Entry, dict[str, Any]], _Facts]
) -> Declared[_Facts] | None:
    chained = sorted((e for e in entries if e.verb == verb), key=lambda e: (e.device, e.seq))
    words: list[Head] = []
    replaced: dict[str, list[str]] = {}
    own: dict[str, str] = {}
    for entry in chained:
        if entry.id in replaced:
            continue
        try:
            body = entry.values()
            seen = [str(other) for other in body.get("replaces", ())]
            words.append(Head(entry.id, entry.hlc, read(entry, body)))
        except (ValueError, TypeError):
            # It stays in the journal as it came, and says nothing here.
            continue
        # Every device knows its own last word, so there are never more heads than devices: an
        # entry that names them all has to fit a batch.
        seen.append(own.get(entry.device, ""))
        own[entry.device] = entry.id
        replaced[entry.id] = [other for other in seen if other != entry.id]
    if not words:
        return None
    heads = standing(words, replaced)
    return Declared(heads[0].value, heads[0].hlc, tuple(head.entry for head in heads))
