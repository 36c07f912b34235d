"""The window in both its languages: nothing cut, every shortcut its own, the same data."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kerjadesa.ui.form_fields import make_field
from kerjadesa.ui.heirs_editor import HeirsEditor
from kerjadesa.words import use_language
from tests.ui.conftest import Operator

PAGES = ("home", "workers", "register", "import", "cards", "exchange", "verify", "settings")


@pytest.fixture(autouse=True)
def _indonesian_again() -> Iterator[None]:
    yield
    use_language("id")


def speak(operator: Operator, language: str) -> None:
    """Chooses a language in the settings, as an operator does."""
    chooser = operator.go("settings").language
    chooser.setCurrentIndex(chooser.findData(language))
    chooser.activated.emit(chooser.currentIndex())


def worded(inside: QWidget) -> list[QAbstractButton | QLabel]:
    """What is on screen with words on it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    parts = [*inside.findChildren(QAbstractButton), *inside.findChildren(QLabel)]
    shown = [part for part in parts if part.isVisible() and part.text()]
    assert shown
    return shown


def test_the_open_window_changes_its_language_at_once_and_back(operator: Operator) -> None:
    speak(operator, "en")
    assert "Workers" in {part.text() for part in worded(operator.window)}
    speak(operator, "id")
    assert "Pekerja" in {part.text() for part in worded(operator.window)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_word_is_cut_on_a_village_screen(operator: Operator, language: str) -> None:
    speak(operator, language)
    for page in PAGES:
        operator.go(page)
        cut = [
            part.text()
            for part in worded(operator.window)
            if part.width() < part.minimumSizeHint().width()
            or part.height() < part.minimumSizeHint().height()
        ]
        assert cut == [], page


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_shortcut_of_a_page_means_one_thing(operator: Operator, language: str) -> None:
    speak(operator, language)
    for page in PAGES:
        operator.go(page)
        letters = Counter(
            letter
            for part in worded(operator.window)
            if (letter := QKeySequence.mnemonic(part.text()).toString())
        )
        assert [letter for letter, uses in letters.items() if uses > 1] == [], page


def test_the_register_keeps_the_same_word_for_a_relation_whatever_the_screen_speaks(
    qtbot: QtBot,
) -> None:
    use_language("en")
    editor = HeirsEditor(lambda: None, lambda: None)
    qtbot.addWidget(editor)
    heir = {"name": "Contoh Ahli Waris", "relation": "Anak", "nik": "", "phone": ""}
    editor.write([heir])
    assert editor.controls()[1].currentText() == "Child"
    assert editor.read() == [heir]
    editor.controls()[1].setCurrentText("Neighbour")
    assert editor.read() == [{**heir, "relation": "Neighbour"}]


def test_money_shown_in_english_is_read_back(qtbot: QtBot) -> None:
    use_language("en")
    field = make_field("income_base", lambda: None, lambda: None)
    for part in (field.caption, field.control, field.note):
        qtbot.addWidget(part)
    field.write(1_250_000)
    assert field.read() == "1.250.000"
