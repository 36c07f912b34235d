"""Periksa kartu as a clerk uses it: scan after scan, by keyboard, camera, picture or clipboard."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame, QVideoFrameFormat

from kerjadesa.actions.invent import portrait
from kerjadesa.actions.verify_card import DistrictNews
from kerjadesa.ui.verify_camera import CodeCamera
from kerjadesa.ui.verify_page import say_news
from kerjadesa.ui.widgets import Note
from tests.cards.test_hostile_codes import picture_of
from tests.office_kit import START
from tests.ui.conftest import Operator
from tests.ui.verify_states import every_verdict


@pytest.fixture
def codes(operator: Operator) -> dict[str, str]:
    """A code for each verdict."""
    assert operator.window.office is not None
    return every_verdict(operator.window.office, portrait(1))


def scan(operator: Operator, text: str) -> None:
    operator.type(text)
    operator.press(Qt.Key.Key_Return)


def words_on(page: Any) -> str:
    """All that the result says of the card."""
    parts = [label.text() for row in page.result._rows for label in row if label.isVisible()]
    return "\n".join([page.result.name.text(), *parts])


WORDS = {
    "genuine": "Asli",
    "replaced": "Asli – diganti",
    "expired": "Asli – kedaluwarsa",
    "not_yet_valid": "Asli – belum berlaku",
    "unknown_key": "Tidak dikenal penerbitnya",
    "forged": "Palsu",
    "unreadable": "Bukan kartu program",
}


def test_scan_after_scan_each_card_gets_its_word(operator: Operator, codes: dict[str, str]) -> None:
    page = operator.go("verify")
    for status, text in codes.items():
        scan(operator, text)
        assert page.result.verdict.text() == WORDS[status]
        assert operator.focus is page.code, "the next scan replaces this one at once"
    assert page.recent.count() == len(codes)
    together = "\n".join(page.recent.item(place).text() for place in range(page.recent.count()))
    assert all(word in together for word in WORDS.values())
    assert "Siti" not in together and "1303042001" not in together, "the list is masked"


def test_a_scanner_at_a_keyboard_with_caps_lock_on_is_understood(
    operator: Operator, codes: dict[str, str]
) -> None:
    page = operator.go("verify")
    scan(operator, codes["genuine"].lower())
    assert page.result.verdict.text() == "Asli"


def test_who_is_registered_here_is_shown_large_and_the_nik_stays_masked(
    operator: Operator, codes: dict[str, str]
) -> None:
    page = operator.go("verify")
    scan(operator, codes["genuine"])
    assert page.result.photo.pixmap().height() >= 280
    shown = words_on(page)
    assert "Siti Nur'aini Contoh" in shown and "130304••••••0001" in shown
    assert "1 Nagari 100 Pekerja Rentan" in shown and "Nagari Muaro" in shown
    assert "1985" not in shown, "the birth date would give the masked digits away"
    scan(operator, codes["forged"])
    assert not page.result.photo.isVisible()
    assert "130304••" not in words_on(page)


def test_a_replaced_card_says_which_issue_counts(operator: Operator, codes: dict[str, str]) -> None:
    page = operator.go("verify")
    scan(operator, codes["replaced"])
    assert "ke-2" in page.result.cautions[0].text
    scan(operator, codes["genuine"])
    assert not any(note.isVisible() for note in page.result.cautions)


def test_a_photo_of_the_card_may_be_dropped_or_pasted(
    operator: Operator, codes: dict[str, str], tmp_path: Path
) -> None:
    page = operator.go("verify")
    file = tmp_path / "kartu.png"
    picture_of(codes["genuine"]).save(file)
    operator.wait(lambda: page.take(file))
    assert page.result.verdict.text() == "Asli"

    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(QImage(str(file)))
    page.code.clear()
    operator.wait(lambda: operator.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier))
    assert page.recent.count() == 2
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(file))])
    clipboard.setMimeData(copied)
    operator.wait(lambda: operator.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier))
    assert page.recent.count() == 3
    clipboard.setText(codes["expired"])
    operator.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    operator.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    operator.press(Qt.Key.Key_Return)
    assert page.result.verdict.text() == "Asli – kedaluwarsa"


def test_a_picture_without_a_code_is_one_sentence_and_no_old_verdict(
    operator: Operator, codes: dict[str, str], tmp_path: Path
) -> None:
    page = operator.go("verify")
    scan(operator, codes["genuine"])
    file = tmp_path / "foto.jpg"
    file.write_bytes(portrait(2))
    operator.wait(lambda: page.take(file))
    assert "foto lebih dekat" in page.frame.banner.text
    assert not page.result.isVisible()
    assert operator.focus is page.code


def test_without_a_camera_the_page_says_so_and_offers_the_other_ways(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kerjadesa.ui.camera.first_camera", lambda: None)
    page = operator.go("verify")
    assert page.camera is None, "nobody asked for it yet"
    operator.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert "alat pemindai" in page.camera_note.text
    assert operator.focus is page.code


@pytest.fixture
def with_camera(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer with a camera whose pictures the test makes."""
    monkeypatch.setattr("kerjadesa.ui.camera.first_camera", QCameraDevice)
    monkeypatch.setattr("kerjadesa.ui.verify_camera._BETWEEN_LOOKS", 0.0)
    # A camera that is none says so at once; here it is a good one.
    monkeypatch.setattr("kerjadesa.ui.verify_page.VerifyPage._camera_failed", lambda _page: None)
    yield


def frame_of(text: str) -> QVideoFrame:
    """What a webcam sees of a card."""
    buffer = io.BytesIO()
    picture_of(text, 4).convert("RGB").save(buffer, "PNG")
    image = QImage.fromData(buffer.getvalue()).convertToFormat(QImage.Format.Format_RGB32)
    shape = QVideoFrameFormat(image.size(), QVideoFrameFormat.PixelFormat.Format_BGRX8888)
    frame = QVideoFrame(shape)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    frame.bits(0)[:] = bytes(image.constBits())
    frame.unmap()
    return frame


@pytest.mark.usefixtures("with_camera")
def test_a_card_held_before_the_camera_is_judged_once(
    operator: Operator, codes: dict[str, str]
) -> None:
    page = operator.go("verify")
    operator.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    camera: CodeCamera = page.camera
    for status in ("genuine", "forged"):
        frame = frame_of(codes[status])

        def judged(frame: QVideoFrame = frame, word: str = WORDS[status]) -> bool:
            # As a camera does: the same picture again and again.
            camera.sink.videoFrameChanged.emit(frame)
            return bool(page.result.verdict.text() == word)

        operator.bot.waitUntil(judged)
        for _look in range(5):
            judged()
    assert page.recent.count() == 2
    operator.go("home")
    assert page.camera is None, "the light of the camera goes out behind another page"
    operator.go("verify")
    assert page.camera is not None, "whoever used it last time has it again"
    operator.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.camera is None
    operator.go("home")
    operator.go("verify")
    assert page.camera is None


@pytest.mark.parametrize(
    ("news", "says", "warns"),
    [
        (DistrictNews(None, enrolled=False), "Belum terhubung", True),
        (DistrictNews(None, enrolled=True), "belum pernah", True),
        (DistrictNews(START, enrolled=True), "hari ini", False),
        (DistrictNews(START - timedelta(days=1), enrolled=True), "kemarin", False),
        (DistrictNews(START - timedelta(days=3), enrolled=True), "3 hari lalu", False),
        (DistrictNews(START - timedelta(days=31), enrolled=True), "31 hari lalu", True),
        (DistrictNews(START + timedelta(days=3), enrolled=True), "hari ini", False),
    ],
)
@pytest.mark.usefixtures("qtbot")
def test_the_page_says_how_old_the_list_of_trusted_laptops_is(
    news: DistrictNews, says: str, warns: bool
) -> None:
    note = Note()
    say_news(note, news, START)
    assert says in note.text
    assert note._parts is not None
    assert (note._parts[1].property("tone") == "caution") is warns


def test_a_text_without_end_in_a_code_is_cut_short(operator: Operator) -> None:
    from tests.cards.conftest import CWT, seal

    page = operator.go("verify")
    page.code.setText(seal({**CWT, 169: {1: "<b>" + "X" * 3000, 4: "A\n" * 3000, 9: True}}))
    page.check()
    assert len(words_on(page)) < 400
    assert page.result.verdict.text() == "Tidak dikenal penerbitnya"


def test_with_enlarged_letters_the_whole_identity_is_on_screen_above_the_box(
    operator: Operator, codes: dict[str, str]
) -> None:
    operator.window.resize(911, 472)
    page = operator.go("verify")
    assert page.code.mapTo(page, page.code.rect().topLeft()).y() < page.height() // 2
    scan(operator, codes["genuine"])
    area = operator.desk._places["verify"]
    operator.bot.waitUntil(
        lambda: (
            page.result.mapTo(page, page.result.rect().bottomLeft()).y()
            < page.code.mapTo(page, page.code.rect().topLeft()).y()
        )
    )
    assert area.horizontalScrollBar().maximum() == 0, "nobody scrolls sideways to compare a name"
    assert operator.focus is page.code
    operator.window.resize(1366, 728)
    operator.bot.waitUntil(lambda: page._left.width() == 400)
