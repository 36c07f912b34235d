"""Judging a card by its QR code, without internet."""

from collections.abc import Sequence
from datetime import datetime

from kerjadesa.actions.office import Office
from kerjadesa.cards.reader import read_qr
from kerjadesa.cards.verify import TrustedKey, Verdict, verify
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.keys import key_id_of, public_key_bytes


def verify_text(
    office: Office | None, text: str, trust_keys: Sequence[TrustedKey], now: datetime
) -> Verdict:
    """The verdict on a QR code's text, by the keys given and those the district vouches for."""
    trusted = [*trust_keys, *(trusted_keys(office) if office else [])]
    return verify(text, trusted, now)


def trusted_keys(office: Office) -> list[TrustedKey]:
    """This device's own key and those of the district's trust list, revoked ones left out."""
    texts = [office.keys.minisign_public_key]
    with office.store.reading(office.now()) as unit:
        texts += [device.signing_key for device in unit.devices() if not device.revoked]
    return [TrustedKey(public_key_bytes(text), key_id_of(text)) for text in dict.fromkeys(texts)]


def read_qr_image(data: bytes) -> str:
    """The text of the QR code in a picture.

    Raises UserError `image_unreadable`, `image_too_large`, `qr_none_found`.
    """
    text = read_qr(data)
    if text is None:
        raise UserError("qr_none_found")
    return text
