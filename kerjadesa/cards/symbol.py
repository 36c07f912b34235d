"""Draws the QR symbol of a credential: alphanumeric mode, error correction M, one fixed mask."""

from dataclasses import dataclass

import qrcode
from qrcode import util

# Trying all eight masks costs eight times as much and a reader does not mind: the mask only has to
# break up large areas, which compressed and signed bytes do not have.
MASK = 2
_CORRECTION = qrcode.constants.ERROR_CORRECT_M
_ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@dataclass(frozen=True)
class Symbol:
    """A QR symbol without quiet zone; each row is packed from its left, a set bit being dark."""

    size: int
    rows: tuple[bytes, ...]
    version: int


def qr(text: str) -> Symbol:
    """The smallest symbol that holds `text`.

    Raises ValueError when the text has characters outside the QR alphanumeric set (Base45 has
    the same ones) or is longer than 3,391 characters.
    """
    if not _ALPHABET.issuperset(text):
        raise ValueError("characters outside the QR alphanumeric set")
    # The version is worked out here: the library's own search encodes the text at each one anew.
    version = _smallest_version(len(text))
    code = qrcode.QRCode(version=version, error_correction=_CORRECTION, mask_pattern=MASK, border=0)
    data = util.QRData(text.encode("ascii"), mode=util.MODE_ALPHA_NUM, check_data=False)
    code.add_data(data, optimize=0)
    code.make(fit=False)
    return Symbol(len(code.modules), tuple(_packed(row) for row in code.modules), version)


def _packed(row: list[bool | None]) -> bytes:
    width = (len(row) + 7) // 8
    bits = int("".join("1" if dark else "0" for dark in row), 2)
    return (bits << (width * 8 - len(row))).to_bytes(width)


def _smallest_version(length: int) -> int:
    data_bits = length // 2 * 11 + length % 2 * 6
    for version in range(1, 41):
        header_bits = 4 + util.length_in_bits(util.MODE_ALPHA_NUM, version)
        if header_bits + data_bits <= util.BIT_LIMIT_TABLE[_CORRECTION][version]:
            return version
    raise ValueError("longer than the largest QR symbol")
