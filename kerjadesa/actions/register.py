"""Registering one worker."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.check import check, not_kept, warnings
from kerjadesa.domain.identifier import worker_id
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import WorkerFacts, to_body
from kerjadesa.store import drafts, twins
from kerjadesa.store.projection import project


@dataclass(frozen=True, slots=True)
class Registered:
    """A worker who is in the register, come what may."""

    id: str
    card_number: str
    warnings: list[Problem]
    resembles: bool = False
    """Whether another record may be the same person's."""


def check_draft(
    office: Office, draft: Mapping[str, Any], on: date | None = None
) -> tuple[WorkerFacts | list[Problem], list[Problem]]:
    """The facts in a draft or its problems, and what a person should look at. Writes nothing.

    `on` is the day of registration, on which age counts; today if not given.
    """
    lost = not_kept(draft)
    complete = {**draft, "nagari": draft.get("nagari") or office.place.code}
    facts = check(complete, on or office.today, office.rules)
    if isinstance(facts, list):
        return facts, lost
    return facts, lost + warnings(facts, office.rules)


def register(
    office: Office, draft: Mapping[str, Any], photo: bytes | None = None, kept: str = ""
) -> Registered | list[Problem]:
    """Adds one worker to the register.

    `photo` is a JPEG from `attach_photo.normalise`; `kept` the id under which `drafts.keep` holds
    the half-filled form. Entry, row and photo land and the draft goes in one transaction, so a
    power cut leaves all of it done or none.
    """
    facts, notes = check_draft(office, draft)
    if isinstance(facts, list):
        return facts
    now = office.now()
    with office.store.unit(now) as unit:
        if twin := unit.workers.by_nik(facts.nik):
            return [Problem("nik", "already_registered", {"worker": twin.id})]
        if not facts.programme:
            facts.programme = str(unit.setting(PROGRAMME) or "")
        if photo is not None:
            facts.photo = hashlib.sha256(photo).hexdigest()
            unit.keep_photo(facts.photo, photo)
        place = f"{unit.device}:{unit.journal.next_seq()}"
        subject = worker_id(int(now.timestamp() * 1000), place)
        entry = unit.journal.append(verbs.REGISTERED, subject, to_body(facts), office.operator)
        project(unit, [entry])
        drafts.drop(unit.session, kept)
        row = unit.workers.by_id(subject)
        if row is None:
            raise RuntimeError("a registered worker has no row")
        card_number = row.card_number
        resembles = bool(twins.waiting(unit.session, subject, limit=1))
    return Registered(subject, card_number, notes, resembles)
