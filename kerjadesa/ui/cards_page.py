"""Cards: who, on which paper, look, save, and say that the paper is good."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.actions.list_workers import find
from kerjadesa.actions.print_cards import Cards, Paper, confirm_printed, render_cards, write_pdf
from kerjadesa.actions.status import status
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.files import documents
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import BusyBar, button, label, name_control, panel, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

    from kerjadesa.ui.desk import Around

_ENOUGH = 200


class CardsPage(QWidget):
    """The preview is the very PDF that is saved, its codes read again before it is shown."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._ticket: Ticket | None = None
        self._cards: Cards | None = None
        self._only: list[str] = []
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self.frame = Page(
            self,
            _("Kartu"),
            _("Setiap kode QR dibaca ulang dan dicocokkan sebelum berkas dapat disimpan."),
        )
        self.busy = BusyBar(self._cancel)
        self.frame.add(self.busy)
        side = self._side()
        side.setFixedWidth(352)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(
            empty_state(
                "card",
                _("Belum ada pratinjau."),
                _("Pilih siapa dan kertasnya, lalu tekan Buat kartu."),
            )
        )
        self.frame.add(row(side, held, gap=2 * GRID), 1)

    def entered(self) -> None:
        """Counts whose cards would be made."""
        self._count()
        self.words.setFocus()

    def show_what(self, workers: list[str]) -> None:
        """Makes cards for these workers alone, or again for whoever fits the words."""
        self._only = workers
        self.words.clear()
        self.words.setEnabled(not workers)
        self.words.setPlaceholderText(
            _("Pilihan dari daftar pekerja") if workers else _("Kosong berarti semua")
        )
        self.everybody_button.setVisible(bool(workers))
        self._count()
        if workers:
            self.make_button.setFocus()

    def may_leave(self) -> bool:
        """Cards can be made again at any time."""
        return True

    def make(self) -> None:
        """Renders and proofreads the cards in the lane."""
        if self._ticket is not None:
            return
        office, words, paper = self._around.office, self.words.text(), self._paper()
        only = tuple(self._only)
        self.frame.banner.hide()
        self._forget()
        self.make_button.setEnabled(False)
        self.busy.begin(_("Menyiapkan kartu…"))
        self._ticket = self._around.lane.submit(
            lambda ticket: render_cards(
                office, words, paper, ticket.progress, ticket.cancelled, only
            ),
            done=self._done,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=lambda: self._rest(_("Pembuatan kartu dibatalkan."), "plain"),
        )

    def save_to(self, path: Path) -> None:
        """Writes the PDF in the lane: an old disk takes its time for a thousand cards."""
        cards = self._cards
        if cards is None:
            return
        self._around.lane.submit(
            lambda _ticket: write_pdf(path, cards.pdf),
            done=lambda _nothing: self.frame.banner.say(
                _(
                    "{count} kartu tersimpan sebagai PDF. Cetak pada ukuran sebenarnya (100%)."
                ).format(count=number(cards.count)),
                "good",
            ),
            failed=lambda text: self.frame.banner.say(text, "bad"),
        )

    def confirm(self) -> None:
        """Journals that the paper is good."""
        cards = self._cards
        if cards is None:
            return
        office = self._around.office
        self.confirm_button.setEnabled(False)
        self._around.lane.submit(
            lambda _ticket: confirm_printed(office, cards.workers),
            done=lambda count: self.frame.banner.say(
                _("{count} kartu tercatat sudah dicetak.").format(count=number(count)), "good"
            ),
            failed=self._unconfirmed,
        )

    def _side(self) -> QWidget:
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Kosong berarti semua"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._count)
        self.words.returnPressed.connect(self.make)
        caption = label(_("&Untuk siapa: nama, NIK, atau jorong"))
        name_control(self.words, caption, _("Untuk siapa: nama, NIK, atau jorong"))
        self._who = label(role="caption", wrap=True)
        self.everybody_button = button(_("Pilih yang lain"), lambda: self.show_what([]), "link")
        self.everybody_button.hide()
        self.sheet = QRadioButton(_("Kertas &A4, sepuluh kartu selembar"))
        self.single = QRadioButton(_("Kartu &plastik CR80, satu kartu sehalaman"))
        self.sheet.setChecked(True)
        self.make_button = button(_("&Buat kartu"), self.make, "primary", "card")
        self.save_button = button(_("&Simpan PDF…"), self._save, "", "save", "Ctrl+S")
        self.confirm_button = button(
            _("&Ya, semua cetakan di kertas baik"), self.confirm, "", "check"
        )
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(
            panel(
                caption,
                self.words,
                self._who,
                row(self.everybody_button, None),
                label(_("Kertas")),
                self.sheet,
                self.single,
                row(self.make_button, None),
            )
        )
        self._after = panel(
            label(_("Sesudah pratinjau"), role="lead"),
            label(_("1. Simpan, lalu cetak dari penampil PDF."), wrap=True),
            row(self.save_button, None),
            label(_("2. Periksa kertasnya. Baru sesudah itu kartu dicatat sebagai tercetak."),
                  wrap=True),
            row(self.confirm_button, None),
        )  # fmt: skip
        layout.addWidget(self._after)
        layout.addStretch(1)
        self._after.setEnabled(False)
        return made

    def _paper(self) -> Paper:
        return "cr80" if self.single.isChecked() else "a4-10"

    def _count(self) -> None:
        words = self.words.text().strip()
        if self._only:
            count, more = len(self._only), False
        elif not words:
            count, more = status(self._around.office).workers, False
        else:
            found, more = find(self._around.office, words, _ENOUGH)
            count = len(found)
        text = _("Lebih dari {count} orang cocok.") if more else _("{count} orang cocok.")
        if self._only:
            text = _("{count} orang yang dipilih di daftar pekerja.")
        self._who.setText(text.format(count=number(count)))
        self.make_button.setEnabled(count > 0 and self._ticket is None)

    def _progress(self, done: int, whole: int | None) -> None:
        part = 100 * done // whole if whole else 0
        self.busy.report(
            _("Membuat dan membaca ulang kartu: {part}%").format(part=part), done, whole
        )

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.busy.stopping()

    def _done(self, cards: Cards) -> None:
        self._cards = cards
        self._rest(
            _("{count} kartu siap; setiap kode QR terbaca benar.").format(
                count=number(cards.count)
            ),
            "good",
        )
        self._show(cards.pdf)
        self._after.setEnabled(True)
        self.confirm_button.setEnabled(True)
        self.save_button.setFocus()

    def _unconfirmed(self, text: str) -> None:
        self.confirm_button.setEnabled(True)
        self.frame.banner.say(text, "bad")

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self._count()
        self.frame.banner.say(text, tone)

    def _show(self, pdf: bytes) -> None:
        # Qt's PDF library is large; only a preview needs it.
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPdfWidgets import QPdfView

        if self._views.count() == 1:
            view = QPdfView(self)
            view.setAccessibleName(_("Pratinjau kartu"))
            view.setPageMode(QPdfView.PageMode.MultiPage)
            view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            self._document = QPdfDocument(self)
            view.setDocument(self._document)
            self._views.addWidget(view)
        assert self._document is not None  # noqa: S101 -- made with the view
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._views.setCurrentIndex(1)

    def _forget(self) -> None:
        self._cards = None
        self._after.setEnabled(False)
        self._views.setCurrentIndex(0)
        if self._document is not None:
            self._document.close()

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Simpan kartu"),
            str(documents() / _("kartu-{date}.pdf").format(date=self._around.office.today)),
            _("Dokumen PDF (*.pdf)"),
        )
        if chosen:
            self.save_to(Path(chosen))
