"""The webcam as a scanner: what it sees, and the codes in it, read beside the window's thread.

Imported when somebody first asks for the camera: QtMultimedia takes its time.
"""

import queue
import threading
import time

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QVideoFrame,
    QVideoSink,
)
from PySide6.QtWidgets import QWidget

from kerjadesa.actions.verify_card import read_qr_frame
from kerjadesa.ui.theme import colours
from kerjadesa.words import _

_BETWEEN_LOOKS = 0.1
"""Seconds: ten looks a second catch a card that is held still, and leave an old computer cool."""
_FORGET_AFTER = 15
"""Looks without a code after which the same card counts as shown anew."""


class CodeReader(QObject):
    """Reads codes out of pictures on a thread of its own; a picture it has no time for is dropped.

    Not the lane: that may be printing a thousand cards while somebody stands at the table.
    """

    read = Signal(str)
    """The text of a code that came into view, once."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: queue.Queue[QImage | None] = queue.Queue(maxsize=1)
        self._thread = threading.Thread(target=self._run, name="codes", daemon=True)
        self._thread.start()

    def look(self, image: QImage) -> None:
        """Has a picture looked at, unless one is being looked at still."""
        if self._pictures.empty():
            self._pictures.put(image)

    def close(self) -> None:
        """Ends the thread."""
        self._pictures.put(None)
        self._thread.join()

    def _run(self) -> None:
        last, unseen = "", 0
        while (image := self._pictures.get()) is not None:
            grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
            data = bytes(grey.constBits())
            text = read_qr_frame(data, grey.width(), grey.height(), grey.bytesPerLine())
            if text is None:
                unseen += 1
                last = "" if unseen >= _FORGET_AFTER else last
            elif text == last:
                unseen = 0
            else:
                last, unseen = text, 0
                self.read.emit(text)


class CodeCamera(QWidget):
    """Shows the camera's picture; `seen` brings the text of each card held before it."""

    seen = Signal(str)
    failed = Signal()

    def __init__(self, device: QCameraDevice) -> None:
        super().__init__()
        self.setMinimumSize(320, 240)
        self.setAccessibleName(_("Gambar kamera"))
        self._image = QImage()
        self._looked = 0.0
        self._reader = CodeReader()
        self._reader.read.connect(self.seen, Qt.ConnectionType.QueuedConnection)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._see)
        self._camera = QCamera(device, self)
        self._camera.errorOccurred.connect(lambda *_what: self.failed.emit())
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self._camera.start()

    def stop(self) -> None:
        """Lets go of the camera, for good."""
        self.sink.videoFrameChanged.disconnect(self._see)
        self._camera.stop()
        self._reader.close()

    def _see(self, frame: QVideoFrame) -> None:
        # Every frame has to be copied out of the driver to be looked at; most are not worth it.
        moment = time.monotonic()
        if moment - self._looked < _BETWEEN_LOOKS:
            return
        image = frame.toImage()
        if image.isNull():
            return
        self._looked = moment
        self._image = image
        self._reader.look(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.backdrop))
        if not self._image.isNull():
            shown = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (self.width() - shown.width()) / 2
            top = (self.height() - shown.height()) / 2
            painter.drawImage(QRectF(left, top, shown.width(), shown.height()), self._image)
        painter.end()
