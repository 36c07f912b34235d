"""How a cell of the list of workers is painted: itself, in a third of the time a style takes."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from kerjadesa.ui.theme import colours
from kerjadesa.ui.workers_model import WorkersModel

_MARGIN = 8
_ICON = 16
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class WorkersDelegate(QStyledItemDelegate):
    """Asks the model once for a cell, and the style not at all: rows follow every keystroke."""

    def __init__(self, model: WorkersModel, table: QTableView) -> None:
        super().__init__(table)
        self._model = model
        self.marked: frozenset[int] = frozenset()
        """The rows that are marked."""
        self.cursor: tuple[int, int] | None = None
        """Row and column of the cursor, while the table has the focus."""
        self._metrics = QFontMetrics(table.font())
        self._fitting = lru_cache(maxsize=4096)(self._fit)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground where it is marked, icon, words."""
        box: QRect = option.rect
        row, column = index.row(), index.column()
        # The style's own word for it is a flag, which Python takes longer to read than all of this.
        if row in self.marked:
            painter.fillRect(box, QColor(colours.accent_ground))
        if (row, column) == self.cursor:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        cell = self._model.cell(row, column)
        left = box.x() + _MARGIN
        if cell.picture is not None:
            self._paint_icon(painter, cell.picture, left, box)
            left += _ICON + _MARGIN - 2
        width = box.right() - left - _MARGIN
        if cell.words and width > 0:
            painter.setPen(QColor(cell.colour or colours.text))
            words = self._fitting(cell.words, width)
            painter.drawText(QRect(left, box.y(), width + _MARGIN, box.height()), _LINE, words)

    def sizeHint(  # noqa: N802 -- Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as the words want it."""
        cell = self._model.cell(index.row(), index.column())
        width = self._metrics.horizontalAdvance(cell.words) + 2 * _MARGIN
        if cell.picture is not None:
            width += _ICON + _MARGIN
        return QSize(width + 2, 2 * _MARGIN + self._metrics.height())

    def _paint_icon(self, painter: QPainter, picture: QIcon, left: int, box: QRect) -> None:
        top = box.y() + (box.height() - _ICON) // 2
        picture.paint(painter, QRect(left, top, _ICON, _ICON))

    def _fit(self, words: str, width: int) -> str:
        return self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
