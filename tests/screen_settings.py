"""Drives the settings through another operator, another passphrase and another recovery key."""

from collections.abc import Callable, Iterator

from kerjadesa.ui.window import Window
from tests.office_kit import PASSPHRASE


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
