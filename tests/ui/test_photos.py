"""Photos: from wherever they come, cut by hand, for one worker and for a whole folder."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame

from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import page, photo
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.camera import CameraDialog
from kerjadesa.ui.folder_photos import FolderPhotos
from tests.office_kit import worker
from tests.ui.conftest import Operator


@pytest.fixture
def box(operator: Operator) -> Any:
    return operator.go("register").form.photo


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """A wide picture: red at the left, blue at the right."""
    picture = Image.new("RGB", (1600, 800), "red")
    picture.paste("blue", (800, 0, 1600, 800))
    picture.save(tmp_path / "halves.png")
    return tmp_path / "halves.png"


def colour(jpeg: bytes | None, x: float = 0.5, y: float = 0.5) -> str:
    """What the photo shows at a place, `red` or `blue`."""
    assert jpeg is not None
    image = Image.open(io.BytesIO(jpeg))
    red, _, blue = image.getpixel((int(x * image.width), int(y * image.height)))
    return "red" if red > blue else "blue"


def test_the_frame_is_moved_by_keys_and_mouse_and_the_photo_follows(
    operator: Operator, box: Any, halves: Path
) -> None:
    operator.wait(lambda: box.take(halves))
    assert (colour(box.fresh, 0.1), colour(box.fresh, 0.9)) == ("red", "blue")
    operator.wait(box.cut_button.click)
    view = box.dialog.view
    for _step in range(60):
        operator.bot.keyClick(view, Qt.Key.Key_Right)
    operator.wait(box.dialog.accept)
    assert colour(box.fresh, 0.1) == "blue"
    operator.wait(box.cut_button.click)
    view = box.dialog.view
    operator.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    operator.bot.mouseMove(view, QPoint(540, 200))
    operator.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(540, 200))
    operator.wait(box.dialog.accept)
    assert colour(box.fresh, 0.9) == "red"


def test_a_picture_that_lies_on_its_side_is_turned_and_brought_closer(
    operator: Operator, box: Any, halves: Path
) -> None:
    operator.wait(lambda: box.take(halves))
    operator.wait(box.cut_button.click)
    view = box.dialog.view
    operator.bot.keyClick(view, Qt.Key.Key_R)
    for _step in range(60):
        operator.bot.keyClick(view, Qt.Key.Key_Down)
    cut = view.cut()
    assert cut.quarter_turns == 1
    assert cut.top + cut.height == pytest.approx(1.0)
    for _step in range(500):
        operator.bot.keyClick(view, Qt.Key.Key_Plus)
    assert 0 < view.cut().width < cut.width
    operator.wait(box.dialog.accept)
    # Clockwise, the left comes to the top: at the bottom it is blue.
    assert colour(box.fresh) == "blue"


def test_leaving_the_cutting_leaves_the_photo(operator: Operator, box: Any, halves: Path) -> None:
    operator.wait(lambda: box.take(halves))
    before = box.fresh
    operator.wait(box.cut_button.click)
    operator.bot.keyClick(box.dialog.view, Qt.Key.Key_Right)
    box.dialog.reject()
    assert box.fresh == before
    assert box.dialog is None


def test_a_picture_is_pasted_or_dropped(operator: Operator, box: Any, halves: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("bukan gambar")
    box.paste()
    assert "Tidak ada gambar yang disalin" in box.note.text
    clipboard.setImage(QImage(str(halves)))
    box.choose_button.setFocus()
    operator.wait(lambda: operator.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier))
    assert (colour(box.fresh, 0.1), colour(box.fresh, 0.9)) == ("red", "blue")
    box.remove_button.click()
    assert box.fresh is None
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(halves))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    operator.wait(lambda: box.dropEvent(drop))
    assert colour(box.fresh, 0.1) == "red"


def test_what_is_no_picture_is_said_and_the_photo_stays(
    operator: Operator, box: Any, halves: Path, tmp_path: Path
) -> None:
    operator.wait(lambda: box.take(halves))
    before = box.fresh
    (tmp_path / "surat.jpg").write_bytes(b"%PDF-1.7")
    operator.wait(lambda: box.take(tmp_path / "surat.jpg"))
    assert "tidak terbaca" in box.note.text
    assert box.fresh == before
    assert box.choose_button.isEnabled()


def test_without_a_camera_it_says_so_and_offers_the_file(
    operator: Operator, box: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kerjadesa.ui.camera.first_camera", lambda: None)
    box.camera_button.click()
    assert "Tidak ada kamera" in box.note.text
    assert operator.focus is box.choose_button


def test_what_the_camera_sees_becomes_the_photo(operator: Operator, box: Any, halves: Path) -> None:
    dialog = CameraDialog(box, QCameraDevice(), box.take_image)
    dialog.open()
    assert not dialog.take_button.isEnabled(), "nothing is seen yet"
    seen = QImage(str(halves)).convertToFormat(QImage.Format.Format_RGB32)
    dialog.sink.setVideoFrame(QVideoFrame(seen))
    operator.bot.waitUntil(dialog.take_button.isEnabled)
    operator.wait(dialog.take_button.click)
    assert (colour(box.fresh, 0.1), colour(box.fresh, 0.9)) == ("red", "blue")


def test_a_folder_of_photos_is_attached_and_what_did_not_fit_is_listed(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    assert isinstance(register(office, worker(1)), Registered)
    folder = tmp_path / "foto"
    folder.mkdir()
    (folder / "1303044103850001.jpg").write_bytes(portrait(1))
    (folder / "liburan.jpg").write_bytes(portrait(2))
    workers = operator.go("workers")
    workers.folder_photos()
    dialog = workers.findChild(FolderPhotos)
    assert dialog is not None
    operator.wait(lambda: dialog.take(folder))
    assert dialog.banner.text == "Foto terpasang: 1. Nama berkas keliru: 1."
    told = dialog._names.toPlainText()
    assert told == "liburan.jpg: nama berkasnya harus memuat satu NIK"
    assert photo(office, page(office)[0].id) is not None
    dialog.close()


def test_escape_while_photos_are_attached_says_how_far_it_came_and_the_next_one_closes(
    operator: Operator, tmp_path: Path
) -> None:
    for serial in range(1, 5):
        (tmp_path / f"130304410385{serial:04d}.jpg").write_bytes(portrait(serial))
    workers = operator.go("workers")
    workers.folder_photos()
    dialog = workers.findChild(FolderPhotos)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))

    def stop_at_once() -> None:
        dialog.take(tmp_path)
        operator.bot.keyClick(dialog, Qt.Key.Key_Escape)

    operator.wait(stop_at_once)
    assert dialog.isVisible()
    assert dialog.choose_button.isEnabled()
    operator.bot.keyClick(dialog, Qt.Key.Key_Escape)
    operator.bot.waitUntil(lambda: bool(gone))
    assert operator.window.isVisible()
    assert operator.window.focusWidget() is workers.search


def test_a_notice_to_sign_is_saved_with_the_name_that_was_typed(
    operator: Operator, tmp_path: Path
) -> None:
    import pypdfium2

    register_page = operator.go("register")
    register_page.form.fields["name"].write("Upik Contoh")
    notice = register_page.form._extras["consent"]
    operator.wait(lambda: notice.save_to(tmp_path / "lembar.pdf"))
    assert "Pemberitahuan tersimpan" in register_page.frame.banner.text
    document = pypdfium2.PdfDocument(tmp_path / "lembar.pdf")
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Upik Contoh" in words
    assert "1 Nagari 100 Pekerja Rentan" in words
