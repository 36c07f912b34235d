"""Both faces of one card on screen, drawn by Qt from the very PDF that would be printed."""

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from kerjadesa.ui.theme import GRID, colours
from kerjadesa.words import _


class CardFaces(QWidget):
    """Front and back as large as there is room: above each other, or beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._images: list[QImage] = []
        self._drawn_for = QSize()
        self.setAccessibleName(_("Pratinjau muka dan belakang kartu"))
        self.setMinimumSize(260, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def pages(self) -> int:
        """How many faces are on show."""
        return self._document.pageCount()

    def show_pdf(self, pdf: bytes) -> None:
        """Shows another card."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._drawn_for = QSize()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """Draws the faces in their own proportions, each with a fine edge."""
        if not self.pages:
            return
        places = _places(self.size(), self._document.pagePointSize(0), self.pages)
        ratio = self.devicePixelRatioF()
        if self._drawn_for != self.size():
            dots = (places[0].size() * ratio).toSize()
            self._images = [self._document.render(page, dots) for page in range(self.pages)]
            self._drawn_for = self.size()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, image in zip(places, self._images, strict=True):
            painter.fillRect(place, Qt.GlobalColor.white)
            painter.drawImage(place, image)
            painter.setPen(colours.field_line)
            painter.drawRect(place)
        painter.end()


def _places(room: QSize, card: QSizeF, count: int) -> list[QRectF]:
    """Where the faces go: in a row or in a column, whichever shows them larger."""
    gap = 2 * GRID
    across = min((room.width() - gap * (count + 1)) / count / card.width(),
                 (room.height() - 2 * gap) / card.height())  # fmt: skip
    down = min((room.width() - 2 * gap) / card.width(),
               (room.height() - gap * (count + 1)) / count / card.height())  # fmt: skip
    scale = max(across, down, 0.1)
    width, height = card.width() * scale, card.height() * scale
    if across > down:
        left = (room.width() - count * width - (count - 1) * gap) / 2
        return [QRectF(left + n * (width + gap), gap, width, height) for n in range(count)]
    left = (room.width() - width) / 2
    return [QRectF(left, gap + n * (height + gap), width, height) for n in range(count)]
