"""The table of workers: Enter opens, several can be chosen, headings put it in order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from kerjadesa.actions.list_workers import Order
from kerjadesa.ui.workers_delegate import WorkersDelegate
from kerjadesa.ui.workers_model import WorkersModel
from kerjadesa.words import _

SORTED: dict[str, Order] = {
    "name": "name",
    "jorong": "jorong",
    "born": "birth_date",
    "registered": "newest",
}
"""Columns whose heading puts the list in order."""

_WIDTHS = {
    "nik": 170, "kk": 170, "sex": 60, "born": 170, "jorong": 150, "occupation": 180,
    "programme": 210, "registered": 110, "photo": 60, "printed": 110, "card": 230, "state": 140,
}  # fmt: skip
_NAME_WIDTH = 200
_NARROWEST, _WIDEST = 40, 900
STEP = 20
_MOST_ROWS = 1000
"""More are not drawn in only to be marked: a window that fetches them stands still."""
_ARRANGING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class WorkersTable(QTableView):
    """`opened(index)` on Enter or double click, `sorted_by(order)` on a heading.

    `arranged()` after the operator has moved a column or given it another width.
    """

    def __init__(
        self,
        model: WorkersModel,
        opened: Callable[[QModelIndex], None],
        sorted_by: Callable[[Order], None],
        arranged: Callable[[], None],
    ) -> None:
        super().__init__()
        self._model, self._opened, self._sorted_by = model, opened, sorted_by
        self._arranged = arranged
        self.widths: dict[str, int] = {}
        """Columns that the operator has given another width than they come with."""
        self._fitting = False
        self.setModel(model)
        self._delegate = WorkersDelegate(model, self)
        self.setItemDelegate(self._delegate)
        model.modelReset.connect(self._look_at_marks)
        self.selectionModel().selectionChanged.connect(self._look_at_marks)
        self.selectionModel().currentChanged.connect(self._look_at_cursor)
        self.setAccessibleName(_("Daftar pekerja"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        # All rows are equally high, so that Qt need not ask 10,000 of them.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        # Headings show no marks, yet would look through every marked row to know.
        header.setSelectionModel(QItemSelectionModel(model, self))
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(_NARROWEST)
        header.sectionClicked.connect(self._sort)
        header.sectionMoved.connect(self._moved)
        header.sectionResized.connect(self._resized)
        self.doubleClicked.connect(opened)
        self.fit()

    @property
    def marked(self) -> int:
        """How many rows are marked."""
        return len(self._marked_rows())

    @property
    def chosen(self) -> list[str]:
        """The ids of the rows that are marked, in their order."""
        return self._model.ids(sorted(self._marked_rows()))

    @property
    def column(self) -> str:
        """The column that the cursor stands in, or else the first."""
        return self._model.columns[max(self.currentIndex().column(), 0)]

    def mark(self, workers: Collection[str]) -> None:
        """Marks the rows of these workers, where they are on show."""
        if not workers:
            return
        selection, last = QItemSelection(), self._model.columnCount() - 1
        # A block of rows at a time: Qt takes seconds over a thousand marks of one row each.
        for _shift, block in groupby(enumerate(self._model.rows_of(set(workers))), _shift_of):
            rows = [row for _place, row in block]
            selection.select(self._model.index(rows[0], 0), self._model.index(rows[-1], last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    def arrange(self, columns: Sequence[str], widths: Mapping[str, int] | None = None) -> None:
        """Shows these columns in this order; `widths` replaces those given by hand."""
        if widths is not None:
            known = {name: width for name, width in widths.items() if name in _WIDTHS}
            self.widths = {n: max(_NARROWEST, min(w, _WIDEST)) for n, w in known.items()}
        if list(columns) != self._model.columns:
            self.stay(partial(self._model.show_columns, columns))
        self.fit()

    def stay(self, change: Callable[[], None]) -> None:
        """Draws the rows anew by `change`; marks, cursor and scroll place stay with their people.

        Nobody notices that a mark is gone, and without marks the buttons act on everybody.
        """
        marked, rows, column = self.chosen, self._model.rowCount(), self.column
        here, top = self.currentIndex(), self.verticalScrollBar().value()
        under = self._model.ids([here.row()]) if here.isValid() else []
        change()
        missing = rows - self._model.rowCount()
        if missing > 0 and (marked or under) and self._model.canFetchMore(QModelIndex()):
            self._model.fetch(missing)
        self.mark(marked)
        if found := self._model.rows_of(under):
            columns = self._model.columns
            place = columns.index(column) if column in columns else 0
            flags = QItemSelectionModel.SelectionFlag
            there = self._model.index(found[0], place)
            self.selectionModel().setCurrentIndex(there, flags.NoUpdate)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(top)

    def shift_column(self, column: str, by: int) -> None:
        """Moves a column to the left (-1) or to the right (1)."""
        columns = list(self._model.columns)
        here = columns.index(column)
        there = here + by
        if 0 <= there < len(columns):
            columns.insert(there, columns.pop(here))
            self.arrange(columns)
            self._arranged()

    def widen(self, column: str, by: int) -> None:
        """Gives a column some pixels more, or takes them; the name has what the others leave."""
        if column in _WIDTHS:
            width = self.widths.get(column, _WIDTHS[column]) + by
            self.arrange(self._model.columns, {**self.widths, column: width})
            self._arranged()

    def fit(self) -> None:
        """Gives each column its width; the name takes what is left, or keeps its least."""
        header, mode, taken = self.horizontalHeader(), QHeaderView.ResizeMode, 0
        self._fitting = True
        for place, column in enumerate(self._model.columns):
            if column != "name":
                header.setSectionResizeMode(place, mode.Interactive)
                width = self.widths.get(column, _WIDTHS[column])
                self.setColumnWidth(place, width)
                taken += width
        name = self._model.columns.index("name")
        roomy = self.viewport().width() - taken >= _NAME_WIDTH
        header.setSectionResizeMode(name, mode.Stretch if roomy else mode.Interactive)
        if not roomy:
            self.setColumnWidth(name, _NAME_WIDTH)
        self._fitting = False

    def show_order(self, order: Order) -> None:
        """Marks the heading of the column that the list is ordered by."""
        header = self.horizontalHeader()
        place = next((i for i, c in enumerate(self._model.columns) if SORTED.get(c) == order), -1)
        way = Qt.SortOrder.DescendingOrder if order == "newest" else Qt.SortOrder.AscendingOrder
        if header.isSortIndicatorShown() != (place >= 0):
            header.setSortIndicatorShown(place >= 0)
        if place >= 0 and (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (
            place,
            way,
        ):
            header.setSortIndicator(place, way)

    def selectAll(self) -> None:  # noqa: N802 -- Qt's name
        """Marks everybody on show, the rows that are not fetched yet included."""
        missing = _MOST_ROWS - self._model.rowCount()
        if self._model.canFetchMore(QModelIndex()) and missing > 0:
            self._model.fetch(missing)
        if self._model.more:
            # What is not marked stands for everybody on show, so nobody is left out unseen.
            self.clearSelection()
        else:
            super().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter opens the row that is chosen; Ctrl+Shift and an arrow arrange its column."""
        arranging = {
            Qt.Key.Key_Left: lambda: self.shift_column(self.column, -1),
            Qt.Key.Key_Right: lambda: self.shift_column(self.column, 1),
            Qt.Key.Key_Up: lambda: self.widen(self.column, STEP),
            Qt.Key.Key_Down: lambda: self.widen(self.column, -STEP),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.currentIndex())
        elif event.modifiers() == _ARRANGING and event.key() in arranging:
            arranging[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 -- Qt's name
        """Shows where the cursor stands."""
        super().focusInEvent(event)
        self._look_at_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 -- Qt's name
        """Shows no cursor where no key would reach it."""
        super().focusOutEvent(event)
        self._look_at_cursor()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """Paints the rows itself: Qt would ask style, model and delegate anew for each cell."""
        with QPainter(self.viewport()) as painter:
            self._delegate.paint_rows(painter, event.rect())

    def updateGeometries(self) -> None:  # noqa: N802
        """Keeps the scroll bar where nobody is left: the page hides the table until some are back.

        Without it each column would be given another width, and the rows be painted twice.
        """
        if self._model.rowCount():
            super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shares the new width out."""
        super().resizeEvent(event)
        self.fit()

    def _marked_rows(self) -> frozenset[int]:
        # Qt's own selectedRows compares each block of marked rows with all others.
        blocks = self.selectionModel().selection().toList()
        return frozenset(row for part in blocks for row in range(part.top(), part.bottom() + 1))

    def _look_at_marks(self, *_changed: object) -> None:
        self._delegate.marked = self._marked_rows()

    def _look_at_cursor(self, *_changed: object) -> None:
        here = self.currentIndex()
        shown = self.hasFocus() and here.isValid()
        self._delegate.cursor = (here.row(), here.column()) if shown else None
        self.viewport().update()

    def _sort(self, place: int) -> None:
        order = SORTED.get(self._model.columns[place])
        if order is not None:
            self._sorted_by(order)

    def _moved(self, _section: int, _from: int, _to: int) -> None:
        """Makes the model's columns what the operator has dragged them to."""
        header = self.horizontalHeader()
        places = range(len(self._model.columns))
        dragged = [self._model.columns[header.logicalIndex(place)] for place in places]
        with QSignalBlocker(header):
            for place in places:
                header.moveSection(header.visualIndex(place), place)
        self.arrange(dragged)
        self._arranged()

    def _resized(self, place: int, _before: int, width: int) -> None:
        column = self._model.columns[place] if place < len(self._model.columns) else "name"
        if not self._fitting and width and column != "name":
            mode = self.horizontalHeader().sectionResizeMode(place)
            if mode == QHeaderView.ResizeMode.Interactive:
                self.widths[column] = width
                self._arranged()


def _shift_of(placed: tuple[int, int]) -> int:
    """The same for rows that follow each other, given by their place among those wanted."""
    place, row = placed
    return row - place
