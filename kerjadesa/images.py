"""Opening pictures that come from outside: sizes are looked at before anything is decoded."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from kerjadesa.domain.problem import UserError

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
"""More than any telephone's camera; once decoded about 200 MB, on computers that have 4 GB."""
_LARGEST_PIXELS_OF = {"WEBP": 16_000_000, "GIF": 16_000_000}
"""Their decoders hold several copies of the picture at once."""
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_ENOUGH = 2400
"""Pixels of the shorter side that a photo or a symbol is looked for in."""
_TELEPHONE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif"})


def open_image(data: bytes, mode: str, largest_side: int | None = None) -> Image.Image:
    """The upright picture in `mode` (`RGB`, `L`), the first one where the file holds several.

    Raises UserError `image_too_large` (over 32 MiB, 50 megapixels, 16 as WebP or GIF, or
    `largest_side` pixels), `image_heic` (what some telephones write) and `image_unreadable`.
    """
    if len(data) > LARGEST_FILE:
        raise UserError("image_too_large")
    if data[4:8] == b"ftyp" and data[8:12] in _TELEPHONE_BRANDS:
        raise UserError("image_heic")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if largest_side is not None and max(image.size) > largest_side:
            raise UserError("image_too_large")
        allowed = _LARGEST_PIXELS_OF.get(image.format or "", LARGEST_PIXELS)
        if image.width * image.height > allowed:
            raise UserError("image_too_large")
        # A JPEG is decoded at a fraction of its size where that is enough.
        image.draft(mode, (_ENOUGH, _ENOUGH))
        upright = ImageOps.exif_transpose(_small(_eight_bits(image))).convert(mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UserError("image_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise UserError("image_unreadable") from None
    # Comments and the like would be written into whatever is made of the picture.
    upright.info = {}
    return upright


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scanners write 16 bits of grey, of which Pillow would show all but the darkest as white."""
    if not image.mode.startswith("I"):
        return image
    exif = image.getexif()
    scaled = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    scaled.info["exif"] = exif.tobytes()
    return scaled


def _small(image: Image.Image) -> Image.Image:
    """Smaller by a whole number, like a JPEG's draft, before anything makes copies of it."""
    factor = min(image.width, image.height) // _ENOUGH
    if factor < 2 or image.mode in {"1", "P"}:
        # A byte a pixel, or less: there is nothing to be saved.
        return image
    exif = image.getexif()
    smaller = image.reduce(factor)
    smaller.info["exif"] = exif.tobytes()
    return smaller
