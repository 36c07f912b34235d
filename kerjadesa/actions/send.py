"""Sending: sealing what is new, and handing over every batch without a receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kerjadesa.actions.district import (
    hand_in_request,
    hub_client,
    invitation_taken,
    is_certified,
    remember_heard,
)
from kerjadesa.actions.former import former_keys, unsealed
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.actions.receive import Received, receive
from kerjadesa.domain.device import DISTRICT
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import Envelope, fit
from kerjadesa.exchange.enrolment import Invitation
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Mailbox
from kerjadesa.exchange.usb import UsbFolder
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import BatchRow


@dataclass(frozen=True, slots=True)
class Sent:
    """What a send carried, and what came back with it over the network."""

    batches: int
    bytes: int
    received: Received | None = None


def send_to_folder(
    office: Office,
    folder: Path,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> Sent:
    """Writes every batch without a receipt to a folder or stick.

    Raises UserError `not_enrolled`, `usb_missing`, `usb_full`, `usb_readonly`, and Stopped.
    """
    return _send(
        office, lambda keys: UsbFolder(folder, keys, office.place.code), progress, cancelled
    )


def send_to_hub(
    office: Office, progress: Progress = unwatched, cancelled: Cancelled = never
) -> Sent:
    """Posts every batch without a receipt to the hub, then takes in its answer.

    Raises UserError `not_enrolled`, `hub_no_address`, `hub_unreachable`, `hub_nonsense` and the
    hub's own refusals, and Stopped. Whatever was handed over stays so; a repeat goes on from there.
    """
    with hub_client(office) as client:
        certified = is_certified(office)
        if not certified:
            # First the certificate, then the batches: sealing for colleagues needs the trust list.
            hand_in_request(office, client, invitation_taken(office))
        if not certified or _former(office):
            # The district may hold more of a former device than the backup did.
            receive(office, client)
        sent = _send(office, lambda _keys: client, progress, cancelled)
        received = receive(office, client)
        remember_heard(office, client)
    return Sent(sent.batches, sent.bytes, received)


def seal_pending(office: Office) -> int:
    """Seals every entry that lies in no batch yet and returns how many batches that made.

    The sealed bytes and the range they cover land in one transaction: a crash later resends
    exactly these bytes. What a former device left is sealed once the district's word has come
    in since the restore, for it may hold those entries already.
    """
    invitation = invitation_taken(office)
    with office.store.unit(office.now()) as unit:
        count = _seal(unit, office, office.keys, invitation)
        trusted = {device.device for device in unit.devices() if not device.revoked}
        if office.keys.device in trusted:
            for keys in former_keys(unit):
                if keys.device in trusted:
                    count += _seal(unit, office, keys, invitation)
    return count


def _seal(unit: Unit, office: Office, keys: KeyRing, invitation: Invitation) -> int:
    missing = unsealed(unit, keys.device)
    if missing is None:
        return 0
    previous = unit.batches.last(keys.device)
    envelope = Envelope(
        sender=keys.device,
        nagari=office.place.code,
        readers=[DISTRICT, office.place.code],
        have=unit.batches.have(),
        created=unit.now,
    )
    sealed = fit(
        envelope,
        previous.number + 1 if previous else 1,
        previous.id if previous else "",
        unit.journal.run(keys.device, *missing),
        unit.photo,
        keys,
        _recipients(unit, invitation),
    )
    count = 0
    for batch in sealed:
        part = batch.manifest.ranges[0]
        unit.batches.keep(
            BatchRow(
                sender=keys.device,
                number=batch.manifest.number,
                id=batch.id,
                first=part.first,
                last=part.last,
                sealed=batch.data,
                created_at=unit.now,
            )
        )
        count += 1
    return count


def _recipients(unit: Unit, invitation: Invitation) -> list[str]:
    fellows = [
        device.age_recipient
        for device in unit.devices()
        if device.nagari == invitation.nagari and not device.revoked
    ]
    return [invitation.age_recipient, *fellows]


def _send(
    office: Office,
    mailbox_of: Callable[[KeyRing], Mailbox],
    progress: Progress,
    cancelled: Cancelled,
) -> Sent:
    invitation = invitation_taken(office)
    mailbox = mailbox_of(office.keys)
    if not is_certified(office):
        hand_in_request(office, mailbox, invitation)
    seal_pending(office)
    sent = _deliver(office, mailbox, office.keys.device, progress, cancelled)
    for keys in _former(office):
        try:
            more = _deliver(office, mailbox_of(keys), keys.device, progress, cancelled)
        except UserError as error:
            # The computer that was believed lost has been quicker. What it sent is received from
            # the district, and whatever is not in there goes out after it.
            if error.code not in {"batch_replay", "batch_fork"}:
                raise
        else:
            sent = Sent(sent.batches + more.batches, sent.bytes + more.bytes)
    return sent


def _former(office: Office) -> list[KeyRing]:
    """The former devices for whom the district takes in what they left."""
    with office.store.reading(office.now()) as unit:
        trusted = {device.device for device in unit.devices() if not device.revoked}
        return [keys for keys in former_keys(unit) if keys.device in trusted]


def _deliver(
    office: Office, mailbox: Mailbox, sender: str, progress: Progress, cancelled: Cancelled
) -> Sent:
    with office.store.reading(office.now()) as unit:
        own = unit.batches.own_numbers(sender)
        queue = unit.batches.without_receipt(sender)
    whole, batches, size = len(queue), 0, 0
    asked_again: set[int] = set()
    while queue:
        if cancelled():
            raise Stopped
        number = queue.pop(0)
        with office.store.reading(office.now()) as unit:
            row = unit.batches.get(sender, number)
        if row is None or row.sealed is None:
            raise RuntimeError("an own batch without its bytes")
        sealed = row.sealed
        delivery = mailbox.deliver(sealed, sender, number)
        if delivery.status == "gap":
            # The hub lacks an earlier one, for instance after it was restored from a backup.
            expected = delivery.expected or 1
            if expected in asked_again or expected not in own or expected >= number:
                raise UserError("batch_gap", expected=expected)
            asked_again.add(expected)
            queue = [n for n in own if n >= expected]
            whole = len(queue)
            continue
        with office.store.unit(office.now()) as unit:
            unit.batches.delivered(number, office.now(), sender)
        batches += 1
        size += len(sealed)
        progress(whole - len(queue), whole)
    return Sent(batches, size)
