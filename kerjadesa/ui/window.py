"""The one window: set-up, lock or desk, and what happens when it is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from kerjadesa.actions.home_files import VAULT
from kerjadesa.ui.dress import SYSTEM, clothe, dress, wanted
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
    from kerjadesa.ui.twin_seeker import TwinSeeker

_FRAME = 32
_SMALLEST = QSize(560, 340)
"""What a village's screen has room for at 200 %, less the frame and the bar of the desktop."""

_LOSES_NOTHING = ("home", "settings")
"""Pages that may be built anew at any time."""


class Window(QMainWindow):
    """Shows one thing at a time, and closes only when nothing is under way."""

    def __init__(self, home: Path, now: Callable[[], datetime], preferences: QSettings) -> None:
        super().__init__()
        self._home, self._now, self._preferences = home, now, preferences
        self.office: Office | None = None
        self.desk: Desk | None = None
        self.seeker: TwinSeeker | None = None
        self.setup: SetupPage | None = None
        self.unlock: UnlockPage | None = None
        self._content: QWidget | None = None
        self._closing = False
        self._copied = False
        self._operator_told = ""
        self.lane = Lane()
        self.lane.busy_changed.connect(self._close_if_asked)
        self.banner = Banner()
        clothe(self)
        self.setWindowTitle("KerjaDesa")
        self.setWindowIcon(icon("card", colours.accent, 64))
        self.setMinimumSize(_SMALLEST)
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
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_keys)
        QGuiApplication.styleHints().colorSchemeChanged.connect(
            self._follow, Qt.ConnectionType.QueuedConnection
        )
        self.setCentralWidget(holder)
        if (home / VAULT).exists():
            self._show_lock()
        else:
            self._show_setup()

    def surprise(self, error: BaseException) -> None:
        """Says an error that no page has caught; the log knows the rest."""
        from kerjadesa.ui.trouble import sentence_for

        self.banner.say(sentence_for(error), "bad")

    def show_keys(self) -> None:
        """Opens the sheet of all shortcuts."""
        from kerjadesa.ui.desk import RAIL
        from kerjadesa.ui.keys_sheet import KeysSheet

        KeysSheet(self, len(RAIL)).open()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        """Looks who the operator is by now when somebody comes back to this window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._meet_operator()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        """Closes at once, or as soon as the lane is idle: nothing is cut off half way."""
        if not self._closing and not self._may_close():
            event.ignore()
            return
        self._stop_seeking()
        words = _("Pekerjaan belum selesai. Jendela menutup sendiri sesudahnya.")
        if not self._closing and self._copy_at_home():
            words = _("Menyalin data untuk berjaga-jaga. Jendela menutup sendiri sesudahnya.")
        if self.lane.busy:
            event.ignore()
            self._closing = True
            if self._content is not None:
                self._content.setEnabled(False)
            self.banner.say(words, "caution", _("Batalkan pekerjaan"), self.lane.cancel)
            return
        self._preferences.setValue("geometry", self.saveGeometry())
        self._preferences.sync()
        self.lane.close()
        if self.office is not None:
            self.office.close()
            self.office = None
        event.accept()

    def _copy_at_home(self) -> bool:
        """Begins the day's copy beside the register; whether there was anything to copy."""
        office = self.office
        if office is None or self.lane.busy or self._copied:
            return False
        from kerjadesa.actions.backup import copy_at_home, copy_at_home_due

        self._copied = True
        if not copy_at_home_due(office):
            return False
        self.lane.submit(
            lambda ticket: copy_at_home(office, ticket.progress, ticket.cancelled),
            done=lambda _done: None,
            failed=self._stay,
        )
        return True

    def _stay(self, text: str) -> None:
        """Says why the copy failed; who closes again closes without one."""
        self._closing = False
        if self._content is not None:
            self._content.setEnabled(True)
        self.banner.say(text, "bad")

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
        self.setup.restore_wanted.connect(lambda: self._show_restore(self._show_setup))
        self._show(reachable(self.setup))
        self.setup.picker.setFocus()

    def _show_restore(self, back: Callable[[], None]) -> None:
        from kerjadesa.ui.restore_page import RestorePage

        self.setup = self.unlock = None
        page = RestorePage(self._home, self.lane, self._now, self._open_fresh, back)
        self._show(reachable(page))
        page.setFocus()

    def _open_fresh(self, passphrase: str) -> None:
        """From the wizard straight to the desk."""
        self._show_lock()
        assert self.unlock is not None  # noqa: S101 -- made by the line above
        self.unlock.passphrase.setText(passphrase)
        self.unlock.open()

    def _show_lock(self) -> None:
        self.setup = self.desk = None
        self.unlock = UnlockPage(self._home, self.lane, self._now, self._opened)
        self.unlock.restore_wanted.connect(lambda: self._show_restore(self._show_lock))
        self._show(reachable(self.unlock))
        self.unlock.passphrase.setFocus()

    def _opened(self, office: "Office") -> None:
        self.office = office
        self._operator_told = office.operator
        self.unlock = None
        self.setWindowTitle(_("KerjaDesa – {place}").format(place=office.place.title))
        self._show_desk("home")
        from kerjadesa.ui.twin_seeker import TwinSeeker

        self.seeker = TwinSeeker(office, self.lane, self._tell_seeking)

    def _tell_seeking(self, percent: int | None) -> None:
        if self.desk is not None:
            self.desk.tell_seeking(percent)

    def _stop_seeking(self) -> None:
        if self.seeker is not None:
            self.seeker.stop()
            self.seeker = None

    def _show_desk(self, page: str) -> None:
        from kerjadesa.ui.desk import Desk

        assert self.office is not None  # noqa: S101 -- the desk is what an open office shows
        self.desk = Desk(self.office, self.lane)
        self.desk.language_chosen.connect(self._speak)
        self.desk.theme_chosen.connect(self._wear)
        self.desk.operator_changed.connect(self._go_on_as)
        self.desk.keys_wanted.connect(self.show_keys)
        self.desk.locked.connect(self._lock)
        # Queued: the desk that says so is still on its way there.
        self.desk.arrived.connect(self._follow, Qt.ConnectionType.QueuedConnection)
        self._show(self.desk)
        self.desk.go(page)

    def _speak(self, language: str) -> None:
        """Builds the desk anew in another language; the words of a widget are set once."""
        use_language(language)
        self._preferences.setValue("language", language)
        self._show_desk("settings")

    def _wear(self, theme: str) -> None:
        """Builds the desk anew in other colours; an icon is drawn once."""
        self._preferences.setValue("theme", theme)
        self._dress(theme)
        self._show_desk("settings")

    def _go_on_as(self, office: "Office") -> None:
        """Builds the desk anew for another operator, so that no page writes as the former one."""
        assert self.office is not None  # noqa: S101 -- the desk that says so shows it
        former, self.office = self.office.operator, office
        self._operator_told = office.operator
        self._show_desk("settings")
        assert self.desk is not None  # noqa: S101 -- made by the line above
        self.desk.page("settings").tell_operator(former)

    def _meet_operator(self) -> None:
        """Says once that another window of this register has changed the operator."""
        if self.office is None:
            return
        from kerjadesa.actions.change_operator import present_operator

        name, told = present_operator(self.office), self._operator_told
        self._operator_told = name
        if name == self.office.operator != told:
            self.banner.hide()
        elif name != told:
            self._offer_operator(name)

    def _offer_operator(self, name: str) -> None:
        assert self.office is not None  # noqa: S101 -- whose name is not the window's any more
        text = _(
            "Petugas diganti menjadi {operator} di jendela lain. "
            "Jendela ini masih mencatat atas nama {former}."
        ).format(operator=name, former=self.office.operator)
        if self.lane.busy:
            text = f"{text} {_('Tunggu sampai pekerjaan selesai, lalu pilih lagi.')}"
        self.banner.say(text, "caution", _("Ganti juga di sini"), partial(self._take_over, name))

    def _take_over(self, name: str) -> None:
        if self.office is None or self.desk is None:
            return
        if not self.lane.busy and self.desk.current.may_leave():
            self._go_on_as(replace(self.office, operator=name))
        else:
            self._offer_operator(name)

    def _follow(self) -> None:
        """Takes on the computer's theme once that costs nobody what is being typed."""
        theme = str(self._preferences.value("theme", SYSTEM))
        page = self.desk.name if self.desk is not None else ""
        if wanted(_application(), theme).name == colours.name or self.lane.busy:
            return
        if QApplication.activeModalWidget() is not None:
            # A box over a page that loses nothing may hold what is being typed.
            return
        if self.unlock is not None and not self.unlock.passphrase.text():
            self._dress(theme)
            self._show_lock()
        elif page in _LOSES_NOTHING:
            self._dress(theme)
            self._show_desk(page)

    def _dress(self, theme: str) -> None:
        dress(_application(), theme)
        clothe(self)

    def _lock(self) -> None:
        if self.office is not None and not self.lane.busy:
            self._stop_seeking()
            self.office.close()
            self.office = None
            self.banner.hide()
            self._show_lock()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 -- a window cannot do without
    return application
