"""From any picture to the photo of a card: 3 × 4, small, and nothing in it but the face."""

import io

from PIL import Image, ImageOps

from kerjadesa.domain.problem import UserError
from kerjadesa.images import open_image

WIDTH, HEIGHT = 354, 472
"""3 × 4 cm at 300 dpi."""
LARGEST = 20 * 1024


def normalise(data: bytes) -> bytes:
    """A JPEG of 354 × 472 pixels and at most 20 KB, without EXIF.

    The middle of the picture is kept, a little above centre, where faces are. Raises UserError
    `image_unreadable`, `image_too_large`, `image_too_small`.
    """
    picture = open_image(data, "RGB")
    if picture.width < WIDTH // 3 or picture.height < HEIGHT // 3:
        raise UserError("image_too_small")
    cropped = ImageOps.fit(picture, (WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    for quality in (85, 75, 65, 55, 45, 35, 25, 15):
        buffer = io.BytesIO()
        cropped.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= LARGEST:
            return buffer.getvalue()
    # Only noise stays this large; a face never does.
    raise UserError("image_unreadable")
