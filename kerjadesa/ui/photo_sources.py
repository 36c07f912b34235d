"""Where photos come from besides a file dialog: the clipboard, a drop, a camera's picture."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage, QImageWriter

from kerjadesa.images import LARGEST_FILE

_LARGEST_SIDE = 2400


def read_picture(path: Path) -> bytes:
    """A file's bytes, one more than may be opened at most; raises OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def picture_in(mime: QMimeData) -> Path | QImage | None:
    """The one file or picture that was dropped or copied; None where it is anything else."""
    urls = mime.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    image = mime.imageData() if mime.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def holds_picture(mime: QMimeData) -> bool:
    """Whether `picture_in` would find one; nothing is decoded while something hovers."""
    urls = mime.urls()
    return mime.hasImage() or (len(urls) == 1 and urls[0].isLocalFile())


def image_file(image: QImage) -> bytes:
    """A picture in memory as the file that `attach_photo` takes; for the lane, it takes a while."""
    if max(image.width(), image.height()) > _LARGEST_SIDE:
        image = image.scaled(
            _LARGEST_SIDE,
            _LARGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Without an alpha channel, or the empty parts of a cut-out would come out black.
    QImageWriter(buffer, QByteArray(b"bmp")).write(
        image.convertToFormat(QImage.Format.Format_RGB888)
    )
    return bytes(buffer.data().data())
