"""The photo of a worker: from a file, a drop, the clipboard or the camera, cut to 3 × 4."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QWidget

from kerjadesa.ui.files import choose_file
from kerjadesa.ui.icons import picture
from kerjadesa.ui.jobs import Lane, Ticket
from kerjadesa.ui.photo_sources import holds_picture, image_file, picture_in, read_picture
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import Note, button, column, label, row, set_property
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.attach_photo import Cut

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
        self.dialog: QDialog | None = None
        """The camera or the cutting that is open."""
        self._stored: bytes | None = None
        self._source = b""
        self._ticket: Ticket | None = None
        self._face = QLabel()
        self._face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame = QFrame()
        self._frame.setProperty("role", "photo")
        self._frame.setFixedSize(_WIDTH, _HEIGHT)
        self._frame.setLayout(column(self._face))
        self.setAcceptDrops(True)
        self.note = Note()
        self.choose_button = button(_("Pilih f&oto…"), self._choose, picture_name="folder")
        self.camera_button = button(_("Kame&ra…"), self._open_camera)
        self.paste_button = button(_("Tempel"), self.paste)
        self.paste_button.setToolTip(_("Tempel gambar yang disalin (Ctrl+V di bagian ini)"))
        self.cut_button = button(_("Atur potongan…"), self._open_cutting, kind="link")
        self.remove_button = button(_("Hapus foto"), self._remove, kind="link")
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        beside = column(
            label(_("Pilih, ambil, tempel, atau jatuhkan gambar di sini."), "caption", wrap=True),
            row(self.choose_button, self.camera_button, self.paste_button, None),
            row(self.cut_button, self.remove_button, None),
            self.note,
            gap=4,
        )
        beside.addStretch(1)
        line = row(self._frame, beside, gap=12)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.show_stored(None)

    def controls(self) -> list[QWidget]:
        """Every control in the order of sight."""
        return [
            self.choose_button,
            self.camera_button,
            self.paste_button,
            self.cut_button,
            self.remove_button,
        ]

    def show_stored(self, jpeg: bytes | None) -> None:
        """Shows the photo that the register holds, if any."""
        self._stored, self._source = jpeg, b""
        # A picture that is still being cut belongs to the worker before this one.
        self._ticket = None
        if self.dialog is not None:
            self.dialog.close()
        self.note.say("")
        self._show(None, removed=False)

    def show_kept(self, fresh: bytes | None, removed: bool) -> None:
        """Shows what a draft has of the photo, over what the register holds."""
        self._show(fresh, removed)

    def take(self, path: Path) -> None:
        """Reads a picture and cuts it in the lane."""
        self._cut(lambda: read_picture(path))

    def take_image(self, image: QImage) -> None:
        """Cuts a picture from the camera or the clipboard in the lane."""
        # A copy: the sender may draw on its own at any time.
        own = image.copy()
        self._cut(lambda: image_file(own))

    def paste(self) -> None:
        """Takes what was copied, a picture or a file."""
        found = picture_in(QGuiApplication.clipboard().mimeData())
        if found is None:
            self.note.say(_("Tidak ada gambar yang disalin; salin gambarnya dahulu."), "caution")
        else:
            self._take(found)

    def cut_by_hand(self, cut: "Cut") -> None:
        """Cuts the picture anew where somebody has put the frame."""
        source = self._source
        self._cut(lambda: source, cut)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 -- Qt's name
        """Takes one local file or picture, nothing else."""
        if holds_picture(event.mimeData()):
            set_property(self._frame, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802
        """Goes back to rest."""
        set_property(self._frame, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Takes what falls."""
        set_property(self._frame, "over", False)
        found = picture_in(event.mimeData())
        if found is not None:
            self._take(found)

    def _take(self, found: Path | QImage) -> None:
        if isinstance(found, Path):
            self.take(found)
        else:
            self.take_image(found)

    def _cut(self, read: Callable[[], bytes], cut: "Cut | None" = None) -> None:
        def work(_ticket: Ticket) -> tuple[bytes, bytes]:
            from kerjadesa.actions.attach_photo import normalise

            source = read()
            return source, normalise(source, cut)

        self._begin(work, self._taken)

    def _open_cutting(self) -> None:
        source = self._source

        def work(_ticket: Ticket) -> bytes:
            from kerjadesa.actions.attach_photo import shown

            return shown(source)

        self._begin(work, self._cutting)

    def _cutting(self, jpeg: bytes) -> None:
        from kerjadesa.ui.photo_cut import CutDialog

        self._ask(CutDialog(self, QImage.fromData(jpeg), self.cut_by_hand))

    def _open_camera(self) -> None:
        nothing = _("Tidak ada kamera di komputer ini; pilih foto dari berkas.")
        try:
            from kerjadesa.ui.camera import CameraDialog, first_camera
        except ImportError:
            # A system without the libraries that cameras need is one without a camera.
            self.note.say(nothing, "caution")
            return
        device = first_camera()
        if device is None:
            self.note.say(nothing, "caution")
            self.choose_button.setFocus()
            return
        self._ask(CameraDialog(self, device, self.take_image))

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._asked)
        # Not exec: the form goes on keeping its draft meanwhile.
        dialog.open()

    def _asked(self) -> None:
        self.dialog = None

    def _begin(self, work: Callable[[Ticket], Any], done: Callable[[Any], None]) -> None:
        def arrived(result: Any) -> None:
            if self._ended(ticket):
                done(result)

        def failed(text: str) -> None:
            if self._ended(ticket):
                self.note.say(text)

        self.note.say("")
        self._enable(False)
        ticket = self._lane.submit(work, arrived, failed, stopped=lambda: failed(""))
        self._ticket = ticket

    def _ended(self, ticket: Ticket) -> bool:
        """Whether this is what was asked for last."""
        if ticket is not self._ticket:
            return False
        self._ticket = None
        self._enable(True)
        return True

    def _enable(self, ready: bool) -> None:
        for control in self.controls():
            control.setEnabled(ready)

    def _choose(self) -> None:
        chosen = choose_file(
            self,
            "photo",
            _("Pilih foto"),
            _("Gambar (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"),
        )
        if chosen:
            self.take(chosen)

    @property
    def busy(self) -> bool:
        """Whether a picture is still being cut."""
        return self._ticket is not None

    def _taken(self, result: tuple[bytes, bytes]) -> None:
        self._source, jpeg = result
        self._show(jpeg, removed=False)
        self._changed()

    def _remove(self) -> None:
        self._source = b""
        self._show(None, removed=self._stored is not None)
        self._changed()

    def _show(self, fresh: bytes | None, removed: bool) -> None:
        self.fresh, self.removed = fresh, removed
        self._enable(True)
        self._draw(fresh or (None if removed else self._stored))
        self.cut_button.setVisible(bool(self._source))

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
