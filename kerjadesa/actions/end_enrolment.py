"""Ending an enrolment: died, moved away, insured elsewhere. Nothing is deleted, no card follows."""

from datetime import date

from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ending import EndReason
from kerjadesa.domain.fold import ENDING, WorkerState, fold
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit


def end_enrolment(office: Office, worker: str, reason: EndReason, on: date) -> str | Problem:
    """Writes that the enrolment ended on this day, and returns the entry's id.

    Said of somebody whose enrolment has ended already, or was ended differently by two laptops, it
    replaces what was said. Problems: `end_date_ahead`, `end_date_before_birth`. Raises UserError
    `worker_unknown`.
    """
    if on > office.today:
        return Problem("ended_on", "end_date_ahead")
    with office.store.unit(office.now()) as unit:
        row = unit.workers.by_id(worker)
        if row is not None and on < row.birth_date:
            return Problem("ended_on", "end_date_before_birth")
        state = _state(unit, worker)
        values = {
            "reason": reason,
            "date": on.isoformat(),
            "replaces": state.replaces([ENDING]),
        }
        entry = unit.journal.append(verbs.ENDED, worker, values, office.operator)
        project(unit, [entry])
    return entry.id


def resume_enrolment(office: Office, worker: str) -> str:
    """Lifts every ending said of a worker, and returns the entry's id.

    Empty where the enrolment goes on already. Raises UserError `worker_unknown`.
    """
    with office.store.unit(office.now()) as unit:
        state = _state(unit, worker)
        if state.value(ENDING) is None and ENDING not in state.conflicts:
            return ""
        values = {"replaces": state.replaces([ENDING])}
        entry = unit.journal.append(verbs.RESUMED, worker, values, office.operator)
        project(unit, [entry])
    return entry.id


def decide_ending(office: Office, worker: str, reason: str | None) -> None:
    """Settles what two laptops said differently: one of the endings, or that it goes on (None).

    Raises UserError `worker_unknown`.
    """
    if reason is None:
        resume_enrolment(office, worker)
        return
    with office.store.unit(office.now()) as unit:
        state = _state(unit, worker)
        said = {entry.id: entry for entry in unit.journal.of_subjects([worker])[worker]}
        for head in state.heads.get(ENDING, ()):
            if head.value == reason:
                values = {**said[head.entry].values(), "replaces": state.replaces([ENDING])}
                project(unit, [unit.journal.append(verbs.ENDED, worker, values, office.operator)])
                break


def _state(unit: Unit, worker: str) -> WorkerState:
    state = fold(unit.journal.of_subjects([worker])[worker], unit.hub)
    if state is None or state.erased:
        raise UserError("worker_unknown")
    return state
