"""The icons of `resources/icons`, drawn in the colour that is asked for."""

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kerjadesa.reference import read_text
from kerjadesa.ui.theme import colours

_SCALES = (1, 2)


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """One icon in one colour, sharp on common and on dense screens."""
    return _icon(name, colour, colours.field_line, size)


@cache
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    drawn = QIcon()
    for scale in _SCALES:
        drawn.addPixmap(QPixmap.fromImage(picture(name, colour, size, scale)))
        faded = QPixmap.fromImage(picture(name, disabled, size, scale))
        drawn.addPixmap(faded, QIcon.Mode.Disabled)
    return drawn


def picture(name: str, colour: str, size: int, scale: float = 1) -> QImage:
    """One icon as an image of `size` logical pixels."""
    text = read_text("icons", f"{name}.svg").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    image = QImage(int(size * scale), int(size * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image
