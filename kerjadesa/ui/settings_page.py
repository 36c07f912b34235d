"""Language, what this computer is to the district, and looking after the register."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from kerjadesa import __version__
from kerjadesa.actions.check_house import Finding, check_house
from kerjadesa.actions.status import status
from kerjadesa.ui.backup_panel import BackupPanel
from kerjadesa.ui.dress import DARK_THEME, LIGHT_THEME, SYSTEM
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.programme_panel import ProgrammePanel
from kerjadesa.ui.remembered_panel import RememberedPanel
from kerjadesa.ui.settings_keys import KeysPanel
from kerjadesa.ui.settings_operator import OperatorDialog
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    BusyBar,
    Note,
    button,
    column,
    fold,
    label,
    name_control,
    panel,
    row,
    scrolled,
)
from kerjadesa.words import N_, _, language, languages

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_TWO_COLUMNS = 720

_LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}

_THEMES = {
    SYSTEM: N_("Mengikuti komputer"),
    LIGHT_THEME: N_("Terang"),
    DARK_THEME: N_("Gelap"),
}

_THINGS = {
    "database": (N_("Berkas data utuh."), N_("Berkas data rusak di {wrong} tempat.")),
    "journal": (
        N_("{amount} catatan tersambung tanpa putus."),
        N_("{wrong} perangkat mempunyai catatan yang terputus."),
    ),
    "workers": (
        N_("{amount} pekerja sesuai dengan catatannya."),
        N_("{wrong} pekerja tidak sesuai dengan catatannya."),
    ),
    "photos": (N_("{amount} foto utuh."), N_("{wrong} foto rusak atau hilang.")),
    "batches": (
        N_("{amount} paket kiriman lengkap."),
        N_("{wrong} paket kiriman tidak lengkap."),
    ),
}


class SettingsPage(QWidget):
    """Only what works."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    operator_changed = Signal(object)
    """The same open office under another operator."""
    locked = Signal()

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self.frame = Page(
            self,
            _("Pengaturan"),
            "",
            button(_("Kunci se&karang"), self.locked.emit, "", "", "Ctrl+L"),
        )
        self.programmes = ProgrammePanel(around, self.frame.banner)
        self._columns = row(self._left(), self._right(), gap=2 * GRID)
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        content = QWidget()
        whole = column(self.programmes, self._columns, gap=12)
        whole.setContentsMargins(0, 0, 12, 0)
        content.setLayout(whole)
        self.frame.add(scrolled(content), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Puts the columns below each other where letters are enlarged most."""
        super().resizeEvent(event)
        fold(self._columns, self.width(), _TWO_COLUMNS)

    def entered(self) -> None:
        """Asks how things stand by now."""
        now = status(self._around.office)
        self._enrolled.setText(
            _("Dikenal") if now.enrolled else _("Menunggu pengesahan") if now.invited
            else _("Belum bergabung")
        )  # fmt: skip
        self._address.setText(now.hub_url or "–")
        self._device.setText(now.device)
        self._batches.setText(number(now.batches))
        self.programmes.look()
        self.remembered.look()
        self.backup.look()
        self.check_button.setFocus()

    def show_what(self, programme: bool = False) -> None:
        """Goes to the programmes."""
        if programme:
            self.programmes.begin()

    def tell_operator(self, former: str) -> None:
        """Says from when the new name counts."""
        self.frame.banner.say(
            _(
                "Mulai sekarang data baru dicatat atas nama {operator}. Yang sudah tercatat tetap "
                "atas nama {former}."
            ).format(operator=self._around.office.operator, former=former),
            "good",
        )

    def may_leave(self) -> bool:
        """Nothing is lost by leaving."""
        return True

    def check(self) -> None:
        """Looks through everything in the lane."""
        office = self._around.office
        self.check_button.setEnabled(False)
        self._busy.begin(_("Memeriksa data…"), stoppable=False)
        self._around.lane.submit(
            lambda ticket: check_house(office, ticket.progress),
            done=self._found,
            failed=self._failed,
            progress=lambda done, whole: self._busy.report(
                _("{done} catatan diperiksa…").format(done=number(done)), done, whole
            ),
        )

    def _left(self) -> QWidget:
        self.language = QComboBox()
        for code in languages():
            self.language.addItem(_LANGUAGES.get(code, code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(language())))
        self.language.activated.connect(self._speak)
        caption = label(_("&Bahasa layar"))
        name_control(self.language, caption, _("Bahasa layar"))
        self.theme = QComboBox()
        for theme, words in _THEMES.items():
            self.theme.addItem(_(words), theme)
        self._theme_now = open_preferences(self._around.office.home).value("theme", SYSTEM)
        self.theme.setCurrentIndex(max(0, self.theme.findData(self._theme_now)))
        self.theme.activated.connect(self._wear)
        theme_caption = label(_("&Warna layar"))
        name_control(self.theme, theme_caption, _("Warna layar"))
        place = self._around.office.place
        self._enrolled, self._address = label(), label(wrap=True)
        self._device, self._batches = label(), label()
        self.operator_button = button(_("Ga&nti petugas…"), self._change_operator, "link")
        operator = QWidget()
        name = label(self._around.office.operator, wrap=True)
        line = row(name, self.operator_button)
        line.setStretch(0, 1)
        operator.setLayout(line)
        facts = _facts(
            (_("Nagari"), label(f"{place.title} ({place.code})", wrap=True)),
            (_("Kecamatan"), label(place.kecamatan.name)),
            (_("Kabupaten"), label(place.kabupaten.name)),
            (_("Petugas"), operator),
            (_("Perangkat"), self._device),
            (_("Di dinas"), self._enrolled),
            (_("Alamat dinas"), self._address),
            (_("Paket kiriman"), self._batches),
        )
        self.keys = KeysPanel(self._around, self.frame.banner)
        self.remembered = RememberedPanel(self._around.office)
        made = QWidget()
        layout = column(
            panel(
                label(_("Tampilan"), role="lead"),
                row(
                    column(caption, self.language, gap=4),
                    column(theme_caption, self.theme, gap=4),
                    None,
                    gap=2 * GRID,
                ),
            ),
            panel(label(_("Komputer ini"), role="lead"), facts),
            self.keys,
            self.remembered,
            gap=12,
        )
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _right(self) -> QWidget:
        self.check_button = button(_("&Periksa sekarang"), self.check, "primary", "check")
        self._busy = BusyBar(lambda: None)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(GRID)
        made = QWidget()
        self.backup = BackupPanel(self._around, self.frame.banner, self.locked.emit)
        layout = column(
            self.backup,
            panel(
                label(_("Keutuhan data"), role="lead"),
                label(
                    _("Membaca seluruh data dan mencocokkannya. Tidak ada yang diubah."),
                    role="quiet",
                    wrap=True,
                ),
                row(self.check_button, None),
                self._busy,
                self._findings,
            ),
            panel(
                label(_("Tentang"), role="lead"),
                _facts(
                    (_("Aplikasi"), label(f"KerjaDesa {__version__}")),
                    (_("Lisensi"), label("Apache-2.0")),
                    (_("Folder data"), label(_breakable(str(self._around.office.home)), wrap=True)),
                ),
                label(
                    _("Register pekerja rentan nagari yang bekerja tanpa internet."),
                    role="quiet",
                    wrap=True,
                ),
            ),
            gap=12,
        )
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _speak(self) -> None:
        chosen = self.language.currentData()
        if chosen != language() and self._may_rebuild(self.language, language()):
            self.language_chosen.emit(chosen)

    def _wear(self) -> None:
        chosen = self.theme.currentData()
        if chosen != self._theme_now and self._may_rebuild(self.theme, self._theme_now):
            self.theme_chosen.emit(chosen)

    def _change_operator(self) -> None:
        if self._may_rebuild():
            self.operator_dialog = OperatorDialog(
                self, self._around.office, self.operator_changed.emit
            )
            self.operator_dialog.open()

    def _may_rebuild(self, chooser: QComboBox | None = None, before: object = None) -> bool:
        """Not while something works for a page that would be gone; puts the choice back then."""
        if self._around.lane.busy:
            if chooser is not None:
                chooser.setCurrentIndex(chooser.findData(before))
            self.frame.banner.say(_("Tunggu sampai pekerjaan selesai, lalu pilih lagi."), "caution")
            return False
        return True

    def _found(self, findings: list[Finding]) -> None:
        self._rest()
        for finding in findings:
            whole, broken = _THINGS[finding.name]
            note = Note()
            self._findings.addWidget(note)
            text = _(whole if finding.ok else broken)
            note.say(
                text.format(amount=number(finding.amount), wrong=number(finding.wrong)),
                "good" if finding.ok else "bad",
            )
        if all(finding.ok for finding in findings):
            self.frame.banner.say(_("Semua data utuh."), "good")
        else:
            self.frame.banner.say(
                _("Ada data yang tidak utuh. Jangan mengisi lagi; hubungi dinas."), "bad"
            )

    def _failed(self, text: str) -> None:
        self._rest()
        self.frame.banner.say(text, "bad")

    def _rest(self) -> None:
        self._busy.hide()
        self.check_button.setEnabled(True)
        if self.isVisible():
            self.check_button.setFocus()
        while item := self._findings.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()


def _breakable(path: str) -> str:
    """The path with places where a line may break, so that a long one does not widen the page."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")


def _facts(*pairs: tuple[str, QWidget]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for line, (words, value) in enumerate(pairs):
        grid.addWidget(label(words, role="quiet"), line, 0)
        grid.addWidget(value, line, 1)
    return made
