"""Taking back one's own last change of a worker, as a new entry: nothing is ever struck out."""

from collections.abc import Mapping, Sequence
from typing import Any

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import ENDING, WorkerState, fold, what_it_says
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.store.projection import project

_CHUNK = 500
CHANGES = frozenset({verbs.CORRECTED, verbs.ENDED, verbs.RESUMED})


def undo_change(office: Office, worker: str, entry: str) -> str:
    """Writes back what the facts were before this entry, and returns the new entry's id.

    Undoing that one brings the change back. Raises UserError `undo_superseded` where the entry is
    not this device's last change of the worker, or something has been said of the same facts since;
    `undo_nik_taken` where another worker has the old NIK by now; `worker_unknown`.
    """
    with office.store.unit(office.now()) as unit:
        entries = unit.journal.of_subjects([worker])[worker]
        state = fold(entries, unit.hub)
        if state is None or state.erased:
            raise UserError("worker_unknown")
        last = last_own_change(entries, state, unit.device)
        if last is None or last.id != entry:
            raise UserError("undo_superseded")
        verb, values = _reversal(entries, state, last)
        nik = values.get("set", {}).get("nik")
        if nik is not None:
            holder = unit.workers.by_nik(nik)
            if holder is not None and holder.id != worker:
                raise UserError("undo_nik_taken")
        written = unit.journal.append(verb, worker, {**values, "undoes": entry}, office.operator)
        project(unit, [written])
    return written.id


def undo_many(
    office: Office,
    changes: Mapping[str, str],
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> int:
    """Takes back one change of each of many workers, `{worker: entry}`; returns of how many.

    All in one transaction. Where something was said of the same facts since, it stays. Raises
    Stopped with nothing written.
    """
    workers, undone = list(changes), 0
    with office.store.unit(office.now()) as unit:
        for start in range(0, len(workers), _CHUNK):
            if cancelled():
                raise Stopped
            items: list[tuple[str, str, dict[str, Any] | bytes]] = []
            told = unit.journal.of_subjects(workers[start : start + _CHUNK])
            for worker, entries in told.items():
                state = fold(entries, unit.hub)
                if state is None or state.erased:
                    continue
                last = last_own_change(entries, state, unit.device)
                if last is not None and last.id == changes[worker]:
                    verb, values = _reversal(entries, state, last)
                    items.append((verb, worker, {**values, "undoes": last.id}))
            project(unit, unit.journal.append_many(items, office.operator))
            undone += len(items)
            progress(min(start + _CHUNK, len(workers)), len(workers))
    return undone


def last_own_change(entries: Sequence[Entry], state: WorkerState, device: str) -> Entry | None:
    """The change that can be undone: the device's last, while its words stand alone."""
    own = [
        entry
        for entry in entries
        if entry.device == device and entry.verb in CHANGES and entry.id not in state.unreadable
    ]
    last = max(own, key=lambda entry: entry.seq, default=None)
    # A merge is taken back as a whole: `same_person.undo_decision`.
    if last is None or last.body is None or "merges" in last.values():
        return None
    said, _ = what_it_says(last, last.values())
    stands = all([head.entry for head in state.heads[name]] == [last.id] for name in said)
    return last if said and stands else None


def said_before(entries: Sequence[Entry], entry: Entry) -> dict[str, tuple[Any, Entry | None]]:
    """Per fact an entry states: what the newest word it replaces was, and in which entry."""
    said, seen = what_it_says(entry, entry.values())
    by_id = {other.id: other for other in entries}
    before: dict[str, tuple[Any, Entry | None]] = {}
    for name in said:
        earlier = [by_id[i] for i in seen.get(name, []) if i in by_id]
        newest = max(earlier, key=lambda other: (other.hlc, other.id), default=None)
        value = None
        if newest is not None and newest.body is not None:
            value = what_it_says(newest, newest.values())[0].get(name)
        before[name] = (value, newest)
    return before


def _reversal(
    entries: Sequence[Entry], state: WorkerState, last: Entry
) -> tuple[str, dict[str, Any]]:
    before = said_before(entries, last)
    replaces = state.replaces(before)
    if last.verb == verbs.CORRECTED:
        # What nobody had said before is emptied again.
        old = {
            name: empty_value(name) if value is None else value
            for name, (value, _) in before.items()
        }
        return verbs.CORRECTED, {"set": old, "replaces": replaces}
    reason, ending = before[ENDING]
    if reason is None or ending is None:
        return verbs.RESUMED, {"replaces": replaces}
    return verbs.ENDED, {**ending.values(), "replaces": replaces}


def empty_value(name: str) -> Any:
    """What a fact is while nobody has said anything of it."""
    return WorkerFacts.model_fields[name].get_default(call_default_factory=True)
