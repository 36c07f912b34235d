"""Photos: any picture becomes a small one, and a hostile one becomes a sentence."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from kerjadesa.actions.attach_photo import HEIGHT, LARGEST, WIDTH, Cut, normalise, shown
from kerjadesa.actions.invent import portrait
from kerjadesa.domain.problem import UserError


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    """A picture's file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    """A finished photo, looked at."""
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
@pytest.mark.parametrize("size", [(1200, 900), (900, 1600), (354, 472), (200, 260)])
def test_any_picture_fits_the_card(kind: str, size: tuple[int, int]) -> None:
    photo = normalise(encoded(Image.new("RGB", size, "#335577"), kind))
    assert len(photo) <= LARGEST
    assert opened(photo).size == (WIDTH, HEIGHT)
    assert opened(photo).format == "JPEG"


def test_a_phone_held_upright_gives_an_upright_photo_without_its_place() -> None:
    picture = Image.new("RGB", (600, 400), "white")
    picture.paste("black", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telepon Contoh"
    photo = opened(normalise(encoded(picture, "JPEG", exif=exif)))
    assert not photo.getexif()
    top, bottom = photo.getpixel((WIDTH // 2, 40)), photo.getpixel((WIDTH // 2, HEIGHT - 40))
    assert sum(top) < 100 < 600 < sum(bottom)


def test_transparency_and_grey_are_no_trouble() -> None:
    sheer = opened(normalise(encoded(Image.new("RGBA", (400, 500), (10, 20, 30, 40)), "PNG")))
    grey = opened(normalise(encoded(Image.new("L", (400, 500), 99), "PNG")))
    for photo, colour in ((sheer, (10, 20, 30)), (grey, (99, 99, 99))):
        assert photo.size == (WIDTH, HEIGHT)
        seen = photo.getpixel((WIDTH // 2, HEIGHT // 2))
        assert seen == pytest.approx(colour, abs=3)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 surat", b"\xff\xd8\xff\xe0 putus", b"GIF89a", b"<svg/>"]
)
def test_what_is_no_picture_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="image_unreadable"):
        normalise(data)


def test_a_picture_cut_off_on_the_way_is_a_sentence() -> None:
    whole = portrait(1)
    with pytest.raises(UserError, match="image_unreadable"):
        normalise(whole[: len(whole) // 2])


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT" + b"\0" * 4
    with pytest.raises(UserError, match="image_too_large"):
        normalise(bomb)


def test_a_thumbnail_is_too_small_to_print() -> None:
    with pytest.raises(UserError, match="image_too_small"):
        normalise(encoded(Image.new("RGB", (90, 120)), "PNG"))


def test_even_a_very_busy_picture_stays_small() -> None:
    noise = Image.frombytes("RGB", (500, 700), random.Random(1).randbytes(500 * 700 * 3))
    assert len(normalise(encoded(noise, "PNG"))) <= LARGEST


def quarters() -> bytes:
    """Black, red, green and blue quarters, left to right and top to bottom."""
    picture = Image.new("RGB", (1200, 1600), "black")
    picture.paste("red", (600, 0, 1200, 800))
    picture.paste("green", (0, 800, 600, 1600))
    picture.paste("blue", (600, 800, 1200, 1600))
    return encoded(picture, "PNG")


@pytest.mark.parametrize(
    ("cut", "colour"),
    [
        (Cut(0, 0.5, 0.0, 0.5, 0.5), (255, 0, 0)),
        (Cut(0, 0.0, 0.5, 0.5, 0.5), (0, 128, 0)),
        # A quarter turn clockwise brings the lower left corner to the upper left.
        (Cut(1, 0.05, 0.05, 0.3, 0.4), (0, 128, 0)),
        (Cut(2, 0.05, 0.05, 0.4, 0.4), (0, 0, 255)),
        (Cut(0, 0.55, 0.55, 9.0, 9.0), (0, 0, 255)),
    ],
)
def test_the_part_chosen_by_hand_becomes_the_photo(cut: Cut, colour: tuple[int, int, int]) -> None:
    photo = opened(normalise(quarters(), cut))
    assert photo.size == (WIDTH, HEIGHT)
    for place in ((5, 5), (WIDTH - 6, 5), (WIDTH // 2, HEIGHT // 2), (WIDTH - 6, HEIGHT - 6)):
        assert all(abs(a - b) < 12 for a, b in zip(photo.getpixel(place), colour, strict=True))


@pytest.mark.parametrize("cut", [Cut(0, 0.5, 0.5, 0.02, 0.02), Cut(0, 1.5, 0, 1, 1)])
def test_a_part_too_small_to_print_is_a_sentence(cut: Cut) -> None:
    with pytest.raises(UserError, match="image_too_small"):
        normalise(quarters(), cut)


def test_what_is_shown_for_cutting_is_small_and_tells_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telepon Contoh"
    looked_at = opened(shown(encoded(Image.new("RGB", (3000, 2000)), "JPEG", exif=exif)))
    assert max(looked_at.size) <= 1200
    assert not looked_at.getexif()
    with pytest.raises(UserError, match="image_unreadable"):
        shown(b"%PDF-1.7")
