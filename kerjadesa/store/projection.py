"""From entries to tables: every entry, written here or taken in, passes through `project` once."""

from collections.abc import Sequence

from pydantic import ValidationError

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.device import PUBLIC, DeviceFacts, chain_of
from kerjadesa.domain.entry import Entry
from kerjadesa.store import drafts, seen_residents
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import (
    CeremonyRow,
    DeviceRow,
    ProgrammeRow,
    ReceiptRow,
    ReplacedCardRow,
)


def project(unit: Unit, entries: Sequence[Entry]) -> None:
    """Brings every table up to what these entries add; they lie in the journal already.

    The hub's words count only from the hub's own chains.
    """
    workers = {entry.subject for entry in entries if entry.verb in verbs.WORKER_VERBS}
    for entry in entries:
        if entry.verb == verbs.ERASED and entry.device.startswith(f"{unit.hub}."):
            _forget(unit, entry.subject)
    if workers:
        unit.refold(sorted(workers))
    for verb, subject in sorted({(entry.verb, entry.subject) for entry in entries}):
        if verb == verbs.PROGRAMME_DECLARED:
            _programme(unit, subject)
        elif verb == verbs.CEREMONY_PLANNED:
            _ceremony(unit, subject)
    for entry in entries:
        if entry.verb in verbs.WORKER_VERBS:
            continue
        from_hub = bool(unit.hub) and entry.device.startswith(f"{unit.hub}.")
        try:
            if entry.verb == verbs.BATCH_RECEIVED and from_hub:
                _receipt(unit, entry)
            elif entry.device == chain_of(unit.hub, PUBLIC):
                _public(unit, entry)
        except (ValidationError, ValueError, KeyError, TypeError):
            # One entry that makes no sense must not hold up everybody else's; it stays in the
            # journal as it came.
            continue


def _forget(unit: Unit, worker: str) -> None:
    """What lies beside the journal of somebody whom the district erases."""
    drafts.drop_of(unit.session, worker)
    row = unit.workers.by_id(worker)
    if row is not None:
        seen_residents.forget_nik(unit.session, row.nik)


def _programme(unit: Unit, code: str) -> None:
    said = unit.declared(code)
    if said is not None:
        unit.session.merge(ProgrammeRow(**said.facts.model_dump(), hlc=said.hlc))
        unit.session.flush()


def _ceremony(unit: Unit, ceremony: str) -> None:
    said = unit.planned(ceremony)
    if said is not None:
        facts = said.facts.model_dump(mode="json")
        unit.session.merge(CeremonyRow(id=ceremony, facts=facts, hlc=said.hlc))
        unit.session.flush()


def _receipt(unit: Unit, entry: Entry) -> None:
    body = entry.values()
    unit.batches.add_receipt(
        ReceiptRow(
            batch=entry.subject,
            device=str(body["device"]),
            number=int(body["number"]),
            last=int(body["last"]),
            hlc=entry.hlc,
        )
    )


def _public(unit: Unit, entry: Entry) -> None:
    if entry.verb in {verbs.DEVICE_CERTIFIED, verbs.DEVICE_REVOKED}:
        _device(unit, entry)
    elif entry.verb == verbs.CARD_REPLACED:
        body = entry.values()
        number, issue = str(body["number"]), int(body["issue"])
        held = unit.session.get(ReplacedCardRow, number)
        if held is None or held.issue < issue:
            unit.session.merge(ReplacedCardRow(number=number, issue=issue))
            unit.session.flush()


def _device(unit: Unit, entry: Entry) -> None:
    facts = DeviceFacts.model_validate(entry.values())
    if facts.device == entry.subject:
        revoked = entry.verb == verbs.DEVICE_REVOKED
        unit.session.merge(DeviceRow(**facts.model_dump(), revoked=revoked))
        unit.session.flush()
