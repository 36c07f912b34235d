"""Cards: who, on which paper, look, print or save, and say whether the paper is good."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from kerjadesa.actions.card_list import Reprint
from kerjadesa.actions.card_settings import keep_habits, print_options, slack_of
from kerjadesa.actions.confirm_cards import Printing, remember_printing, shorten_printing
from kerjadesa.actions.list_workers import listed
from kerjadesa.actions.print_cards import CardPlace, Cards, PrintOptions, render_cards, save_cards
from kerjadesa.ui.cards_choice import AGAIN, GIVEN, CardsChoice
from kerjadesa.ui.cards_confirm import JudgeStrip
from kerjadesa.ui.cards_words import ready_words, without_photo
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.files import choose_name
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import REPRINTS, number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import BusyBar, button, column, label, row, scrolled, yielding
from kerjadesa.words import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from kerjadesa.ui.cards_preview import CardsPreview, SharedFile
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.printer_run import PrinterRun

_SIDE, _LOWEST = 392, 240


class CardsPage(QWidget):
    """The preview is the very PDF that is saved and printed, its codes read again before."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._ticket: Ticket | None = None
        self._run: PrinterRun | None = None
        self._printing = False
        self._cards: Cards | None = None
        self._options = PrintOptions()
        self._printer = ""
        self._shared: SharedFile | None = None
        self._preview: CardsPreview | None = None
        self.frame = Page(
            self,
            _("Kartu"),
            _("Setiap kode QR dibaca ulang dan dicocokkan sebelum kartu dapat dicetak."),
        )
        self.judge = JudgeStrip(
            around,
            self._settled,
            lambda text: self._say(text, "bad"),
            lambda asking: self._columns.setVisible(not asking),
        )
        self.frame.add(self.judge)
        self.busy = BusyBar(self._cancel)
        self.frame.add(self.busy)
        self.choice = CardsChoice(around, self.make)
        side = yielding(scrolled(self.choice), _LOWEST)
        side.setFixedWidth(_SIDE)
        columns = row(side, self._result(), gap=2 * GRID)
        columns.setStretch(1, 1)
        self._columns = QWidget()
        columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setLayout(columns)
        self.frame.add(self._columns, 1)

    def entered(self) -> None:
        """Asks what is chosen usually, who waits for a card, and what nobody has judged yet."""
        self.choice.look()
        self.judge.look()
        if self._cards is not None and not self._is_as_chosen():
            # Designed or calibrated otherwise meanwhile: what lies there is not what is wanted.
            self._forget()
        (self.judge.good_button if self.judge.text else self.choice.words).setFocus()

    def show_what(
        self,
        workers: list[str],
        reprint: bool = False,
        in_order: bool = False,
        reason: Reprint | None = None,
    ) -> None:
        """Makes cards for these workers alone, or again for whoever fits the words.

        `reprint`: they have a card, and why it is replaced has to be said. `reason`: it is replaced
        because of this. `in_order`: in the order given, not by jorong and name.
        """
        self._forget()
        self.choice.choose_workers(workers, None if reprint else reason or "", in_order)
        if reprint:
            self.choice.issued.setFocus()
        elif workers:
            self.choice.make_button.setFocus()

    def may_leave(self) -> bool:
        """Cards can be made again at any time, but a printer at work is not left alone."""
        if self._printing:
            self._say(_("Tunggu sampai pencetakan selesai, atau batalkan dahulu."), "caution")
            return False
        self._keep_habits()
        return True

    def make(self) -> None:
        """Renders and proofreads the cards in the lane."""
        if self._ticket is not None or self._printing:
            return
        if not self.choice.make_button.isEnabled():
            return
        office, words = self._around.office, self.choice.words.text()
        only, part, usual = tuple(self.choice.only), self.choice.part_wanted(), self.choice.habits()
        issued = self.choice.issued.currentData()
        self._keep_habits()
        options = replace(
            print_options(office, usual),
            order=self.choice.order.currentData(),
            from_position=part.from_position,
            sheet=part.sheet,
            reprint=issued if issued in REPRINTS else None,
            again=issued == AGAIN,
        )
        self._forget()
        self._options, self._printer = options, usual.printer
        self._begin(_("Menyiapkan kartu…"))
        self._ticket = self._around.lane.submit(
            lambda ticket: render_cards(
                office, words, options, ticket.progress, ticket.cancelled, only
            ),
            done=self._done,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=lambda: self._rest(_("Pembuatan kartu dibatalkan."), "plain"),
        )

    def save_to(self, path: Path) -> None:
        """Writes the PDF in the lane: an old disk takes its time for a thousand cards."""
        cards, shared, office = self._cards, self._shared, self._around.office
        if cards is None or shared is None:
            return

        def work(_ticket: Ticket) -> Printing:
            save_cards(path, replace(cards, file=shared.reader()))
            return remember_printing(office, cards.cards)

        self._around.lane.submit(
            work,
            done=lambda _printing: self._went(
                _(
                    "{count} kartu tersimpan sebagai PDF. Cetak pada ukuran sebenarnya (100%)."
                ).format(count=number(cards.count))
            ),
            failed=lambda text: self._say(text, "bad"),
        )

    def print_on(self, printer: "QPrinter") -> None:
        """Draws the cards onto a printer, at its own resolution and in their true size."""
        cards, office = self._cards, self._around.office
        if cards is None or self._printing:
            return
        self._printing = True
        self._begin(_("Menghubungi printer…"), stoppable=False)
        # Before the first sheet: a power cut half way must not forget what came out.
        self._around.lane.submit(
            lambda _ticket: remember_printing(office, cards.cards),
            done=lambda printing: self._send(printer, cards, printing),
            failed=lambda text: self._printed(text, "bad"),
        )

    def _send(self, printer: "QPrinter", cards: Cards, printing: Printing) -> None:
        from kerjadesa.ui.printer_run import PrinterRun, Told, set_paper

        assert self._preview is not None  # noqa: S101 -- it shows what is printed
        document = self._preview.document_shown
        set_paper(printer, document, self._options.sides, self._options.flip)
        faces = cards.pages // cards.sheets
        self.busy.begin(_("Mencetak…"))
        told = Told(
            progress=lambda done, whole: self.busy.report(
                _("Mencetak halaman {done} dari {whole}…").format(
                    done=number(min(done + 1, whole)), whole=number(whole)
                ),
                done,
                whole,
            ),
            done=lambda: self._printed(
                _("{count} kartu dikirim ke printer.").format(count=number(cards.count)), "good"
            ),
            failed=lambda pages: self._cut_short(
                printing,
                pages // faces,
                _("Printer berhenti pada lembar {sheet}; periksa kabel, kertas, dan tintanya. "
                  "Belum ada kartu yang dicatat sebagai tercetak."),
                "bad",
            ),
            stopped=lambda pages: self._cut_short(
                printing, pages // faces, _("Pencetakan dibatalkan pada lembar {sheet}."), "plain"
            ),
        )  # fmt: skip
        self._run = PrinterRun(self, printer, document, told)
        self._run.start()

    def _result(self) -> QWidget:
        self.summary = label(role="strong", wrap=True)
        self.print_button = button(_("&Cetak…"), self._print, "primary", "print", "Ctrl+P")
        self.save_button = button(_("Si&mpan PDF…"), self._save, "", "save", "Ctrl+S")
        line = row(self.summary, self.print_button, self.save_button)
        line.setStretch(0, 1)
        self._bar = QWidget()
        line.setContentsMargins(0, 0, 0, 0)
        self._bar.setLayout(line)
        self._bar.hide()
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(
            empty_state(
                "card",
                _("Belum ada pratinjau."),
                _("Pilih siapa dan kertasnya, lalu tekan Buat kartu."),
            )
        )
        made = QWidget()
        layout = column(self._bar, held, gap=12)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return made

    def _progress(self, done: int, whole: int | None) -> None:
        part = 100 * done // whole if whole else 0
        self.busy.report(
            _("Membuat dan membaca ulang kartu: {part}%").format(part=part), done, whole
        )

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.stop()
        elif self._ticket is not None:
            self._ticket.cancel()
        self.busy.stopping()

    def _done(self, cards: Cards) -> None:
        self._cards = cards
        bare = without_photo(self._around.office, cards, self._options)
        self._rest(ready_words(cards, bare), "caution" if bare else "good")
        self.summary.setText(
            _("{count} kartu, {sheets} lembar").format(
                count=number(cards.count), sheets=number(cards.sheets)
            )
        )
        self._show(cards)
        self._bar.show()
        self.print_button.setFocus()

    def _show(self, cards: Cards) -> None:
        # Qt's PDF library is large; only a preview needs it.
        from kerjadesa.ui.cards_preview import CardsPreview, SharedFile

        if self._preview is None:
            self._preview = CardsPreview(self)
            self._views.addWidget(self._preview)
        self._shared = SharedFile(cards.file)
        self._preview.show_file(self._shared)
        self._views.setCurrentIndex(1)

    def _print(self) -> None:
        from kerjadesa.ui.printer_run import chosen_printer

        if self._preview is None:
            return
        printer = chosen_printer(
            self,
            self._printer,
            self._preview.document_shown,
            self._options.sides,
            self._options.flip,
        )
        if printer is None:
            return
        if self._is_made_for(printer):
            self.print_on(printer)
        else:
            self._say(
                _("Kartu ini dibuat dengan kalibrasi printer lain. Pilih {printer} di kiri, lalu "
                  "buat lagi.").format(printer=printer.printerName()),
                "caution",
            )  # fmt: skip

    def _keep_habits(self) -> None:
        # An order that holds for a few chosen people is no habit.
        if self.choice.order.currentData() != GIVEN:
            keep_habits(self._around.office, self.choice.habits())

    def _is_as_chosen(self) -> bool:
        now = print_options(self._around.office, self.choice.habits())
        made = self._options
        return (made.changes, made.front, made.back) == (now.changes, now.front, now.back)

    def _is_made_for(self, printer: "QPrinter") -> bool:
        slack = slack_of(self._around.office, printer.printerName())
        return (slack.front, slack.back) == (self._options.front, self._options.back)

    def _printed(self, text: str, tone: str) -> None:
        self._run, self._printing = None, False
        self._rest(text, tone)
        self.judge.look()
        if self.judge.text and self.isVisible():
            self.judge.good_button.setFocus()

    def _cut_short(self, printing: Printing, sheets: int, text: str, tone: str) -> None:
        """Whole sheets that went out may be good; the operator says so, nobody else."""
        office, said = self._around.office, text.format(sheet=number(sheets + 1))
        out = [card for card in printing.cards if card.sheet <= sheets]
        self._around.lane.submit(
            lambda _ticket: shorten_printing(office, printing, out),
            done=lambda _shorter: self._printed(said, tone),
            failed=lambda trouble: self._printed(trouble, "bad"),
        )

    def _went(self, text: str) -> None:
        self._say(text, "good")
        self.judge.look()

    def _settled(self, good: int, spoiled: Sequence[CardPlace], dropped: bool) -> None:
        self._forget()
        self.choice.count()
        if dropped:
            self._say(_("Tidak ada kartu yang dicatat sebagai tercetak."), "plain")
            return
        if not spoiled:
            self._say(_("{count} kartu tercatat sudah dicetak.").format(count=number(good)), "good")
            return
        # Whoever had no card before has none now; a card that replaces another does so still.
        workers = [card.worker for card in spoiled]
        had = any(one.printed for one in listed(self._around.office, workers))
        issued = next((card.reason for card in spoiled if card.reason), AGAIN if had else "")
        self.choice.choose_workers(workers, issued, in_order=True)
        self._say(
            _("{good} kartu tercatat sudah dicetak; {bad} disiapkan untuk dicetak lagi.").format(
                good=number(good), bad=number(len(spoiled))
            ),
            "good",
        )
        self.choice.make_button.setFocus()

    def _begin(self, words: str, stoppable: bool = True) -> None:
        self.frame.banner.hide()
        self.busy.begin(words, stoppable)
        self.choice.lock(True)
        self._bar.setEnabled(False)
        self.judge.setEnabled(False)

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self.choice.lock(False)
        self._bar.setEnabled(True)
        self.judge.setEnabled(True)
        self._say(text, tone)

    def _say(self, text: str, tone: str) -> None:
        self.frame.banner.say(text, tone)

    def _forget(self) -> None:
        cards, self._cards = self._cards, None
        self._bar.hide()
        self._views.setCurrentIndex(0)
        if self._preview is not None:
            self._preview.close_file()
        self._shared = None
        if cards is not None:
            # After a copy that may still be read from it.
            self._around.lane.submit(
                lambda _ticket: cards.close(),
                done=lambda _none: None,
                failed=lambda text: self._say(text, "bad"),
            )

    def _save(self) -> None:
        chosen = choose_name(
            self,
            "paper",
            _("Simpan kartu"),
            _("kartu-{date}.pdf").format(date=self._around.office.today),
            _("Dokumen PDF (*.pdf)"),
        )
        if chosen:
            self.save_to(chosen)
