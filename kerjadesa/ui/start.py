"""Opens the window on a home folder."""

import gc
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from kerjadesa.incidents import start_log, stop_log
from kerjadesa.ui.dress import SYSTEM, dress
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.qt_words import QtWords
from kerjadesa.ui.questions import say
from kerjadesa.ui.window import Window
from kerjadesa.words import _, use_language


def run_window(home: Path) -> int:
    """Opens the window and stays until it is closed; returns the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 -- nothing else makes one
    application.setApplicationName("KerjaDesa")
    try:
        handler = start_log(home)
    except OSError:
        say(_("Folder data {folder} tidak dapat ditulis. Periksa izinnya.").format(folder=home))
        return 1
    window = open_window(application, home, _wall_clock)
    _watch_for_surprises(window)
    window.show()
    # While the operator types the passphrase, what comes after it is read from the disk.
    threading.Thread(target=preload, name="preload", daemon=True).start()
    code = application.exec()
    stop_log(handler)
    return code


def open_window(application: QApplication, home: Path, now: Callable[[], datetime]) -> Window:
    """The window on this home, dressed and in the operator's language, not shown yet."""
    preferences = open_preferences(home)
    use_language(str(preferences.value("language", "id")))
    words = QtWords(application)
    application.installTranslator(words)
    dress(application, str(preferences.value("theme", SYSTEM)))
    return Window(home, now, preferences)


def preload() -> None:
    """Draws in the modules that the unlocked register needs, ahead of time."""
    import kerjadesa.actions.set_programme
    import kerjadesa.actions.unlock
    import kerjadesa.ui.desk
    import kerjadesa.ui.home_page
    import kerjadesa.ui.register_page
    import kerjadesa.ui.workers_page  # noqa: F401

    # Modules stay for good; looking them through for garbage held the window up for 150 ms.
    gc.freeze()


def _wall_clock() -> datetime:
    return datetime.now().astimezone()


def _watch_for_surprises(window: Window) -> None:
    """An exception nobody foresaw is logged and said in the window, which stays usable."""

    def surprise(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        window.surprise(error)

    sys.excepthook = surprise
