"""Records that may be one person's: which pairs wait for a decision, and both sides of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.fold import WorkerState, fold
from kerjadesa.domain.likeness import Likeness, Traits, likeness
from kerjadesa.domain.link import Outcome
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.worker import FACT_NAMES, WorkerFacts
from kerjadesa.store import twins
from kerjadesa.store.store import Unit
from kerjadesa.store.sync_states import SyncState
from kerjadesa.store.twins import Pair
from kerjadesa.store.workers import facts_of

__all__ = ["Pair"]

FIXED = frozenset({"nagari", "registered_on"})
"""Facts that belong to the record and not to the person."""


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """One of the two records."""

    id: str
    facts: WorkerFacts
    card_number: str
    printed: int
    handover: str
    """`handed` or `absent`; empty while the card waits for its owner."""
    sync: SyncState
    accepted: bool
    """Whether the district holds it and has not refused it."""
    ended: str
    by: str
    """Who registered it."""
    at: datetime
    device: str
    """The six characters that stand for the laptop in its card numbers."""
    here: bool

    def value(self, fact: str) -> Any:
        """A fact as the journal has it."""
        return self.facts.model_dump(mode="json")[fact]


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Two records side by side."""

    left: Side
    right: Side
    alike: Likeness
    outcome: Outcome
    """What has been said of the two so far."""
    kept: str
    """Which one goes on: by what was said, or by default."""

    @property
    def differs(self) -> list[str]:
        """The facts of which one has to be chosen, in the order of the form."""
        return [
            fact
            for fact in FACT_NAMES
            if fact not in FIXED and self.left.value(fact) != self.right.value(fact)
        ]


def waiting_pairs(office: Office, worker: str = "", limit: int = 500) -> list[Pair]:
    """Pairs that wait for a person, the likeliest first; `worker` asks for those of one."""
    with office.store.reading(office.now()) as unit:
        return twins.waiting(unit.session, worker, limit)


def waiting_count(office: Office) -> int:
    """How many pairs wait for a decision."""
    with office.store.reading(office.now()) as unit:
        return twins.waiting_count(unit.session)


def compare(office: Office, one: str, other: str) -> Comparison:
    """Both records, the one registered first at the left. Raises UserError `worker_unknown`."""
    with office.store.reading(office.now()) as unit:
        entries = unit.journal.of_subjects([one, other])
        states = {worker: fold(entries[worker], unit.hub) for worker in (one, other)}
        left, right = sorted(
            (_side(unit, states[worker]) for worker in (one, other)),
            key=lambda side: (side.at, side.id),
        )
    state = states[left.id]
    link = next((x for x in state.links if x.other == right.id), None) if state else None
    return Comparison(
        left,
        right,
        likeness(_traits(left.facts), _traits(right.facts)),
        link.outcome if link else "open",
        link.kept if link and link.kept else default_kept(left, right),
    )


def default_kept(left: Side, right: Side) -> str:
    """The record whose card is out, else the one the district holds, else the first registered."""

    def claim(side: Side) -> tuple[bool, bool, bool, bool]:
        return (not side.ended, side.handover == "handed", side.printed > 0, side.accepted)

    return right.id if claim(right) > claim(left) else left.id


def merged_with(office: Office, worker: str) -> tuple[str, list[str]]:
    """Which record goes on for this one, empty if none; and whose records this one goes on for."""
    with office.store.reading(office.now()) as unit:
        return twins.merged_with(unit.session, worker)


def names_of(office: Office, workers: list[str]) -> Mapping[str, str]:
    """Names by id."""
    with office.store.reading(office.now()) as unit:
        return {row.id: row.name for row in unit.listed(workers)}


def _side(unit: Unit, state: WorkerState | None) -> Side:
    row = unit.workers.by_id(state.subject) if state is not None else None
    if state is None or row is None:
        raise UserError("worker_unknown")
    first = next(
        entry
        for entry in unit.journal.of_subjects([state.subject])[state.subject]
        if entry.id == state.registered_by
    )
    sync = unit.batches.states(unit.listed([row.id]))[row.id]
    return Side(
        id=row.id,
        facts=facts_of(row),
        card_number=row.card_number,
        printed=row.cards_printed,
        handover=row.handover,
        sync=sync,
        accepted=sync == "received",
        ended=row.ended,
        by=first.operator,
        at=datetime.fromtimestamp(Stamp.parse(row.registered_hlc).milliseconds / 1000, tz=UTC),
        device=device_code(first.device),
        here=first.device == unit.device,
    )


def _traits(facts: WorkerFacts) -> Traits:
    return Traits(facts.nik, facts.name, facts.sex, facts.birth_date, facts.mother_name)
