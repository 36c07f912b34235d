"""First start: nagari, operator, passphrase, and the recovery key that is shown once."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.actions.setup import USUAL_PROGRAMME, SetUp, set_up
from kerjadesa.actions.tables import places
from kerjadesa.ui.advice import passphrase_advice
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.place_picker import PlacePicker
from kerjadesa.ui.recovery_paper import RecoveryPaper
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    Banner,
    BusyBar,
    Note,
    button,
    column,
    label,
    name_control,
    panel,
    rename,
    row,
)
from kerjadesa.words import _

_PLACE, _OPERATOR, _PASSPHRASE, _RECOVERY = range(4)


class SetupPage(QWidget):
    """Four steps; Enter goes on, and nothing is written before the third is confirmed."""

    restore_wanted = Signal()

    def __init__(
        self,
        home: Path,
        lane: Lane,
        now: Callable[[], datetime],
        finished: Callable[[str], None],
    ) -> None:
        """`finished` gets the passphrase, so that it need not be typed again at once."""
        super().__init__()
        self._home, self._lane, self._now, self._finished = home, lane, now, finished
        self.banner = Banner()
        self._step = label(role="caption")
        self._title = label(role="heading")
        self._steps = QStackedWidget()
        self._busy = BusyBar(lambda: None)
        self._back = button(_("&Kembali"), self.back)
        self.restore = button(_("P&ulihkan dari cadangan…"), self.restore_wanted.emit, kind="link")
        self.next = button(_("&Lanjut"), self.forward, kind="primary")
        self.next.setDefault(True)
        for step in (
            self._place_step(),
            self._operator_step(),
            self._passphrase_step(),
            self._recovery_step(),
        ):
            self._steps.addWidget(step)

        sheet = panel(
            self._step,
            self._title,
            self.banner,
            self._steps,
            self._busy,
            row(self._back, self.restore, None, self.next),
            gap=12,
        )
        # As wide as the lines are pleasant to read, and narrower where letters are enlarged.
        sheet.setMaximumSize(760, 640)
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        across = row(None, sheet, None)
        across.setStretch(1, 100)
        outer.addLayout(across, 1)
        self._show(_PLACE)

    @property
    def key_unwritten(self) -> bool:
        """Whether the recovery key is on screen and nobody has confirmed to have it on paper."""
        return self._steps.currentIndex() == _RECOVERY and not self.written_down.isChecked()

    def forward(self) -> None:
        """Goes on, as far as this step is filled in."""
        if not self.next.isEnabled():
            return
        step = self._steps.currentIndex()
        if step == _PASSPHRASE:
            self._set_up()
        elif step == _RECOVERY:
            self.next.setEnabled(False)
            self._finished(self.passphrase.text())
        else:
            self._show(step + 1)

    def back(self) -> None:
        """Goes one step back."""
        self._show(self._steps.currentIndex() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter goes on from a box to tick too; the lines say it themselves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), QCheckBox):
            self.forward()
        else:
            super().keyPressEvent(event)

    def _place_step(self) -> QWidget:
        self.picker = PlacePicker(places())
        self.picker.changed.connect(self._look)
        self.picker.search.returnPressed.connect(self.forward)
        self.picker.list.doubleClicked.connect(self.forward)
        return _sheet(
            label(
                _("Komputer ini mengurus pekerja rentan di satu nagari, desa, atau kelurahan."),
                role="quiet",
                wrap=True,
            ),
            self.picker,
        )

    def _operator_step(self) -> QWidget:
        self.operator, self.programme = QLineEdit(), QLineEdit()
        self.operator.setMaxLength(60)
        self.programme.setMaxLength(80)
        self.programme.setPlaceholderText(USUAL_PROGRAMME.format(year=self._now().year))
        self._chosen = label(role="lead", wrap=True)
        parts: list[QWidget] = [self._chosen]
        for field, caption, hint in (
            (
                self.operator,
                _("&Nama petugas"),
                _("Nama ini tercatat pada setiap data yang dimasukkan di komputer ini."),
            ),
            (
                self.programme,
                _("Nama &program"),
                _("Tercetak di kartu. Bila dikosongkan, dipakai nama yang tertulis samar."),
            ),
        ):
            words = label(caption)
            name_control(field, words, caption.replace("&", ""))
            parts += [words, field, label(hint, role="caption", wrap=True)]
            field.textChanged.connect(self._look)
            field.returnPressed.connect(self.forward)
        return _sheet(*parts)

    def _passphrase_step(self) -> QWidget:
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self._advice, self._differs = Note(), Note()
        parts: list[QWidget] = [
            label(
                _(
                    "Frasa sandi mengunci data warga di komputer ini. "
                    "Tidak ada yang dapat membukanya tanpa frasa sandi atau kunci pemulihan."
                ),
                role="quiet",
                wrap=True,
            )
        ]
        for field, caption, note in (
            (self.passphrase, _("&Frasa sandi"), self._advice),
            (self.again, _("Frasa sandi &sekali lagi"), self._differs),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            words = label(caption)
            name_control(field, words, caption.replace("&", ""))
            parts += [words, field, note]
            field.textChanged.connect(self._look)
            field.returnPressed.connect(self.forward)
        self._shown = QCheckBox(_("&Tampilkan frasa sandi"))
        self._shown.toggled.connect(self._reveal)
        return _sheet(*parts, self._shown)

    def _recovery_step(self) -> QWidget:
        self.paper = RecoveryPaper(self.banner)
        self.written_down = QCheckBox(
            _("Kunci &pemulihan sudah saya tulis atau cetak, dan saya simpan di tempat aman")
        )
        self.written_down.toggled.connect(self._look)
        return _sheet(self.paper, self.written_down)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _show(self, step: int) -> None:
        titles = (_("Di mana Anda bekerja?"), _("Petugas dan program"), _("Frasa sandi"),
                  _("Kunci pemulihan"))  # fmt: skip
        self._step.setText(_("Langkah {step} dari {steps}").format(step=step + 1, steps=4))
        self._title.setText(titles[step])
        self._steps.setCurrentIndex(step)
        self._back.setVisible(step in (_OPERATOR, _PASSPHRASE))
        self.restore.setVisible(step == _PLACE)
        self._chosen.setText(self.picker.words)
        rename(self.next, _("&Mulai bekerja") if step == _RECOVERY else _("&Lanjut"))
        focus = (self.picker, self.operator, self.passphrase, self.paper.copy)[step]
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _look(self) -> None:
        first, second = self.passphrase.text(), self.again.text()
        tone, words = passphrase_advice(first)
        self._advice.say(words, tone)
        differs = bool(second) and not first.startswith(second)
        self._differs.say(_("Kedua frasa sandi belum sama.") if differs else "")
        ready = {
            _PLACE: bool(self.picker.code),
            _OPERATOR: bool(self.operator.text().strip()),
            _PASSPHRASE: tone != "bad" and first == second and bool(first),
            _RECOVERY: self.written_down.isChecked(),
        }
        self.next.setEnabled(ready[self._steps.currentIndex()] and not self._lane.busy)

    def _set_up(self) -> None:
        code, operator = self.picker.code, self.operator.text()
        passphrase, programme = self.passphrase.text(), self.programme.text()
        self._busy.begin(_("Menyiapkan penyimpanan terkunci…"), stoppable=False)
        self._steps.setEnabled(False)
        self._back.setEnabled(False)
        self.next.setEnabled(False)
        self._lane.submit(
            lambda _ticket: set_up(self._home, code, operator, passphrase, programme, self._now()),
            done=self._made,
            failed=self._failed,
        )

    def _made(self, made: SetUp) -> None:
        self._rest()
        self.paper.show_key(made.recovery, self.picker.words)
        self._show(_RECOVERY)

    def _failed(self, text: str) -> None:
        self._rest()
        self.banner.say(text, "bad")
        self._look()

    def _rest(self) -> None:
        self._busy.hide()
        self._steps.setEnabled(True)
        self._back.setEnabled(True)


def _sheet(*parts: QWidget) -> QWidget:
    made = QWidget()
    layout = column(*parts)
    if not any(isinstance(part, PlacePicker) for part in parts):
        layout.addStretch(1)
    made.setLayout(layout)
    return made
