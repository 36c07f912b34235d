"""Is this card genuine? Answered without internet, from a scanner, a picture or pasted text."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kerjadesa.actions.verify_card import read_qr_image, verify_text
from kerjadesa.cards.verify import LONGEST_TEXT, Verdict
from kerjadesa.images import LARGEST_FILE
from kerjadesa.sentences import verdict_words
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.files import DropZone
from kerjadesa.ui.icons import picture
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import CLAIMS, VERDICTS, choices, long_date, long_moment
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    button,
    column,
    label,
    name_control,
    panel,
    pushed_up,
    row,
    set_property,
    tone_colour,
)
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_SHOWN = 12


class VerifyPage(QWidget):
    """A scanner types the code and presses Enter; the cursor waits for it."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self.frame = Page(
            self,
            _("Periksa kartu"),
            _("Pindai kode QR kartu dengan alat pemindai, atau pilih gambarnya. Tanpa internet."),
        )
        self.code = QLineEdit()
        self.code.setMaxLength(LONGEST_TEXT)
        self.code.setPlaceholderText(_("Pindai atau tempelkan di sini, lalu Enter"))
        self.code.setClearButtonEnabled(True)
        self.code.returnPressed.connect(self.check)
        caption = label(_("&Isi kode QR"))
        name_control(self.code, caption, _("Isi kode QR"))
        self.check_button = button(_("&Periksa"), self.check, "primary", "verify")
        self.picture_button = button(_("Pilih &gambar…"), self._choose, "", "folder", "Ctrl+O")
        zone = DropZone(
            "verify", _("Letakkan foto atau hasil pindai kartu di sini, atau"), self.take,
            self.picture_button,
        )  # fmt: skip
        left = QWidget()
        layout = column(panel(caption, self.code, row(self.check_button, None)), zone, gap=12)
        layout.addStretch(1)
        left.setLayout(layout)
        left.setFixedWidth(400)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(
            empty_state(
                "verify",
                _("Menunggu kartu."),
                _("Hasilnya muncul di sini: asli, palsu, kedaluwarsa, atau tidak dikenal."),
            )
        )
        self._views.addWidget(self._result())
        self.frame.add(row(left, held, gap=2 * GRID), 1)

    def entered(self) -> None:
        """Waits for the scanner."""
        self.code.setFocus()
        self.code.selectAll()

    def may_leave(self) -> bool:
        """Nothing is lost by leaving."""
        return True

    def check(self) -> None:
        """Judges the text in the box; the next scan replaces it."""
        text = self.code.text().strip()
        if not text:
            return
        office = self._around.office
        self.frame.banner.hide()
        self._show(verify_text(office, text, [], office.now()))
        self.code.setFocus()
        self.code.selectAll()

    def take(self, path: Path) -> None:
        """Reads the code in a picture in the lane, then judges it."""

        def work(_ticket: Ticket) -> str:
            with path.open("rb") as file:
                return read_qr_image(file.read(LARGEST_FILE + 1))

        self.frame.banner.hide()
        self._around.lane.submit(work, done=self._read, failed=self._unread)

    def _read(self, text: str) -> None:
        self.code.setText(text)
        self.check()

    def _unread(self, text: str) -> None:
        self._views.setCurrentIndex(0)
        self.frame.banner.say(text, "bad")

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Pilih gambar kartu"),
            str(Path.home()),
            _("Gambar (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif)"),
        )
        if chosen:
            self.take(Path(chosen))

    def _result(self) -> QWidget:
        self._picture = QLabel()
        self.verdict = label(role="verdict")
        self._meaning = label(wrap=True)
        head = row(self._picture, column(self.verdict, self._meaning, gap=2), gap=2 * GRID)
        head.setStretch(1, 1)
        self.claims = QTableWidget(0, 2)
        self.claims.setAccessibleName(_("Isi kartu"))
        self.claims.setHorizontalHeaderLabels([_("Keterangan"), _("Isi")])
        self.claims.verticalHeader().hide()
        self.claims.verticalHeader().setDefaultSectionSize(32)
        self.claims.setShowGrid(False)
        self.claims.setTabKeyNavigation(False)
        self.claims.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.claims.setColumnWidth(0, 180)
        header = self.claims.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        return pushed_up(panel(head, self.claims, gap=2 * GRID), growing=1)

    def _show(self, verdict: Verdict) -> None:
        drawing, tone = VERDICTS[verdict.status]
        word, meaning = verdict_words(verdict.status)
        self.verdict.setText(word)
        set_property(self.verdict, "tone", tone)
        self._meaning.setText(meaning)
        self._picture.setPixmap(QPixmap.fromImage(picture(drawing, tone_colour(tone), 56, 2)))
        rows = claim_rows(verdict)
        self.claims.setRowCount(len(rows))
        for position, (words, value) in enumerate(rows):
            self.claims.setItem(position, 0, QTableWidgetItem(words))
            item = QTableWidgetItem(value)
            item.setToolTip(value)
            self.claims.setItem(position, 1, item)
        self.claims.setVisible(bool(rows))
        self._views.setCurrentIndex(1)


def claim_rows(verdict: Verdict) -> list[tuple[str, str]]:
    """What the card says, in words; what is not known by name keeps its own name."""
    rows: list[tuple[str, str]] = []
    # A foreign credential may hold hundreds of claims, and pictures as text.
    for name, value in list(verdict.claims.items())[:_SHOWN]:
        text = str(value)[:200]
        if name == "dateOfBirth" and len(text) == 8 and text.isdigit():
            text = f"{text[6:]}-{text[4:6]}-{text[:4]}"
        if name == "gender":
            sexes = dict(choices("sex"))
            text = {"1": sexes["M"], "2": sexes["F"]}.get(text, text)
        rows.append((_(CLAIMS[name]) if name in CLAIMS else name, text))
    if verdict.issued_at is not None:
        rows.append((_("Diterbitkan"), long_moment(verdict.issued_at)))
    if verdict.expires_at is not None:
        # A card expires at the first moment it is no longer valid; it prints the day before.
        last = (verdict.expires_at - timedelta(seconds=1)).astimezone()
        rows.append((_("Berlaku sampai"), long_date(last)))
    if verdict.issuer:
        rows.append((_("Penerbit"), verdict.issuer))
    return rows
