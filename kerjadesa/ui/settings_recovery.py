"""Another recovery key: by the passphrase, and onto paper as at the first start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from kerjadesa.actions.change_keys import renew_recovery
from kerjadesa.ui.questions import ask
from kerjadesa.ui.recovery_paper import RecoveryPaper
from kerjadesa.ui.settings_key_dialog import KeyDialog
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, button, column, label, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class RecoveryDialog(KeyDialog):
    """The key is in force before it is shown: no paper is ever kept that opens nothing.

    `renewed` is called when the operator says that she has it.
    """

    def __init__(self, owner: QWidget, around: "Around", renewed: Callable[[], object]) -> None:
        super().__init__(owner, around, _("Kunci pemulihan baru"))
        self._renewed = renewed
        caption, self.passphrase = self.secret(_("&Frasa sandi atau kunci pemulihan"))
        self.make_button = button(_("B&uat kunci baru"), self.make, "primary")
        self._asking = QWidget()
        asking = column(
            label(
                _(
                    "Untuk kunci yang hilang, tidak sempat dicatat, atau dilihat orang lain. Kunci "
                    "yang lama tidak membuka komputer ini lagi, hanya cadangan yang sudah dibuat."
                ),
                role="quiet",
                wrap=True,
            ),
            caption,
            self.passphrase,
            self.shown,
            self.note,
            self.busy,
            row(None, self.cancel_button, self.make_button),
        )
        self._asking.setLayout(asking)
        self.banner = Banner()
        self.paper = RecoveryPaper(self.banner)
        self.written_down = QCheckBox(
            _("Kunci &pemulihan sudah saya tulis atau cetak, dan saya simpan di tempat aman")
        )
        self.written_down.toggled.connect(self.look)
        self.finish_button = button(_("S&elesai"), self.finish, "primary")
        self._showing = QWidget()
        self._showing.setLayout(
            column(
                self.banner, self.paper, self.written_down, row(None, self.finish_button), gap=12
            )
        )
        self._showing.hide()
        self.setLayout(column(self.heading, self._asking, self._showing, gap=GRID, margin=2 * GRID))
        # Only inside the box does it become what Enter presses.
        self.make_button.setDefault(True)
        self.look()
        self.passphrase.setFocus()

    @property
    def key_unwritten(self) -> bool:
        """Whether the key is on screen and nobody has confirmed to have it on paper."""
        return bool(self.paper.key.text()) and not self.written_down.isChecked()

    def make(self) -> None:
        """Makes the key in the lane and shows it."""
        if not self.make_button.isEnabled():
            return
        home, passphrase = self._around.office.home, self.passphrase.text()
        self.work(
            _("Membuat kunci pemulihan…"),
            lambda: renew_recovery(home, passphrase),
            self._show_key,
            self.passphrase,
        )

    def finish(self) -> None:
        """Closes once the key is on paper."""
        if not self.key_unwritten:
            self.accept()
            self._renewed()

    def reject(self) -> None:
        """Asks first where the key would be gone for good."""
        if self.key_unwritten and not ask(
            self,
            _("Kunci pemulihan belum ditandai sudah dicatat dan tidak dapat dilihat lagi."),
            yes=_("Tutup juga"),
            no=_("Kembali"),
        ):
            return
        super().reject()

    def look(self) -> None:
        """What may be pressed by now."""
        typed = bool(self.passphrase.text()) and self.passphrase.isEnabled()
        self.make_button.setEnabled(typed)
        self.finish_button.setEnabled(self.written_down.isChecked())
        self.fit()

    def _show_key(self, recovery: str) -> None:
        self.paper.show_key(recovery, self._around.office.place.title)
        self._asking.hide()
        self._showing.show()
        self.finish_button.setDefault(True)
        self.fit()
        self.paper.copy.setFocus()
