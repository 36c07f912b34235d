"""Is this card genuine? Answered without internet: scanner, camera, picture or pasted text."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from kerjadesa.actions.verify_card import (
    OLD_NEWS_DAYS,
    Checked,
    DistrictNews,
    check_card,
    district_news,
    read_qr_image,
)
from kerjadesa.card_sentences import verdict_words
from kerjadesa.cards.verify import LONGEST_TEXT
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.files import DropZone, choose_file
from kerjadesa.ui.icons import icon
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import VERDICTS
from kerjadesa.ui.page import Page
from kerjadesa.ui.photo_sources import image_file, picture_in, read_picture
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.theme import GRID, ROOMY
from kerjadesa.ui.verify_result import VerdictView
from kerjadesa.ui.widgets import Note, button, column, label, name_control, panel, row, tone_colour
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.verify_camera import CodeCamera

_REMEMBERED = 50
_SIDE = 400
_WIDEST = 16_777_215
"""Qt's own word for a part that may be as wide as it likes."""
_CAMERA = "verify_camera"
"""Preference: whether the camera was on when it was last a matter of choice."""


class VerifyPage(QWidget):
    """A scanner types the code and presses Enter; the cursor waits for it."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self.frame = Page(
            self,
            _("Periksa kartu"),
            _("Pindai kode QR kartu dengan alat pemindai atau kamera, atau pilih gambarnya. "
              "Tanpa internet."),
        )  # fmt: skip
        self.code = _CodeField(self)
        self.code.setMaxLength(LONGEST_TEXT)
        self.code.setPlaceholderText(_("Pindai atau tempelkan di sini, lalu Enter"))
        self.code.setClearButtonEnabled(True)
        self.code.returnPressed.connect(self.check)
        caption = label(_("&Isi kode QR"))
        name_control(self.code, caption, _("Isi kode QR"))
        self.check_button = button(_("&Periksa"), self.check, "primary", "verify")
        self.camera_button = button(_("&Kamera"), self._turn_camera, "", "camera", "Ctrl+K")
        self.camera_note = Note()
        self.picture_button = button(_("Pilih &gambar…"), self._choose, "", "folder", "Ctrl+O")
        self.zone = DropZone(
            "verify", _("Letakkan foto atau hasil pindai kartu di sini, atau"), self.take,
            self.picture_button,
        )  # fmt: skip
        self.camera: CodeCamera | None = None
        self._finder = QFrame()
        self._finder_layout = column(gap=0)
        self._finder.setLayout(self._finder_layout)
        self._finder.hide()
        self.recent = QListWidget()
        self.recent.setAccessibleName(_("Baru diperiksa"))
        self.recent.setIconSize(QSize(18, 18))
        # It takes what room there is; for more of it nobody should have to scroll the page.
        self.recent.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.recent.setMinimumHeight(72)
        self._recent_part = QWidget()
        listed = column(label(_("Baru diperiksa"), role="caption"), self.recent, gap=4)
        listed.setStretch(1, 1)
        self._recent_part.setLayout(listed)
        self._recent_part.hide()
        self.news = Note()
        self._left = QWidget()
        entry = panel(
            caption, self.code, row(self.check_button, self.camera_button, None), self.camera_note
        )
        layout = column(entry, self._finder, self.zone, self.news, gap=12)
        layout.addWidget(self._recent_part, 100)
        layout.addStretch(1)
        self._left.setLayout(layout)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(
            empty_state(
                "verify",
                _("Menunggu kartu."),
                _("Hasilnya muncul di sini: asli, diganti, kedaluwarsa, tidak dikenal, palsu."),
            )
        )
        self.result = VerdictView()
        self._views.addWidget(self.result)
        self._columns = row(self._left, held, gap=2 * GRID)
        self.frame.add(self._columns, 1)

    def entered(self) -> None:
        """Waits for the scanner, with the camera on where it was on the last time."""
        office = self._around.office
        say_news(self.news, district_news(office), office.now())
        if self.camera is None and self._preferred():
            self._start_camera()
        self._ready()

    def may_leave(self) -> bool:
        """Nothing is lost by leaving."""
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 -- Qt's name
        """Lets go of the camera: nobody likes its light on behind another page."""
        self._stop_camera()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Puts the two sides below each other where letters are enlarged."""
        super().resizeEvent(event)
        self._fold()

    def _show(self, view: int) -> None:
        self._views.setCurrentIndex(view)
        self._fold()

    def _fold(self) -> None:
        """In a narrow window who the card belongs to stands on top, once there is somebody."""
        ways, narrow = QBoxLayout.Direction, self.width() < ROOMY
        below = ways.BottomToTop if self._views.currentIndex() else ways.TopToBottom
        self._columns.setDirection(below if narrow else ways.LeftToRight)
        self._left.setMinimumWidth(0 if narrow else _SIDE)
        self._left.setMaximumWidth(_WIDEST if narrow else _SIDE)

    def check(self) -> None:
        """Judges the text in the box; the next scan replaces it."""
        # Base45 has capitals alone; a scanner at a keyboard with Caps Lock on types small ones.
        text = self.code.text().strip().upper()
        if not text:
            return
        office = self._around.office
        self.frame.banner.hide()
        checked = check_card(office, text, office.now())
        self.result.show_checked(checked)
        self._show(1)
        self._remember(checked)
        self._ready()

    def take(self, path: Path) -> None:
        """Reads the code in a picture in the lane, then judges it."""
        self._read_in_lane(lambda _ticket: read_qr_image(read_picture(path)))

    def paste(self) -> bool:
        """Takes a copied picture or picture file; False where something else was copied."""
        found = picture_in(QGuiApplication.clipboard().mimeData())
        if isinstance(found, QImage):
            image = found
            self._read_in_lane(lambda _ticket: read_qr_image(image_file(image)))
        elif found is not None:
            self.take(found)
        return found is not None

    def _read_in_lane(self, work: Callable[[Ticket], str]) -> None:
        self.frame.banner.hide()
        self._around.lane.submit(work, done=self._read, failed=self._unread)

    def _read(self, text: str) -> None:
        self.code.setText(text)
        self.check()

    def _unread(self, text: str) -> None:
        self._show(0)
        self.frame.banner.say(text, "bad")
        self._ready()

    def _ready(self) -> None:
        self.code.setFocus()
        self.code.selectAll()

    def _choose(self) -> None:
        chosen = choose_file(
            self,
            "card",
            _("Pilih gambar kartu"),
            _("Gambar (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif)"),
        )
        if chosen:
            self.take(chosen)

    def _remember(self, checked: Checked) -> None:
        drawing, tone = VERDICTS[checked.verdict.status]
        item = QListWidgetItem(
            icon(drawing, tone_colour(tone)), recent_words(checked, self._around.office.now())
        )
        self.recent.insertItem(0, item)
        self._recent_part.show()
        # In memory and masked: whoever sits down here later learns nobody's name.
        self.recent.takeItem(_REMEMBERED)

    def _turn_camera(self) -> None:
        wanted = self.camera is None
        open_preferences(self._around.office.home).setValue(_CAMERA, int(wanted))
        if wanted:
            self._start_camera()
        else:
            self._stop_camera()
        self._ready()

    def _preferred(self) -> bool:
        return str(open_preferences(self._around.office.home).value(_CAMERA, "0")) == "1"

    def _start_camera(self) -> None:
        self.camera_note.say("")
        try:
            from kerjadesa.ui.camera import first_camera
            from kerjadesa.ui.verify_camera import CodeCamera

            device = first_camera()
        except ImportError:
            # A system without the libraries that cameras need is one without a camera.
            device = None
        if device is None:
            self.camera_note.say(
                _("Tidak ada kamera di komputer ini; pakai alat pemindai, pilih gambar, atau "
                  "tempelkan isi kodenya."), "caution",
            )  # fmt: skip
            return
        self.camera = CodeCamera(device)
        self.camera.setFixedHeight(276)
        self.camera.seen.connect(self._read)
        self.camera.failed.connect(self._camera_failed)
        self._finder_layout.addWidget(self.camera)
        self._finder.show()
        self.zone.hide()
        self._name_camera(_("Matikan &kamera"))

    def _stop_camera(self) -> None:
        if self.camera is None:
            return
        self.camera.stop()
        self.camera.deleteLater()
        self.camera = None
        self._finder.hide()
        self.zone.show()
        self._name_camera(_("&Kamera"))

    def _camera_failed(self) -> None:
        self._stop_camera()
        self.camera_note.say(
            _("Kamera tidak dapat dipakai; tutup program lain yang memakainya, atau pilih gambar.")
        )

    def _name_camera(self, words: str) -> None:
        self.camera_button.setText(f" {words}")
        self.camera_button.setAccessibleName(words.replace("&", ""))


class _CodeField(QLineEdit):
    """Where the scanner types; a copied picture may be pasted here too."""

    def __init__(self, page: VerifyPage) -> None:
        super().__init__()
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Pastes pictures; everything else is typing."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._page.paste():
            return
        super().keyPressEvent(event)


def say_news(note: Note, news: DistrictNews, now: datetime) -> None:
    """Says how old the list is that cards are judged by, and warns where it is too old."""
    days = news.days_old(now)
    if not news.enrolled:
        text = _("Belum terhubung dengan dinas: hanya kartu dari laptop ini yang dikenal.")
    elif days is None:
        text = _("Daftar kunci dinas belum pernah diterima; terima dulu di halaman Kirim.")
    elif days > OLD_NEWS_DAYS:
        text = _(
            "Daftar kunci dinas: {days} hari lalu. Laptop yang hilang sejak itu masih dipercaya "
            "di sini; terima kabar terbaru di halaman Kirim."
        ).format(days=days)
    else:
        note.say(
            {0: _("Daftar kunci dinas: hari ini."), 1: _("Daftar kunci dinas: kemarin.")}.get(
                days, _("Daftar kunci dinas: {days} hari lalu.").format(days=days)
            ),
            "plain",
        )
        return
    note.say(text, "caution")


def recent_words(checked: Checked, now: datetime) -> str:
    """One line about a verdict, with the name and the card number masked."""
    verdict = checked.verdict
    word, _meaning = verdict_words(verdict.status)
    name, number = (str(verdict.claims.get(claim, "")) for claim in ("fullName", "id"))
    masked = " ".join(f"{part[0]}…" for part in name.split()[:4])
    parts = [f"{now.astimezone():%H.%M}", word, masked, f"…{number[-6:]}" if number else ""]
    return "  ".join(part for part in parts if part)
