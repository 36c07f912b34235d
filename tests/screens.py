"""Photographs every page and state of the window, light and dark, at 100 % and at 150 %.

`python -m tests.screens [FOLDER [en]]` leaves them in FOLDER/light-100, FOLDER/dark-150 and so on.
The screen is always 1366 × 768; enlarged letters leave less of it.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.start import open_window
from tests.office_kit import Clock
from tests.screen_drive import pages
from tests.screen_window import Drive, settle

WIDTH, HEIGHT = 1366, 768
THEMES = ("light", "dark")
SCALES = (100, 150)
AT_ONCE = 2


def photograph(target: Path, theme: str, scale: int, language: str) -> int:
    """Takes all pictures of one theme at one scale and returns how many there are."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("[0-9][0-9]-*.png"):
        old.unlink()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    taken = 0
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        (folder / "home").mkdir()
        preferences = open_preferences(folder / "home")
        preferences.setValue("language", language)
        preferences.setValue("theme", theme)
        preferences.sync()
        window = open_window(application, folder / "home", clock)
        window.resize(QSize(WIDTH, HEIGHT) * 100 / scale)
        window.show()
        window.activateWindow()
        settle()
        drive = Drive(window)
        for state in pages(drive, folder, clock):
            drive.rest()
            taken += 1
            shown = QApplication.activeModalWidget() or window
            picture = shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            picture.save(str(target / f"{taken:02d}-{state}.png"))
        window.close()
        # The window copies the register before it goes; the folder goes with the next line.
        drive.rest()
    return taken


def photograph_apart(target: Path, theme: str, scale: int, language: str) -> None:
    """The same in a process of its own: a scale holds for all of one."""
    place = target / f"{theme}-{scale}"
    subprocess.run(
        [sys.executable, "-m", "tests.screens", str(place), language, theme, str(scale)],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale / 100)},
        check=True,
    )


def main(target: str = "build/screens", language: str = "id", *one: str) -> None:
    """All of them, or those of one theme and scale."""
    if one:
        theme, scale = one
        taken = photograph(Path(target), theme, int(scale), language)
        print(f"{taken} pictures in {target}")
        return
    with ThreadPoolExecutor(AT_ONCE) as workers:
        jobs = [
            workers.submit(photograph_apart, Path(target), theme, scale, language)
            for theme in THEMES
            for scale in SCALES
        ]
        for job in jobs:
            job.result()


if __name__ == "__main__":
    main(*sys.argv[1:])
