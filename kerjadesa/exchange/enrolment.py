"""How a device joins: the district's invitation, and the request that answers it."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal

import minisign
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kerjadesa.domain.device import DeviceFacts, device_id
from kerjadesa.domain.entry import canonical
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.age import NotForUs, decrypt, encrypt, is_recipient
from kerjadesa.exchange.keys import KeyRing, public_key_bytes
from kerjadesa.exchange.manifest import DEVICE_PATTERN, NAGARI_PATTERN
from kerjadesa.exchange.refusal import BatchRefused

MAX_REQUEST = 16 * 1024
_PREFIX = "KDU1:"
_MAX_TEXT = 2048
_CHECK_BYTES = 4
_MOST_FORMER = 4
_CODE_PATTERN = r"[A-Za-z0-9-]{8,64}"
_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, minisign.Error)
_URL_PATTERN = r"https?://[!-~]{1,200}"


@dataclass(frozen=True)
class Invitation:
    """The district invites one device of a nagari. `url` is "" where the stick is the only way.

    Raises ValueError for parts no invitation can have.
    """

    nagari: str
    code: str
    minisign_public_key: str
    age_recipient: str
    url: str = ""

    def __post_init__(self) -> None:
        public_key_bytes(self.minisign_public_key)
        for value, pattern in (
            (self.nagari, NAGARI_PATTERN),
            (self.code, _CODE_PATTERN),
            (self.url, rf"(?:{_URL_PATTERN})?"),
        ):
            if not re.fullmatch(pattern, value, re.ASCII):
                raise ValueError("no invitation has such a part")
        if not is_recipient(self.age_recipient):
            raise ValueError("no age recipient")

    @property
    def hub(self) -> str:
        """The hub's device id, taken from its key so that the two cannot disagree."""
        return device_id(public_key_bytes(self.minisign_public_key))

    def to_text(self) -> str:
        """`KDU1:` and Base32: tight in a QR code, and blanks or small letters do no harm."""
        parts = [self.nagari, self.code, self.minisign_public_key, self.age_recipient, self.url]
        raw = json.dumps(parts, separators=(",", ":")).encode()
        text = base64.b32encode(raw + sha256(raw).digest()[:_CHECK_BYTES])
        return _PREFIX + text.decode("ascii").rstrip("=")


@dataclass(frozen=True)
class EnrolRequest:
    """A device asks to be certified; it has shown that it holds the key it names."""

    code: str
    device: DeviceFacts
    former: tuple[DeviceFacts, ...] = ()
    """Devices the register was before it was restored; it has shown that it holds their keys."""


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    format: Literal["kerjadesa-enrolment"]
    schema_: Literal[1] = Field(alias="schema")
    hub: Annotated[str, StringConstraints(pattern=rf"^{DEVICE_PATTERN}$")]
    code: Annotated[str, StringConstraints(pattern=rf"^{_CODE_PATTERN}$")]
    device: dict[str, str]
    former: Annotated[list[dict[str, str]], Field(max_length=_MOST_FORMER)] = []


def read_invitation(text: str) -> Invitation:
    """Reads `KDU1:…`, wrapped or in small letters too; raises UserError("invitation_invalid")."""
    try:
        if len(text) > _MAX_TEXT:
            raise ValueError("too long for an invitation")
        # Messages wrap long lines, and people type dashes where a line ends.
        plain = re.sub(r"[\s-]", "", text).upper()
        if not plain.startswith(_PREFIX):
            raise ValueError("no invitation")
        packed = plain.removeprefix(_PREFIX)
        both = base64.b32decode(packed + "=" * (-len(packed) % 8))
        raw, check = both[:-_CHECK_BYTES], both[-_CHECK_BYTES:]
        if sha256(raw).digest()[:_CHECK_BYTES] != check:
            raise ValueError("the check sum differs")
        parts = json.loads(raw)
        if not isinstance(parts, list) or [type(part) for part in parts] != [str] * 5:
            raise ValueError("another shape than an invitation")
        return Invitation(*parts)
    except (ValueError, RecursionError) as error:
        raise UserError("invitation_invalid") from error


def enrol_request(
    invitation: Invitation,
    device: DeviceFacts,
    keys: KeyRing,
    former: Sequence[tuple[DeviceFacts, KeyRing]] = (),
) -> bytes:
    """The request: signed by the device, and sealed for the hub because of the one-time code.

    `former` devices, whose register was restored before the district knew them, sign it as well.
    """
    former = former[-_MOST_FORMER:]
    asked: dict[str, Any] = {
        "format": "kerjadesa-enrolment",
        "schema": 1,
        "hub": invitation.hub,
        "code": invitation.code,
        "device": device.model_dump(mode="json"),
    }
    if former:
        asked["former"] = [facts.model_dump(mode="json") for facts, _ in former]
    request = canonical(asked)
    both: dict[str, Any] = {"request": request.decode(), "signature": _signed(request, keys)}
    if former:
        both["former"] = [_signed(request, ring) for _, ring in former]
    return encrypt(canonical(both), [invitation.age_recipient])


def _signed(request: bytes, keys: KeyRing) -> str:
    comment = f"kerjadesa enrolment {keys.device}"
    return bytes(keys.minisign_key.sign(request, trusted_comment=comment)).decode("ascii")


def open_request(data: bytes, hub_keys: KeyRing) -> EnrolRequest:
    """Opens and checks a request; raises BatchRefused("enrol_damaged" | "enrol_not_for_us").

    Each signature must be by the very key the request names, the device id follow from that key,
    and the request name this hub: another hub must not be able to hand it on.
    """
    if len(data) > MAX_REQUEST:
        raise BatchRefused("enrol_damaged")
    try:
        both = json.loads(decrypt(data, hub_keys))
        request = both["request"].encode()
        read = _Request.model_validate_json(request)
        signatures = [both["signature"], *both.get("former", [])]
        devices = [DeviceFacts.model_validate(facts) for facts in (read.device, *read.former)]
        for device, signature in zip(devices, signatures, strict=True):
            _check_device(device)
            key = minisign.PublicKey.from_base64(device.signing_key)
            key.verify(request, minisign.Signature.from_bytes(signature.encode()))
    except NotForUs as error:
        raise BatchRefused("enrol_not_for_us") from error
    except _DAMAGE as error:
        raise BatchRefused("enrol_damaged") from error
    if read.hub != hub_keys.device:
        raise BatchRefused("enrol_not_for_us")
    return EnrolRequest(read.code, devices[0], tuple(devices[1:]))


def _check_device(device: DeviceFacts) -> None:
    if device.device != device_id(public_key_bytes(device.signing_key)):
        raise ValueError("a device id that is not its key's")
    if not re.fullmatch(NAGARI_PATTERN, device.nagari, re.ASCII):
        raise ValueError("no nagari")
    if not is_recipient(device.age_recipient) or re.search(r"[\x00-\x1f\x7f]", device.label):
        raise ValueError("no age recipient, or a label with control characters")
