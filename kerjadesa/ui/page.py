"""The frame of every page: heading, one line of explanation, banner, content."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, fold, label, row

_SHORTEST = 24
"""Letters of a heading that are seen beside buttons; where they are not, it has its own line."""


class Heading(QLabel):
    """Gives way to the buttons beside it; a name too long for its place is whole in the tip."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "heading")
        self.setTextFormat(Qt.TextFormat.PlainText)
        # As high as a button, so that headings stand alike on pages without one.
        self.setMinimumHeight(36)
        self._tell()

    def setText(self, text: str) -> None:  # noqa: N802 -- Qt's name
        """Shows as much of it as there is room for."""
        super().setText(text)
        self._tell()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """Any width."""
        return QSize(0, super().minimumSizeHint().height())

    def wanted(self) -> int:
        """The width in pixels that it should have beside buttons."""
        shortest = self.fontMetrics().averageCharWidth() * _SHORTEST
        return min(self.sizeHint().width(), shortest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """The tip comes and goes with the room."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """Ends in three dots what does not fit."""
        shown, way = self.contentsRect(), Qt.TextElideMode.ElideRight
        self.style().drawItemText(
            QPainter(self),
            shown,
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            self.fontMetrics().elidedText(self.text(), way, shown.width()),
            self.foregroundRole(),
        )

    def _tell(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")


class _Top(QWidget):
    """Heading and buttons: below each other where the buttons alone fill the line."""

    def __init__(self, heading: Heading, actions: QHBoxLayout) -> None:
        super().__init__()
        self._heading, self._actions = heading, actions
        self._line = row(heading, actions)
        self._line.setStretch(1, 1)
        self.setLayout(self._line)

    def event(self, event: QEvent) -> bool:
        """Measures anew, for buttons come and go."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            needed = self._actions.minimumSize().width() + GRID + self._heading.wanted()
            fold(self._line, self.width(), needed)
        return super().event(event)


class Page:
    """Lays a page out and holds its banner."""

    def __init__(self, owner: QWidget, title: str, says: str, *actions: QWidget) -> None:
        self.heading = Heading(title)
        self.says = label(says, role="quiet", wrap=True)
        self.banner = Banner()
        self._layout = QVBoxLayout(owner)
        self._layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._layout.setSpacing(12)
        self._layout.addWidget(_Top(self.heading, row(None, *actions)))
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
