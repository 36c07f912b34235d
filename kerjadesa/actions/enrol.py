"""Joining the district: an invitation turns into a certified device."""

from dataclasses import dataclass
from typing import Literal

from kerjadesa.actions.district import is_certified
from kerjadesa.actions.office import INVITATION, Office
from kerjadesa.actions.receive import receive_from_hub
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import read_invitation
from kerjadesa.store.store import HUB


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Whether the district knows this device now, or will once a stick or a call gets there."""

    status: Literal["certified", "pending"]
    hub: str


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
        if unit.hub and unit.hub != invitation.hub and unit.devices():
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
