"""Where files come from and go to: dropping one, writing a small one whole."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSaveFile, QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, label, picture_label, set_property


def documents() -> Path:
    """Where the operator's papers usually are."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((folder for place in places if (folder := Path(place)).is_dir()), Path.home())


def write_text(path: Path, text: str) -> bool:
    """Writes a text file beside its place, then renames it; False where that cannot be done."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    file.write(text.encode())
    return bool(file.commit())


class DropZone(QFrame):
    """A place to let a file fall on; the button inside does the same from the keyboard."""

    def __init__(self, picture: str, says: str, dropped: Callable[[Path], object],
                 *inside: QWidget) -> None:  # fmt: skip
        super().__init__()
        self._dropped = dropped
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        drawing = picture_label(picture, "accent", 40)
        words = label(says, role="quiet", wrap=True)
        layout = column(drawing, words, *inside, gap=GRID, margin=2 * GRID)
        for part in (drawing, words, *inside):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMinimumWidth(320)
        self.setLayout(layout)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 -- Qt's name
        """Takes one local file, nothing else."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            set_property(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Goes back to rest."""
        set_property(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hands the file on."""
        set_property(self, "over", False)
        self._dropped(Path(event.mimeData().urls()[0].toLocalFile()))
