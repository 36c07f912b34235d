"""A worker's history: who changed what, when, on which laptop, from what to what, and why."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.actions.undo_change import CHANGES, last_own_change, said_before
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import DECISION, fold, what_it_says


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of an event: values as the journal has them, None where nothing stood before."""

    fact: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Event:
    """One entry about a worker, as people read it."""

    entry: str
    verb: str
    at: datetime
    operator: str
    device: str
    """The six characters that stand for the laptop in its card numbers; empty for the district."""
    here: bool
    """Whether it happened on this computer."""
    changes: tuple[Change, ...]
    reason: str
    """A refusal's, an ending's or a replaced card's code, a link's verdict, or what an operator
    wrote."""
    on: date | None
    """The day an enrolment ended."""
    undoes: bool
    """Whether it takes back an earlier change."""
    undoable: bool
    issue: int = 0
    """Which issue of the card was printed; 0 for everything else."""


def history_of(office: Office, worker: str) -> list[Event]:
    """Everything the journal has about a worker, the newest first; nothing once erased."""
    with office.store.reading(office.now()) as unit:
        entries = unit.journal.of_subjects([worker])[worker]
        state = fold(entries, unit.hub)
        own, hub = unit.device, unit.hub
    if state is None or state.erased:
        return []
    undoable = last_own_change(entries, state, own)
    readable = [
        entry
        for entry in sorted(entries, key=lambda entry: (entry.hlc, entry.id), reverse=True)
        if entry.body is not None
        and entry.id not in state.unreadable
        and (entry.verb not in verbs.DISTRICT_VERBS or entry.device.partition(".")[0] == hub)
    ]
    return [_event(entries, entry, own, undoable) for entry in readable]


def _event(entries: list[Entry], entry: Entry, own: str, undoable: Entry | None) -> Event:
    body = entry.values()
    changes: list[Change] = []
    if entry.verb in CHANGES:
        said, _ = what_it_says(entry, body)
        before = said_before(entries, entry)
        changes = [Change(name, before[name][0], value) for name, value in said.items()]
    elif entry.verb in {verbs.ACCEPTED, verbs.REFUSED}:
        said, _ = what_it_says(entry, body)
        changes = [Change(DECISION, None, said[DECISION][0])]
    return Event(
        entry=entry.id,
        verb=entry.verb,
        at=datetime.fromtimestamp(Stamp.parse(entry.hlc).milliseconds / 1000, tz=UTC),
        operator=entry.operator,
        device="" if entry.verb in verbs.DISTRICT_VERBS else device_code(entry.device),
        here=entry.device == own,
        changes=tuple(changes),
        reason=str(body.get("verdict" if entry.verb == verbs.LINKED else "reason", "")),
        on=_day(body.get("date")),
        undoes="undoes" in body,
        undoable=entry is undoable,
        issue=_issue(body) if entry.verb == verbs.CARD_PRINTED else 0,
    )


def _issue(body: dict[str, Any]) -> int:
    # Entries from before cards were numbered say nothing; then it was the first.
    issue = body.get("issue", 1)
    return issue if isinstance(issue, int) else 1


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
