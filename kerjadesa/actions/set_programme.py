"""Putting several workers under one programme at once."""

from collections.abc import Sequence
from typing import Any

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.fold import fold
from kerjadesa.domain.problem import UserError
from kerjadesa.store.projection import project

_CHUNK = 500


def set_programme(
    office: Office,
    workers: Sequence[str],
    code: str,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> int:
    """Writes one correction for each worker who is under another programme; returns how many.

    All of them in one transaction. Whose enrolment has ended stays as he is. Raises UserError
    `programme_unknown`, and Stopped with nothing written.
    """
    changed = 0
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
            project(unit, unit.journal.append_many(items, office.operator))
            changed += len(items)
            progress(start + len(chunk), len(workers))
    return changed
