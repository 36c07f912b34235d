"""The one window: set-up, lock or desk, and what happens when it is closed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from kerjadesa.actions.home_files import VAULT
from kerjadesa.ui.icons import icon
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.questions import ask
from kerjadesa.ui.theme import colours
from kerjadesa.ui.unlock_page import UnlockPage
from kerjadesa.ui.widgets import Banner, reachable
from kerjadesa.words import _, use_language

if TYPE_CHECKING:
    from kerjadesa.actions.office import Office
    from kerjadesa.ui.desk import Desk
    from kerjadesa.ui.setup_page import SetupPage

_FRAME = 32


class Window(QMainWindow):
    """Shows one thing at a time, and closes only when nothing is under way."""

    def __init__(self, home: Path, now: Callable[[], datetime], preferences: QSettings) -> None:
        super().__init__()
        self._home, self._now, self._preferences = home, now, preferences
        self.office: Office | None = None
        self.desk: Desk | None = None
        self.setup: SetupPage | None = None
        self.unlock: UnlockPage | None = None
        self._content: QWidget | None = None
        self._closing = False
        self.lane = Lane()
        self.lane.busy_changed.connect(self._close_if_asked)
        self.banner = Banner()
        self.setWindowTitle("KerjaDesa")
        self.setWindowIcon(icon("card", colours.accent, 64))
        self.setMinimumSize(640, 400)
        # With letters enlarged to 150 % a village's screen has room for 911 × 512 of these, and the
        # frame takes its part.
        free = self.screen().availableSize() - QSize(0, _FRAME)
        self.resize(QSize(1366, 728).boundedTo(free))
        geometry = preferences.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        holder = QWidget()
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.banner)
        self.setCentralWidget(holder)
        if (home / VAULT).exists():
            self._show_lock()
        else:
            self._show_setup()

    def surprise(self, error: BaseException) -> None:
        """Says an error that no page has caught; the log knows the rest."""
        from kerjadesa.ui.trouble import sentence_for

        self.banner.say(sentence_for(error), "bad")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        """Closes at once, or as soon as the lane is idle: nothing is cut off half way."""
        if not self._closing and not self._may_close():
            event.ignore()
            return
        if self.lane.busy:
            event.ignore()
            self._closing = True
            if self._content is not None:
                self._content.setEnabled(False)
            self.banner.say(
                _("Pekerjaan belum selesai. Jendela menutup sendiri sesudahnya."),
                "caution",
                _("Batalkan pekerjaan"),
                self.lane.cancel,
            )
            return
        self._preferences.setValue("geometry", self.saveGeometry())
        self._preferences.sync()
        self.lane.close()
        if self.office is not None:
            self.office.close()
            self.office = None
        event.accept()

    def _may_close(self) -> bool:
        if self.setup is not None and self.setup.key_unwritten:
            return ask(
                self,
                _("Kunci pemulihan belum ditandai sudah dicatat dan tidak dapat dilihat lagi."),
                yes=_("Tutup juga"),
                no=_("Kembali"),
            )
        return self.desk is None or self.desk.current.may_leave()

    def _close_if_asked(self, busy: bool) -> None:
        if not self._closing or busy:
            return
        if self.setup is not None and self.setup.key_unwritten:
            # What closing waited for has just shown the key that nobody will ever see again.
            self._closing = False
            self.banner.hide()
            assert self._content is not None  # noqa: S101 -- it holds the set-up
            self._content.setEnabled(True)
        else:
            self.close()

    def _show(self, content: QWidget) -> None:
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._layout.addWidget(content, 1)

    def _show_setup(self) -> None:
        from kerjadesa.ui.setup_page import SetupPage

        self.setup = SetupPage(self._home, self.lane, self._now, self._open_fresh)
        self._show(reachable(self.setup))
        self.setup.picker.setFocus()

    def _open_fresh(self, passphrase: str) -> None:
        """From the wizard straight to the desk."""
        self._show_lock()
        assert self.unlock is not None  # noqa: S101 -- made by the line above
        self.unlock.passphrase.setText(passphrase)
        self.unlock.open()

    def _show_lock(self) -> None:
        self.setup = self.desk = None
        self.unlock = UnlockPage(self._home, self.lane, self._now, self._opened)
        self._show(reachable(self.unlock))
        self.unlock.passphrase.setFocus()

    def _opened(self, office: "Office") -> None:
        self.office = office
        self.unlock = None
        self.setWindowTitle(_("KerjaDesa – {place}").format(place=office.place.title))
        self._show_desk("home")

    def _show_desk(self, page: str) -> None:
        from kerjadesa.ui.desk import Desk

        assert self.office is not None  # noqa: S101 -- the desk is what an open office shows
        self.desk = Desk(self.office, self.lane)
        self.desk.language_chosen.connect(self._speak)
        self.desk.locked.connect(self._lock)
        self._show(self.desk)
        self.desk.go(page)

    def _speak(self, language: str) -> None:
        """Builds the desk anew in another language; the words of a widget are set once."""
        use_language(language)
        self._preferences.setValue("language", language)
        self._show_desk("settings")

    def _lock(self) -> None:
        if self.office is not None and not self.lane.busy:
            self.office.close()
            self.office = None
            self._show_lock()
