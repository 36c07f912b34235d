"""Pictures from outside: whatever they call themselves, they cost little and give a sentence."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from kerjadesa.actions.attach_photo import HEIGHT, WIDTH, is_photo, normalise
from kerjadesa.actions.invent import portrait
from kerjadesa.domain.problem import UserError
from kerjadesa.images import open_image


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def black_png(side: int) -> bytes:
    """A whole and honest PNG of one bit a pixel: next to nothing as a file."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    packer = zlib.compressobj(9)
    line = bytes(1 + (side + 7) // 8)
    packed = b"".join(packer.compress(line) for _row in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed)
            + chunk(b"IEND", b""))  # fmt: skip


def test_a_picture_of_900_megapixels_in_a_small_file_is_called_too_large() -> None:
    bomb = black_png(30_000)
    assert len(bomb) < 150_000
    with pytest.raises(UserError, match="image_too_large"):
        open_image(bomb, "RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_forty_megapixels_become_a_photo(kind: str) -> None:
    data = encoded(Image.new("RGB", (7300 if kind != "BMP" else 3000, 5480 if kind != "BMP"
                                     else 3600), "#334455"), kind)  # fmt: skip
    photo = Image.open(io.BytesIO(normalise(data)))
    assert photo.size == (WIDTH, HEIGHT)


def test_more_megapixels_than_any_camera_has_are_called_too_large() -> None:
    for picture in (encoded(Image.new("L", (10_000, 5_100)), "PNG"),
                    encoded(Image.new("L", (10_000, 5_100)), "JPEG"),
                    encoded(Image.new("RGB", (5_000, 3_400)), "WEBP")):  # fmt: skip
        with pytest.raises(UserError, match="image_too_large"):
            open_image(picture, "RGB")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak from /proc")
def test_forty_megapixels_fit_beside_everything_else_on_a_small_computer() -> None:
    program = (
        "import io; from PIL import Image; from kerjadesa.images import open_image;"
        "b = io.BytesIO(); Image.new('RGBA', (100, 100)).resize((7300, 5480)).save(b, 'PNG');"
        "d = b.getvalue(); del b;"
        "open('/proc/self/clear_refs', 'w').write('5');"
        "open_image(d, 'RGB');"
        "print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 500 * 1024


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (Image.new("CMYK", (600, 800), (0, 120, 120, 40)), "JPEG"),
        (Image.new("LA", (600, 800), (150, 255)), "PNG"),
        (Image.new("P", (600, 800), 3), "PNG"),
        (Image.new("1", (600, 800), 1), "TIFF"),
        (Image.new("LAB", (600, 800), (150, 128, 128)), "TIFF"),
    ],
)
def test_every_way_to_write_colours_is_read(picture: Image.Image, kind: str) -> None:
    assert open_image(encoded(picture, kind), "RGB").size == (600, 800)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_keep_their_shades(kind: str) -> None:
    shades = struct.pack("<H", 20_000) * 240_000 + struct.pack("<H", 50_000) * 240_000
    picture = Image.frombytes("I;16", (600, 800), shades)
    read = open_image(encoded(picture, kind), "L")
    assert (read.getpixel((300, 100)), read.getpixel((300, 700))) == (78, 195)


def test_of_a_moving_picture_the_first_is_taken() -> None:
    first, second = Image.new("RGB", (400, 500), "red"), Image.new("RGB", (400, 500), "blue")
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(first, kind, save_all=True, append_images=[second] * 5)
        red, _green, blue = open_image(data, "RGB").getpixel((200, 200))
        assert red > 200 > 50 > blue


def test_the_place_where_a_photo_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 40.0, 12.0), 3: "E", 4: (100.0, 57.0, 3.0)})
    taken = encoded(Image.new("RGB", (600, 800), "white"), "JPEG", exif=exif, comment=b"Upik")
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825), "it was there"
    photo = normalise(taken)
    assert not Image.open(io.BytesIO(photo)).getexif()
    assert b"Exif" not in photo and b"Upik" not in photo


def test_a_large_picture_that_lies_on_its_side_is_still_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    for mode in ("RGB", "I;16"):
        data = encoded(Image.new(mode, (5200, 4900)), "PNG", exif=exif)
        assert open_image(data, "RGB").size == (2450, 2600)


def test_a_telephones_own_format_is_named_with_what_to_do() -> None:
    for brand in (b"heic", b"mif1", b"avif"):
        with pytest.raises(UserError, match="image_heic"):
            normalise(b"\0\0\0\x18ftyp" + brand + bytes(400))


def test_only_a_photo_as_this_program_makes_it_is_taken_from_another_laptop() -> None:
    assert is_photo(portrait(1))
    assert not is_photo(encoded(Image.new("RGB", (6000, 6000)), "JPEG", quality=5))
    assert not is_photo(encoded(Image.new("RGB", (WIDTH, HEIGHT)), "PNG"))
    assert not is_photo(portrait(1)[:-900])
    assert not is_photo(portrait(1) + bytes(30_000))
