"""An invented village's cards, and credentials of shapes that our own writer never makes."""

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw

from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.cards.pdf import Card
from kerjadesa.cards.verify import TrustedKey

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
KEY_ID = PUBLIC[:8]
TRUSTED = TrustedKey(PUBLIC, KEY_ID)
CLAIMS = CardClaims(
    card_number="1303042001-5NRHCG-0022-E",
    name="Siti Nur'aini",
    birth_date=date(1975, 4, 12),
    sex="F",
    location="13.03.04.2001",
    programme="1N100PR2026",
    issuer="1303042001",
    issued_at=datetime(2026, 1, 5, 2, tzinfo=UTC),
    expires_at=datetime(2027, 1, 1, tzinfo=UTC),
    issue=2,
    valid_from=date(2026, 1, 1),
)
CWT = {1: "tester", 4: 1798761600, 6: 1767578400, 169: {1: "A-1", 4: "Yusniar"}}


def pack(message: bytes) -> str:
    """zlib and Base45 around any bytes."""
    return base45.b45encode(zlib.compress(message)).decode()


def seal(
    payload: object,
    wrap: Callable[[list], object] = lambda parts: cbor2.CBORTag(18, parts),
    protected: dict | None = None,
    unprotected: dict | None = None,
) -> str:
    """A correctly signed credential of any shape; bytes are taken as the payload's CBOR."""
    header = cbor2.dumps({1: -8, 4: KEY_ID} if protected is None else protected)
    body = payload if isinstance(payload, bytes) else cbor2.dumps(payload)
    signature = KEY.sign(cbor2.dumps(["Signature1", header, b"", body]))
    return pack(cbor2.dumps(wrap([header, unprotected or {}, body, signature])))


def drawn_portrait(shade: int) -> bytes:
    """A drawn face in the size of real photos, never a person's."""
    image = Image.new("RGB", (354, 472), (200, 205, 215))
    draw = ImageDraw.Draw(image)
    draw.ellipse((97, 90, 257, 300), fill=(shade, 150, 120))
    draw.ellipse((30, 330, 324, 700), fill=(40, 70, shade))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def make_card() -> Callable[..., Card]:
    """Makes one card with a credential that states the same facts."""

    def make(seq: int = 1, name: str = "Yusniar", **changes: object) -> Card:
        number = f"1303042001-5NRHCG-{seq:04d}-E"
        card = Card(
            number=number,
            name=name,
            nik_masked="130304******0012",
            nagari_title="Nagari Muaro",
            kecamatan="Sijunjung",
            kabupaten="Kabupaten Sijunjung",
            jorong="Pasar Muaro",
            programme_name="1 Nagari 100 Pekerja Rentan 2026",
            payer="Pemerintah Nagari Muaro (APB Nagari)",
            valid_until=date(2026, 12, 31),
            photo=drawn_portrait(100 + seq % 3),
            credential=issue(replace(CLAIMS, card_number=number, name=name), KEY, KEY_ID),
        )
        return replace(card, **changes)

    return make
