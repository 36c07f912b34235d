"""The style sheet: how each kind of control looks in the colours of a theme."""

from kerjadesa.reference import resource_path
from kerjadesa.ui.theme import CAPTION, DAY_NAME, DAY_SEAT, FIGURE, GRID, HEADING, LEAD, Colours

# Where letters are enlarged to 150 % these are 27 and 54 pixels of the screen, and the day fits.
SMALL_DAY = f"""
QLabel, QLineEdit, QPushButton, QListView {{ font-size: {LEAD + 2}px; }}
QLabel[role="day-lead"], QLabel[role="day-word"] {{ font-size: {HEADING}px; font-weight: 700; }}
QLabel[role="day-name"] {{ font-size: {FIGURE + GRID}px; font-weight: 700; }}
QLabel[role="day-seat"] {{ font-size: {DAY_NAME}px; font-weight: 700; }}
QLineEdit {{ min-height: 28px; }}
"""
"""For the day of a ceremony in a narrow window."""


def style_sheet(c: Colours) -> str:
    """All of it, for a whole window."""
    # A style sheet takes a picture only from a file, so these come once in each theme's colour.
    arrow = resource_path("icons", f"arrow-{c.name}.svg").as_posix()
    tick = resource_path("icons", f"tick-{c.name}.svg").as_posix()
    # A focused control keeps its size: the second pixel of its border comes out of its padding.
    return f"""
QLabel[role="heading"] {{ font-size: {HEADING}px; font-weight: 700; }}
QLabel[role="lead"] {{ font-size: {LEAD}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="quiet"] {{ color: {c.quiet}; }}
QLabel[role="caption"] {{ color: {c.quiet}; font-size: {CAPTION}px; }}
QLabel[role="figure"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QLabel[role="verdict"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QWidget#day QLabel, QWidget#day QLineEdit, QWidget#day QPushButton,
QWidget#day QListView, QWidget#day QTableView, QWidget#day QHeaderView::section {{
  font-size: {HEADING}px;
}}
QWidget#day QLabel[role="day-lead"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QWidget#day QLabel[role="day-word"] {{ font-size: {FIGURE}px; font-weight: 700; }}
QWidget#day QLabel[role="day-name"] {{ font-size: {DAY_NAME}px; font-weight: 700; }}
QWidget#day QLabel[role="day-seat"] {{ font-size: {DAY_SEAT}px; font-weight: 700; }}
QWidget#day QLineEdit {{ min-height: 36px; }}
QWidget#day QPushButton {{ padding: 6px 10px; }}
QWidget#day QPushButton:focus {{ padding: 5px 9px; }}
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
QWidget[role="choice"] {{
  background: {c.caution_ground}; border: 1px solid {c.caution}; border-radius: 4px;
}}
QWidget[role="choice"]:focus {{ border: 2px solid {c.accent}; }}
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
QLineEdit {{ min-height: 22px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{
  border: 2px solid {c.accent}; padding: 3px 7px;
}}
/* An open list takes the padding above and below for its own margins, those without focus for what
   it shows and those with focus for its height: any difference would cut its last line in half. */
QComboBox {{ padding: 0 8px; min-height: 30px; }}
QComboBox:focus, QComboBox[tone="chosen"] {{ padding: 0 7px; min-height: 28px; }}
QLineEdit[tone="bad"], QComboBox[tone="bad"] {{ border-color: {c.bad}; }}
QLineEdit[tone="caution"], QComboBox[tone="caution"] {{ border-color: {c.caution}; }}
QComboBox[tone="chosen"] {{
  border: 2px solid {c.accent}; background: {c.accent_ground};
}}
QComboBox[tone="chosen"]:focus {{ border-color: {c.text}; }}
QLineEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{
  background: {c.ground}; border-color: {c.line};
}}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QComboBox QLineEdit {{ border: 0; padding: 0; }}
QComboBox QLineEdit:focus {{ border: 0; padding: 0; }}
QComboBox QAbstractItemView {{
  background: {c.surface}; border: 1px solid {c.field_line};
  selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{
  border: 1px solid {c.field_line}; padding: 0;
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
QPushButton[kind="filter"]:checked:focus {{ border-color: {c.text}; }}

QLabel[role="keys"] {{
  background: {c.ground}; border: 1px solid {c.field_line}; border-radius: 4px; padding: 2px 8px;
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
QPushButton[kind="rail"][folded="true"] {{ text-align: center; padding: 6px 0; }}

QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator {{
  width: 14px; height: 14px; border: 1px solid {c.field_line}; background: {c.surface};
}}
QCheckBox::indicator, QTableView::indicator, QListView::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
  background: {c.accent}; border-color: {c.accent}; image: url("{tick}");
}}
QRadioButton::indicator:checked {{
  width: 6px; height: 6px; border: 5px solid {c.accent}; background: {c.on_accent};
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
  background: {c.ground}; border-color: {c.line};
}}
QCheckBox::indicator:checked:disabled {{
  background: {c.field_line}; border-color: {c.field_line}; image: url("{tick}");
}}
QMenu {{ background: {c.surface}; border: 1px solid {c.field_line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
QMenu::item:disabled {{ color: {c.field_line}; }}
QMenu::indicator {{
  width: 14px; height: 14px; left: 6px; border: 1px solid {c.field_line}; border-radius: 3px;
}}
QMenu::indicator:checked {{
  background: {c.accent}; border-color: {c.on_accent}; image: url("{tick}");
}}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px; }}

QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px; border: 1px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; border-radius: 4px; }}

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
QPdfView {{ background: {c.line}; border: 2px solid {c.line}; }}
QPdfView:focus {{ border-color: {c.accent}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollArea[role="keys"] {{ border: 2px solid transparent; border-radius: 6px; }}
QScrollArea[role="keys"]:focus {{ border-color: {c.accent}; }}
QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; }}
{lists_sheet(c)}
QToolTip {{ color: {c.text}; background: {c.surface}; border: 1px solid {c.field_line}; }}
"""


def lists_sheet(c: Colours) -> str:
    """What lists and their bars look like; also for a list that stands in no window."""
    return f"""
QTableView, QListView {{
  background: {c.surface}; border: 1px solid {c.line}; border-radius: 6px;
  alternate-background-color: {c.ground}; gridline-color: {c.line}; outline: 0;
  padding: 2px;
}}
QTableView:focus, QListView:focus {{ border: 2px solid {c.accent}; padding: 1px; }}
QTableView::item, QListView::item {{ padding: 2px 6px; }}
QTableView::item:selected, QListView::item:selected {{
  background: {c.accent_ground}; color: {c.text};
}}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.field_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
