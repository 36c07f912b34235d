"""What stands beside the fields of a worker's form, and what choosing between two words writes."""

from collections.abc import Mapping
from typing import Any

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import decide_ending
from kerjadesa.actions.known_worker import Known
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import check_draft
from kerjadesa.domain.check import NOT_KEPT
from kerjadesa.domain.fold import ENDING
from kerjadesa.domain.problem import Problem
from kerjadesa.sentences import sentence


def notes_on(
    office: Office, draft: Mapping[str, Any], worker: str, known: Known | None
) -> tuple[list[Problem], list[Problem]]:
    """Problems and warnings of a draft; `known` has or had its NIK, `worker` is corrected."""
    facts, warnings = check_draft(office, draft)
    problems = facts if isinstance(facts, list) else []
    if worker:
        problems = [*problems, *(w for w in warnings if w.code in NOT_KEPT)]
        # Age counted on the day of registration; a correction years later is no new one.
        problems = [p for p in problems if p.code not in {"too_young", "too_old"}]
    if known is not None and not known.former:
        problems = [Problem("nik", "already_registered", {"worker": known.id}), *problems]
    return problems, warnings


def decide(office: Office, worker: str, fact: str, value: Any) -> str:
    """Writes the operator's choice between two laptops' words; returns why not, if not."""
    if fact == ENDING:
        decide_ending(office, worker, value)
        return ""
    result = correct(office, worker, {fact: value})
    return "" if isinstance(result, Corrected) else sentence(result[0])
