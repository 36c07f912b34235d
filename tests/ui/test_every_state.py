"""Walks the window through every state that is photographed and looks for what shuts people out."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kerjadesa.ui.start import open_window
from tests.office_kit import Clock
from tests.screen_drive import pages
from tests.screen_window import Drive


def controls(inside: QWidget) -> list[QWidget]:
    """What the Tab key should reach."""
    return [
        part
        for part in inside.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.isVisible()
        and part.isEnabled()
        and part.focusProxy() is None
        # Of several of which one is chosen, Tab comes to that one and the arrow keys to the rest.
        and not (isinstance(part, QAbstractButton) and passed_over(part))
        # The inside of a combo or a list is that control's own.
        and not isinstance(part.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView)
        and part.window() is inside
    ]


def passed_over(button: QAbstractButton) -> bool:
    return bool(button.group() or button.autoExclusive()) and not button.isChecked()


def spoken(control: QWidget) -> str:
    """What a screen reader says of a control."""
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def letters(inside: QWidget) -> list[str]:
    """Alt and a letter that means two things."""
    parts: list[QAbstractButton | QLabel] = [
        *inside.findChildren(QAbstractButton),
        *(part for part in inside.findChildren(QLabel) if part.buddy()),
    ]
    found = Counter(
        QKeySequence.mnemonic(part.text()).toString() for part in parts if part.isVisible()
    )
    return [letter for letter, uses in found.items() if letter and uses > 1]


def unreached(inside: QWidget) -> list[str]:
    """Controls that Tab never comes to, or whose look does not tell that they have the focus."""
    wanted = controls(inside)
    before = QApplication.focusWidget()
    missing, unseen = {id(part): spoken(part) for part in wanted}, []
    if wanted:
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _step in range(2 * len(wanted) + 10):
        now = QApplication.focusWidget()
        if now is None or not missing:
            break
        focused = now.grab().toImage()
        QTest.keyClick(now, Qt.Key.Key_Tab)
        told = now.grab().toImage() != focused
        if missing.pop(id(now), None) is not None and not told and len(wanted) > 1:
            unseen.append(f"{spoken(now)} looks the same without the focus")
    if before is not None:
        before.setFocus()
    return [f"{name} is not reached" for name in missing.values()] + unseen


def settle(milliseconds: int) -> None:
    """Waits that long at most, and only while something waits its turn: nobody takes a picture."""
    patience = QDeadlineTimer(milliseconds)
    while True:
        turn = QEventLoop()
        QTimer.singleShot(5, turn.quit)
        turn.exec()
        if patience.hasExpired() or not any(
            timer.isActive() and timer.isSingleShot()
            for window in QApplication.topLevelWidgets()
            for timer in window.findChildren(QTimer)
        ):
            return


def test_every_state_is_usable_by_keyboard_and_screen_reader(qtbot: QtBot, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    clock = Clock()
    window = open_window(application, tmp_path / "home", clock)
    qtbot.addWidget(window, before_close_func=lambda _window: setattr(window, "_closing", True))
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    drive, faults = Drive(window, settle), []
    for state in pages(drive, tmp_path, clock):
        drive.rest()
        shown = QApplication.activeModalWidget() or window
        # A box that was closed leaves nobody active where no desktop hands the focus back.
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        faults += [f"{state}: a {type(part).__name__} has no name" for part in controls(shown)
                   if not spoken(part)]  # fmt: skip
        faults += [f"{state}: {letter} means two things" for letter in letters(shown)]
        faults += [f"{state}: {fault}" for fault in unreached(shown)]
    assert faults == [], "\n".join(faults)
