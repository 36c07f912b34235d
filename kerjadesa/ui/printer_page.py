"""Calibration: what one printer does to a card, measured once and kept by the printer's name."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QBuffer, QByteArray, QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from kerjadesa.actions.card_settings import (
    Habits,
    Slack,
    calibrated_printers,
    habits,
    keep_slack,
    print_options,
    sheet_setup,
    slack_of,
)
from kerjadesa.actions.print_cards import PrintOptions, render_calibration_sheet, write_pdf
from kerjadesa.cards.calibration import STRAIGHT, Calibration
from kerjadesa.cards.calibration_reading import distances, read_off
from kerjadesa.cards.calibration_sheet import reading_steps
from kerjadesa.cards.sheet import papers
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui.files import choose_name
from kerjadesa.ui.long_choice import LongChoice
from kerjadesa.ui.page import Page
from kerjadesa.ui.printer_form import PERCENT, PrinterForm
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.trouble import sentence_for
from kerjadesa.ui.widgets import (
    BusyBar,
    button,
    column,
    fold,
    label,
    name_control,
    panel,
    row,
    scrolled,
)
from kerjadesa.words import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.printer_run import PrinterRun

Face = Literal["front", "back"]

_TWO_COLUMNS = 960


class PrinterPage(QWidget):
    """Print the test sheet, measure, type what was measured; the program does the sums."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._habits = Habits()
        self._run: PrinterRun | None = None
        self._sheet: QBuffer | None = None
        self.frame = Page(
            self,
            _("Kalibrasi printer"),
            _("Setiap printer menggeser kertas sedikit. Ukur sekali, dan kartu jatuh tepat di "
              "tempatnya."),
            button(_("&Kembali ke kartu"), lambda: around.go("cards"), picture_name="card"),
        )  # fmt: skip
        self.busy = BusyBar(self._stop)
        self.frame.add(self.busy)
        self.forms: dict[Face, PrinterForm] = {
            "front": PrinterForm(lambda values: self._read_off("front", values)),
            "back": PrinterForm(lambda values: self._read_off("back", values)),
        }
        self._sides = row(self._left(), self._right(), gap=2 * GRID)
        self._sides.setStretch(0, 1)
        self._sides.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(self._sides)
        self._area = scrolled(holder)
        self.frame.add(self._area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Puts the halves below each other where letters are enlarged."""
        super().resizeEvent(event)
        fold(self._sides, self.width(), _TWO_COLUMNS)

    def entered(self) -> None:
        """Begins with the printer used last."""
        self.show_what(habits(self._office))

    def show_what(self, chosen: Habits) -> None:
        """Begins with the printer and the paper chosen on the cards page."""
        self._habits = chosen
        self._fill_printers()
        with QSignalBlocker(self.paper), QSignalBlocker(self.sides):
            self.paper.setCurrentIndex(max(0, self.paper.findData(chosen.paper)))
            self.sides.setCurrentIndex(1 if chosen.sides == "both" else 0)
        for choice in (self.printer, self.paper, self.sides):
            choice.show_whole()
        self._look()
        self.printer.setFocus()

    def may_leave(self) -> bool:
        """What was typed and not kept is measured again quickly; a printer at work is not left."""
        if self._run is not None:
            self._say(_("Tunggu sampai lembar uji selesai dicetak."), "caution")
        return self._run is None

    def save_sheet(self, path: Path) -> None:
        """Writes the test sheet as a PDF."""
        options, printer = self._options(), self.printer.currentText()

        def work(_ticket: object) -> None:
            write_pdf(path, render_calibration_sheet(options, printer))

        self._around.lane.submit(
            work,
            done=lambda _none: self._say(
                _("Lembar uji tersimpan. Cetak pada ukuran sebenarnya (100%), lalu ukur."), "good"
            ),
            failed=lambda text: self._say(text, "bad"),
        )

    def print_sheet(self, printer: "QPrinter") -> None:
        """Draws the test sheet onto a printer."""
        from PySide6.QtPdf import QPdfDocument

        from kerjadesa.ui.printer_run import PrinterRun, Told, set_paper

        options = self._options()
        document = QPdfDocument(self)
        self._sheet = QBuffer(self)
        self._sheet.setData(QByteArray(render_calibration_sheet(options, printer.printerName())))
        self._sheet.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(self._sheet)
        set_paper(printer, document, options.sides, options.flip)
        self.busy.begin(_("Mencetak lembar uji…"))

        def ended(text: str, tone: str) -> None:
            self._run = None
            document.deleteLater()
            self.busy.hide()
            self._say(text, tone)

        lost = _("Printer berhenti; periksa kabel, kertas, dan tintanya, lalu cetak lagi.")
        self._run = PrinterRun(
            self,
            printer,
            document,
            Told(
                progress=lambda done, whole: self.busy.report(
                    _("Mencetak lembar uji…"), done, whole
                ),
                done=lambda: ended(_("Lembar uji dikirim ke printer. Sekarang ukurlah."), "good"),
                failed=lambda _pages: ended(lost, "bad"),
                stopped=lambda _pages: ended(_("Pencetakan dibatalkan."), "plain"),
            ),
        )
        self._run.start()

    def keep(self) -> None:
        """Keeps both faces by the printer's name, or says beside a figure what is wrong."""
        front, back = self.forms["front"].calibration(), self.forms["back"].calibration()
        for face, calibration in (("front", front), ("back", back)):
            if calibration is None:
                self._go_to_fault("front" if face == "front" else "back")
                return
        assert front is not None and back is not None  # noqa: S101 -- looked at above
        problems = keep_slack(self._office, self._name, Slack(front, back))
        for problem in problems:
            face, _dot, figure = problem.field.partition(".")
            side: Face = "front" if face == "front" else "back"
            self.forms[side].rows[figure].note.say(sentence(_in_percent(problem, figure)))
        if problems:
            self._go_to_fault("front" if problems[0].field.startswith("front") else "back")
            return
        self._look()
        self._say(
            _("Kalibrasi {printer} disimpan. Cetak lembar uji sekali lagi untuk memastikannya.")
            .format(printer=self.printer.currentText()),
            "good",
        )  # fmt: skip

    def straighten(self) -> None:
        """Puts the figures back to those of a printer that needs no help; kept once saved."""
        for form in self.forms.values():
            form.write(STRAIGHT)

    @property
    def _name(self) -> str:
        return str(self.printer.currentData() or "")

    def _left(self) -> QWidget:
        self.printer, self.paper, self.sides = LongChoice(), LongChoice(), LongChoice()
        for paper in papers():
            self.paper.addItem(paper.title, paper.name)
        self.sides.addItem(_("Muka saja"), "front")
        self.sides.addItem(_("Muka dan belakang"), "both")
        parts: list[QWidget] = []
        for control, words, spoken in (
            (self.printer, _("&Printer"), _("Printer")),
            (self.paper, _("Kert&as"), _("Kertas")),
            (self.sides, _("&Sisi kartu"), _("Sisi kartu")),
        ):
            control.currentIndexChanged.connect(lambda _index: self._look())
            caption = label(words)
            name_control(control, caption, spoken)
            made = QWidget()
            made.setLayout(column(caption, control, gap=4))
            parts.append(made)
        self.print_button = button(_("&Cetak lembar uji…"), self._print, "primary", "print")
        self.save_button = button(_("Si&mpan lembar uji…"), self._save, "", "save", "Ctrl+S")
        self._steps = label(wrap=True)
        made = QWidget()
        layout = column(
            panel(
                label(_("1. Cetak lembar uji"), role="lead"),
                *parts,
                row(self.print_button, self.save_button, None),
            ),
            panel(label(_("2. Ukur"), role="lead"), self._steps),
            gap=12,
        )
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _right(self) -> QWidget:
        group = QButtonGroup(self)
        self.faces: dict[Face, QRadioButton] = {
            "front": QRadioButton(_("M&uka")),
            "back": QRadioButton(_("&Belakang")),
        }
        for face in self.faces.values():
            group.addButton(face)
            face.toggled.connect(lambda _on: self._turn())
        self.keep_button = button(_("Simpan kal&ibrasi"), self.keep, "primary", "check")
        self.straight_button = button(_("Kembalikan ke &nol"), self.straighten)
        self._kept = label(role="quiet", wrap=True)
        sheet: QFrame = panel(
            label(_("3. Ketik hasil ukur"), role="lead"),
            label(
                _("Ketik milimeter yang Anda baca; angka kalibrasinya dihitung. Yang tidak diukur "
                  "dibiarkan kosong."),
                role="quiet",
                wrap=True,
            ),
            row(*self.faces.values(), None),
            *self.forms.values(),
            self._kept,
            row(self.keep_button, self.straight_button, None),
        )  # fmt: skip
        self.faces["front"].setChecked(True)
        made = QWidget()
        layout = column(sheet)
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _go_to_fault(self, face: Face) -> None:
        self.faces[face].setChecked(True)
        field = next(one.figure for one in self.forms[face].rows.values() if one.note.text)
        field.setFocus()
        self._area.ensureWidgetVisible(field)

    def _turn(self) -> None:
        for face, form in self.forms.items():
            form.setVisible(self.faces[face].isChecked())

    def _options(self) -> PrintOptions:
        """The test sheet is printed with what is kept, so that measuring it again goes on there."""
        usual = replace(
            self._habits,
            printer=self._name,
            paper=self.paper.currentData(),
            sides=self.sides.currentData(),
        )
        return print_options(self._office, usual)

    def _look(self) -> None:
        """Begins the measuring of the chosen printer anew."""
        slack, options = slack_of(self._office, self._name), self._options()
        try:
            setup, design = sheet_setup(options)
        except UserError as error:
            self._say(sentence_for(error), "bad")
            return
        self._steps.setText("\n\n".join(reading_steps(setup, design)))
        wanted = distances(setup, design)
        self.forms["front"].show_calibration(slack.front, wanted)
        self.forms["back"].show_calibration(slack.back, wanted)
        for made in self.faces.values():
            made.setVisible(options.sides == "both")
        if options.sides != "both":
            self.faces["front"].setChecked(True)
        known = self._name in calibrated_printers(self._office)
        self._kept.setText(
            _("Kalibrasi printer ini sudah pernah disimpan.") if known
            else _("Printer ini belum dikalibrasi.")
        )  # fmt: skip

    def _read_off(self, face: Face, values: dict[str, float]) -> Calibration:
        slack = slack_of(self._office, self._name)
        setup, design = sheet_setup(self._options())
        return read_off(slack.front if face == "front" else slack.back, values, setup, design)

    def _fill_printers(self) -> None:
        from PySide6.QtPrintSupport import QPrinterInfo

        with QSignalBlocker(self.printer):
            self.printer.clear()
            self.printer.addItem(_("Berkas PDF (dicetak dari penampil PDF)"), "")
            found = QPrinterInfo.availablePrinterNames()
            kept = [name for name in calibrated_printers(self._office) if name]
            for name in dict.fromkeys([*found, *kept]):
                self.printer.addItem(name, name)
            self.printer.setCurrentIndex(max(0, self.printer.findData(self._habits.printer)))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._run is not None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._name:
            printer.setPrinterName(self._name)
        if QPrintDialog(printer, self).exec():
            self.print_sheet(printer)

    def _save(self) -> None:
        chosen = choose_name(
            self,
            "paper",
            _("Simpan lembar uji"),
            _("lembar-uji.pdf"),
            _("Dokumen PDF (*.pdf)"),
        )
        if chosen:
            self.save_sheet(chosen)

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self.busy.stopping()

    def _say(self, text: str, tone: str) -> None:
        self.frame.banner.say(text, tone)


def _in_percent(problem: Problem, figure: str) -> Problem:
    """The bounds in the unit and with the comma of the field."""
    if problem.code != "calibration_out_of_range":
        return problem
    times = 100 if figure in PERCENT else 1
    facts = {name: f"{times * float(bound):g}".replace(".", ",")
             for name, bound in problem.facts.items()}  # fmt: skip
    return Problem(problem.field, problem.code, facts)
