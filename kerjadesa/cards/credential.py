"""Writes the credential in a card's QR code: a signed MOSIP Claim 169, strict in every field.

The bytes, from the inside out: claims map (key 169) in a CWT (RFC 8392), in a COSE_Sign1 with
EdDSA (RFC 9052), zlib, Base45 (RFC 9285). `docs/card-credential.md` has a worked example.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# CWT claim keys (RFC 8392, section 4) and COSE header labels (RFC 9052, section 3.1).
ISSUER, EXPIRES, NOT_BEFORE, ISSUED_AT, CLAIM_169 = 1, 4, 5, 6, 169
ALGORITHM, CRITICAL, KEY_ID = 1, 2, 4
EDDSA = -8
TAG_SIGN1 = 18

# Keys of Claim 169 that a card carries; 75-99 is its private range.
ID, FULL_NAME, BIRTH_DATE, GENDER, LOCATION, COUNTRY = 1, 4, 8, 9, 21, 23
PROGRAMME, ISSUE, FIRST_DAY = 75, 76, 77
_GENDER = {"M": 1, "F": 2}

_NAGARI_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
# Longest text a field may have. On the standard card a name of up to 80 letters leaves the symbol
# modules of 0.4 mm, one of 100 letters with the longest other fields 0.36 mm.
_LONGEST = {"card_number": 32, "name": 100, "programme": 32, "issuer": 64}
LAST_ISSUE = 999

LARGEST_PACKED = 207
"""Bytes whose Base45 fills a QR code of version 10 at level M; larger ones print less clearly."""
KEY_ID_LENGTH = 4
"""Bytes of a key's id on a card. Two keys that begin alike are both tried, so four do."""

EPOCH = date(1970, 1, 1)
"""Day 0 of the days that private claims count in."""


@dataclass(frozen=True)
class CardClaims:
    """What one card states about its holder; times must carry a time zone.

    `issue` counts the cards with this number: 1 is the first, each that replaces it has the next.
    The programme runs from `valid_from`, where it is given, to the day that ends at `expires_at`.
    """

    card_number: str
    name: str
    birth_date: date
    sex: Literal["M", "F"]
    location: str
    programme: str
    issuer: str
    issued_at: datetime
    expires_at: datetime
    issue: int = 1
    valid_from: date | None = None


def issue(claims: CardClaims, key: Ed25519PrivateKey, key_id: bytes) -> str:
    """Signs the claims and returns the Base45 text of the QR code.

    `key_id` (4-32 bytes, the first 4 are written) tells a verifier which key to try. A card past
    `LARGEST_PACKED` comes without country, location, gender, birth date and time of issue, in this
    order and as far as it takes.
    Raises ValueError naming the field when a claim has the wrong shape.
    """
    _refuse_wrong_shapes(claims, key_id)
    protected = cbor2.dumps({ALGORITHM: EDDSA, KEY_ID: key_id[:KEY_ID_LENGTH]})
    stated = _stated(claims)
    payload: dict[int, object] = {
        ISSUER: claims.issuer,
        EXPIRES: int(claims.expires_at.timestamp()),
        ISSUED_AT: int(claims.issued_at.timestamp()),
        CLAIM_169: stated,
    }
    packed = _packed(payload, key, protected)
    # What the card number says already goes first, then what tells people of one name apart.
    spared = [(stated, name) for name in (COUNTRY, LOCATION, GENDER, BIRTH_DATE)]
    for holder, claim in [*spared, (payload, ISSUED_AT)]:
        if len(packed) <= LARGEST_PACKED:
            break
        del holder[claim]
        packed = _packed(payload, key, protected)
    text: str = base45.b45encode(packed).decode("ascii")
    return text


def _stated(claims: CardClaims) -> dict[int, object]:
    stated: dict[int, object] = {
        ID: claims.card_number,
        FULL_NAME: claims.name,
        BIRTH_DATE: claims.birth_date.strftime("%Y%m%d"),
        GENDER: _GENDER[claims.sex],
        # Without its dots it repeats the first digits of the card number, and costs nothing.
        LOCATION: claims.location.replace(".", ""),
        COUNTRY: "IDN",
        PROGRAMME: claims.programme,
        ISSUE: claims.issue,
    }
    if claims.valid_from is not None:
        stated[FIRST_DAY] = (claims.valid_from - EPOCH).days
    return stated


def _packed(payload: dict[int, object], key: Ed25519PrivateKey, protected: bytes) -> bytes:
    body = cbor2.dumps(payload)
    signature = key.sign(signed_bytes(protected, body))
    message = cbor2.dumps(cbor2.CBORTag(TAG_SIGN1, [protected, {}, body, signature]))
    return zlib.compress(message, 9)


def signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """The bytes a COSE_Sign1 signature covers (RFC 9052, section 4.4), without external data."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _refuse_wrong_shapes(claims: CardClaims, key_id: bytes) -> None:
    for field, longest in _LONGEST.items():
        text = getattr(claims, field)
        if not text or text != text.strip() or not text.isprintable() or len(text) > longest:
            raise ValueError(f"{field}: 1 to {longest} printable characters without outer blanks")
    if not _NAGARI_CODE.fullmatch(claims.location):
        raise ValueError("location: a nagari code such as 13.03.04.2001")
    if claims.sex not in _GENDER:
        raise ValueError("sex: M or F")
    if claims.issued_at.tzinfo is None or claims.expires_at.tzinfo is None:
        raise ValueError("issued_at, expires_at: times with a time zone")
    if claims.expires_at <= claims.issued_at:
        raise ValueError("expires_at: later than issued_at")
    if claims.birth_date.year < 1900 or claims.birth_date > claims.issued_at.date():
        raise ValueError("birth_date: from 1900 to the day of issue")
    if not 1 <= claims.issue <= LAST_ISSUE:
        raise ValueError(f"issue: 1 to {LAST_ISSUE}")
    if claims.valid_from is not None:
        last = claims.expires_at.date()
        if not EPOCH <= claims.valid_from <= last:
            raise ValueError("valid_from: from 1970 to the day of expires_at")
    if not KEY_ID_LENGTH <= len(key_id) <= 32:
        raise ValueError(f"key_id: {KEY_ID_LENGTH} to 32 bytes")
