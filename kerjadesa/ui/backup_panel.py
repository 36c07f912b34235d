"""Backing up from the settings: one button, where it goes, and when it was done last."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from kerjadesa.actions.backup import BackedUp, back_up, backup_state
from kerjadesa.actions.restore import is_copied, renew
from kerjadesa.ui.files import choose_folder
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.questions import ask
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, BusyBar, Note, button, column, label, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_MEGABYTE = 1_000_000


class BackupPanel(QFrame):
    """`renewed` is called once this register has become a device of its own."""

    def __init__(self, around: "Around", banner: Banner, renewed: Callable[[], object]) -> None:
        super().__init__()
        self._around, self._banner, self._renewed = around, banner, renewed
        self._ticket: Ticket | None = None
        self._folder: Path | None = None
        self.setProperty("role", "panel")
        self._last = label(wrap=True)
        self._due = Note()
        self._busy = BusyBar(self._cancel)
        self.again = button(_("Ca&dangkan sekarang"), self._again, "primary", "save")
        self.elsewhere = button(_("Pi&lih folder cadangan…"), self._elsewhere, "", "folder")
        self._copied = Note()
        self.as_new = button(_("&Jadikan perangkat baru…"), self._renew)
        self.setLayout(
            column(
                label(_("Cadangan"), role="lead"),
                label(
                    _(
                        "Satu berkas terkunci di diska lepas. Dibuka hanya dengan frasa sandi atau "
                        "kunci pemulihan register ini; simpan jauh dari komputer ini."
                    ),
                    role="quiet",
                    wrap=True,
                ),
                self._last,
                self._due,
                row(self.again, self.elsewhere, None),
                self._busy,
                self._copied,
                row(self.as_new, None),
                gap=GRID,
                margin=2 * GRID,
            )
        )

    def look(self) -> None:
        """Asks how things stand by now."""
        state = backup_state(self._around.office)
        self._folder = state.folder
        if state.last is None:
            self._last.setText(_("Belum pernah dicadangkan."))
        else:
            # Where a line may break: a long path must not widen the page.
            where = str(state.folder).replace("/", "/\u200b").replace("\\", "\\\u200b")
            self._last.setText(
                _("Terakhir pada {moment}, di {folder}.").format(
                    moment=long_moment(state.last), folder=where
                )
            )
        due = _("Ada perubahan yang belum dicadangkan lebih dari seminggu.") if state.due else ""
        self._due.say(due, "caution")
        self.again.setVisible(self._folder is not None)
        copied = is_copied(self._around.office)
        self._copied.say(
            _(
                "Dinas menerima kiriman atas nama perangkat ini dari komputer lain. Agar keduanya "
                "dapat terus bekerja, jadikan yang ini perangkat baru."
            )
            if copied
            else ""
        )
        self.as_new.setVisible(copied)

    def back_up_to(self, folder: Path) -> None:
        """Writes a backup there, in the lane."""
        office = self._around.office
        self._banner.hide()
        self._allow(False)
        self._busy.begin(_("Mencadangkan…"))
        self._ticket = self._around.lane.submit(
            lambda ticket: back_up(office, folder, ticket.progress, ticket.cancelled),
            done=self._done,
            failed=self._failed,
            progress=self._progress,
            stopped=self._stopped,
        )

    def _again(self) -> None:
        if self._folder is not None:
            self.back_up_to(self._folder)

    def _elsewhere(self) -> None:
        title = _("Pilih diska lepas atau folder untuk cadangan")
        chosen = choose_folder(self, "backup", title, self._folder)
        if chosen:
            self.back_up_to(chosen)

    def _renew(self) -> None:
        agreed = ask(
            self,
            _(
                "Register ini akan menulis atas nama perangkat baru dan memerlukan undangan baru "
                "dari dinas. Data yang ada tetap."
            ),
            yes=_("&Jadikan perangkat baru"),
            no=_("&Batal"),
        )
        if agreed and not self._around.lane.busy:
            renew(self._around.office)
            self._renewed()

    def _progress(self, done: int, whole: int | None) -> None:
        words = _("{done} dari {whole} MB…").format(
            done=number(done // _MEGABYTE), whole=number((whole or done) // _MEGABYTE)
        )
        # Four walks over the data take the bar to its end; percentages fit what a bar can count.
        self._busy.report(words, done * 100 // whole if whole else 0, 100 if whole else None)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._busy.stopping()

    def _done(self, done: BackedUp) -> None:
        self._rest()
        self._banner.say(
            _(
                "{workers} pekerja dicadangkan dan diperiksa ulang. Cabut diskanya dengan aman."
            ).format(workers=number(done.workers)),
            "good",
        )

    def _failed(self, text: str) -> None:
        self._rest()
        self._banner.say(text, "bad")

    def _stopped(self) -> None:
        self._rest()
        self._banner.say(_("Dibatalkan; cadangan yang lama tetap ada."), "plain")

    def _rest(self) -> None:
        self._ticket = None
        self._busy.hide()
        self._allow(True)
        self.look()
        if self.isVisible():
            (self.again if self._folder is not None else self.elsewhere).setFocus()

    def _allow(self, allowed: bool) -> None:
        for one in (self.again, self.elsewhere, self.as_new):
            one.setEnabled(allowed)
