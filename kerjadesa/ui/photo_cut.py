"""Cutting a photo by hand: the picture moves behind a frame of 3 × 4."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QWidget

from kerjadesa.actions.attach_photo import Cut
from kerjadesa.ui.theme import GRID, colours
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.words import _

_VIEW = QSize(560, 480)
_AROUND = QSize(40, 150)
"""What the window and the dialog have around the picture."""
_FRAME = QRectF(115, 20, 330, 440)
_ZOOM, _CLOSEST, _STEP = 1.1, 12.0, 12.0
_MOVES = {
    Qt.Key.Key_Left: QPointF(-_STEP, 0),
    Qt.Key.Key_Right: QPointF(_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -_STEP),
    Qt.Key.Key_Down: QPointF(0, _STEP),
}


class CutView(QWidget):
    """The picture and the frame; the frame never leaves the picture."""

    def __init__(self, image: QImage, room: QSize = _VIEW) -> None:
        """`room` is what a small screen has for the picture; it is drawn smaller there."""
        super().__init__()
        size = _VIEW.scaled(
            room.boundedTo(_VIEW).expandedTo(_VIEW / 4), Qt.AspectRatioMode.KeepAspectRatio
        )
        self._scale = size.width() / _VIEW.width()
        self._image, self._turns = image, 0
        self._zoom, self._centre = 1.0, QPointF()
        self._held: QPointF | None = None
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(
            _("Potongan foto: panah menggeser, plus dan minus memperbesar, R memutar")
        )
        self._begin()

    def cut(self) -> Cut:
        """What stands in the frame."""
        width, height = self._image.width(), self._image.height()
        part_width, part_height = _FRAME.width() / self._zoom, _FRAME.height() / self._zoom
        return Cut(
            quarter_turns=self._turns,
            left=(self._centre.x() - part_width / 2) / width,
            top=(self._centre.y() - part_height / 2) / height,
            width=part_width / width,
            height=part_height / height,
        )

    def turn(self) -> None:
        """A quarter turn clockwise."""
        self._image = self._image.transformed(QTransform().rotate(90))
        self._turns = (self._turns + 1) % 4
        self._begin()

    def zoom(self, factor: float) -> None:
        """Closer or farther, around the middle of the frame."""
        self._zoom *= factor
        self._hold_inside()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Everything the mouse can do."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_R:
            self.turn()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zooms."""
        self.zoom(_ZOOM ** (event.angleDelta().y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Takes hold of the picture."""
        self._held = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drags it."""
        if self._held is not None:
            self._move((self._held - event.position()) / self._scale)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Lets go."""
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The picture, dimmed outside the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(self._scale, self._scale)
        whole = QRectF(0, 0, _VIEW.width(), _VIEW.height())
        painter.fillRect(whole, QColor(colours.backdrop))
        corner = _FRAME.center() - self._centre * self._zoom
        size = self._image.size() * self._zoom
        painter.drawImage(QRectF(corner.x(), corner.y(), size.width(), size.height()), self._image)
        outside = QPainterPath()
        outside.addRect(whole)
        outside.addRect(_FRAME)
        painter.fillPath(outside, QColor(0, 0, 0, 140))
        painter.setPen(QPen(QColor(colours.on_backdrop), 2))
        painter.drawRect(_FRAME)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.on_backdrop), 4, Qt.PenStyle.DotLine))
            painter.drawRect(whole)
        painter.end()

    def _begin(self) -> None:
        self._zoom = self._farthest()
        # Where faces are: a little above the middle.
        self._centre = QPointF(self._image.width() / 2, self._image.height() * 0.4)
        self._hold_inside()

    def _farthest(self) -> float:
        return max(_FRAME.width() / self._image.width(), _FRAME.height() / self._image.height())

    def _move(self, by: QPointF) -> None:
        self._centre += by / self._zoom
        self._hold_inside()

    def _hold_inside(self) -> None:
        farthest = self._farthest()
        self._zoom = min(max(self._zoom, farthest), farthest * _CLOSEST)
        across, down = _FRAME.width() / self._zoom / 2, _FRAME.height() / self._zoom / 2
        self._centre = QPointF(
            min(max(self._centre.x(), across), self._image.width() - across),
            min(max(self._centre.y(), down), self._image.height() - down),
        )
        self.update()


class CutDialog(QDialog):
    """Asks which part of a picture becomes the photo; `chosen(cut)` is called with the answer."""

    def __init__(self, owner: QWidget, image: QImage, chosen: Callable[[Cut], object]) -> None:
        super().__init__(owner)
        self.setWindowTitle(_("Atur potongan foto"))
        self.view = CutView(image, owner.window().size() - _AROUND)
        use = button(_("&Pakai"), self.accept, "primary")
        use.setDefault(True)
        self.setLayout(
            column(
                self.view,
                label(
                    _("Geser gambarnya, gulir untuk memperbesar; wajah memenuhi bingkai."),
                    role="caption",
                ),
                row(
                    button(_("Pu&tar 90°"), self.view.turn),
                    button(_("Per&besar"), lambda: self.view.zoom(_ZOOM)),
                    button(_("Per&kecil"), lambda: self.view.zoom(1 / _ZOOM)),
                    None,
                    button(_("B&atal"), self.reject),
                    use,
                ),
                gap=GRID,
                margin=2 * GRID,
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(lambda: chosen(self.view.cut()))
        self.view.setFocus()
