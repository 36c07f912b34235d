"""What this device knows of its district: the invitation, the certificate, the way there."""

from typing import TYPE_CHECKING

from kerjadesa.actions.former import former_keys
from kerjadesa.actions.office import CLOCK_OFFSET, HEARD_DISTRICT, INVITATION, Office
from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import Invitation, enrol_request, read_invitation
from kerjadesa.exchange.mailbox import Mailbox

if TYPE_CHECKING:
    from kerjadesa.exchange.https import HubClient


def invitation_of(office: Office) -> Invitation | None:
    """The invitation this device has taken, None before."""
    with office.store.reading(office.now()) as unit:
        text = unit.setting(INVITATION)
    return None if text is None else read_invitation(str(text))


def is_certified(office: Office) -> bool:
    """Whether the hub's trust list has reached this device with its own name on it."""
    with office.store.reading(office.now()) as unit:
        return any(device.device == office.keys.device for device in unit.devices())


def invitation_taken(office: Office) -> Invitation:
    """The invitation this device has taken; raises UserError `not_enrolled` before."""
    invitation = invitation_of(office)
    if invitation is None:
        raise UserError("not_enrolled")
    return invitation


def hub_client(office: Office) -> "HubClient":
    """The way to the hub over the network; raises UserError `not_enrolled`, `hub_no_address`."""
    invitation = invitation_taken(office)
    if not invitation.url:
        raise UserError("hub_no_address")
    # The network's libraries take long to load, and a start needs none of them.
    from kerjadesa.exchange.https import HubClient  # noqa: PLC0415

    return HubClient(invitation.url, office.keys, office.now)


def remember_heard(office: Office, client: "HubClient") -> None:
    """Keeps that all the hub had to say is here: nothing new is news too.

    And how far the hub's clock is from this computer's, in seconds, to tell the operator.
    """
    with office.store.unit(office.now()) as unit:
        unit.set(HEARD_DISTRICT, office.now().isoformat(timespec="seconds"))
        if unit.setting(CLOCK_OFFSET) != round(client.clock_offset):
            unit.set(CLOCK_OFFSET, round(client.clock_offset))


def hand_in_request(office: Office, mailbox: Mailbox, invitation: Invitation) -> None:
    """Leaves this device's request for a certificate in a mailbox; a repeat does no harm."""
    with office.store.reading(office.now()) as unit:
        known = {device.device for device in unit.devices()}
        former = [keys for keys in former_keys(unit) if keys.device not in known]
    facts = [
        DeviceFacts(
            device=keys.device,
            nagari=office.place.code,
            signing_key=keys.minisign_public_key,
            age_recipient=keys.age_recipient,
            label=office.operator[:60],
        )
        for keys in (office.keys, *former)
    ]
    backing = list(zip(facts[1:], former, strict=True))
    request = enrol_request(invitation, facts[0], office.keys, backing)
    mailbox.enrol(request, office.keys.device)
