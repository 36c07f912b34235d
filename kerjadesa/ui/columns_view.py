"""What each column of a file is read as: shown with examples, and put right by the officer."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QSizePolicy, QTableView, QWidget

from kerjadesa.actions.attach_poverty import source_named
from kerjadesa.actions.open_list import OpenedList
from kerjadesa.domain.check import read_date
from kerjadesa.ui.columns_model import FACT, ColumnsModel, FactDelegate
from kerjadesa.ui.cursor_table import CursorTable
from kerjadesa.ui.import_words import column_words
from kerjadesa.ui.labels import choices, short_date
from kerjadesa.ui.widgets import Note, button, column, label, name_control, row
from kerjadesa.words import _

_FIELD = 150


class ColumnsView(QWidget):
    """`go_on` is called once every needed column is pointed out and the list has its date."""

    def __init__(self, today: date, go_on: Callable[[], object]) -> None:
        super().__init__()
        self._today, self._go_on = today, go_on
        self.model = ColumnsModel()
        self.model.dataChanged.connect(self._look)
        self.kind = QComboBox()
        self.kind.addItem(_("Buku penduduk"), "residents")
        self.kind.addItem(_("Daftar kemiskinan"), "poverty")
        self.kind.currentIndexChanged.connect(self._take_as)
        kind_words = label(_("&Isi berkas"))
        name_control(self.kind, kind_words, _("Isi berkas"))
        self.source = QComboBox()
        for value, words in choices("poverty_source"):
            if value:
                self.source.addItem(words, value)
        source_words = label(_("&Sumber"))
        name_control(self.source, source_words, _("Sumber data kemiskinan"))
        self.dated = QLineEdit()
        self.dated.setPlaceholderText(_("hh-bb-tttt"))
        self.dated.setFixedWidth(_FIELD)
        self.dated.textChanged.connect(self._look)
        dated_words = label(_("&Tanggal data"))
        name_control(self.dated, dated_words, _("Tanggal data kemiskinan"))
        self._of_poverty = (source_words, self.source, dated_words, self.dated)
        self.table = _table(self.model)
        self.note = Note()
        self.forward = button(_("&Periksa baris"), self._forward, "primary", "check")
        # The place of the note stays where there is nothing to say, or the button would fill it.
        said = QWidget()
        said.setLayout(column(self.note))
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        below = row(said, self.forward)
        below.setStretch(0, 1)
        self.setLayout(
            column(
                row(kind_words, self.kind, *self._of_poverty, None, gap=12),
                label(
                    _("Periksa apakah tiap kolom dibaca dengan benar. Klik untuk mengubahnya; "
                      "pilihan ini diingat untuk berkas berikutnya dengan judul yang sama."),
                    role="quiet",
                    wrap=True,
                ),
                self.table,
                below,
                gap=12,
            )
        )  # fmt: skip

    def show_list(self, opened: OpenedList) -> None:
        """Begins with what was matched."""
        self.model.show(opened.table, opened.matched)
        self.kind.setCurrentIndex(self.kind.findData(opened.matched.kind))
        named = source_named(opened.path.name, opened.table.sheet, *opened.table.headers)
        self.source.setCurrentIndex(self.source.findData(named))
        self.dated.clear()
        self._look()

    def begin(self) -> None:
        """Puts the cursor on what the officer alone knows."""
        wanted = self.model.kind == "poverty" and not self.dated.text()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, FACT))
        (self.dated if wanted else self.table).setFocus()

    @property
    def poverty(self) -> tuple[str, date]:
        """Source and date of a poverty list."""
        return str(self.source.currentData()), read_date(self.dated.text()) or self._today

    def take_poverty(self, source: str, dated: date) -> None:
        """Source and date as they were told before."""
        self.source.setCurrentIndex(max(0, self.source.findData(source)))
        self.dated.setText(short_date(dated))

    def _take_as(self) -> None:
        self.model.take_as(self.kind.currentData())
        self._look()

    def _look(self) -> None:
        """Says what is still wanting, in words; the button waits for it."""
        poverty = self.model.kind == "poverty"
        for part in self._of_poverty:
            part.setVisible(poverty)
        wanting = ""
        if self.model.missing:
            names = ", ".join(column_words(name) for name in self.model.missing)
            wanting = _("Tunjukkan dulu kolom untuk: {columns}.").format(columns=names)
        elif poverty:
            dated = read_date(self.dated.text())
            if dated is None:
                wanting = _("Isi tanggal data itu dikeluarkan, hari-bulan-tahun.")
            elif dated > self._today:
                wanting = _("Tanggal data tidak mungkin sesudah hari ini, {today}.").format(
                    today=short_date(self._today)
                )
        self.note.say(wanting, "caution")
        self.forward.setEnabled(not wanting)

    def _forward(self) -> None:
        self._go_on()


def _table(model: ColumnsModel) -> QTableView:
    made = CursorTable()
    made.setModel(model)
    made.setItemDelegateForColumn(FACT, FactDelegate(made))
    made.setAccessibleName(_("Kolom berkas"))
    made.setEditTriggers(
        QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.DoubleClicked
    )

    def edit(index: QModelIndex) -> None:
        if index.column() == FACT:
            made.edit(index)

    made.clicked.connect(edit)
    made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.verticalHeader().hide()
    made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    made.verticalHeader().setDefaultSectionSize(36)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setStretchLastSection(True)
    made.setColumnWidth(0, 240)
    made.setColumnWidth(1, 300)
    return made
