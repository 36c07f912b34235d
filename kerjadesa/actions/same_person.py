"""One person or two: merging two records, saying that they differ, and taking either back.

Nothing is deleted. The record that goes on takes the chosen facts as a correction; both carry the
decision as a link, and by it the other one ends. Taking back is a new decision over the old.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kerjadesa.actions.likely_twins import FIXED
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import check_draft
from kerjadesa.actions.undo_change import empty_value, said_before
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.chain import Item
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import WorkerState, fold
from kerjadesa.domain.link import Link
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit
from kerjadesa.store.workers import facts_of


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on two records."""

    one: str
    """The record that goes on, where there is one."""
    other: str
    entry: str
    """The decision's id."""
    changed: tuple[str, ...] = ()
    """Facts that the record which goes on took from the other."""


def merge(office: Office, kept: str, other: str, taken: Iterable[str]) -> Decided | list[Problem]:
    """Makes one person of two records: `kept` goes on and takes these facts from `other`.

    Raises UserError `worker_unknown`, or `merge_kept_ended` where `kept` has itself gone into a
    third record.
    """
    with office.store.unit(office.now()) as unit:
        states = _states(unit, kept, other)
        if states[kept].merged_into not in {"", other}:
            raise UserError("merge_kept_ended")
        chosen = [fact for fact in FACT_NAMES if fact in set(taken) - FIXED]
        facts = _merged_facts(office, unit, states, kept, other, chosen)
        if isinstance(facts, list):
            return facts
        state, written = states[kept], list[Entry]()
        before = _dumped(unit, kept)
        changed = [
            fact for fact in chosen if facts[fact] != before[fact] or fact in state.conflicts
        ]
        if changed:
            correction = {
                "set": {fact: facts[fact] for fact in changed},
                "replaces": state.replaces(changed),
                "merges": other,
            }
            written.append(unit.journal.append(verbs.CORRECTED, kept, correction, office.operator))
        linked = _link(unit, office, states, "same", kept)
        project(unit, [*written, *linked])
    return Decided(kept, other, linked[0].id, tuple(changed))


def tell_apart(office: Office, one: str, other: str) -> Decided:
    """Says that these are two people. Raises UserError `worker_unknown`, `undo_nik_taken`.

    Where another laptop had merged them, each gets back the facts it had before.
    """
    with office.store.unit(office.now()) as unit:
        states = _states(unit, one, other)
        given_back = _facts_back(unit, office, states)
        linked = _link(unit, office, states, "different", "")
        project(unit, [*given_back, *linked])
    return Decided(one, other, linked[0].id)


def undo_decision(office: Office, one: str, other: str) -> None:
    """Takes back what stands between two records: both go on, with the facts they had before.

    A fact that somebody has changed since the merge stays as it is. Raises UserError
    `worker_unknown`, `undo_nik_taken`, or `undo_superseded` where nothing stands.
    """
    with office.store.unit(office.now()) as unit:
        states = _states(unit, one, other)
        link = _link_of(states[one], other)
        if link is None or link.outcome == "open":
            raise UserError("undo_superseded")
        given_back = _facts_back(unit, office, states)
        project(unit, [*given_back, *_link(unit, office, states, "undone", "")])


def _states(unit: Unit, *workers: str) -> dict[str, WorkerState]:
    entries = unit.journal.of_subjects(workers)
    states = {worker: fold(entries[worker], unit.hub) for worker in workers}
    found = {
        worker: state
        for worker, state in states.items()
        if state is not None and not state.erased and unit.workers.by_id(worker) is not None
    }
    if len(found) < len(set(workers)) or len(found) < 2:
        raise UserError("worker_unknown")
    return found


def _merged_facts(
    office: Office,
    unit: Unit,
    states: dict[str, WorkerState],
    kept: str,
    other: str,
    chosen: list[str],
) -> dict[str, Any] | list[Problem]:
    before, theirs = _dumped(unit, kept), _dumped(unit, other)
    draft = {**before, **{fact: theirs[fact] for fact in chosen}}
    row = unit.workers.by_id(kept)
    after, _notes = check_draft(office, draft, row.registered_on if row else None)
    if isinstance(after, list):
        return after
    holder = unit.workers.by_nik(after.nik)
    if holder is not None and after.nik != before["nik"] and holder.id not in states:
        return [Problem("nik", "already_registered", {"worker": holder.id})]
    return after.model_dump(mode="json")


def _dumped(unit: Unit, worker: str) -> dict[str, Any]:
    row = unit.workers.by_id(worker)
    if row is None:
        raise UserError("worker_unknown")
    return facts_of(row).model_dump(mode="json")


def _link(
    unit: Unit, office: Office, states: dict[str, WorkerState], verdict: str, kept: str
) -> list[Entry]:
    """The same decision on both records, in place of everything said of the two before."""
    one, other = states
    links = (_link_of(states[one], other), _link_of(states[other], one))
    # One record's word may have arrived before the other's: both name what either has.
    seen = sorted({name for link in links if link for name in link.decisions})
    body = {"verdict": verdict, "replaces": seen, **({"kept": kept} if kept else {})}
    first = unit.journal.append(verbs.LINKED, one, {"other": other, **body}, office.operator)
    values = {"other": one, "decision": first.id, **body}
    return [first, unit.journal.append(verbs.LINKED, other, values, office.operator)]


def _link_of(state: WorkerState, other: str) -> Link | None:
    return next((link for link in state.links if link.other == other), None)


def _facts_back(unit: Unit, office: Office, states: dict[str, WorkerState]) -> list[Entry]:
    one, other = states
    items = [_before_merging(unit, states[a], b) for a, b in ((one, other), (other, one))]
    return unit.journal.append_many([item for item in items if item], office.operator)


def _before_merging(unit: Unit, state: WorkerState, other: str) -> Item | None:
    """The correction that gives back what merging with `other` changed and still stands."""
    entries = unit.journal.of_subjects([state.subject])[state.subject]
    merges = [
        entry
        for entry in entries
        if entry.verb == verbs.CORRECTED and entry.values().get("merges") == other
    ]
    last = max(merges, key=lambda entry: (entry.hlc, entry.id), default=None)
    if last is None:
        return None
    old = {
        fact: empty_value(fact) if value is None else value
        for fact, (value, _entry) in said_before(entries, last).items()
        if [head.entry for head in state.heads[fact]] == [last.id]
    }
    holder = unit.workers.by_nik(old["nik"]) if "nik" in old else None
    if holder is not None and holder.id not in {state.subject, other}:
        raise UserError("undo_nik_taken")
    if not old:
        return None
    values = {"set": old, "replaces": state.replaces(old), "undoes": last.id}
    return (verbs.CORRECTED, state.subject, values)
