"""The columns of a file, what each was taken for, and three cells of it."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kerjadesa.domain.nik import mask
from kerjadesa.intake.match_columns import (
    Matched,
    examples,
    known_columns,
    match_columns,
    needed_columns,
)
from kerjadesa.intake.table import Table
from kerjadesa.ui.icons import icon
from kerjadesa.ui.import_words import column_words, place_letters
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_Index = QModelIndex | QPersistentModelIndex
HEADER, FACT, EXAMPLES = range(3)


class ColumnsModel(QAbstractTableModel):
    """One row for each column of the file; the middle one is for the officer to correct."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None
        self.kind = "residents"
        self.places: dict[str, int] = {}
        self._guessed: frozenset[str] = frozenset()

    def show(self, table: Table, matched: Matched) -> None:
        """Begins anew with another file."""
        self.beginResetModel()
        self._table, self.kind = table, matched.kind
        self.places, self._guessed = dict(matched.places), matched.guessed
        self.endResetModel()

    def take_as(self, kind: str) -> None:
        """Reads the file as a list of another kind."""
        if kind != self.kind and self._table is not None:
            self.show(self._table, match_columns(self._table, kind))

    @property
    def missing(self) -> list[str]:
        """The needed columns nobody has pointed out yet."""
        return [column for column in needed_columns(self.kind) if column not in self.places]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many columns the file has."""
        return 0 if parent.isValid() or self._table is None else len(self._table.headers)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Header, fact, examples."""
        return 0 if parent.isValid() else EXAMPLES + 1

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Kolom di berkas"), _("Dibaca sebagai"), _("Contoh isi"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only what a column is read as can be changed."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == FACT else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell; examples are read when they come into sight."""
        assert self._table is not None  # noqa: S101 -- there are no rows without a table
        place, column = index.row(), index.column()
        taken = self._taken(place)
        if column == FACT and role == Qt.ItemDataRole.EditRole:
            return taken
        if column == FACT and role == Qt.ItemDataRole.DecorationRole:
            return icon("down", tone_colour("accent"), 14)
        if role == Qt.ItemDataRole.DisplayRole:
            if column == HEADER:
                return self._table.headers[place] or _("Kolom {letter}").format(
                    letter=place_letters(place)
                )
            if column == EXAMPLES:
                # The queue looks over the operator's shoulder: sixteen digits show masked here too.
                return "   |   ".join(
                    mask(text) if len(text) == 16 and text.isdigit() else text
                    for text in examples(self._table, place)
                )
            if taken in self._guessed:
                return _("{column} (dikira dari isinya)").format(column=column_words(taken))
            return column_words(taken) if taken else _("(tidak dipakai)")
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Takes a column of the file for this fact, and no other column for it any more."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        place = index.row()
        self._guessed -= {value, self._taken(place)}
        self.places = {c: p for c, p in self.places.items() if p != place and c != value}
        if value:
            self.places[str(value)] = place
        self.dataChanged.emit(self.index(0, FACT), self.index(self.rowCount() - 1, FACT))
        return True

    def _taken(self, place: int) -> str:
        return next((column for column, taken in self.places.items() if taken == place), "")


class FactDelegate(QStyledItemDelegate):
    """Lets the officer choose what a column is read as."""

    def createEditor(  # noqa: N802 -- Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """A list of the facts."""
        chooser = QComboBox(parent)
        chooser.setAccessibleName(_("Dibaca sebagai"))
        chooser.addItem(_("(tidak dipakai)"), "")
        model = index.model()
        assert isinstance(model, ColumnsModel)  # noqa: S101 -- made for it
        for column in known_columns(model.kind):
            chooser.addItem(column_words(column), column)
        chooser.activated.connect(lambda _place: self._chosen(chooser))
        return chooser

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802
        """Begins at what the column is read as now."""
        assert isinstance(editor, QComboBox)  # noqa: S101 -- made above
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        editor.showPopup()

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:  # noqa: N802
        """Keeps what was chosen."""
        assert isinstance(editor, QComboBox)  # noqa: S101 -- made above
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def _chosen(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
