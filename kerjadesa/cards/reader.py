"""Finding a QR code in a picture: a phone's photo of a card, a scan, a screenshot."""

import zxingcpp

from kerjadesa.images import open_image


def read_qr(data: bytes) -> str | None:
    """The text of the first QR code in an image file's bytes, None where there is none.

    Raises UserError `image_unreadable` or `image_too_large`.
    """
    picture = open_image(data, "L")
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return next((code.text for code in found if code.valid), None)
