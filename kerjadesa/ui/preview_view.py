"""The rows of a list under review: counted, filtered, mended, chosen."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kerjadesa.actions.row_verdicts import Preview, Verdict
from kerjadesa.ui.cursor_table import CursorTable
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.icons import icon
from kerjadesa.ui.import_words import OUTCOMES, group_of
from kerjadesa.ui.labels import number
from kerjadesa.ui.preview_model import OUTCOME, REASON, ROW, PreviewModel
from kerjadesa.ui.widgets import button, column, label, plainly, row, tone_colour
from kerjadesa.words import _

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {ROW: 84, OUTCOME: 150}
_COLUMN_WIDTHS = {
    "nik": 154,
    "no_kk": 154,
    "nama": 170,
    "tanggallahir": 110,
    "desil": 70,
    REASON: 430,
}
_OTHER_WIDTH = 140
_SHEET_AND_ROW = 180


class PreviewView(QWidget):
    """`write` is called with the rows chosen still in the model.

    `opened(verdict)` when whoever is registered is to be looked at, `leave` when there is no more
    to write.
    """

    def __init__(
        self,
        write: Callable[[], object],
        save: Callable[[], object],
        columns: Callable[[], object],
        opened: Callable[[Verdict], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self.model = PreviewModel()
        self.model.touched.connect(self._count)
        self.filters: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        buttons = row(*self._filter_buttons(), None)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Cari nama, NIK, nomor baris atau alasan"))
        self.words.setAccessibleName(_("Cari di daftar ini"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.narrow)
        all_ = button(_("Pilih semu&a"), lambda: self.model.choose(True))
        none = button(_("Lepas &semua"), lambda: self.model.choose(False))
        self.columns = button(_("&Kolom…"), columns)
        self.table = PreviewTable(self.model, opened)
        held = QWidget()
        self._lists = QStackedLayout(held)
        self._lists.addWidget(self.table)
        self._lists.addWidget(
            empty_state("search", _("Tidak ada baris di sini."), _("Pilih saringan yang lain."))
        )
        self.told = label(role="quiet", wrap=True)
        self.table.selectionModel().currentChanged.connect(plainly(self._tell))
        self.save = button(_("Simpan lap&oran…"), save, picture_name="save")
        self.write = button("", write, "primary", "check", "Ctrl+S")
        tools = row(self.words, all_, none, self.columns)
        tools.setStretch(0, 1)
        self.leave = button(_("Ke daftar &pekerja"), leave, "primary", "people")
        below = row(self.told, self.save, self.write, self.leave)
        below.setStretch(0, 1)
        layout = column(buttons, tools, held, below, gap=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_preview(self, preview: Preview) -> None:
        """Begins with every row of another list."""
        self.model.locked = False
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.filters[""].setChecked(True)
        self.model.show(preview)
        for section in range(self.model.columnCount()):
            name = self.model.columns[section - len(_WIDTHS)] if section > OUTCOME else ""
            width = _WIDTHS.get(section) or _COLUMN_WIDTHS.get(name, _OTHER_WIDTH)
            if section == ROW and preview.table.parts:
                # The sheet stands before the number; cut off, the number would say nothing.
                width = _SHEET_AND_ROW
            self.table.setColumnWidth(section, width)
        self._lists.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._count()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, OUTCOME))

    def narrow(self) -> None:
        """Shows the rows that the pressed button and the words leave."""
        chosen = next(name for name, made in self.filters.items() if made.isChecked())
        self.model.narrow(chosen, self.words.text())
        self._lists.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._tell()

    def show_group(self, name: str) -> None:
        """Shows one group of `OUTCOMES`, with the cursor on its first row."""
        self.words.clear()
        self.filters[name].setChecked(True)
        self.narrow()
        self._count()
        self.table.setCurrentIndex(self.model.index(0, OUTCOME))
        self.table.setFocus()

    def lock(self, locked: bool) -> None:
        """Nothing is mended or chosen while rows are written."""
        self.model.locked = locked
        for made in (self.save, self.columns):
            made.setEnabled(not locked)
        self._count()

    def counts(self) -> dict[str, int]:
        """How many rows stand under each button; all of them under the empty name."""
        preview = self.model.preview
        assert preview is not None  # noqa: S101 -- there is a list on show
        # Rows are many and kinds of verdict few: one look at each row, at every tick.
        kinds = Counter((outcome, bool(codes)) for outcome, codes, _nik in preview.verdicts)
        counted = dict.fromkeys(OUTCOMES, 0)
        for kind, count in kinds.items():
            counted[group_of(*kind)] += count
        return {"": len(preview.verdicts), **counted}

    def _filter_buttons(self) -> list[QPushButton]:
        for name in ("", *OUTCOMES):
            made = button("", self.narrow, "filter")
            made.setCheckable(True)
            if name:
                look = OUTCOMES[name]
                made.setIcon(icon(look.icon, tone_colour(look.tone), 16))
            self._group.addButton(made)
            self.filters[name] = made
        return list(self.filters.values())

    def _count(self) -> None:
        if (preview := self.model.preview) is None:
            return
        counts = self.counts()
        for name, made in self.filters.items():
            word = _(OUTCOMES[name].word) if name else _("Semua")
            words = _("{word}: {count}").format(word=word, count=number(counts[name]))
            # As `button` does it: Fusion leaves no gap between an icon and the words.
            made.setText(f" {words}" if name else words)
            made.setAccessibleName(words)
            # A group without rows takes no room, unless its rows were on show a moment ago.
            made.setVisible(bool(counts[name]) or not name or made.isChecked())
        chosen = len(self.model.chosen)
        words = (
            _("Daftarkan {count} pekerja")
            if preview.kind == "residents"
            else _("Tulis desil {count} pekerja")
        ).format(count=number(chosen))
        self.write.setText(f" {words}")
        self.write.setAccessibleName(words)
        self.write.setEnabled(bool(chosen) and not self.model.locked)
        standing = counts["done"] or counts["check"] or counts["unchanged"]
        over = bool(standing) and not (counts["new"] or counts["warned"] or self.model.locked)
        self.leave.setVisible(over)
        self.write.setVisible(not over)
        self._tell()

    def _tell(self) -> None:
        """The whole reason of the row under the cursor, for the column may cut it off."""
        place = self.table.currentIndex()
        reason = str(place.data(Qt.ItemDataRole.ToolTipRole) or "") if place.isValid() else ""
        if self.model.registered(place):
            opens = _("Enter atau klik ganda membuka datanya.")
            self.told.setText(f"{reason} {opens}".strip())
            return
        self.told.setText(
            reason or _("Spasi memilih baris; F2 atau klik ganda memperbaiki isinya.")
        )


class Views(QWidget):
    """On a small screen the table gives way, and the buttons below it stay in sight."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802 -- Qt's name
        """No: a page that asks for it gets the height its tables would like, and scrolls."""
        return False


class PreviewTable(CursorTable):
    """Space turns the ticks of the selected rows, Enter begins to mend a cell.

    Whoever is registered is mended in the register: `opened(verdict)` on Enter or double click.
    """

    def __init__(self, model: PreviewModel, opened: Callable[[Verdict], object]) -> None:
        super().__init__()
        self._rows, self._opened = model, opened
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(model, self))
        self.setAccessibleName(_("Baris daftar"))
        self.setEditTriggers(
            QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.DoubleClicked
        )
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(32)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Ticks the row, wherever in it the cursor stands."""
        if self.state() == QTableView.State.EditingState:
            # Enter has ended the editing and comes by here on its way up.
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._rows.toggle(sorted(row.row() for row in self.selectionModel().selectedRows()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            if not self._open(self.currentIndex()):
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        """Opens whoever is registered, or else begins to mend the cell."""
        if not self._open(self.indexAt(event.position().toPoint())):
            super().mouseDoubleClickEvent(event)

    def _open(self, index: QModelIndex) -> bool:
        if (verdict := self._rows.registered(index)) is not None:
            self._opened(verdict)
        return verdict is not None


class _CellDelegate(QStyledItemDelegate):
    """Tells the model at each keystroke what is being typed; mended cells keep their colour."""

    def __init__(self, model: PreviewModel, table: QTableView) -> None:
        super().__init__(table)
        self._rows = model

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        """A cell with a ground of its own is not painted over where its row is marked."""
        super().initStyleOption(option, index)
        if option.backgroundBrush.style() != Qt.BrushStyle.NoBrush:
            option.state &= ~QStyle.StateFlag.State_Selected

    def createEditor(  # noqa: N802 -- Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """A line; the cell stays where it is while somebody types into it."""
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            cell = QPersistentModelIndex(index)
            editor.textEdited.connect(lambda text: self._hear(cell, text))
        return editor

    def _hear(self, cell: QPersistentModelIndex, text: str) -> None:
        if cell.isValid():
            self._rows.hear(cell, text)

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 -- Qt's name
        """What was typed is taken by now, or was given up."""
        self._rows.end_typing()
        super().destroyEditor(editor, index)
