"""Dresses application and window in the theme that the operator chose."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kerjadesa.reference import resource_path
from kerjadesa.ui.style_sheet import style_sheet
from kerjadesa.ui.theme import BODY, DARK, LIGHT, Colours, colours, wear

SYSTEM, LIGHT_THEME, DARK_THEME = "system", "light", "dark"
"""What may be chosen; `system` follows the computer."""


def dress(application: QApplication, chosen: str) -> None:
    """Puts on Fusion, our palette and our typeface; any other word is `system`.

    The style sheet is the window's: see `clothe`.
    """
    hints = application.styleHints()
    # The frame around the window is the desktop's, which has to be told.
    if chosen in (LIGHT_THEME, DARK_THEME):
        dark = chosen == DARK_THEME
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    else:
        hints.unsetColorScheme()
    wear(wanted(application, chosen))
    application.setStyle("Fusion")
    application.setPalette(_palette(colours))
    application.setFont(_typeface())


def clothe(window: QWidget) -> None:
    """Puts the style sheet on a window, for all that stands in it by now or later."""
    # On the application it would be worked out for every part of a page at each step of putting the
    # page together: three times the work of once, when the page is put into the window.
    window.setStyleSheet(style_sheet(colours))


def wanted(application: QApplication, chosen: str) -> Colours:
    """The colours that this choice means on this computer now."""
    system_is_dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark = chosen == DARK_THEME or (chosen != LIGHT_THEME and system_is_dark)
    return DARK if dark else LIGHT


@cache
def _typeface() -> QFont:
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = QFont("Noto Sans")
    font.setPixelSize(BODY)
    return font


def _palette(c: Colours) -> QPalette:
    # The two from which Qt derives whatever is not named below.
    palette = QPalette(QColor(c.surface), QColor(c.ground))
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, c.ground),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.ground),
        (role.Text, c.text),
        (role.Button, c.surface),
        (role.ButtonText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.PlaceholderText, c.quiet),
        (role.ToolTipBase, c.surface),
        (role.ToolTipText, c.text),
        (role.Link, c.accent),
        (role.Mid, c.line),
        (role.Accent, c.accent),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.field_line))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(c.ground))
    return palette
