"""Backing up, restoring and closing in the window, as an operator does it."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kerjadesa.actions.backup import back_up
from kerjadesa.actions.register import register
from kerjadesa.ui import backup_panel, restore_page
from kerjadesa.ui.restore_page import RestorePage
from tests.office_kit import PASSPHRASE, Clock, opened, worker
from tests.ui.conftest import Operator


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a register with two people."""
    (tmp_path / "stick").mkdir()
    with opened(tmp_path / "elsewhere") as office:
        for serial in (1, 2):
            register(office, worker(serial))
        return back_up(office, tmp_path / "stick").file


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the operator chooses in the computer's own file window."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def restoring(operator: Operator) -> RestorePage:
    page = operator.window.findChild(RestorePage)
    assert isinstance(page, RestorePage)
    return page


def test_a_backup_is_made_with_the_keyboard_and_the_folder_remembered(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choosing(monkeypatch, stick)
    settings = operator.go("settings")
    assert not settings.backup.again.isVisible()
    settings.backup.elsewhere.setFocus()
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    assert "diperiksa ulang" in settings.frame.banner.text
    assert operator.focus is settings.backup.again
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    assert len(list(stick.glob("*.kdbackup"))) == 2


def test_a_stick_that_was_pulled_is_named_and_another_may_be_chosen(
    operator: Operator, tmp_path: Path
) -> None:
    settings = operator.go("settings")
    operator.wait(lambda: settings.backup.back_up_to(tmp_path / "gone"))
    assert "tidak ada" in settings.frame.banner.text
    assert settings.backup.elsewhere.isEnabled()


def test_a_new_computer_is_restored_with_the_keyboard_alone(
    fresh: Operator, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, backup)
    assert fresh.window.setup is not None
    fresh.window.setup.restore.setFocus()
    fresh.press(Qt.Key.Key_Return)
    page = restoring(fresh)
    assert fresh.focus is page.choose
    fresh.press(Qt.Key.Key_Return)
    assert fresh.focus is page.passphrase
    fresh.type("tiga kata lain")
    fresh.wait(lambda: fresh.press(Qt.Key.Key_Return))
    assert "tidak cocok" in page.banner.text
    fresh.type(PASSPHRASE)
    fresh.wait(lambda: fresh.press(Qt.Key.Key_Return))
    assert "2 pekerja dipulihkan" in page.banner.text
    fresh.wait(lambda: fresh.press(Qt.Key.Key_Return))
    assert fresh.window.office is not None
    with fresh.window.office.store.reading(fresh.window.office.now()) as unit:
        assert unit.workers.count() == 2


def test_what_is_no_backup_is_said_before_a_passphrase_is_typed(
    fresh: Operator, tmp_path: Path
) -> None:
    assert fresh.window.setup is not None
    fresh.window.setup.restore.click()
    (tmp_path / "surat.kdbackup").write_bytes(b"a letter")
    page = restoring(fresh)
    page.take(tmp_path / "surat.kdbackup")
    assert "bukan cadangan" in page.banner.text
    assert not page.next.isEnabled()


def test_a_register_that_cannot_be_opened_gives_way_only_when_asked(
    locked: Operator, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locked.window.unlock is not None
    locked.window.unlock.restore.click()
    page = restoring(locked)
    page.take(backup)
    page.passphrase.setText(PASSPHRASE)
    monkeypatch.setattr(restore_page, "ask", lambda *_, **__: False)
    page.go_on()
    assert not locked.window.lane.busy
    monkeypatch.setattr(restore_page, "ask", lambda *_, **__: True)
    locked.wait(page.go_on)
    assert "2 pekerja dipulihkan" in page.banner.text
    assert list((tmp_path / "home" / "backups").glob("before-restore-*/vault.json"))


def test_a_copied_register_becomes_a_new_device_and_asks_for_the_passphrase_again(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_panel, "is_copied", lambda _office: True)
    monkeypatch.setattr(backup_panel, "ask", lambda *_, **__: True)
    assert operator.window.office is not None
    before = operator.window.office.keys.device
    settings = operator.go("settings")
    assert settings.backup.as_new.isVisible()
    settings.backup.as_new.click()
    assert operator.window.unlock is not None
    operator.type(PASSPHRASE)
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    assert operator.window.office.keys.device != before


def test_closing_after_a_days_work_leaves_a_copy_beside_the_register(
    operator: Operator, qtbot: QtBot, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    register(office, worker(1))
    clock = office.now
    assert isinstance(clock, Clock)
    clock.at += timedelta(days=1)
    operator.window.close()
    qtbot.waitUntil(lambda: operator.window.office is None, timeout=20_000)
    assert len(list((tmp_path / "home" / "backups").glob("*.kdbackup"))) == 1
    assert not operator.window.isVisible()


def test_a_copy_that_fails_is_said_and_the_window_closes_all_the_same(
    operator: Operator, qtbot: QtBot, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    register(office, worker(1))
    clock = office.now
    assert isinstance(clock, Clock)
    clock.at += timedelta(days=1)
    (tmp_path / "home" / "backups").write_bytes(b"in the way")
    operator.wait(operator.window.close)
    assert operator.window.isVisible()
    assert "tidak dapat ditulis" in operator.window.banner.text
    operator.window.close()
    assert operator.window.office is None


def test_a_register_open_in_another_window_is_not_replaced_and_the_sentence_says_what_to_close(
    locked: Operator, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locked.window.unlock is not None
    locked.window.unlock.restore.click()
    page = restoring(locked)
    page.take(backup)
    page.passphrase.setText(PASSPHRASE)
    monkeypatch.setattr(restore_page, "ask", lambda *_, **__: True)
    with opened(tmp_path / "home"):
        locked.wait(page.go_on)
        assert "tutup jendela itu" in page.banner.text
        assert page.passphrase.text() == PASSPHRASE
    locked.wait(page.go_on)
    assert "2 pekerja dipulihkan" in page.banner.text
