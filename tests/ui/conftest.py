"""A window on an invented office, driven as an operator drives it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Tests never open a window on somebody's desk.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kerjadesa.ui import hand_over_view
from kerjadesa.ui.desk import Desk
from kerjadesa.ui.qt_words import QtWords
from kerjadesa.ui.start import open_window
from kerjadesa.ui.window import Window
from tests.every_page import draw_in_every_page
from tests.office_kit import PASSPHRASE, Clock, opened
from tests.ui.ceremony_table import Table


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Clears away the closed window, which every later style sheet would polish anew."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application = QCoreApplication.instance()
    for words in application.findChildren(QtWords) if application else ():
        application.removeTranslator(words)
        words.deleteLater()


@pytest.fixture(autouse=True, scope="session")
def _pages_at_hand() -> None:
    draw_in_every_page()


class Operator:
    """Types, waits for the lane, and looks at what the window says."""

    def __init__(self, bot: QtBot, window: Window) -> None:
        self.bot, self.window = bot, window

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    def go(self, page: str, **what: Any) -> Any:
        self.desk.go(page, **what)
        return self.desk.page(page)

    def type(self, text: str, into: QWidget | None = None) -> None:
        self.bot.keyClicks(into or self.focus, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        if modifier is None:
            self.bot.keyClick(self.focus, key)
        else:
            self.bot.keyClick(self.focus, key, modifier)

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def wait(self, action: Callable[[], object]) -> None:
        """Does something that works in the lane and waits until the lane is idle again."""
        with self.bot.waitSignal(
            self.window.lane.busy_changed, timeout=20_000, check_params_cb=lambda busy: not busy
        ):
            action()


def _window(bot: QtBot, home: Path) -> Window:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = open_window(application, home, Clock())
    # A failed test must not hang at a question that nobody answers.
    bot.addWidget(window, before_close_func=lambda _window: setattr(window, "_closing", True))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    bot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path) -> Operator:
    """An operator before the first start."""
    return Operator(qtbot, _window(qtbot, tmp_path / "home"))


@pytest.fixture
def locked(qtbot: QtBot, tmp_path: Path) -> Operator:
    """An operator before a locked register."""
    with opened(tmp_path / "home"):
        pass
    return Operator(qtbot, _window(qtbot, tmp_path / "home"))


@pytest.fixture
def operator(locked: Operator) -> Iterator[Operator]:
    """An operator at an unlocked, empty register."""
    assert locked.window.unlock is not None
    locked.type(PASSPHRASE)
    locked.wait(lambda: locked.press(Qt.Key.Key_Return))
    yield locked
    locked.window.lane.cancel()


@pytest.fixture
def table(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> Table:
    """An operator on the day of a ceremony."""
    # Nobody waits in a test for the moment in which a scanner may send a second Enter.
    monkeypatch.setattr(hand_over_view, "SECOND_ENTER", 0)
    return Table(operator)
