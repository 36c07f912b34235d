"""The frame of every page: heading, one line of explanation, banner, content."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, label, row


class Page:
    """Lays a page out and holds its banner."""

    def __init__(self, owner: QWidget, title: str, says: str, *actions: QWidget) -> None:
        self.heading = label(title, role="heading")
        # As high as a button, so that headings stand alike on pages without one.
        self.heading.setMinimumHeight(36)
        self.says = label(says, role="quiet", wrap=True)
        self.banner = Banner()
        self._layout = QVBoxLayout(owner)
        self._layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._layout.setSpacing(12)
        top: QHBoxLayout = row(self.heading, None, *actions)
        self._layout.addLayout(top)
        self._layout.addWidget(self.says)
        self.says.setVisible(bool(says))
        self._layout.addWidget(self.banner)

    def leave_rest_empty(self) -> None:
        """Keeps content at the top of a page that it does not fill."""
        self._layout.addStretch(1)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Adds content below what is there."""
        if isinstance(part, QWidget):
            self._layout.addWidget(part, stretch)
        else:
            self._layout.addLayout(part, stretch)
