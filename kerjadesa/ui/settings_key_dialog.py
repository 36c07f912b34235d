"""What the boxes for another passphrase and another recovery key have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import BusyBar, Note, button, label, name_control
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

T = TypeVar("T")

_WIDTH = 560


class KeyDialog(QDialog):
    """Works in the lane, for a key is slow to derive; it stays open until the outcome is known."""

    def __init__(self, owner: QWidget, around: "Around", heading: str) -> None:
        super().__init__(owner)
        self._around = around
        self._working = False
        self._width = min(_WIDTH, owner.window().width() - 2 * GRID)
        # What was typed into it is not kept for longer than it is on screen.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.heading = label(heading, role="lead")
        self.note = Note()
        self.busy = BusyBar(lambda: None)
        self.shown = QCheckBox(_("&Tampilkan"))
        self.shown.toggled.connect(self._reveal)
        self.cancel_button = button(_("&Batal"), self.reject)
        self._secrets: list[QLineEdit] = []

    def reject(self) -> None:
        """Closes, but not before the outcome of what is being written is known."""
        if not self._working:
            super().reject()

    def secret(self, caption: str) -> tuple[QWidget, QLineEdit]:
        """A caption and its field for what nobody should read over a shoulder."""
        control, words = QLineEdit(), label(caption)
        control.setEchoMode(QLineEdit.EchoMode.Password)
        name_control(control, words, caption.replace("&", ""))
        control.textChanged.connect(self.look)
        self._secrets.append(control)
        return words, control

    def look(self) -> None:
        """Called after each letter."""

    def work(
        self, words: str, work: Callable[[], T], done: Callable[[T], object], retry: QLineEdit
    ) -> None:
        """Does it in the lane; a refusal is said, and `retry` is where the operator goes on."""
        self._hold(True)
        self.note.say("")
        self.busy.begin(words, stoppable=False)
        self.fit()

        def succeeded(outcome: T) -> None:
            self._hold(False)
            done(outcome)

        def failed(text: str) -> None:
            self._hold(False)
            self.note.say(text)
            self.fit()
            retry.setFocus()
            retry.selectAll()

        self._around.lane.submit(
            lambda _ticket: work(), succeeded, failed, stopped=lambda: self._hold(False)
        )

    def fit(self) -> None:
        """As high as its sentences need, and wide enough for what cannot be broken."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(self._width, layout.totalMinimumSize().width())
            self.setFixedSize(width, layout.totalHeightForWidth(width))

    def _hold(self, working: bool) -> None:
        self._working = working
        for control in (*self._secrets, self.cancel_button):
            control.setEnabled(not working)
        if not working:
            self.busy.hide()
        self.look()

    def _reveal(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        for control in self._secrets:
            control.setEchoMode(modes.Normal if shown else modes.Password)
