"""Another passphrase, by the former one or by the recovery key."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kerjadesa.actions.change_keys import change_passphrase
from kerjadesa.ui.advice import passphrase_advice
from kerjadesa.ui.settings_key_dialog import KeyDialog
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class PassphraseDialog(KeyDialog):
    """`changed` is called once the new passphrase is the one that opens the register."""

    def __init__(self, owner: QWidget, around: "Around", changed: Callable[[], object]) -> None:
        super().__init__(owner, around, _("Ganti frasa sandi"))
        self._changed = changed
        former_caption, self.former = self.secret(_("Frasa sandi &lama, atau kunci pemulihan"))
        caption, self.passphrase = self.secret(_("Frasa sandi b&aru"))
        again_caption, self.again = self.secret(_("Frasa sandi baru &sekali lagi"))
        self._advice, self._differs = Note(), Note()
        self.change_button = button(_("&Ganti frasa sandi"), self.change, "primary")
        self.setLayout(
            column(
                self.heading,
                label(
                    _(
                        "Kunci pemulihan tetap sama. Cadangan yang sudah dibuat tetap dibuka "
                        "dengan frasa sandi yang lama."
                    ),
                    role="quiet",
                    wrap=True,
                ),
                former_caption,
                self.former,
                self.note,
                caption,
                self.passphrase,
                self._advice,
                again_caption,
                self.again,
                self._differs,
                self.shown,
                self.busy,
                row(None, self.cancel_button, self.change_button),
                gap=GRID,
                margin=2 * GRID,
            )
        )
        # Only inside the box does it become what Enter presses.
        self.change_button.setDefault(True)
        self.look()
        self.former.setFocus()

    def change(self) -> None:
        """Writes it in the lane."""
        if not self.change_button.isEnabled():
            return
        home = self._around.office.home
        former, passphrase = self.former.text(), self.passphrase.text()
        self.work(
            _("Mengganti frasa sandi…"),
            lambda: change_passphrase(home, former, passphrase),
            self._done,
            self.former,
        )

    def look(self) -> None:
        """Advises on the new one and tells where the two differ."""
        first, second = self.passphrase.text(), self.again.text()
        tone, words = passphrase_advice(first)
        self._advice.say(words, tone)
        differs = bool(second) and not first.startswith(second)
        self._differs.say(_("Kedua frasa sandi belum sama.") if differs else "")
        ready = bool(self.former.text() and first) and tone != "bad" and first == second
        self.change_button.setEnabled(ready and self.former.isEnabled())
        self.fit()

    def _done(self, _nothing: None) -> None:
        self.accept()
        self._changed()
