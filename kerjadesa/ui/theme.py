"""How the window looks: every colour, size and typeface in one place."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from kerjadesa.reference import resource_path

GRID = 8
"""Every gap is a multiple of this many pixels."""

RAIL_WIDTH = 200
LABEL_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they mean. Text on its ground has a contrast of at least 4.5:1."""

    ground: str
    surface: str
    line: str
    field_line: str
    text: str
    quiet: str
    accent: str
    accent_strong: str
    accent_ground: str
    on_accent: str
    good: str
    good_ground: str
    caution: str
    caution_ground: str
    bad: str
    bad_ground: str


LIGHT = Colours(
    ground="#f4f6f6",
    surface="#ffffff",
    line="#dde3e3",
    field_line="#8b9999",
    text="#1b2626",
    quiet="#566464",
    accent="#0f6b66",
    accent_strong="#0a4f4b",
    accent_ground="#e1f0ee",
    on_accent="#ffffff",
    good="#1c7040",
    good_ground="#e4f3ea",
    caution="#8a5300",
    caution_ground="#fdf1d9",
    bad="#b3261e",
    bad_ground="#fce9e7",
)

colours = LIGHT

CAPTION, BODY, LEAD, HEADING, FIGURE = 12, 14, 16, 22, 28
"""The type scale, in pixels."""


def apply_theme(application: QApplication) -> None:
    """Dresses the application: Fusion, our palette, our typeface, our style sheet."""
    application.setStyle("Fusion")
    application.setPalette(_palette(colours))
    application.setFont(_typeface())
    application.setStyleSheet(_style_sheet(colours))


def _typeface() -> QFont:
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = QFont("Noto Sans")
    font.setPixelSize(BODY)
    return font


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
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
    return palette


def _style_sheet(c: Colours) -> str:
    arrow = resource_path("icons", "down.svg").as_posix()
    # A focused control keeps its size: the second pixel of its border comes out of its padding.
    return f"""
QLabel[role="heading"] {{ font-size: {HEADING}px; font-weight: 700; }}
QLabel[role="lead"] {{ font-size: {LEAD}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="quiet"] {{ color: {c.quiet}; }}
QLabel[role="caption"] {{ color: {c.quiet}; font-size: {CAPTION}px; }}
QLabel[role="figure"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QLabel[role="verdict"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QLabel[role="key"] {{
  font-size: {HEADING}px; font-weight: 700; letter-spacing: 1px; padding: {2 * GRID}px;
  background: {c.accent_ground}; border: 1px solid {c.accent}; border-radius: 6px;
}}
QFrame[role="panel"] {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px;
}}
QFrame[role="drop"] {{
  background: {c.surface}; border: 2px dashed {c.field_line}; border-radius: 6px;
}}
QFrame[role="drop"][over="true"] {{ border-color: {c.accent}; background: {c.accent_ground}; }}
QFrame[role="photo"] {{ background: {c.ground}; border: 1px solid {c.field_line}; }}
QFrame[role="panel"][tone="caution"] {{ border-color: {c.caution}; }}
QFrame[role="side"] {{ background: {c.ground}; border: 1px solid {c.line}; border-radius: 6px; }}
QFrame[role="banner"] {{ border-radius: 6px; border: 1px solid {c.line}; }}
QFrame[role="banner"][tone="good"] {{ background: {c.good_ground}; border-color: {c.good}; }}
QFrame[role="banner"][tone="caution"] {{
  background: {c.caution_ground}; border-color: {c.caution};
}}
QFrame[role="banner"][tone="bad"] {{ background: {c.bad_ground}; border-color: {c.bad}; }}
QLabel[tone="good"] {{ color: {c.good}; }}
QLabel[tone="caution"] {{ color: {c.caution}; }}
QLabel[tone="bad"] {{ color: {c.bad}; }}

QLineEdit, QComboBox, QPlainTextEdit {{
  background: {c.surface}; border: 1px solid {c.field_line}; border-radius: 4px;
  padding: 4px 8px; selection-background-color: {c.accent};
}}
QLineEdit, QComboBox {{ min-height: 22px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{
  border: 2px solid {c.accent}; padding: 3px 7px;
}}
QLineEdit[tone="bad"], QComboBox[tone="bad"] {{ border-color: {c.bad}; }}
QLineEdit[tone="caution"], QComboBox[tone="caution"] {{ border-color: {c.caution}; }}
QComboBox[tone="chosen"] {{
  border: 2px solid {c.accent}; padding: 3px 7px; background: {c.accent_ground};
}}
QLineEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{
  background: {c.ground}; border-color: {c.line};
}}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QComboBox QLineEdit {{ border: 0; padding: 0; }}
QComboBox QLineEdit:focus {{ border: 0; padding: 0; }}
QComboBox QAbstractItemView {{
  background: {c.surface}; border: 1px solid {c.field_line}; padding: 2px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}

QPushButton {{
  background: {c.surface}; border: 1px solid {c.field_line}; border-radius: 4px;
  padding: 6px 14px; min-height: 20px;
}}
QPushButton:hover {{ background: {c.accent_ground}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {c.field_line}; border-color: {c.line}; background: {c.ground}; }}
QPushButton[kind="primary"] {{
  background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; font-weight: 700;
}}
QPushButton[kind="primary"]:hover {{ background: {c.accent_strong}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{
  background: {c.line}; border-color: {c.line}; color: {c.quiet};
}}
QPushButton[kind="link"] {{
  background: transparent; border: 1px solid transparent; color: {c.accent};
  text-decoration: underline; padding: 1px 4px; min-height: 18px;
}}
QPushButton[kind="link"]:focus {{ border: 1px solid {c.accent}; padding: 1px 4px; }}

QPushButton[kind="filter"]:checked {{
  background: {c.accent_ground}; border: 2px solid {c.accent}; color: {c.accent_strong};
  padding: 5px 13px;
}}

QWidget#rail {{ background: {c.surface}; border-right: 1px solid {c.line}; }}
QPushButton[kind="rail"] {{
  background: transparent; border: 2px solid transparent; border-radius: 6px;
  text-align: left; padding: 7px 10px; min-height: 22px;
}}
QPushButton[kind="rail"]:hover {{ background: {c.ground}; }}
QPushButton[kind="rail"]:checked {{
  background: {c.accent_ground}; color: {c.accent_strong}; font-weight: 700;
}}
QPushButton[kind="rail"]:focus {{ border-color: {c.accent}; }}

QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px; border: 1px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; border-radius: 4px; }}

QTableView, QListView {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px;
  alternate-background-color: {c.ground}; gridline-color: {c.line}; outline: 0;
}}
QTableView:focus, QListView:focus {{ border: 2px solid {c.accent}; }}
QTableView::item, QListView::item {{ padding: 2px 6px; }}
QTableView::item:selected, QListView::item:selected {{
  background: {c.accent_ground}; color: {c.text};
}}
QTableView::item:selected:focus {{ background: {c.accent_ground}; }}
QHeaderView::section {{
  background: {c.surface}; color: {c.quiet}; border: 0; border-bottom: 1px solid {c.line};
  padding: 6px 6px 6px 9px; font-size: {CAPTION}px; font-weight: 700;
}}
QTableCornerButton::section {{ background: {c.surface}; border: 0; }}
QProgressBar {{
  border: 0; border-radius: 3px; background: {c.line}; max-height: 6px; min-height: 6px;
}}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.field_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ color: {c.text}; background: {c.surface}; border: 1px solid {c.field_line}; }}
"""
