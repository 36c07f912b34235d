"""Both themes are legible, follow the choice and the computer, and fold on small screens."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton

from kerjadesa.reference import read_text
from kerjadesa.ui import dress, window
from kerjadesa.ui.desk import RAIL
from kerjadesa.ui.photo_cut import CutDialog, CutView
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.style_sheet import style_sheet
from kerjadesa.ui.theme import DARK, LIGHT, Colours, colours
from kerjadesa.words import use_language
from tests.list_kit import row, workbook
from tests.ui.conftest import Operator
from tests.ui.test_languages import speak

GROUNDS = ("ground", "surface", "accent_ground", "good_ground", "caution_ground", "bad_ground")
TEXTS = ("text", "quiet", "accent", "accent_strong", "good", "caution", "bad")
# What a 1366 × 768 screen has room for, less the frame of the window and the bar of the desktop.
ENLARGED = {125: (1092, 572), 150: (911, 472), 200: (683, 344)}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(autouse=True)
def _light_again() -> Iterator[None]:
    yield
    use_language("id")
    application = QApplication.instance()
    if isinstance(application, QApplication):
        dress.dress(application, dress.LIGHT_THEME)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_text_is_legible_on_every_ground(theme: Colours) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_strong")]
    pairs += [("text", "line"), ("quiet", "line"), ("on_backdrop", "backdrop")]
    poor = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(getattr(theme, token) for token in pair))) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_outlines_and_the_focus_are_seen(theme: Colours) -> None:
    pairs = [(line, ground) for line in ("field_line", "accent", "bad", "caution")
             for ground in GROUNDS]  # fmt: skip
    poor = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(getattr(theme, token) for token in pair))) < 3
    }
    assert poor == {}
    # A primary button has its ring inside the accent: it is told by the colour beside it.
    assert contrast(theme.text, theme.surface) > 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_colour_of_the_style_sheet_comes_from_elsewhere(theme: Colours) -> None:
    tokens = {getattr(theme, token.name) for token in fields(Colours)}
    assert set(re.findall(r"#[0-9a-f]{6}", style_sheet(theme))) <= tokens
    assert f'stroke="{theme.quiet}"' in read_text("icons", f"arrow-{theme.name}.svg")
    assert f'stroke="{theme.on_accent}"' in read_text("icons", f"tick-{theme.name}.svg")


def wear(operator: Operator, theme: str) -> None:
    """Chooses a theme in the settings, as an operator does."""
    chooser = operator.go("settings").theme
    chooser.setCurrentIndex(chooser.findData(theme))
    chooser.activated.emit(chooser.currentIndex())


def test_the_open_window_turns_dark_at_once_and_stays_so_the_next_day(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    wear(operator, "dark")
    ground = QApplication.palette().color(QPalette.ColorRole.Window).name()
    assert ground == DARK.ground
    assert colours == DARK
    assert operator.desk.name == "settings"
    assert open_preferences(office.home).value("theme") == "dark"
    picture = operator.window.grab().toImage()
    assert picture.pixelColor(picture.width() - 3, picture.height() - 3).name() == DARK.ground
    wear(operator, "light")
    assert colours == LIGHT


def test_a_theme_waits_for_the_work_that_is_under_way(operator: Operator) -> None:
    page = operator.go("settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(operator.window.lane), "busy", property(lambda _lane: True))
        wear(operator, "dark")
    assert colours == LIGHT
    assert "Tunggu" in page.frame.banner.text
    assert page.theme.currentData() == "system"


def test_the_computers_evening_theme_arrives_without_taking_a_half_filled_form(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = operator.go("register").form
    form.fields["name"].control.setText("Upik Contoh")
    monkeypatch.setattr(dress, "wanted", lambda _application, _chosen: DARK)
    monkeypatch.setattr(window, "wanted", lambda _application, _chosen: DARK)
    before = operator.desk
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    QApplication.processEvents()
    assert operator.desk is before
    assert form.fields["name"].read() == "Upik Contoh"
    monkeypatch.setattr("kerjadesa.ui.register_page.ask_about_changes", lambda _owner: "discard")
    operator.go("home")
    operator.bot.waitUntil(lambda: operator.desk is not before)
    assert operator.desk.name == "home"
    assert colours == DARK


@pytest.mark.parametrize("scale", ENLARGED)
def test_enlarged_letters_fold_the_rail_to_icons_that_say_their_names(
    operator: Operator, scale: int
) -> None:
    operator.window.resize(*ENLARGED[scale])
    QApplication.processEvents()
    assert (operator.window.width(), operator.window.height()) == ENLARGED[scale]
    rail = [
        part for part in operator.desk.findChildren(QPushButton) if part.property("kind") == "rail"
    ]
    assert len(rail) == len(RAIL) + 1
    for part in rail:
        assert part.isVisible()
        assert part.height() >= 32
        assert part.geometry().bottom() < operator.desk.height(), part.accessibleName()
        assert bool(part.text()) == (scale < 150)
        assert part.accessibleName() in part.toolTip()
    operator.window.activateWindow()
    operator.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert operator.desk.name == "workers", "folding must not cost a shortcut"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("scale", [100, *ENLARGED])
def test_nothing_is_cut_that_has_no_tip(operator: Operator, language: str, scale: int) -> None:
    speak(operator, language)
    operator.window.resize(*ENLARGED.get(scale, (1366, 728)))
    for entry in ("register", "import", *(entry.page for entry in RAIL)):
        operator.go(entry)

        def fits(entry: str = entry) -> None:
            assert cut(operator) == [], entry

        operator.bot.waitUntil(fits)


def cut(operator: Operator) -> list[str]:
    """Words on show that their place has no room for and that no tip says."""
    inside = operator.window
    worded: list[QAbstractButton | QLabel] = [
        *inside.findChildren(QAbstractButton),
        *inside.findChildren(QLabel),
    ]
    found = [
        part.text()
        for part in worded
        if part.isVisible() and part.text() and not part.toolTip()
        if part.width() < part.minimumSizeHint().width()
        or part.height() < part.minimumSizeHint().height()
    ]
    return found + [
        part.currentText()
        for part in inside.findChildren(QComboBox)
        if part.isVisible()
        if part.width() < part.fontMetrics().horizontalAdvance(part.currentText()) + 36
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ring_around_a_table_is_whole_beside_its_shaded_rows(
    operator: Operator, tmp_path: Path, theme: str
) -> None:
    wear(operator, theme)
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", *(row(serial) for serial in range(1, 20)))
    operator.wait(lambda: imports.load(book))
    table = imports.rows.table
    assert operator.focus is table
    picture = table.grab().toImage()
    edge = range(10, picture.height() - 10)
    assert {picture.pixelColor(x, y).name() for x in (0, 1) for y in edge} == {colours.accent}
    inside = {picture.pixelColor(2, y).name() for y in edge}
    assert inside == {colours.surface}, "room between the ring and the rows"


def test_a_narrow_window_has_the_form_in_one_column(operator: Operator) -> None:
    operator.window.resize(*ENLARGED[150])
    form = operator.go("register").form
    QApplication.processEvents()
    content = form._area.widget()
    assert content.width() <= form._area.viewport().width(), "nobody scrolls sideways to fill it in"


def test_a_photo_is_cut_within_a_small_window(operator: Operator) -> None:
    operator.window.resize(*ENLARGED[200])
    photo = operator.go("register").form.photo
    dialog = CutDialog(photo, QImage(600, 900, QImage.Format.Format_RGB32), lambda _cut: None)
    assert dialog.minimumSizeHint().height() <= operator.window.height()
    assert dialog.minimumSizeHint().width() <= operator.window.width()
    roomy = CutView(QImage(600, 900, QImage.Format.Format_RGB32))
    assert dialog.view.cut() == roomy.cut(), "the same part of the picture, only drawn smaller"
    dialog.deleteLater()
    roomy.deleteLater()
