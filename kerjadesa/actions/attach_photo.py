"""From any picture to the photo of a card: 3 × 4, small, and nothing in it but the face."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from kerjadesa.domain.problem import UserError
from kerjadesa.images import open_image

WIDTH, HEIGHT = 354, 472
"""3 × 4 cm at 300 dpi."""
LARGEST = 20 * 1024
_JPEG = b"\xff\xd8\xff"
_SHOWN = (1200, 1200)
_SMALLEST = (WIDTH // 3, HEIGHT // 3)


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a picture that becomes the photo, chosen by hand."""

    quarter_turns: int = 0
    """Clockwise, before the cut."""
    left: float = 0.0
    top: float = 0.0
    """Corner of the part, as a share of the turned picture's width and height."""
    width: float = 1.0
    height: float = 1.0
    """Size of the part as such a share; what is not 3 × 4 is cut down to it."""


def is_photo(data: bytes) -> bool:
    """Whether a photo from another laptop is one as `normalise` makes them.

    Anything else would be decoded each time a list or a card shows it, however large it is.
    """
    if not data.startswith(_JPEG) or len(data) > LARGEST:
        return False
    try:
        return open_image(data, "RGB").size == (WIDTH, HEIGHT)
    except UserError:
        return False


def normalise(data: bytes, cut: Cut | None = None) -> bytes:
    """A JPEG of 354 × 472 pixels and at most 20 KB, without EXIF.

    Without a `cut` the middle of the picture is kept, a little above centre, where faces are.
    Raises UserError of `images.open_image`, and `image_too_small`.
    """
    picture = open_image(data, "RGB")
    if cut is not None:
        picture = _part(picture, cut)
    if picture.width < _SMALLEST[0] or picture.height < _SMALLEST[1]:
        raise UserError("image_too_small")
    cropped = ImageOps.fit(picture, (WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    for quality in (85, 75, 65, 55, 45, 35, 25, 15):
        buffer = io.BytesIO()
        cropped.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= LARGEST:
            return buffer.getvalue()
    # Only noise stays this large; a face never does.
    raise UserError("image_unreadable")


def shown(data: bytes) -> bytes:
    """A picture from outside as a harmless one to look at while cutting: upright JPEG, no EXIF.

    At most 1200 × 1200 pixels. Raises UserError of `images.open_image`.
    """
    picture = open_image(data, "RGB")
    picture.thumbnail(_SHOWN)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _part(picture: Image.Image, cut: Cut) -> Image.Image:
    turned = picture.rotate(-90 * cut.quarter_turns, expand=True)
    left, top = round(cut.left * turned.width), round(cut.top * turned.height)
    right = left + round(cut.width * turned.width)
    bottom = top + round(cut.height * turned.height)
    # A frame that hangs over the edge would bring in black.
    inside = (max(left, 0), max(top, 0), min(right, turned.width), min(bottom, turned.height))
    if inside[2] <= inside[0] or inside[3] <= inside[1]:
        raise UserError("image_too_small")
    return turned.crop(inside)
