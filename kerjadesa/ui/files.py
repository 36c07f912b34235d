"""Where files come from and go to: asking for one, dropping one, writing a small one whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSaveFile, QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, label, picture_label, set_property

Kind = Literal["photo", "card", "logo", "list", "paper", "stick", "backup"]
"""What a file is to the operator; each kind usually has a folder of its own."""

_PICTURES = frozenset({"photo", "card", "logo"})
_last: dict[Kind, Path] = {}
# Not kept beyond the session: a folder may bear somebody's name.


def documents() -> Path:
    """Where the operator's papers usually are."""
    return _usual(QStandardPaths.StandardLocation.DocumentsLocation)


def choose_file(
    owner: QWidget, kind: Kind, title: str, filters: str, begin: Path | None = None
) -> Path | None:
    """Asks for a file to read, where the last of its kind was; None where nobody chose.

    `begin` is where to begin instead, if it is there.
    """
    start = str(_start(kind, begin))
    chosen, _filter = QFileDialog.getOpenFileName(owner, title, start, filters)
    return _chosen(kind, chosen)


def choose_folder(owner: QWidget, kind: Kind, title: str, begin: Path | None = None) -> Path | None:
    """Asks for a folder; see `choose_file`."""
    chosen = QFileDialog.getExistingDirectory(owner, title, str(_start(kind, begin)))
    return _chosen(kind, chosen)


def choose_name(owner: QWidget, kind: Kind, title: str, name: str, filters: str) -> Path | None:
    """Asks where to write a file that is offered under this name; see `choose_file`."""
    start = str(_start(kind) / name)
    chosen, _filter = QFileDialog.getSaveFileName(owner, title, start, filters)
    return _chosen(kind, chosen)


def _start(kind: Kind, begin: Path | None = None) -> Path:
    for folder in (begin, _last.get(kind)):
        # A stick may have been drawn out since.
        if folder is not None and folder.is_dir():
            return folder
    if kind in _PICTURES:
        return _usual(QStandardPaths.StandardLocation.PicturesLocation)
    return documents()


def _chosen(kind: Kind, chosen: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    _last[kind] = path if path.is_dir() else path.parent
    return path


def _usual(place: QStandardPaths.StandardLocation) -> Path:
    found = QStandardPaths.standardLocations(place)
    return next((folder for one in found if (folder := Path(one)).is_dir()), Path.home())


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
