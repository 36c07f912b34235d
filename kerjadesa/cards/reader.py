"""Finding a QR code in a picture: a phone's photo of a card, a scan, a screenshot, a webcam."""

import zxingcpp
from PIL import Image

from kerjadesa.images import open_image

_LONGEST_SIDE = 4_000
"""Pixels. A card on an A4 sheet scanned at 300 dpi is read well below; more only takes longer."""


def read_qr(data: bytes) -> str | None:
    """The text of the first QR code in an image file's bytes, None where there is none.

    Raises UserError `image_unreadable` or `image_too_large`.
    """
    picture = open_image(data, "L")
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return _first(picture)


def read_qr_pixels(grey: bytes, width: int, height: int, stride: int) -> str | None:
    """The same in a picture that is decoded already: a byte of brightness for each pixel.

    Lines begin `stride` bytes apart.
    """
    return _first(Image.frombytes("L", (width, height), grey, "raw", "L", stride))


def _first(picture: Image.Image) -> str | None:
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return next((code.text for code in found if code.valid), None)
