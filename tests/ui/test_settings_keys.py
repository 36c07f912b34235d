"""Another operator, another passphrase, another recovery key: from the settings, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kerjadesa.actions.change_operator import change_operator
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.store import vault
from kerjadesa.ui import recovery_paper, register_page, settings_recovery
from tests.office_kit import PASSPHRASE, worker
from tests.ui.conftest import Operator

NEW = "lima kata lain yang rekaan"


def vault_of(operator: Operator) -> Path:
    assert operator.window.office is not None
    return operator.window.office.home / "vault.json"


def banner(operator: Operator) -> str:
    return str(operator.desk.page("settings").frame.banner.text)


def test_a_colleague_s_work_stands_under_her_own_name(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    assert isinstance(register(office, worker(1)), Registered)
    settings = operator.go("settings")
    settings.operator_button.click()
    box = settings.operator_dialog
    operator.bot.waitUntil(box.isActiveWindow)
    # What was there is marked, so that typing takes its place.
    operator.type("  Petugas   Kedua ")
    operator.press(Qt.Key.Key_Return)

    assert "Petugas Kedua" in banner(operator) and "Petugas Contoh" in banner(operator)
    texts = [part.text() for part in operator.desk.findChildren(QLabel)]
    assert "Petugas Kedua" in texts and "Petugas Contoh" not in texts
    # The form that the new operator sees writes as she does.
    here = operator.go("register")._around.office
    assert isinstance(register(here, worker(2)), Registered)
    with here.store.reading(here.now()) as unit:
        entries = [
            entry for entry in unit.journal.run(unit.device, 1, 9) if entry.verb == verbs.REGISTERED
        ]
    assert [entry.operator for entry in entries] == ["Petugas Contoh", "Petugas Kedua"]


def test_a_second_window_says_at_once_that_the_operator_changed_in_the_first(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, office = operator.window, operator.window.office
    assert office is not None
    form = operator.go("register").form
    form.fields["name"].write("Upik Con")
    change_operator(office, "Petugas Kedua")
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert "Petugas Kedua" in window.banner.text and "Petugas Contoh" in window.banner.text
    assert form.fields["name"].read() == "Upik Con", "nobody's typing is lost by it"
    monkeypatch.setattr(register_page, "ask_about_changes", lambda _page: "stay")
    act = next(b for b in window.banner.findChildren(QPushButton) if b.text().startswith("Ganti"))
    act.click()
    assert window.office is office and "Petugas Kedua" in window.banner.text, "offered again"
    form.fields["name"].write("")
    act.click()
    assert window.office is not None and window.office.operator == "Petugas Kedua"
    assert not window.banner.text and "Petugas Kedua" in banner(operator)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert not window.banner.text, "said once"


def test_the_name_is_still_hers_after_locking(operator: Operator) -> None:
    settings = operator.go("settings")
    settings.operator_button.click()
    settings.operator_dialog.name.setText("Petugas Kedua")
    settings.operator_dialog.save()
    operator.desk.locked.emit()
    assert operator.window.unlock is not None
    operator.window.unlock.passphrase.setText(PASSPHRASE)
    operator.wait(operator.window.unlock.open)
    assert operator.window.office is not None
    assert operator.window.office.operator == "Petugas Kedua"


def test_nobody_becomes_an_operator_without_a_name(operator: Operator) -> None:
    settings = operator.go("settings")
    settings.operator_button.click()
    box = settings.operator_dialog
    box.name.setText("   ")
    box.save()
    assert box.isVisible() and box.note.text
    assert operator.window.office is not None
    assert operator.window.office.operator == "Petugas Contoh"


def test_a_passphrase_that_others_know_is_replaced(operator: Operator) -> None:
    settings = operator.go("settings")
    settings.keys.passphrase_button.click()
    box = settings.keys.passphrase_dialog
    box.former.setText(PASSPHRASE)
    box.passphrase.setText(NEW)
    box.again.setText("lima kota")
    assert not box.change_button.isEnabled()
    operator.bot.waitUntil(box.isActiveWindow)
    box.again.setFocus()
    box.again.clear()
    operator.type(NEW)
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    assert "cadangan baru" in banner(operator)
    vault.unlock(vault_of(operator), NEW)
    with pytest.raises(UserError, match="passphrase_wrong"):
        vault.unlock(vault_of(operator), PASSPHRASE)


def test_a_wrong_old_passphrase_is_told_and_may_be_typed_again(operator: Operator) -> None:
    settings = operator.go("settings")
    settings.keys.passphrase_button.click()
    box = settings.keys.passphrase_dialog
    for field, text in ((box.former, "salah"), (box.passphrase, NEW), (box.again, NEW)):
        field.setText(text)
    operator.wait(box.change)
    assert "tidak cocok" in box.note.text and box.isVisible()
    assert box.former.hasFocus() and box.former.selectedText() == "salah"
    vault.unlock(vault_of(operator), PASSPHRASE)
    box.former.setText(PASSPHRASE)
    operator.wait(box.change)
    vault.unlock(vault_of(operator), NEW)


def test_a_recovery_key_that_was_never_kept_is_made_anew(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = operator.go("settings")
    settings.keys.recovery_button.click()
    box = settings.keys.recovery_dialog
    operator.bot.waitUntil(box.isActiveWindow)
    operator.type(PASSPHRASE)
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    key = box.paper.key.text()
    assert box.paper.isVisible() and not box.finish_button.isEnabled()
    assert box.paper.key.width() >= box.paper.key.sizeHint().width(), "nothing of it is cut off"
    # In force from the moment it can be read.
    assert vault.unlock(vault_of(operator), key) == vault.unlock(vault_of(operator), PASSPHRASE)

    suggested: list[str] = []
    monkeypatch.setattr(recovery_paper, "documents", lambda: tmp_path)
    monkeypatch.setattr(
        recovery_paper.QFileDialog,
        "getSaveFileName",
        lambda _owner, _title, path, _kinds: (suggested.append(path) or path, ""),
    )
    next(b for b in box.paper.findChildren(QPushButton) if "teks" in b.text()).click()
    assert Path(suggested[0]).parent == tmp_path and key in Path(suggested[0]).read_text("utf-8")

    asked: list[str] = []
    monkeypatch.setattr(settings_recovery, "ask", lambda *said, **_: asked.append(said[1]))
    operator.press(Qt.Key.Key_Escape)
    assert asked and box.isVisible()
    box.written_down.setChecked(True)
    box.finish()
    assert "Kunci pemulihan baru berlaku" in banner(operator)
