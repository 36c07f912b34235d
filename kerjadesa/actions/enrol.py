"""Joining the district: an invitation turns into a certified device."""

from dataclasses import dataclass
from typing import Any, Literal

from kerjadesa.actions.district import is_certified
from kerjadesa.actions.office import EARLIER_INVITATION, INVITATION, Office
from kerjadesa.actions.receive import receive_from_hub
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import Invitation, read_invitation
from kerjadesa.store.store import HUB


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Whether the district knows this device now, or will once a stick or a call gets there."""

    status: Literal["certified", "pending"]
    hub: str


def _other_district(taken: Any, invitation: Invitation) -> bool:
    """Whether an invitation would lead away from the district that has certified this device.

    Anybody can write one that names the hub's public key and a sealing key of their own, and would
    then read what is sent.
    """
    if taken is None:
        return False
    before = read_invitation(str(taken))
    return (before.hub, before.age_recipient) != (invitation.hub, invitation.age_recipient)


def enrol(office: Office, text: str) -> Enrolled:
    """Takes an invitation, and uses it at once where the hub can be reached.

    Without a connection the request travels with the next send, by stick or by network. Raises
    UserError `invitation_invalid`, `invitation_other_nagari`, `enrolled_elsewhere`, and what the
    hub answers (`invitation_used`, `invitation_unknown` …).
    """
    invitation = read_invitation(text)
    if invitation.nagari != office.place.code:
        raise UserError("invitation_other_nagari", nagari=invitation.nagari)
    with office.store.unit(office.now()) as unit:
        taken = unit.setting(INVITATION) or unit.setting(EARLIER_INVITATION)
        if unit.devices() and _other_district(taken, invitation):
            raise UserError("enrolled_elsewhere")
        # A second invitation is how the hub's new address, or a fresh code, gets here.
        unit.set(INVITATION, invitation.to_text())
        unit.set(HUB, invitation.hub)
    if invitation.url:
        try:
            receive_from_hub(office)
        except UserError as error:
            if error.code != "hub_unreachable":
                raise
    return Enrolled("certified" if is_certified(office) else "pending", invitation.hub)
