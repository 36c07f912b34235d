"""Asking for files: where the asking begins, and what language Qt's own dialog speaks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kerjadesa.ui import files
from kerjadesa.ui.files import choose_file, choose_folder, choose_name
from kerjadesa.ui.qt_words import _WORDS, QtWords

_SAME = {"Folder", "Printer"}
"""What both languages call alike."""


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where each dialog began; every one of them is answered with the file in `answer`."""
    monkeypatch.setattr(files, "_last", {})
    return []


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, begun: list[Path]) -> list[str]:
    given = [""]

    def name(_owner: QWidget, _title: str, start: str, _filters: str) -> tuple[str, str]:
        begun.append(Path(start))
        return given[0], ""

    def folder(_owner: QWidget, _title: str, start: str) -> str:
        begun.append(Path(start))
        return given[0]

    monkeypatch.setattr(QFileDialog, "getOpenFileName", name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    return given


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_second_photo_is_looked_for_where_the_first_was(
    owner: QWidget, begun: list[Path], answer: list[str], tmp_path: Path
) -> None:
    answer[0] = str(tmp_path / "1.jpg")
    (tmp_path / "1.jpg").touch()
    assert choose_file(owner, "photo", "", "") == tmp_path / "1.jpg"
    answer[0] = ""
    assert choose_file(owner, "photo", "", "") is None
    assert choose_folder(owner, "photo", "") is None
    assert begun[0] != tmp_path
    assert begun[1:] == [tmp_path, tmp_path]


def test_photos_and_lists_are_each_looked_for_in_their_own_folder(
    owner: QWidget, begun: list[Path], answer: list[str], tmp_path: Path
) -> None:
    for kind in ("camera", "lists"):
        (tmp_path / kind).mkdir()
    answer[0] = str(tmp_path / "camera")
    choose_folder(owner, "photo", "")
    answer[0] = str(tmp_path / "lists" / "laporan.xlsx")
    choose_name(owner, "list", "", "laporan.xlsx", "")
    choose_file(owner, "photo", "", "")
    choose_name(owner, "list", "", "lagi.xlsx", "")
    assert begun[2:] == [tmp_path / "camera", tmp_path / "lists" / "lagi.xlsx"]


def test_a_stick_that_was_drawn_out_is_not_looked_for_again(
    owner: QWidget, begun: list[Path], answer: list[str], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    answer[0] = str(stick)
    choose_folder(owner, "stick", "")
    stick.rmdir()
    choose_folder(owner, "stick", "")
    choose_folder(owner, "stick", "", tmp_path)
    assert begun[1].is_dir()
    assert begun[2] == tmp_path


@pytest.fixture
def indonesian(qapp: QApplication) -> Iterator[None]:
    words = QtWords(qapp)
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)
    words.deleteLater()


def _dialog(bot: QtBot, folder: Path, way: str) -> QFileDialog:
    made = QFileDialog(None, "Pilih", str(folder), "" if way == "folder" else "Gambar (*.jpg)")
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    if way == "name":
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    elif way == "folder":
        made.setFileMode(QFileDialog.FileMode.Directory)
        made.setOption(QFileDialog.Option.ShowDirsOnly)
    else:
        made.setFileMode(QFileDialog.FileMode.ExistingFile)
    bot.addWidget(made)
    made.show()
    return made


def _said(dialog: QFileDialog) -> set[str]:
    """Every word that the dialog shows, or reads to those who do not see."""
    said: set[str] = set()
    for part in dialog.findChildren(QWidget):
        said |= {part.toolTip(), part.accessibleName(), part.accessibleDescription()}
        if isinstance(part, QComboBox):
            said |= {part.itemText(place) for place in range(part.count())}
        elif isinstance(part, QAbstractItemView):
            model: Any = part.model()
            across = Qt.Orientation.Horizontal
            said |= {str(model.headerData(n, across)) for n in range(model.columnCount())}
        elif hasattr(part, "text"):
            said.add(part.text())
    return said | {action.text() for action in dialog.findChildren(QAction)}


def _answered(dialog: QFileDialog, name: str, seen: set[str]) -> None:
    """Chooses a name, and refuses whatever box comes up over it."""

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.add(box.text())
        seen.update(shown.text() for shown in box.buttons())
        box.reject()

    field: QLineEdit = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(name)
    QTimer.singleShot(0, refuse)
    dialog.accept()


def _menus(dialog: QFileDialog, seen: set[str]) -> None:
    """Opens what the other mouse button opens."""

    def close() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.update(action.text() for action in menu.actions())
        menu.close()

    for kind, name in ((QListView, "listView"), (QTreeView, "treeView"), (QListView, "sidebar")):
        view = dialog.findChild(kind, name)
        assert isinstance(view, QAbstractItemView)
        QTimer.singleShot(0, close)
        view.customContextMenuRequested.emit(QPoint(5, 5))


@pytest.mark.usefixtures("indonesian")
@pytest.mark.parametrize("way", ["file", "name", "folder"])
def test_a_desktop_without_a_file_dialog_shows_one_in_indonesian(
    qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    (tmp_path / "ada.jpg").touch()
    dialog = _dialog(qtbot, tmp_path, way)
    seen = _said(dialog)
    _menus(dialog, seen)
    _answered(dialog, "ada.jpg" if way == "name" else "tiada", seen)
    words = {_plain(text) for text in seen} - {"", "1", str(tmp_path), "Gambar (*.jpg)"}
    # What is said of one file or one column begins or ends with a word of ours.
    words = {text.removeprefix(str(tmp_path / "ada.jpg")) for text in words}
    known = {_plain(text) for text in _WORDS.values()}
    assert {"Cari di:", "Jenis berkas:", "Batal", "Naik ke folder di atasnya"} <= words
    foreign = {_plain(text) for text in _WORDS} - _SAME
    assert not {text for text in words if text in foreign}
    strange = {text for text in words - known if not text.startswith("Tampilkan ")}
    assert strange <= {"ada.jpg sudah ada.\nGanti berkas itu?",
                       "tiada\nBerkas itu tidak ada. Periksa namanya.",
                       "tiada\nFolder itu tidak ada. Periksa namanya."}  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("&", "")
