"""Restoring a backup before there is a register, or in place of one that cannot be opened."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kerjadesa.actions.restore import Restored, look_at_backup, restore
from kerjadesa.actions.setup import is_set_up
from kerjadesa.domain.problem import UserError
from kerjadesa.ui.files import choose_file
from kerjadesa.ui.jobs import Lane, Ticket
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.questions import ask
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.trouble import sentence_for
from kerjadesa.ui.widgets import Banner, BusyBar, button, column, label, name_control, panel, row
from kerjadesa.words import _


class RestorePage(QWidget):
    """A file, its passphrase, and what it means that this computer is a new device from then on."""

    def __init__(
        self,
        home: Path,
        lane: Lane,
        now: Callable[[], datetime],
        finished: Callable[[str], None],
        back: Callable[[], object],
    ) -> None:
        """`finished` gets the passphrase, so that it need not be typed again at once."""
        super().__init__()
        self._home, self._lane, self._now, self._finished = home, lane, now, finished
        self._file: Path | None = None
        self._ticket: Ticket | None = None
        self._restored = False
        self.banner = Banner()
        self.choose = button(_("Pilih &berkas cadangan…"), self._choose, "", "folder")
        self._about = label(_("Belum ada berkas yang dipilih."), role="quiet", wrap=True)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.textChanged.connect(self._look)
        self.passphrase.returnPressed.connect(self.go_on)
        caption = label(_("&Frasa sandi atau kunci pemulihan cadangan itu"))
        name_control(self.passphrase, caption, _("Frasa sandi atau kunci pemulihan cadangan itu"))
        self._shown = QCheckBox(_("&Tampilkan"))
        self._shown.toggled.connect(self._reveal)
        self._busy = BusyBar(self._cancel)
        self._back = button(_("&Kembali"), back)
        self.next = button(_("&Pulihkan"), self.go_on, kind="primary")
        self.next.setDefault(True)
        self._asked = QWidget()
        self._asked.setLayout(
            column(
                row(self.choose, None),
                self._about,
                caption,
                self.passphrase,
                self._shown,
                label(
                    _(
                        "Sesudah dipulihkan, komputer ini menjadi perangkat baru: mintalah "
                        "undangan baru dari dinas. Yang belum sempat dikirim perangkat lama ikut "
                        "terkirim dari sini."
                    ),
                    role="caption",
                    wrap=True,
                ),
                gap=GRID,
            )
        )
        sheet = panel(
            label(_("Pulihkan dari cadangan"), role="heading"),
            self.banner,
            self._asked,
            self._busy,
            row(self._back, None, self.next),
            gap=2 * GRID,
        )
        sheet.setMaximumWidth(620)
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        across = row(None, sheet, None)
        across.setStretch(1, 100)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)
        self.setFocusProxy(self.choose)
        self._look()

    def take(self, file: Path) -> None:
        """Says what a chosen file claims to be; nothing is unlocked yet."""
        self.banner.hide()
        try:
            offered = look_at_backup(file)
        except UserError as error:
            self._file = None
            self._about.setText(_("Belum ada berkas yang dipilih."))
            self.banner.say(sentence_for(error), "bad")
        else:
            self._file = file
            place = offered.place.title if offered.place else _("tempat yang tidak dikenal")
            self._about.setText(
                _("Cadangan {place}, dibuat {moment}, {size} MB.").format(
                    place=place,
                    moment=long_moment(offered.created),
                    size=number(max(1, offered.bytes // 1_000_000)),
                )
            )
            self.passphrase.setFocus()
        self._look()

    def go_on(self) -> None:
        """Restores, and once that is done opens the register."""
        if not self.next.isEnabled():
            return
        if self._restored:
            self.next.setEnabled(False)
            self._finished(self.passphrase.text())
            return
        replace = is_set_up(self._home)
        if replace and not ask(
            self,
            _(
                "Di komputer ini sudah ada register. Register itu dipindahkan ke folder backups, "
                "tidak dihapus, lalu diganti cadangan ini."
            ),
            yes=_("&Ganti dengan cadangan"),
            no=_("&Batal"),
        ):
            return
        self._begin(replace)

    def _begin(self, replace: bool) -> None:
        home, file, typed, now = self._home, self._file, self.passphrase.text(), self._now()
        assert file is not None  # noqa: S101 -- the button waits for a file
        self.banner.hide()
        self._busy.begin(_("Memulihkan…"))
        self._asked.setEnabled(False)
        self._back.setEnabled(False)
        self.next.setEnabled(False)
        self._ticket = self._lane.submit(
            lambda ticket: restore(
                home, file, typed, now, replace, ticket.progress, ticket.cancelled
            ),
            done=self._done,
            failed=self._failed,
            progress=self._progress,
            stopped=lambda: self._failed(_("Dibatalkan; tidak ada yang dipulihkan.")),
        )

    def _choose(self) -> None:
        chosen = choose_file(
            self,
            "backup",
            _("Pilih berkas cadangan"),
            _("Cadangan KerjaDesa (*.kdbackup);;Semua berkas (*)"),
            self._file.parent if self._file else None,
        )
        if chosen:
            self.take(chosen)

    def _progress(self, done: int, whole: int | None) -> None:
        self._busy.report(_("Menyalin cadangan…"), done * 100 // whole if whole else 0, 100)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._busy.stopping()

    def _done(self, done: Restored) -> None:
        self._busy.hide()
        self._restored = True
        self._back.hide()
        said = _("{workers} pekerja dipulihkan. Komputer ini kini perangkat baru.")
        self.banner.say(said.format(workers=number(done.workers)), "good")
        self.next.setText(_("&Buka register"))
        self.next.setAccessibleName(_("Buka register"))
        self.next.setEnabled(True)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, text: str) -> None:
        self._busy.hide()
        self._asked.setEnabled(True)
        self._back.setEnabled(True)
        self.banner.say(text, "bad")
        self._look()
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _look(self) -> None:
        self.next.setEnabled(self._file is not None and bool(self.passphrase.text()))

    def _reveal(self, shown: bool) -> None:
        self.passphrase.setEchoMode(
            QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        )
