"""A code or a picture made to hurt whoever scans it costs a moment and says nothing."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kerjadesa.cards.reader import read_qr, read_qr_pixels
from kerjadesa.cards.symbol import qr
from kerjadesa.domain.problem import UserError

from .fuzz_verify import fuzz


def picture_of(text: str, scale: int = 4) -> Image.Image:
    symbol = qr(text)
    modules = Image.new("1", (symbol.size, symbol.size), 1)
    for y, row in enumerate(symbol.rows):
        for x in range(symbol.size):
            if row[x // 8] >> (7 - x % 8) & 1:
                modules.putpixel((x, y), 0)
    framed = Image.new("L", (symbol.size + 8, symbol.size + 8), 255)
    framed.paste(modules, (4, 4))
    return framed.resize((framed.width * scale,) * 2, Image.Resampling.NEAREST)


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that unpack into a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def test_thousands_of_mutated_cards_do_no_harm_and_pass_for_nothing() -> None:
    assert fuzz(seconds=1.5, seed=2026) > 500


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 1), (8_001, 8_000)])
def test_a_picture_bomb_is_refused_before_it_unpacks(size: tuple[int, int]) -> None:
    with pytest.raises(UserError) as refused:
        read_qr(png_that_claims(*size))
    assert refused.value.code in {"image_too_large", "image_unreadable"}


def test_the_code_in_a_huge_scan_is_still_found() -> None:
    page = Image.new("L", (5_000, 7_000), 255)
    page.paste(picture_of("KARTU CONTOH 123", 16), (900, 3_000))
    assert read_qr(png(page)) == "KARTU CONTOH 123"


@pytest.mark.parametrize("angle", [0, 90, 180, 37])
def test_a_camera_reads_a_card_however_it_is_held(angle: int) -> None:
    seen = Image.new("L", (640, 480), 120)
    turned = picture_of("KARTU CONTOH 123").rotate(angle, expand=True, fillcolor=255)
    seen.paste(turned, (200, 120))
    stride = 656
    rows = (seen.crop((0, y, 640, y + 1)).tobytes().ljust(stride, b"\0") for y in range(480))
    assert read_qr_pixels(b"".join(rows), 640, 480, stride) == "KARTU CONTOH 123"


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_for_a_picture_are_a_code_or_one_sentence(data: bytes, cut: int) -> None:
    whole = png(picture_of("KARTU", 2))
    for picture in (data, whole[:cut] + data, whole[:cut] + data + whole[cut + len(data) :]):
        try:
            assert read_qr(picture) in {None, "KARTU"}
        except UserError as error:
            assert error.code in {"image_unreadable", "image_too_large"}
