"""The webcam: what it sees, with the frame of the photo drawn over it.

Imported when somebody first asks for the camera: QtMultimedia takes its time.
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)
from PySide6.QtWidgets import QDialog, QWidget

from kerjadesa.ui.theme import GRID, colours
from kerjadesa.ui.widgets import Note, button, column, row
from kerjadesa.words import _

_VIEW = QSize(640, 480)
_AROUND = QSize(40, 150)
"""What the window and the dialog have around the picture."""


def first_camera() -> QCameraDevice | None:
    """The camera that the system prefers, or None where none is plugged in."""
    device = QMediaDevices.defaultVideoInput()
    return None if device.isNull() else device


class CameraDialog(QDialog):
    """Shows the camera until a picture is taken; `taken(image)` gets it whole."""

    def __init__(
        self, owner: QWidget, device: QCameraDevice, taken: Callable[[QImage], object]
    ) -> None:
        super().__init__(owner)
        self.setWindowTitle(_("Ambil foto"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._taken = taken
        self._view = _Viewfinder(owner.window().size() - _AROUND)
        self._note = Note()
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._see)
        self._camera = QCamera(device, self)
        self._camera.errorOccurred.connect(self._trouble)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self.take_button = button(_("&Ambil foto"), self._take, "primary")
        self.take_button.setDefault(True)
        self.take_button.setEnabled(False)
        self.setLayout(
            column(
                self._view,
                self._note,
                row(None, button(_("&Batal"), self.reject), self.take_button),
                gap=GRID,
                margin=2 * GRID,
            )
        )
        self.finished.connect(self._camera.stop)
        self._camera.start()

    def _see(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if image.isNull():
            return
        self._view.show_image(image)
        if not self.take_button.isEnabled():
            self.take_button.setEnabled(True)
            self.take_button.setFocus()

    def _take(self) -> None:
        image = self._view.image
        self.accept()
        self._taken(image)

    def _trouble(self) -> None:
        self._note.say(
            _("Kamera tidak dapat dipakai; tutup program lain yang memakainya, atau pilih berkas.")
        )


class _Viewfinder(QWidget):
    def __init__(self, room: QSize) -> None:
        super().__init__()
        self.image = QImage()
        room = room.boundedTo(_VIEW).expandedTo(_VIEW / 4)
        self.setFixedSize(_VIEW.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        self.setAccessibleName(_("Gambar kamera"))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.backdrop))
        if not self.image.isNull():
            shown = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (self.width() - shown.width()) / 2
            top = (self.height() - shown.height()) / 2
            painter.drawImage(QRectF(left, top, shown.width(), shown.height()), self.image)
            # The part that is kept where nobody cuts by hand.
            across = min(shown.width(), shown.height() * 3 / 4)
            down = across * 4 / 3
            frame = QRectF(
                left + (shown.width() - across) / 2, top + (shown.height() - down) * 0.4,
                across, down,
            )  # fmt: skip
            painter.setPen(QPen(QColor(colours.on_backdrop), 2, Qt.PenStyle.DashLine))
            painter.drawRect(frame)
        painter.end()
