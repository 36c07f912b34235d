"""The F1 sheet: every shortcut, page by page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from kerjadesa.ui.shortcuts import PLACES, Shortcut, shortcuts_of
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, panel, row, scrolled
from kerjadesa.words import _

_SIZE = QSize(720, 620)
_KEYS_WIDTH = 170


class KeysSheet(QDialog):
    """Esc closes it; what lies under it stays as it is."""

    def __init__(self, owner: QWidget, pages: int) -> None:
        """`pages` is how many entries the rail has."""
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Pintasan papan ketik"))
        content = QWidget()
        layout = column(gap=12)
        for page, words in PLACES.items():
            listed = shortcuts_of(page)
            if not page:
                keys = f"Ctrl+1 … Ctrl+{pages}"
                listed.insert(1, Shortcut(keys, (), _("Halaman di kiri, dari atas ke bawah")))
            layout.addWidget(panel(label(_(words), role="lead"), _table(listed)))
        layout.addStretch(1)
        content.setLayout(layout)
        self.area = scrolled(content)
        # The arrow keys scroll it: it holds nothing else that could take the focus.
        self.area.setProperty("role", "keys")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Daftar pintasan"))
        close = button(_("&Tutup"), self.reject, "primary")
        close.setDefault(True)
        self.setLayout(column(self.area, row(None, close), gap=12, margin=2 * GRID))
        self.resize(_SIZE.boundedTo(owner.size() - QSize(GRID, GRID)))
        self.area.setFocus()


def _table(shortcuts: list[Shortcut]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
    grid.setColumnStretch(1, 1)
    for line, one in enumerate(shortcuts):
        keys = label(one.keys, role="keys")
        grid.addLayout(row(keys, None), line, 0)
        grid.addWidget(label(_(one.does), wrap=True), line, 1)
    return made
