"""The real window under the hands of `screen_drive`, and waiting until it has come to rest."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from kerjadesa.ui.window import Window
from tests.every_page import draw_in_every_page


def settle(milliseconds: int = 60) -> None:
    """Lets timers of the form and the PDF view run out."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Drive:
    """The window, and waiting until it has come to rest."""

    def __init__(self, window: Window, settle: Callable[[int], None] = settle) -> None:
        """`settle` waits that many milliseconds, or less where nobody looks at the screen."""
        self.window, self.settle = window, settle
        draw_in_every_page()

    def rest(self) -> None:
        """Waits until the lane is idle and everything is drawn."""
        if self.window.lane.busy:
            loop = QEventLoop()
            self.window.lane.busy_changed.connect(lambda busy: busy or loop.quit())
            loop.exec()
        self.settle(60)
