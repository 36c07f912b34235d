"""Says offline whether the text of a card's QR code is genuine: tolerant reading, hard judging.

Any Claim 169 credential is read, also of other issuers and other writers. Nothing in the text can
make it raise, run long or grow: sizes are capped before anything is parsed.
"""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kerjadesa.cards import bounded_cbor
from kerjadesa.cards.claim169 import named_claims, tag_content
from kerjadesa.cards.credential import (
    ALGORITHM,
    CLAIM_169,
    CRITICAL,
    EPOCH,
    EXPIRES,
    FIRST_DAY,
    ISSUE,
    ISSUED_AT,
    ISSUER,
    KEY_ID,
    KEY_ID_LENGTH,
    LAST_ISSUE,
    NOT_BEFORE,
    TAG_SIGN1,
    signed_bytes,
)

Status = Literal[
    "genuine",
    "replaced",
    "unsigned",
    "forged",
    "expired",
    "not_yet_valid",
    "unknown_key",
    "encrypted",
    "unreadable",
]

LONGEST_TEXT = 8_192
LARGEST_MESSAGE = 16 * 1024
# Laptops in the field run with wrong clocks: a card issued "tomorrow" by another one is not false.
CLOCK_DRIFT = timedelta(hours=24)

_LAST_DAY = (date.max - EPOCH).days

_TAG_ENCRYPT0, _TAG_CWT = 16, 61
_ED25519_LENGTH, _P256_LENGTH = 32, 65
# COSE algorithms by the length of the key they need: EdDSA (-8) and its newer name Ed25519 (-19),
# ES256 (-7) and its newer name ESP256 (-9), RFC 9864.
_ALGORITHMS = {_ED25519_LENGTH: (-8, -19), _P256_LENGTH: (-7, -9)}


@dataclass(frozen=True)
class TrustedKey:
    """A public key cards are checked with: 32 bytes Ed25519 or a 65 byte uncompressed P-256 point.

    `key_id` is what credentials call this key, whole or by its first bytes (4 at least); a key
    without one is tried on every credential.
    """

    public: bytes
    key_id: bytes | None = None


@dataclass(frozen=True)
class Verdict:
    """What a QR code turned out to be; `claims` are by their names in `claim169.csv`, JSON-able.

    Claims are shown for every status they can be read for; `signed` are those that vouch for them.
    Nothing in a code says that it was `replaced`: whoever knows of a later issue does.
    """

    status: Status
    claims: dict[str, object]
    issuer: str | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    key_id: bytes | None = None
    issue: int = 1
    """Cards from before issues were counted are the first."""
    valid_from: date | None = None
    """First day of the programme, where the card says so."""

    @property
    def signed(self) -> bool:
        """Whether a trusted key signed it, be it in date or not."""
        return self.status in {"genuine", "replaced", "expired", "not_yet_valid"}


@dataclass(frozen=True)
class _Signed:
    """The parts of a COSE_Sign1 that a signature check needs."""

    protected: bytes
    payload: bytes
    signature: bytes
    algorithm: object = None
    key_id: bytes | None = None


class _Encrypted(Exception):
    """The message is a COSE_Encrypt0, whose content only its readers can open."""


def trusted_key_from_hex(text: str) -> TrustedKey:
    """Reads a trusted key without an id from hexadecimal; raises ValueError when it is no key."""
    public = bytes.fromhex(text.strip())
    if len(public) not in _ALGORITHMS:
        raise ValueError("a key has 32 bytes (Ed25519) or 65 bytes (P-256)")
    if len(public) == _P256_LENGTH:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    return TrustedKey(public)


def verify(text: str, trusted: Sequence[TrustedKey], now: datetime) -> Verdict:
    """Judges the text of one QR code at the time `now` (with a time zone), by the keys given.

    A card counts as expired from the second it names, and as not yet valid before its `nbf`, or
    more than 24 hours before it was issued.
    """
    try:
        message = tag_content(bounded_cbor.load(_unpack(text)), _TAG_CWT)
        signed = _signed_parts(message)
        cwt = tag_content(bounded_cbor.load(signed.payload), _TAG_CWT) if signed else message
        if not isinstance(cwt, dict) or CLAIM_169 not in cwt:
            return Verdict("unreadable", {})
        claims = named_claims(cwt[CLAIM_169])
        expires_at, not_before, issued_at = (
            _moment(cwt.get(label)) for label in (EXPIRES, NOT_BEFORE, ISSUED_AT)
        )
    except _Encrypted:
        return Verdict("encrypted", {})
    except bounded_cbor.Refused:
        return Verdict("unreadable", {})

    status = _signature_status(signed, trusted)
    if status == "genuine":
        if (not_before and now < not_before) or (issued_at and now + CLOCK_DRIFT < issued_at):
            status = "not_yet_valid"
        elif expires_at and now >= expires_at:
            status = "expired"
    issuer = cwt.get(ISSUER)
    return Verdict(
        status,
        claims,
        issuer=issuer if isinstance(issuer, str) else None,
        issued_at=issued_at,
        expires_at=expires_at,
        key_id=signed.key_id if signed else None,
        issue=_issue(claims.get(str(ISSUE))),
        valid_from=_day(claims.get(str(FIRST_DAY))),
    )


def _issue(value: object) -> int:
    # Other issuers may keep anything under a private key.
    return value if type(value) is int and 1 <= value <= LAST_ISSUE else 1


def _day(value: object) -> date | None:
    if type(value) is not int or not 0 <= value <= _LAST_DAY:
        return None
    return EPOCH + timedelta(days=value)


def _unpack(text: str) -> bytes:
    """Undoes Base45 and zlib within the caps.

    Stripping is safe although a blank is a Base45 digit: no group can end in one, and no zlib
    stream of 32 KiB window begins with one.
    """
    if len(text) > LONGEST_TEXT:
        raise bounded_cbor.Refused("a text longer than any credential")
    inflater = zlib.decompressobj()
    try:
        message = inflater.decompress(base45.b45decode(text.strip()), LARGEST_MESSAGE + 1)
    except (ValueError, zlib.error):
        raise bounded_cbor.Refused("no compressed Base45") from None
    if len(message) > LARGEST_MESSAGE or not inflater.eof or inflater.unused_data:
        raise bounded_cbor.Refused("more or less than one credential")
    return message


def _signed_parts(message: object) -> _Signed | None:
    """Takes a COSE_Sign1 apart, tagged or bare; None when the message is a CWT without any COSE.

    A detached payload, a critical header (it asks for rules not known here) and every other shape
    are refused; a COSE_Encrypt0, tagged or bare, raises _Encrypted.
    """
    match tag_content(message, _TAG_ENCRYPT0):
        case [bytes(), dict(), bytes() | None]:
            raise _Encrypted
    match tag_content(message, TAG_SIGN1):
        case dict():
            return None
        case [bytes() as protected, dict() as unprotected, bytes() as payload, bytes() as seal]:
            headers = bounded_cbor.load(protected) if protected else {}
            if not isinstance(headers, dict) or CRITICAL in headers:
                raise bounded_cbor.Refused("headers that cannot be honoured")
            key_id = headers.get(KEY_ID, unprotected.get(KEY_ID))
            return _Signed(
                protected,
                payload,
                seal,
                algorithm=headers.get(ALGORITHM, unprotected.get(ALGORITHM)),
                key_id=key_id if isinstance(key_id, bytes) else None,
            )
    raise bounded_cbor.Refused("no COSE message")


def _moment(value: object) -> datetime | None:
    """A CWT NumericDate as a time in UTC; None when absent."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise bounded_cbor.Refused("a time that is none")
    try:
        # Not fromtimestamp: Windows refuses times before 1970.
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
    except OverflowError:
        raise bounded_cbor.Refused("a time out of range") from None


def _signature_status(signed: _Signed | None, trusted: Sequence[TrustedKey]) -> Status:
    """Whether a trusted key signed this, leaving time aside.

    Keys that carry the credential's key id are tried, and keys without an id. A credential that
    names no key is tried with all of them. When none fits, it is forged if it claims a trusted
    key; a person who hands over a key without an id asks whether *that* key signed it, so it is
    forged too unless the credential names a key and needs another algorithm.
    """
    if signed is None or not signed.signature:
        return "unsigned"
    if signed.key_id is None:
        claimed = []
        anonymous = [key for key in trusted if key.key_id is None]
        tried = list(trusted)
    else:
        claimed = [key for key in trusted if _is_called(key, signed.key_id)]
        anonymous = [key for key in trusted if key.key_id is None and _fits(key, signed.algorithm)]
        tried = claimed + anonymous
    if any(_signed_by(key, signed) for key in tried):
        return "genuine"
    return "forged" if claimed or anonymous else "unknown_key"


def _is_called(key: TrustedKey, name: bytes) -> bool:
    if key.key_id is None:
        return False
    return key.key_id == name or (len(name) >= KEY_ID_LENGTH and key.key_id.startswith(name))


def _fits(key: TrustedKey, algorithm: object) -> bool:
    return algorithm in _ALGORITHMS.get(len(key.public), ())


def _signed_by(key: TrustedKey, signed: _Signed) -> bool:
    if not _fits(key, signed.algorithm):
        # A header that names another algorithm than the key's must never choose how it is read.
        return False
    message = signed_bytes(signed.protected, signed.payload)
    try:
        if len(key.public) == _ED25519_LENGTH:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signed.signature, message)
        else:
            _verify_p256(key.public, signed.signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _verify_p256(public: bytes, signature: bytes, message: bytes) -> None:
    """COSE writes an ECDSA signature as r and s of 32 bytes each (RFC 9053, section 2.1)."""
    if len(signature) != 64:
        raise InvalidSignature
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    point.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
