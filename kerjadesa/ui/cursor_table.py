"""A table that shows in which cell the cursor stands."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from kerjadesa.ui.theme import colours


class CursorTable(QTableView):
    """Whole rows are marked in it, yet keys act on one cell: that one wears a frame."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """Draws the frame over the cell, while the table has the focus."""
        super().paintEvent(event)
        here = self.currentIndex()
        if here.isValid() and self.hasFocus():
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(colours.accent))
                painter.drawRect(self.visualRect(here).adjusted(0, 0, -1, -1))
