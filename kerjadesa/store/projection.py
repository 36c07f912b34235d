"""From entries to tables: every entry, written here or taken in, passes through `project` once."""

from collections.abc import Sequence

from pydantic import ValidationError

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.device import PUBLIC, DeviceFacts, chain_of
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import DeviceRow, ProgrammeRow, ReceiptRow


def project(unit: Unit, entries: Sequence[Entry]) -> None:
    """Brings every table up to what these entries add; they lie in the journal already.

    The hub's words count only from the hub's own chains.
    """
    workers = {entry.subject for entry in entries if entry.verb in verbs.WORKER_VERBS}
    if workers:
        unit.refold(sorted(workers))
    for entry in entries:
        if entry.verb in verbs.WORKER_VERBS:
            continue
        from_hub = bool(unit.hub) and entry.device.startswith(f"{unit.hub}.")
        try:
            if entry.verb == verbs.PROGRAMME_DECLARED:
                _programme(unit, entry)
            elif entry.verb == verbs.BATCH_RECEIVED and from_hub:
                _receipt(unit, entry)
            elif entry.verb in {verbs.DEVICE_CERTIFIED, verbs.DEVICE_REVOKED} and (
                entry.device == chain_of(unit.hub, PUBLIC)
            ):
                _device(unit, entry)
        except (ValidationError, ValueError, KeyError, TypeError):
            # One entry that makes no sense must not hold up everybody else's; it stays in the
            # journal as it came.
            continue


def _programme(unit: Unit, entry: Entry) -> None:
    facts = ProgrammeFacts.model_validate(entry.values())
    declared = unit.programme(facts.code)
    if declared is None or declared.hlc <= entry.hlc:
        unit.session.merge(ProgrammeRow(**facts.model_dump(), hlc=entry.hlc))
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


def _device(unit: Unit, entry: Entry) -> None:
    facts = DeviceFacts.model_validate(entry.values())
    if facts.device == entry.subject:
        revoked = entry.verb == verbs.DEVICE_REVOKED
        unit.session.merge(DeviceRow(**facts.model_dump(), revoked=revoked))
        unit.session.flush()
