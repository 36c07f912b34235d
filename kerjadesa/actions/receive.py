"""Taking in what others wrote: the district's answers, a fellow laptop's registrations."""

from dataclasses import dataclass, field
from pathlib import Path

from kerjadesa.actions.attach_photo import is_photo
from kerjadesa.actions.district import (
    hand_in_request,
    hub_client,
    invitation_taken,
    is_certified,
    remember_heard,
)
from kerjadesa.actions.former import let_go
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import ChainBroken
from kerjadesa.exchange.batch import Opened, open_batch, verify_signature
from kerjadesa.exchange.enrolment import Invitation
from kerjadesa.exchange.mailbox import Mailbox
from kerjadesa.exchange.manifest import follows
from kerjadesa.exchange.refusal import BatchRefused
from kerjadesa.exchange.usb import UsbFolder
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import BatchRow, ReceiptRow


@dataclass(slots=True)
class Received:
    """What a receive brought. `refusals` are codes of batches that were not taken."""

    batches: int = 0
    receipts: int = 0
    workers: int = 0
    """Workers registered or changed by a colleague."""
    refused: int = 0
    """Workers the district has refused."""
    refusals: list[str] = field(default_factory=list)


def receive_from_folder(office: Office, folder: Path) -> Received:
    """Takes in everything a folder or stick holds for this device."""
    invitation_taken(office)
    return receive(office, UsbFolder(folder, office.keys, office.place.code))


def receive_from_hub(office: Office) -> Received:
    """Takes in everything the hub holds for this device, handing in a pending request first."""
    with hub_client(office) as client:
        if not is_certified(office):
            hand_in_request(office, client, invitation_taken(office))
        received = receive(office, client)
        remember_heard(office, client)
    return received


def receive(office: Office, mailbox: Mailbox) -> Received:
    """Verifies and applies, batch by batch, each in one transaction. Idempotent.

    A batch that is not taken is named in `refusals`; those after it of other senders go on. There
    too stands `batch_fork` as long as the hub has heard from a copy of this register, and
    `former_revoked` while it takes nothing more from the device this register was before.
    """
    invitation = invitation_taken(office)
    with office.store.reading(office.now()) as unit:
        have = unit.batches.have()
    received = Received()
    for data in mailbox.collect(have):
        try:
            opened = open_batch(data, office.keys)
            with office.store.unit(office.now()) as unit:
                _apply(unit, opened, invitation, received)
        except BatchRefused as refusal:
            received.refusals.append(refusal.code)
        except ChainBroken:
            # The same place in a chain with other bytes: a copied database, or worse.
            received.refusals.append("batch_fork")
    with office.store.unit(office.now()) as unit:
        former = let_go(unit)
        if any(device.revoked for device in unit.devices() if device.device in former):
            received.refusals.append("former_revoked")
        if unit.batches.receipted_elsewhere():
            received.refusals.append("batch_fork")
    return received


def _apply(unit: Unit, opened: Opened, invitation: Invitation, received: Received) -> None:
    manifest = opened.manifest
    sender, number = manifest.sender, manifest.number
    verify_signature(opened, _key_of(unit, sender, opened.id, invitation))
    unit.batches.give_way(sender, number, opened.id)
    last = unit.batches.last(sender)

    def id_of(at: int) -> str | None:
        row = unit.batches.get(sender, at)
        return None if row is None else row.id

    place = follows(manifest, opened.id, last.number if last else 0, id_of)
    if place == "known":
        return
    if place != "next":
        raise BatchRefused(f"batch_{place}", number=number)
    if any(part.device != sender for part in manifest.ranges):
        raise BatchRefused("batch_damaged")
    fresh = unit.journal.take_in(opened.entries)
    for sha256, jpeg in opened.photos.items():
        # One that is no picture would stop the printing of everybody's cards.
        if is_photo(jpeg):
            unit.keep_photo(sha256, jpeg)
    project(unit, fresh)
    unit.batches.keep(
        BatchRow(
            sender=sender,
            number=number,
            id=opened.id,
            first=manifest.ranges[0].first if manifest.ranges else 0,
            last=manifest.ranges[-1].last if manifest.ranges else 0,
            created_at=unit.now,
        )
    )
    received.batches += 1
    received.receipts += sum(
        entry.verb == verbs.BATCH_RECEIVED and entry.values().get("device") == unit.device
        for entry in fresh
    )
    if sender.startswith(f"{invitation.hub}."):
        received.refused += len({e.subject for e in fresh if e.verb == verbs.REFUSED})
    else:
        received.workers += len({e.subject for e in fresh if e.verb in verbs.WORKER_VERBS})


def _key_of(unit: Unit, sender: str, batch: str, invitation: Invitation) -> str:
    """The minisign key that has to have signed a batch of this sender."""
    if sender in {f"{invitation.hub}.public", f"{invitation.hub}.{invitation.nagari}"}:
        return invitation.minisign_public_key
    for device in unit.devices():
        if device.device == sender and device.nagari == invitation.nagari:
            # What a lost laptop sent before it was revoked is real work, and the hub's receipt
            # says which that was. What turns up afterwards may be the thief's.
            if device.revoked and unit.session.get(ReceiptRow, batch) is None:
                raise BatchRefused("device_revoked")
            return device.signing_key
    raise BatchRefused("device_unknown")
