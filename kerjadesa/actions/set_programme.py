"""Putting several workers under one programme at once."""

from collections.abc import Sequence
from typing import Any

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.list_workers import View, members
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.fold import fold
from kerjadesa.domain.problem import UserError
from kerjadesa.store.projection import project

_CHUNK = 500


def set_programme(
    office: Office,
    who: View | Sequence[str],
    code: str,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> dict[str, str]:
    """Writes a correction for everybody of a view, or with these ids, under another programme.

    Returns whose programme was changed by which entry, as `undo_many` takes it. All of them in one
    transaction. Whose enrolment has ended stays as he is. Raises UserError
    `programme_unknown`, and Stopped with nothing written.
    """
    workers = members(office, who) if isinstance(who, View) else who
    changed: dict[str, str] = {}
    with office.store.unit(office.now()) as unit:
        if unit.programme(code) is None:
            raise UserError("programme_unknown")
        for start in range(0, len(workers), _CHUNK):
            if cancelled():
                raise Stopped
            chunk = list(workers[start : start + _CHUNK])
            items: list[tuple[str, str, dict[str, Any] | bytes]] = []
            for worker, entries in unit.journal.of_subjects(chunk).items():
                state = fold(entries, unit.hub)
                if state is None or state.erased or state.value("ended") is not None:
                    continue
                if state.value("programme") == code and "programme" not in state.conflicts:
                    continue
                replaces = state.replaces(["programme"])
                items.append(
                    (verbs.CORRECTED, worker, {"set": {"programme": code}, "replaces": replaces})
                )
            written = unit.journal.append_many(items, office.operator)
            project(unit, written)
            changed |= {entry.subject: entry.id for entry in written}
            progress(start + len(chunk), len(workers))
    return changed
