"""The table of workers: Enter opens, several can be chosen, headings put it in order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from kerjadesa.actions.list_workers import Order
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
_MOST_ROWS = 5000
"""More are not drawn in only to be marked."""


class WorkersTable(QTableView):
    """`opened(index)` on Enter or double click, `sorted_by(order)` on a heading."""

    def __init__(
        self,
        model: WorkersModel,
        opened: Callable[[QModelIndex], None],
        sorted_by: Callable[[Order], None],
    ) -> None:
        super().__init__()
        self._model, self._opened, self._sorted_by = model, opened, sorted_by
        self.setModel(model)
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
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(opened)
        self.fit()

    @property
    def chosen(self) -> list[str]:
        """The ids of the rows that are marked, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        workers = (self._model.worker(self._model.index(row, 0)) for row in rows)
        return [worker.id for worker in workers if worker is not None]

    def mark(self, workers: Sequence[str]) -> None:
        """Marks the rows of these workers, where they are on show."""
        wanted = set(workers)
        flags = QItemSelectionModel.SelectionFlag
        for row in range(self._model.rowCount() if wanted else 0):
            index = self._model.index(row, 0)
            worker = self._model.worker(index)
            if worker is not None and worker.id in wanted:
                self.selectionModel().select(index, flags.Select | flags.Rows)

    def fit(self) -> None:
        """Gives each column its width; the name takes what is left, or keeps its least."""
        header, columns = self.horizontalHeader(), self._model.columns
        for place, column in enumerate(columns[1:], start=1):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(place, _WIDTHS[column])
        taken = sum(_WIDTHS[column] for column in columns[1:])
        roomy = self.viewport().width() - taken >= _NAME_WIDTH
        mode = QHeaderView.ResizeMode
        header.setSectionResizeMode(0, mode.Stretch if roomy else mode.Interactive)
        if not roomy:
            self.setColumnWidth(0, _NAME_WIDTH)

    def show_order(self, order: Order) -> None:
        """Marks the heading of the column that the list is ordered by."""
        header = self.horizontalHeader()
        place = next((i for i, c in enumerate(self._model.columns) if SORTED.get(c) == order), -1)
        header.setSortIndicatorShown(place >= 0)
        if place >= 0:
            falling = order == "newest"
            ways = Qt.SortOrder
            header.setSortIndicator(place, ways.DescendingOrder if falling else ways.AscendingOrder)

    def selectAll(self) -> None:  # noqa: N802 -- Qt's name
        """Marks everybody on show, the rows that are not fetched yet included."""
        parent = QModelIndex()
        while self._model.canFetchMore(parent) and self._model.rowCount() < _MOST_ROWS:
            self._model.fetchMore(parent)
        if self._model.more:
            # What is not marked stands for everybody on show, so nobody is left out unseen.
            self.clearSelection()
        else:
            super().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter opens the row that is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shares the new width out."""
        super().resizeEvent(event)
        self.fit()

    def _sort(self, place: int) -> None:
        order = SORTED.get(self._model.columns[place])
        if order is not None:
            self._sorted_by(order)
