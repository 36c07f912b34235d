"""Opening pictures that come from outside: sizes are looked at before anything is decoded."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from kerjadesa.domain.problem import UserError

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_PIXELS = 64_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")


def open_image(data: bytes, mode: str) -> Image.Image:
    """The upright picture in `mode` (`RGB`, `L`).

    Raises UserError `image_too_large` (over 32 MiB or 64 megapixels) and `image_unreadable`.
    """
    if len(data) > LARGEST_FILE:
        raise UserError("image_too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > LARGEST_PIXELS:
            raise UserError("image_too_large")
        # A JPEG is decoded at a fraction of its size where that is enough.
        image.draft(mode, (2400, 2400))
        return ImageOps.exif_transpose(image).convert(mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UserError("image_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise UserError("image_unreadable") from None
