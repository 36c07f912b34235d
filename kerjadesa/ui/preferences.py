"""What the window remembers of its operator: language, theme, columns, its place on the screen."""

from pathlib import Path

from PySide6.QtCore import QSettings

PREFERENCES = "window.ini"
"""In the home folder; it holds nothing of any worker."""


def open_preferences(home: Path) -> QSettings:
    """The preferences of this home; whoever opens them twice sees the same."""
    return QSettings(str(home / PREFERENCES), QSettings.Format.IniFormat)
