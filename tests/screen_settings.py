"""Drives the settings: another operator, passphrase and recovery key; a programme that ends."""

from collections.abc import Callable, Iterator

from kerjadesa.ui.window import Window
from tests.office_kit import PASSPHRASE, Clock
from tests.screen_window import Drive


def change_hands(window: Window, rest: Callable[[], None]) -> Iterator[str]:
    """Another operator, another passphrase that is refused, another recovery key."""
    assert window.desk is not None
    settings = window.desk.page("settings")
    settings.operator_button.click()
    yield "operator-change"
    settings.operator_dialog.name.setText("Petugas Kedua")
    settings.operator_dialog.save()
    # The desk was built anew for her.
    settings = window.desk.page("settings")
    yield "settings-operator-changed"
    settings.keys.passphrase_button.click()
    box = settings.keys.passphrase_dialog
    box.former.setText("bukan frasa sandinya")
    box.passphrase.setText(PASSPHRASE)
    box.again.setText(PASSPHRASE)
    yield "passphrase-change"
    box.change()
    rest()
    yield "passphrase-refused"
    box.reject()
    settings.keys.recovery_button.click()
    box = settings.keys.recovery_dialog
    yield "recovery-key-asked"
    box.passphrase.setText(PASSPHRASE)
    box.make()
    rest()
    yield "recovery-key-new"
    box.written_down.setChecked(True)
    box.finish()
    yield "settings-recovery-key-new"


def end_programme(drive: Drive, clock: Clock) -> Iterator[str]:
    """The programme ends, and next year's takes its place."""
    assert drive.window.desk is not None
    desk, today = drive.window.desk, clock.at
    clock.at = today.replace(month=12, day=10)
    desk.go("home")
    yield "home-programme-ends"
    desk.page("home")._to_programmes.click()
    yield "settings-programme-ends"
    clock.at = today.replace(year=today.year + 1, month=1, day=10)
    desk.go("home")
    yield "home-programme-over"
    desk.page("home")._to_programmes.click()
    yield "settings-programme-over"
    panel = desk.page("settings").programmes
    panel.new_button.click()
    yield "programme-new"
    box = panel.dialog
    box.name.control.setText(panel.table.item(0, 0).text())
    box.first.control.setText(f"01-12-{today.year}")
    box.name.control.textEdited.emit("")
    yield "programme-doubts"
    box.last.control.setText("31-12")
    box.save()
    yield "programme-refused"
    box.last.control.setText(f"31-12-{today.year + 1}")
    box.save()
    drive.rest()
    yield "settings-programme-new"
    panel.correct_button.click()
    yield "programme-correct"
    panel.dialog.reject()
    known = panel._known
    panel.show_programmes([], None)
    yield "settings-programme-none"
    panel.show_programmes(known, None)
