"""The finished cards on screen: the very file that is saved and printed, page by page."""

import io
import threading
from typing import BinaryIO

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from kerjadesa.words import _


class SharedFile:
    """One open file that several read, each at its own place: the view, a printer, a copy.

    The file behind finished cards is temporary and cannot be opened a second time.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._lock = file, threading.Lock()
        self.size = file.seek(0, 2)

    def read_at(self, place: int, length: int) -> bytes:
        """What stands there, shorter at the end of the file."""
        with self._lock:
            self._file.seek(place)
            return self._file.read(length)

    def reader(self) -> BinaryIO:
        """The file from its beginning."""
        return io.BufferedReader(_Reader(self), buffer_size=256 * 1024)


class _Reader(io.RawIOBase):
    def __init__(self, shared: SharedFile) -> None:
        self._shared, self._place = shared, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = (0, self._place, self._shared.size)[whence]
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        found = self._shared.read_at(self._place, len(buffer))
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)


class FileDevice(QIODevice):
    """The same file as Qt reads it, without a copy of it in memory."""

    def __init__(self, shared: SharedFile, owner: QObject) -> None:
        super().__init__(owner)
        self._shared, self._place = shared, 0
        mode = QIODevice.OpenModeFlag
        self.open(mode.ReadOnly | mode.Unbuffered)

    def isSequential(self) -> bool:  # noqa: N802 -- Qt's name
        """Any place of it can be read."""
        return False

    def size(self) -> int:
        """Its length in bytes."""
        return self._shared.size

    def seek(self, pos: int) -> bool:
        """Goes on reading elsewhere."""
        self._place = pos
        return super().seek(pos)

    def readData(self, maxlen: int) -> bytes:  # noqa: N802
        """What stands at the place."""
        found = self._shared.read_at(self._place, maxlen)
        self._place += len(found)
        return found


class CardsPreview(QPdfView):
    """Shows one file at a time; `document` is what a printer draws from too."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setAccessibleName(_("Pratinjau kartu"))
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        # Not the view's own child: Qt would tell a view that is half gone that its document closes.
        self.document_shown = QPdfDocument(owner)
        self.setDocument(self.document_shown)
        self._device: FileDevice | None = None

    def show_file(self, shared: SharedFile) -> None:
        """Shows it from its first page."""
        self.close_file()
        self._device = FileDevice(shared, self.document_shown)
        self.document_shown.load(self._device)

    def close_file(self) -> None:
        """Lets go of the file."""
        self.document_shown.close()
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
            self._device = None
