"""The photo of a worker: chosen from a file, cut to 3 × 4, shown as the card will have it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QWidget

from kerjadesa.images import LARGEST_FILE
from kerjadesa.ui.icons import picture
from kerjadesa.ui.jobs import Lane, Ticket
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import Note, button, column, label, row
from kerjadesa.words import _

_WIDTH, _HEIGHT = 84, 112


class PhotoBox(QWidget):
    """Holds a JPEG that is new, one that is stored already, or none."""

    def __init__(self, lane: Lane, changed: Callable[[], object]) -> None:
        super().__init__()
        self._lane, self._changed = lane, changed
        self.fresh: bytes | None = None
        """A photo that is not in the register yet."""
        self.removed = False
        """Whether a stored photo is to go."""
        self._stored: bytes | None = None
        self._ticket: Ticket | None = None
        self._face = QLabel()
        self._face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame = QFrame()
        frame.setProperty("role", "photo")
        frame.setFixedSize(_WIDTH, _HEIGHT)
        inside = column(self._face)
        frame.setLayout(inside)
        self.note = Note()
        self.choose_button = button(_("Pilih &foto…"), self._choose, picture_name="folder")
        self.remove_button = button(_("Hapus foto"), self._remove, kind="link")
        beside = column(
            label(_("Foto wajah 3 × 4, dipotong sendiri dari gambar."), "caption", wrap=True),
            row(self.choose_button, self.remove_button, None),
            self.note,
        )
        beside.addStretch(1)
        line = row(frame, beside, gap=12)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.show_stored(None)

    def controls(self) -> list[QWidget]:
        """Every control in the order of sight."""
        return [self.choose_button, self.remove_button]

    def show_stored(self, jpeg: bytes | None) -> None:
        """Shows the photo that the register holds, if any."""
        self._stored, self.fresh, self.removed = jpeg, None, False
        # A picture that is still being cut belongs to the worker before this one.
        self._ticket = None
        self.choose_button.setEnabled(True)
        self.note.say("")
        self._draw(jpeg)

    def take(self, path: Path) -> None:
        """Reads and cuts a picture in the lane."""

        def work(_ticket: Ticket) -> bytes:
            from kerjadesa.actions.attach_photo import normalise

            with path.open("rb") as file:
                return normalise(file.read(LARGEST_FILE + 1))

        self.choose_button.setEnabled(False)
        ticket = self._lane.submit(
            work,
            done=lambda jpeg: self._taken(ticket, jpeg),
            failed=lambda text: self._failed(ticket, text),
        )
        self._ticket = ticket

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Pilih foto"),
            str(Path.home()),
            _("Gambar (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"),
        )
        if chosen:
            self.take(Path(chosen))

    @property
    def busy(self) -> bool:
        """Whether a picture is still being cut."""
        return self._ticket is not None

    def _taken(self, ticket: Ticket, jpeg: bytes) -> None:
        if ticket is not self._ticket:
            return
        self._ticket = None
        self.choose_button.setEnabled(True)
        self.fresh, self.removed = jpeg, False
        self.note.say("")
        self._draw(jpeg)
        self._changed()

    def _failed(self, ticket: Ticket, text: str) -> None:
        if ticket is not self._ticket:
            return
        self._ticket = None
        self.choose_button.setEnabled(True)
        self.note.say(text)

    def _remove(self) -> None:
        self.fresh, self.removed = None, self._stored is not None
        self._draw(None)
        self._changed()

    def _draw(self, jpeg: bytes | None) -> None:
        self.remove_button.setVisible(jpeg is not None)
        image = QImage.fromData(jpeg) if jpeg else QImage()
        if image.isNull():
            self._face.setPixmap(QPixmap.fromImage(picture("person", colours.field_line, 48, 2)))
            self._face.setAccessibleName(_("Belum ada foto"))
            return
        smooth = image.scaled(
            2 * (_WIDTH - 2),
            2 * (_HEIGHT - 2),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        smooth.setDevicePixelRatio(2)
        self._face.setPixmap(QPixmap.fromImage(smooth))
        self._face.setAccessibleName(_("Foto pekerja"))
