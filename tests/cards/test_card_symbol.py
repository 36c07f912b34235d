"""The quick QR writer draws what the slow, well-known one draws."""

import random

import pytest
import qrcode
import zxingcpp
from PIL import Image
from qrcode.util import MODE_ALPHA_NUM, QRData

from kerjadesa.cards.symbol import MASK, Symbol, qr

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def text_of(length: int) -> str:
    return "".join(random.Random(length).choices(ALPHABET, k=length))


def unpacked(symbol: Symbol) -> list[list[bool]]:
    return [
        [bool(row[column // 8] >> (7 - column % 8) & 1) for column in range(symbol.size)]
        for row in symbol.rows
    ]


# Both sides of the step to version 10, where the character count grows, and of version 27.
@pytest.mark.parametrize("length", [1, 2, 20, 21, 262, 263, 311, 312, 1637, 1638, 3391])
def test_it_is_module_for_module_the_symbol_of_the_library(length: int) -> None:
    known = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, mask_pattern=MASK)
    known.add_data(QRData(text_of(length).encode(), mode=MODE_ALPHA_NUM, check_data=False))
    known.make()
    symbol = qr(text_of(length))
    assert symbol.version == known.version
    assert unpacked(symbol) == known.modules


def test_a_reader_of_another_maker_reads_it() -> None:
    text = text_of(333)
    symbol = qr(text)
    image = Image.new("L", (symbol.size + 8, symbol.size + 8), 255)
    for y, row in enumerate(unpacked(symbol)):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if dark else 255)
    code = zxingcpp.read_barcode(image.resize((4 * image.width, 4 * image.height)))
    assert code is not None
    assert (code.text, code.ec_level) == (text, "M")


@pytest.mark.parametrize("text", ["abc", "Ä", "0" * 3_392])
def test_a_text_that_fits_no_symbol_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"QR"):
        qr(text)
