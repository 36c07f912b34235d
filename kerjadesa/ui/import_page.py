"""Importing the village's resident workbook, and the report on every row that matters."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QWidget,
)

from kerjadesa.actions.import_workbook import ImportReport, import_workbook
from kerjadesa.domain.check import read_date
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.files import DropZone, documents, write_text
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number, short_date
from kerjadesa.ui.page import Page
from kerjadesa.ui.report_model import ReportModel, as_csv, report_lines
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import BusyBar, Note, button, column, label, name_control, panel, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class ImportPage(QWidget):
    """Choose, watch, read the report. A cancelled import has written nothing."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._ticket: Ticket | None = None
        self.again = button(_("Impor berkas &lain"), self._restart, picture_name="import")
        self.frame = Page(
            self,
            _("Impor buku penduduk"),
            _(
                "Ambil pekerja dari buku kerja sistem informasi nagari (.xlsx, .xls, .ods, .csv). "
                "Data yang sudah terdaftar tidak ditimpa."
            ),
            self.again,
        )
        self.busy = BusyBar(self._cancel)
        self.frame.add(self.busy)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(self._chooser())
        self._views.addWidget(self._report())
        self.frame.add(held, 1)
        self._restart()

    def entered(self) -> None:
        """Puts the cursor where the work goes on."""
        (self.choose if self._views.currentIndex() == 0 else self.table).setFocus()

    def may_leave(self) -> bool:
        """The import goes on in the lane while other pages are looked at."""
        return True

    def load(self, path: Path) -> None:
        """Imports a workbook as of the day that is written on the page."""
        day = read_date(self.day.text())
        if day is None or self._ticket is not None:
            self._day_note.say(
                _("Tanggal tidak terbaca; tulis hari-bulan-tahun.") if day is None else ""
            )
            return
        self._day_note.say("")
        self.frame.banner.hide()
        self.choose.setEnabled(False)
        self.busy.begin(_("Membaca {file}…").format(file=path.name))
        office = self._around.office
        self._ticket = self._around.lane.submit(
            lambda ticket: import_workbook(office, path, day, ticket.progress, ticket.cancelled),
            done=self._done,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=lambda: self._rest(_("Impor dibatalkan; tidak ada yang tertulis."), "plain"),
        )

    def _chooser(self) -> QWidget:
        self.day = QLineEdit(short_date(self._around.office.today))
        self.day.setFixedWidth(130)
        words = label(_("&Tanggal pendaftaran"))
        name_control(self.day, words, _("Tanggal pendaftaran"))
        self._day_note = Note()
        self.choose = button(_("&Pilih berkas…"), self._choose, "primary", "folder", "Ctrl+O")
        zone = DropZone("import", _("Letakkan berkas di sini, atau"), self.load, self.choose)
        zone.setMinimumHeight(220)
        made = QWidget()
        layout = column(
            zone,
            panel(
                row(words, self.day, None, gap=12),
                self._day_note,
                label(
                    _("Umur dihitung pada tanggal ini. Biasanya hari ini."),
                    role="caption",
                    wrap=True,
                ),
            ),
            gap=2 * GRID,
        )
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _report(self) -> QWidget:
        self.figures: dict[str, QLabel] = {}
        tiles = row(gap=2 * GRID)
        for name, words, tone in (
            ("read", _("Baris dibaca"), ""),
            ("registered", _("Terdaftar baru"), "good"),
            ("unchanged", _("Tidak berubah"), ""),
            ("refused", _("Ditolak"), "bad"),
            ("warned", _("Perlu diperiksa"), "caution"),
        ):
            figure = label("0", role="figure")
            figure.setProperty("tone", tone)
            self.figures[name] = figure
            tiles.addWidget(panel(label(words, role="quiet"), figure, gap=2), 1)
        self.outcome = QComboBox()
        self.outcome.setAccessibleName(_("Hasil yang ditampilkan"))
        for words, value in (
            (_("Semua baris"), ""),
            (_("Ditolak saja"), "refused"),
            (_("Perlu diperiksa saja"), "warned"),
        ):
            self.outcome.addItem(words, value)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Saring menurut baris atau alasan"))
        self.words.setAccessibleName(_("Saring laporan"))
        self.words.setClearButtonEnabled(True)
        self.outcome.currentIndexChanged.connect(self._narrow)
        self.words.textChanged.connect(self._narrow)
        self.model = ReportModel()
        self.table = _table(self.model)
        below = QWidget()
        self._lists = QStackedLayout(below)
        self._lists.addWidget(self.table)
        self._lists.addWidget(
            empty_state("ok", _("Tidak ada baris di sini."), _("Semua baris masuk dengan baik."))
        )
        self.save = button(_("Simpan sebagai &CSV…"), self._save, picture_name="save")
        made = QWidget()
        filters = row(self.outcome, self.words, self.save)
        filters.setStretch(1, 1)
        layout = column(tiles, filters, below, gap=12)
        layout.setStretch(2, 1)
        made.setLayout(layout)
        return made

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Pilih buku penduduk"),
            str(documents()),
            _("Buku kerja (*.xlsx *.xls *.ods *.csv);;Semua berkas (*)"),
        )
        if chosen:
            self.load(Path(chosen))

    def _progress(self, done: int, whole: int | None) -> None:
        if whole is None:
            text = _("{count} baris sudah diperiksa…").format(count=number(done))
        else:
            text = _("{count} dari {whole} pekerja ditulis…").format(
                count=number(done), whole=number(whole)
            )
        self.busy.report(text, done, whole)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.busy.stopping()

    def _done(self, report: ImportReport) -> None:
        text = _("{registered} pekerja terdaftar dari {read} baris.")
        if report.read and report.unchanged and not report.registered:
            text = _("Tidak ada yang baru: {unchanged} pekerja sudah terdaftar, tidak berubah.")
        counts = {
            "read": report.read,
            "registered": report.registered,
            "unchanged": report.unchanged,
            "refused": len(report.refused),
            "warned": len({note.row for note in report.warned}),
        }
        words = {name: number(count) for name, count in counts.items()}
        for name, figure in self.figures.items():
            figure.setText(words[name])
        self._rest(text.format(**words), "good")
        self.outcome.setCurrentIndex(0)
        self.words.clear()
        self.model.show(report_lines(report))
        self._narrow()
        self._views.setCurrentIndex(1)
        self.again.show()
        self.table.setFocus()

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self.choose.setEnabled(True)
        self.frame.banner.say(text, tone)

    def _restart(self) -> None:
        self._views.setCurrentIndex(0)
        self.again.hide()
        self.frame.banner.hide()
        self.choose.setFocus()

    def _narrow(self) -> None:
        self.model.narrow(self.outcome.currentData(), self.words.text())
        self._lists.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Simpan laporan"),
            str(documents() / _("laporan-impor.csv")),
            _("Tabel CSV (*.csv)"),
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Writes the lines on show as a CSV."""
        if write_text(path, as_csv(self.model.lines)):
            text = _("{count} baris laporan tersimpan.")
            self.frame.banner.say(text.format(count=number(len(self.model.lines))), "good")
        else:
            self.frame.banner.say(_("Berkas tidak dapat ditulis. Pilih folder lain."), "bad")


def _table(model: ReportModel) -> QTableView:
    made = QTableView()
    made.setModel(model)
    made.setAccessibleName(_("Laporan impor"))
    made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.verticalHeader().hide()
    made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    made.verticalHeader().setDefaultSectionSize(32)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setStretchLastSection(True)
    made.setColumnWidth(0, 80)
    made.setColumnWidth(1, 210)
    return made
