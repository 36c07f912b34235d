"""Sending: sealing what is new, and handing over every batch without a receipt."""

from dataclasses import dataclass
from pathlib import Path

from kerjadesa.actions.district import (
    hand_in_request,
    hub_client,
    invitation_taken,
    is_certified,
    remember_clock,
)
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.actions.receive import Received, receive
from kerjadesa.domain.device import DISTRICT
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.vector import lacking
from kerjadesa.exchange.batch import Envelope, fit
from kerjadesa.exchange.enrolment import Invitation
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
    mailbox = UsbFolder(folder, office.keys, office.place.code)
    return _send(office, mailbox, progress, cancelled)


def send_to_hub(
    office: Office, progress: Progress = unwatched, cancelled: Cancelled = never
) -> Sent:
    """Posts every batch without a receipt to the hub, then takes in its answer.

    Raises UserError `not_enrolled`, `hub_no_address`, `hub_unreachable`, `hub_nonsense` and the
    hub's own refusals, and Stopped. Whatever was handed over stays so; a repeat goes on from there.
    """
    with hub_client(office) as client:
        if not is_certified(office):
            # First the certificate, then the batches: sealing for colleagues needs the trust list.
            hand_in_request(office, client, invitation_taken(office))
            receive(office, client)
        sent = _send(office, client, progress, cancelled)
        received = receive(office, client)
        remember_clock(office, client)
    return Sent(sent.batches, sent.bytes, received)


def seal_pending(office: Office) -> int:
    """Seals every entry that lies in no batch yet and returns how many batches that made.

    The sealed bytes and the range they cover land in one transaction: a crash later resends
    exactly these bytes.
    """
    invitation = invitation_taken(office)
    now = office.now()
    with office.store.unit(now) as unit:
        missing = lacking({unit.device: unit.batches.sealed_upto()}, unit.journal.vector())
        if unit.device not in missing:
            return 0
        first, last = missing[unit.device]
        previous = unit.batches.last(unit.device)
        envelope = Envelope(
            sender=unit.device,
            nagari=office.place.code,
            readers=[DISTRICT, office.place.code],
            have=unit.batches.have(),
            created=now,
        )
        sealed = fit(
            envelope,
            previous.number + 1 if previous else 1,
            previous.id if previous else "",
            unit.journal.run(unit.device, first, last),
            unit.photo,
            office.keys,
            _recipients(unit, invitation),
        )
        count = 0
        for batch in sealed:
            part = batch.manifest.ranges[0]
            unit.batches.keep(
                BatchRow(
                    sender=unit.device,
                    number=batch.manifest.number,
                    id=batch.id,
                    first=part.first,
                    last=part.last,
                    sealed=batch.data,
                    created_at=now,
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


def _send(office: Office, mailbox: Mailbox, progress: Progress, cancelled: Cancelled) -> Sent:
    invitation = invitation_taken(office)
    if not is_certified(office):
        hand_in_request(office, mailbox, invitation)
    seal_pending(office)
    with office.store.reading(office.now()) as unit:
        own = unit.batches.own_numbers()
        queue = unit.batches.without_receipt()
    whole, batches, size = len(queue), 0, 0
    asked_again: set[int] = set()
    while queue:
        if cancelled():
            raise Stopped
        number = queue.pop(0)
        with office.store.reading(office.now()) as unit:
            row = unit.batches.get(office.keys.device, number)
        if row is None or row.sealed is None:
            raise RuntimeError("an own batch without its bytes")
        sealed = row.sealed
        delivery = mailbox.deliver(sealed, office.keys.device, number)
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
            unit.batches.delivered(number, office.now())
        batches += 1
        size += len(sealed)
        progress(whole - len(queue), whole)
    return Sent(batches, size)
