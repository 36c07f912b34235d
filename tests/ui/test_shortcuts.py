"""One table of shortcuts: the pages listen to it, the F1 sheet and the docs say it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kerjadesa.actions.list_workers import page as listed
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.desk import RAIL
from kerjadesa.ui.keys_sheet import KeysSheet
from kerjadesa.ui.shortcuts import PLACES, SHORTCUTS, TYPED, shortcuts_of
from tests.office_kit import worker
from tests.ui.conftest import Operator

DOCS = Path(__file__).parents[2] / "docs" / "interface.md"
RAIL_KEYS = f"Ctrl+1 … Ctrl+{len(RAIL)}"
PAGES = ("register", "import", "worker", "same_person", *(entry.page for entry in RAIL))


def spelled_out(keys: str) -> set[str]:
    """`Ctrl+1 … Ctrl+3` as the three that it means."""
    first, _dots, last = keys.partition(" … ")
    if not last:
        return {keys}
    return {f"{first[:-1]}{number}" for number in range(int(first[-1]), int(last[-1]) + 1)}


def heard(inside: QWidget) -> set[str]:
    """What a widget and its parts listen to."""
    return {
        part.key().toString(QKeySequence.SequenceFormat.PortableText)
        for part in inside.findChildren(QShortcut)
    }


def visit(operator: Operator, page: str) -> Any:
    """A page with somebody on it."""
    office = operator.window.office
    assert office is not None
    if page != "worker":
        return operator.go(page)
    assert isinstance(register(office, worker(1)), Registered)
    return operator.go("worker", worker=listed(office, 1)[0].id)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_listens_to_what_the_sheet_says_of_it(operator: Operator, page: str) -> None:
    told = {keys for one in SHORTCUTS if page in one.pages for keys in spelled_out(one.keys)}
    assert heard(visit(operator, page)) == told, "put it into kerjadesa/ui/shortcuts.py"


def test_everywhere_the_window_listens_to_what_the_sheet_says(operator: Operator) -> None:
    pages = heard(operator.window) - heard(operator.go("home"))
    assert pages == {one.keys for one in SHORTCUTS if not one.pages} | spelled_out(RAIL_KEYS)


def test_every_page_of_the_table_is_on_the_sheet() -> None:
    shown = {one for place in PLACES for one in shortcuts_of(place)}
    assert shown == {*SHORTCUTS, *TYPED}


def test_the_docs_have_the_same_table() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|\n ").split("|")]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not line.startswith("|--")
    ]
    assert rows[0] == ["key", "where", "does"]
    wanted = {(one.keys, ", ".join(one.pages) or "anywhere") for one in (*SHORTCUTS, *TYPED)}
    assert {(key, where) for key, where, _does in rows[1:]} == wanted | {(RAIL_KEYS, "anywhere")}
    assert len(rows) - 1 == len(wanted) + 1


@pytest.mark.parametrize("page", PAGES)
def test_a_button_with_a_shortcut_says_so_in_its_tip(operator: Operator, page: str) -> None:
    visit(operator, page)
    silent = [
        f"{part.accessibleName()}: {keys}"
        for part in operator.window.findChildren(QPushButton)
        for shortcut in part.findChildren(
            QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        if (keys := shortcut.key().toString()) not in part.toolTip()
    ]
    assert silent == []


def test_registering_and_importing_are_one_key_away_from_anywhere(operator: Operator) -> None:
    for entry in RAIL:
        operator.go(entry.page)
        operator.bot.keyClick(operator.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert operator.desk.name == "register"
        operator.go(entry.page)
        operator.bot.keyClick(operator.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert operator.desk.name == "import"


def test_f1_shows_every_shortcut_and_escape_goes_back_to_the_work(operator: Operator) -> None:
    search = operator.go("workers").search
    search.setFocus()
    operator.press(Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, KeysSheet)
    said = {part.text() for part in sheet.findChildren(QLabel)}
    assert {one.keys for one in (*SHORTCUTS, *TYPED)} | {RAIL_KEYS} <= said
    assert {one.does for one in (*SHORTCUTS, *TYPED)} <= said
    assert sheet.size().boundedTo(operator.window.size()) == sheet.size()
    operator.bot.keyClick(sheet, Qt.Key.Key_Escape)
    operator.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert operator.focus is search


def test_f1_is_there_before_the_register_is_open(locked: Operator) -> None:
    locked.press(Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, KeysSheet)
    sheet.reject()


def test_the_rail_says_where_the_sheet_is(operator: Operator) -> None:
    hint = next(
        part for part in operator.desk.findChildren(QPushButton) if part.text() == "Pintasan (F1)"
    )
    assert hint.isVisible()
    hint.click()
    assert isinstance(QApplication.activeModalWidget(), KeysSheet)
    QApplication.activeModalWidget().reject()
