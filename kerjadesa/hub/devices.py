"""Who may talk to the hub: invitations, enrolment, revocation, the trust list."""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from kerjadesa.actions.tables import regions
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.device import PUBLIC, DeviceFacts
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import place_of
from kerjadesa.exchange.enrolment import EnrolRequest, Invitation, open_request
from kerjadesa.exchange.refusal import BatchRefused
from kerjadesa.hub import chains
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Refused, iso
from kerjadesa.hub.tables import HubDevice, HubInvitation

INVITATION_DAYS = 90
_CODE_BYTES = 15
"""120 random bits: nobody guesses one, and 24 characters stay short in a QR code."""


@dataclass(frozen=True)
class Certified:
    """The hub knows this device from now on (or has known it before)."""

    device: str
    nagari: str


def invite(hub: Hub, nagari: str, url: str, now: datetime) -> Invitation:
    """A one-time invitation for one device of a nagari, by which it reaches the hub at `url`.

    Raises UserError `nagari_unknown`, `hub_url_invalid`.
    """
    place = place_of(nagari, regions())
    if place is None:
        raise UserError("nagari_unknown", nagari=nagari[:20])
    code = base64.b32encode(os.urandom(_CODE_BYTES)).decode()
    keys = hub.keys
    try:
        invitation = Invitation(place.code, code, keys.minisign_public_key, keys.age_recipient, url)
    except ValueError:
        raise UserError("hub_url_invalid") from None
    with hub.writing() as session:
        session.add(
            HubInvitation(
                code_hash=_hash(code),
                nagari=place.code,
                created_at=iso(now),
                expires_at=iso(now + timedelta(days=INVITATION_DAYS)),
            )
        )
    return invitation


def enrol(hub: Hub, sealed: bytes, now: datetime) -> Certified | Refused:
    """Certifies the device that asks; asking again with the same code gives the same answer.

    Refusals: `enrol_damaged`, `enrol_not_for_us`, `invitation_unknown`, `invitation_used`,
    `invitation_expired`, `device_revoked`, `device_elsewhere` (certified in another nagari),
    `device_code_taken` (its card numbers would be another device's).
    """
    try:
        request = open_request(sealed, hub.keys)
    except BatchRefused as refusal:
        return Refused(refusal.code)
    with hub.writing() as session:
        return _certify(session, hub, request, now)


def _certify(
    session: Session, hub: Hub, request: EnrolRequest, now: datetime
) -> Certified | Refused:
    asked, code_hash = request.device.device, _hash(request.code)
    invitation = session.get(HubInvitation, code_hash)
    if invitation is None or not hmac.compare_digest(invitation.code_hash, code_hash):
        return Refused("invitation_unknown")
    if invitation.used_by not in {"", asked}:
        return Refused("invitation_used")
    known = session.get(HubDevice, asked)
    if known is not None and known.revoked_at:
        return Refused("device_revoked")
    if known is not None and known.nagari != invitation.nagari:
        return Refused("device_elsewhere")
    if known is None:
        if invitation.expires_at < iso(now):
            return Refused("invitation_expired")
        if _code_taken(session, invitation.nagari, asked):
            return Refused("device_code_taken")
        _add(session, hub, request.device, invitation.nagari, now)
        # What was registered before a restore is signed, as cards are, by the device it was.
        for former in request.former:
            taken = _code_taken(session, invitation.nagari, former.device)
            if session.get(HubDevice, former.device) is None and not taken:
                _add(session, hub, former, invitation.nagari, now, brought_by=asked)
    invitation.used_by = asked
    return Certified(asked, invitation.nagari)


def _add(
    session: Session,
    hub: Hub,
    asking: DeviceFacts,
    nagari: str,
    now: datetime,
    brought_by: str = "",
) -> None:
    # The invitation says where the device serves, whatever it says itself.
    facts = DeviceFacts(
        device=asking.device,
        nagari=nagari,
        signing_key=asking.signing_key,
        age_recipient=asking.age_recipient,
        label="".join(c for c in asking.label if c.isprintable()),
    )
    row = HubDevice(
        **facts.model_dump(),
        code=device_code(facts.device),
        certified_at=iso(now),
        brought_by=brought_by,
    )
    session.add(row)
    _tell(session, hub, verbs.DEVICE_CERTIFIED, row, now)


def _code_taken(session: Session, nagari: str, device: str) -> bool:
    same = select(HubDevice).where(
        HubDevice.nagari == nagari, HubDevice.code == device_code(device)
    )
    return session.exec(same).first() is not None


def revoke(hub: Hub, device: str, now: datetime) -> list[str]:
    """Shuts a lost device out and tells everybody; raises UserError `device_unknown`.

    With it go the former devices that its request brought along, whose keys it holds too: whoever
    has it could go on in their names. Returns them.
    """
    with hub.writing() as session:
        gone = [row for row in _with_former(session, device) if not row.revoked_at]
        for row in gone:
            row.revoked_at = iso(now)
            _tell(session, hub, verbs.DEVICE_REVOKED, row, now)
        return [row.device for row in gone if row.device != device]


def reinstate(hub: Hub, device: str, now: datetime) -> list[str]:
    """Lets a revoked device in again and tells everybody; raises UserError `device_unknown`.

    For what a restored register still has to hand over under the name of the device it was.
    Returns the former devices it brought along that stay revoked: each is let in by itself.
    """
    with hub.writing() as session:
        row, *former = _with_former(session, device)
        if row.revoked_at:
            row.revoked_at = ""
            _tell(session, hub, verbs.DEVICE_CERTIFIED, row, now)
        return [one.device for one in former if one.revoked_at]


def _with_former(session: Session, device: str) -> list[HubDevice]:
    row = session.get(HubDevice, device)
    if row is None:
        raise UserError("device_unknown")
    former = select(HubDevice).where(HubDevice.brought_by == device)
    return [row, *session.exec(former.order_by(col(HubDevice.device)))]


def _tell(session: Session, hub: Hub, verb: str, row: HubDevice, now: datetime) -> None:
    facts = DeviceFacts(**row.model_dump(include=set(DeviceFacts.model_fields)))
    item = (verb, facts.device, facts.model_dump())
    chains.append(session, hub.chain(PUBLIC), [item], now)


def find(hub: Hub, device: str) -> HubDevice | None:
    """A certified device, revoked or not."""
    with hub.reading() as session:
        return session.get(HubDevice, device)


def listed(hub: Hub) -> list[HubDevice]:
    """All devices, by nagari and then in the order of their certification."""
    with hub.reading() as session:
        order = (col(HubDevice.nagari), col(HubDevice.certified_at), col(HubDevice.device))
        return list(session.exec(select(HubDevice).order_by(*order)))


def serving(session: Session, nagari: str) -> list[HubDevice]:
    """The devices of a nagari that are not revoked."""
    chosen = select(HubDevice).where(HubDevice.nagari == nagari, HubDevice.revoked_at == "")
    return list(session.exec(chosen.order_by(col(HubDevice.device))))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
