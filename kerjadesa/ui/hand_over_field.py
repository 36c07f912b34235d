"""The line into which the scanner types while everything else is done by other keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton

from kerjadesa.cards.verify import LONGEST_TEXT

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class ScanField(QLineEdit):
    """It never loses the focus to a list: the keys that move through one are passed on."""

    def __init__(
        self,
        escape: Callable[[], object],
        step: Callable[[int], bool],
        turn: Callable[[int], bool],
    ) -> None:
        """`step` and `turn` (with the line empty) say whether there was anything to move in."""
        super().__init__()
        self._escape, self._step, self._turn = escape, step, turn
        self.setMaxLength(LONGEST_TEXT)

    def event(self, event: QEvent) -> bool:
        """Leaves Ctrl+Z to the hand-over: a line that is emptied by every scan has no past."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Typing, unless there is another use for the key."""
        key = event.key()
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        used = False
        if key == Qt.Key.Key_Escape:
            self._escape()
            used = True
        elif key in _STEPS:
            used = self._step(_STEPS[Qt.Key(key)])
        elif key in sideways and not self.text():
            used = self._turn(sideways[Qt.Key(key)])
        if not used:
            super().keyPressEvent(event)


def quiet(made: QPushButton) -> QPushButton:
    """A button for the mouse and its own key: the focus stays where the scanner types."""
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
