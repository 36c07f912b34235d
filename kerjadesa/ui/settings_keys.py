"""What opens this register, in the settings: another passphrase, another recovery key."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from kerjadesa.ui.settings_passphrase import PassphraseDialog
from kerjadesa.ui.settings_recovery import RecoveryDialog
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, button, column, label, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class KeysPanel(QFrame):
    """Two buttons; each opens a box of its own."""

    def __init__(self, around: "Around", banner: Banner) -> None:
        super().__init__()
        self._around, self._banner = around, banner
        self.passphrase_dialog: PassphraseDialog | None = None
        self.recovery_dialog: RecoveryDialog | None = None
        self.setProperty("role", "panel")
        self.passphrase_button = button(_("&Ganti frasa sandi…"), self._change)
        self.recovery_button = button(_("B&uat kunci pemulihan baru…"), self._renew)
        layout = column(
            label(_("Frasa sandi dan kunci pemulihan"), role="lead"),
            label(
                _("Salah satunya cukup untuk membuka data di komputer ini."),
                role="quiet",
                wrap=True,
            ),
            row(self.passphrase_button, None),
            row(self.recovery_button, None),
            gap=GRID,
            margin=2 * GRID,
        )
        self.setLayout(layout)

    def _change(self) -> None:
        self.passphrase_dialog = PassphraseDialog(self, self._around, self._changed)
        self.passphrase_dialog.open()

    def _changed(self) -> None:
        self._banner.say(
            _(
                "Frasa sandi diganti; kunci pemulihan tetap sama. Cadangan yang sudah dibuat tetap "
                "dibuka dengan frasa sandi yang lama. Buatlah cadangan baru."
            ),
            "good",
        )

    def _renew(self) -> None:
        self.recovery_dialog = RecoveryDialog(self, self._around, self._renewed)
        self.recovery_dialog.open()

    def _renewed(self) -> None:
        self._banner.say(
            _(
                "Kunci pemulihan baru berlaku; frasa sandi tetap sama. Kunci yang lama hanya "
                "membuka cadangan yang sudah dibuat. Buatlah cadangan baru."
            ),
            "good",
        )
