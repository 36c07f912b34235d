"""How long a window takes from the start of the process to its first paint.

`measure(home, passphrase)` is for the bench; each figure is the quickest of a few fresh processes.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process."""

    bare: float
    """An empty PySide6 window is painted."""
    lock: float
    """KerjaDesa's window is painted and takes the passphrase."""
    register: float
    """The list of workers is painted, the passphrase given the moment it could be."""
    opening: float
    """From Enter to the list of workers, for somebody who takes a second to type."""


def measure(home: Path, passphrase: str) -> Start:
    """Measures on a home that is set up."""
    return Start(
        *(_quickest(what, home, passphrase) for what in ("bare", "lock", "register", "opening"))
    )


def _quickest(what: str, home: Path, passphrase: str) -> float:
    environment = {**os.environ, "KERJADESA_PASSPHRASE": passphrase}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its bytecode; without it each start would compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.ui.measure_start", what, str(home)]
    root = Path(__file__).resolve().parents[2]
    times = []
    for _round in range(ROUNDS):
        begun = time.monotonic()
        run = subprocess.run(
            command,
            cwd=root,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            # A window that stumbled stays open, as it should; nobody looks at this one.
            timeout=60,
        )
        painted, entered = (float(word) for word in run.stdout.split()[-2:])
        times.append(painted - (entered or begun))
    return min(times)


def _painted(widget: object, then: Callable[[], None]) -> object:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    watch = Watch()
    widget.installEventFilter(watch)  # type: ignore[attr-defined]
    return watch


def _say_and_leave(entered: float = 0) -> None:
    print(time.monotonic(), entered, flush=True)
    os._exit(0)


def _child(what: str, home: Path) -> None:
    if what == "bare":
        from PySide6.QtWidgets import QApplication, QWidget

        application = QApplication([])
        bare = QWidget()
        watch = _painted(bare, _say_and_leave)  # noqa: F841 -- an unheld filter is collected
        bare.show()
        application.exec()
        return

    from kerjadesa.ui import start
    from kerjadesa.ui.window import Window

    watches: list[object] = []

    def show_list(window: Window, entered: float) -> None:
        window.desk.go("workers")  # type: ignore[union-attr]
        table = window.desk.page("workers").table  # type: ignore[union-attr]
        watches.append(_painted(table.viewport(), lambda: _say_and_leave(entered)))

    def unlock(window: Window) -> None:
        entered = 0.0
        if what == "opening":
            start.preload()
            entered = time.monotonic()
        window.lane.busy_changed.connect(lambda busy: busy or show_list(window, entered))
        window.unlock.passphrase.setText(os.environ["KERJADESA_PASSPHRASE"])  # type: ignore[union-attr]
        window.unlock.open()  # type: ignore[union-attr]

    shown = Window.showEvent

    def show_event(self: Window, event: object) -> None:
        shown(self, event)  # type: ignore[arg-type]
        then = _say_and_leave if what == "lock" else lambda: unlock(self)
        watches.append(_painted(self, then))

    Window.showEvent = show_event  # type: ignore[method-assign, assignment]
    start.run_window(home)


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
