"""Correcting a worker's facts, and deciding between two laptops' words on one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.actions.register import check_draft
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.check import NOT_KEPT
from kerjadesa.domain.fold import fold
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.store import drafts
from kerjadesa.store.projection import project
from kerjadesa.store.workers import facts_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction changed; empty where everything stood that way already."""

    id: str
    changed: list[str]
    warnings: list[Problem]
    entry: str = ""
    """Id of the entry that says so; what `undo_change` takes."""


def correct(
    office: Office,
    worker: str,
    changes: Mapping[str, Any],
    reason: str = "",
    photo: bytes | None = None,
    kept: str = "",
) -> Corrected | list[Problem]:
    """Writes new values of some facts as one entry that names what it has seen and replaces.

    Age is looked at as on the day of registration, so nobody is refused for having grown older.
    Stating the displayed value of a fact in conflict decides the conflict. `kept` is the id of the
    half-filled form among the drafts; it goes in the same transaction. A KK or phone that could
    not be kept is refused, with the codes `check.NOT_KEPT`. Another NIK wants a `reason`, a code
    of `domain.correction` or the operator's own words: Problem `nik_reason_missing`.
    """
    with office.store.unit(office.now()) as unit:
        row = unit.workers.by_id(worker)
        state = fold(unit.journal.of_subjects([worker])[worker], unit.hub)
        if row is None or state is None:
            raise UserError("worker_unknown")
        before = facts_of(row)
        draft = {**before.model_dump(mode="json"), **changes}
        after, notes = check_draft(office, draft, before.registered_on)
        # A new worker goes without such a number; here it would wipe the one in the register.
        lost = [note for note in notes if note.code in NOT_KEPT and note.field in changes]
        if isinstance(after, list):
            return [*after, *lost]
        if lost:
            return lost
        twin = unit.workers.by_nik(after.nik)
        if twin is not None and after.nik != before.nik and twin.id != worker:
            return [Problem("nik", "already_registered", {"worker": twin.id})]
        if after.nik != before.nik and not reason and "nik" not in state.conflicts:
            return [Problem("nik", "nik_reason_missing")]
        # A return commits like any other end of the unit, so nothing is kept before the last one.
        if photo is not None:
            after.photo = hashlib.sha256(photo).hexdigest()
            unit.keep_photo(after.photo, photo)
        changed = [
            name
            for name in FACT_NAMES
            if name != "registered_on"
            and (
                getattr(after, name) != getattr(before, name)
                or (name in state.conflicts and name in changes)
            )
        ]
        written = ""
        if changed:
            dumped = after.model_dump(mode="json")
            values: dict[str, Any] = {
                "set": {name: dumped[name] for name in changed},
                "replaces": state.replaces(changed),
            }
            if reason:
                values["reason"] = reason
            entry = unit.journal.append(verbs.CORRECTED, worker, values, office.operator)
            project(unit, [entry])
            written = entry.id
        drafts.drop(unit.session, kept)
    return Corrected(worker, changed, notes, written)
