"""The lock: passphrase or recovery key."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kerjadesa.ui.jobs import Lane, Ticket
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    Banner,
    BusyBar,
    button,
    column,
    label,
    name_control,
    panel,
    row,
)
from kerjadesa.words import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerjadesa.actions.office import Office


class UnlockPage(QWidget):
    """Opens the register; a wait after wrong tries is spent in the lane and shown."""

    restore_wanted = Signal()

    def __init__(
        self,
        home: Path,
        lane: Lane,
        now: Callable[[], datetime],
        opened: "Callable[[Office], None]",
    ) -> None:
        super().__init__()
        self._home, self._lane, self._now, self._opened = home, lane, now, opened
        self.banner = Banner()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.textChanged.connect(self._look)
        self.passphrase.returnPressed.connect(self.open)
        caption = label(_("&Frasa sandi atau kunci pemulihan"))
        name_control(self.passphrase, caption, _("Frasa sandi atau kunci pemulihan"))
        self._shown = QCheckBox(_("&Tampilkan"))
        self._shown.toggled.connect(self._reveal)
        self._busy = BusyBar(lambda: None)
        self._open = button(_("&Buka"), self.open, kind="primary")
        self._open.setDefault(True)
        self.restore = button(_("&Pulihkan dari cadangan…"), self.restore_wanted.emit, kind="link")

        sheet = panel(
            label("KerjaDesa", role="heading"),
            label(
                _("Data warga di komputer ini terkunci. Masukkan frasa sandi untuk membukanya."),
                role="quiet",
                wrap=True,
            ),
            self.banner,
            column(caption, self.passphrase, self._shown),
            self._busy,
            row(self.restore, None, self._open),
            gap=2 * GRID,
        )
        sheet.setFixedWidth(520)
        sheet.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.addWidget(sheet, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.passphrase)
        self._look()

    def open(self) -> None:
        """Tries what was typed."""
        typed = self.passphrase.text()
        if not typed or not self.passphrase.isEnabled():
            return
        self.banner.hide()
        self._busy.begin(_("Membuka data…"), stoppable=False)
        self.passphrase.setEnabled(False)
        self._look()
        home, now = self._home, self._now

        def work(_ticket: Ticket) -> "Office":
            from kerjadesa.actions.unlock import open_office

            return open_office(home, typed, now)

        self._lane.submit(work, done=self._done, failed=self._failed)

    def _done(self, office: "Office") -> None:
        self._rest()
        self.passphrase.clear()
        self._opened(office)

    def _failed(self, text: str) -> None:
        self._rest()
        self.banner.say(text, "bad")
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _rest(self) -> None:
        self._busy.hide()
        self.passphrase.setEnabled(True)
        self._look()

    def _look(self) -> None:
        self._open.setEnabled(bool(self.passphrase.text()) and self.passphrase.isEnabled())
        self.restore.setEnabled(self.passphrase.isEnabled())

    def _reveal(self, shown: bool) -> None:
        self.passphrase.setEchoMode(
            QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        )
