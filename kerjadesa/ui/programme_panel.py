"""The programmes in the settings: which there are, a new one, correcting one, the usual one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTableWidget, QTableWidgetItem, QWidget

from kerjadesa.actions.declare_programme import make_usual
from kerjadesa.actions.usual_programme import (
    Ending,
    Known,
    known_programmes,
    next_programme,
    usual_ending,
)
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import StateLook, number, short_date
from kerjadesa.ui.programme_dialog import ProgrammeDialog
from kerjadesa.ui.programme_words import ending_words
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, Note, button, column, label, row, tone_colour
from kerjadesa.words import N_, _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_LOOKS = {
    "usual": StateLook(N_("Program utama"), "ok", "good"),
    "usual_over": StateLook(N_("Program utama, berakhir"), "warning", "bad"),
    "usual_ahead": StateLook(N_("Program utama, belum mulai"), "waiting", "caution"),
    "running": StateLook(N_("Berjalan"), "ok", "accent"),
    "over": StateLook(N_("Berakhir"), "refused", "plain"),
    "ahead": StateLook(N_("Belum mulai"), "waiting", "accent"),
}
_ROW, _MOST_ROWS = 32, 5
_NAME, _PAYER, _PERIOD = range(3)
_NARROW = 800
_WHOLE = Qt.ItemDataRole.UserRole
"""What a cell says where there is room."""


class ProgrammePanel(QFrame):
    """What is done here is said in `banner`."""

    def __init__(self, around: "Around", banner: Banner) -> None:
        super().__init__()
        self._around, self._banner = around, banner
        self._known: list[Known] = []
        self.dialog: ProgrammeDialog | None = None
        self.setProperty("role", "panel")
        self.table = _Programmes()
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.activated.connect(lambda _index: self.correct())
        self.empty = label(
            _("Belum ada program. Buat satu; kartu menyebutkan namanya dan siapa yang membayar."),
            wrap=True,
        )
        self.note = Note()
        self.new_button = button(_("Pr&ogram baru…"), self.declare, "", "add")
        self.correct_button = button(_("B&etulkan…"), self.correct)
        self.correct_button.setToolTip(_("Betulkan program yang dipilih (Enter)"))
        self.usual_button = button(_("J&adikan program utama"), self.make_usual, "", "check")
        self.setLayout(
            column(
                label(_("Program"), role="lead"),
                label(
                    _("Siapa membayar iuran, dan sampai kapan. Pendaftaran baru di komputer ini "
                      "masuk ke program utama, kecuali dipilih yang lain."),
                    role="quiet",
                    wrap=True,
                ),
                self.empty,
                self.table,
                self.note,
                row(self.new_button, self.correct_button, self.usual_button, None),
                gap=GRID,
                margin=2 * GRID,
            )
        )  # fmt: skip

    def look(self) -> None:
        """Asks how things stand by now."""
        office = self._around.office
        self.show_programmes(known_programmes(office), usual_ending(office))

    def show_programmes(self, known: Sequence[Known], ending: Ending | None) -> None:
        """Shows these, and what has to be said of the usual one."""
        chosen = self._code
        self._known = list(known)
        self.table.setRowCount(len(self._known))
        for line, one in enumerate(self._known):
            self._fill(line, one)
        self.table.fit()
        places = {one.facts.code: line for line, one in enumerate(self._known)}
        usual = next((line for line, one in enumerate(self._known) if one.usual), 0)
        if self._known:
            self.table.selectRow(places.get(chosen, usual))
        self.table.setVisible(bool(self._known))
        self.empty.setVisible(not self._known)
        self.note.say(*(ending_words(ending) if ending else ("",)))
        self._chosen()

    def begin(self) -> None:
        """Comes into view and takes the focus, at what is probably wanted."""
        self._banner.hide()
        running = any(one.facts.valid_until >= self._around.office.today for one in self._known)
        (self.table if running else self.new_button).setFocus()
        part: QWidget | None = self
        while part is not None and not isinstance(part, QScrollArea):
            part = part.parentWidget()
        if part is not None:
            part.ensureWidgetVisible(self)

    def declare(self) -> None:
        """Asks for a new programme."""
        today = self._around.office.today
        needed = not any(one.usual and one.facts.valid_until >= today for one in self._known)
        self._ask(next_programme(self._around.office), new=True, usual=needed)

    def correct(self) -> None:
        """Asks what the chosen programme should be."""
        if (facts := self._facts) is not None:
            self._ask(facts)

    def make_usual(self) -> None:
        """Makes the chosen programme that of new registrations, in the lane."""
        office, code = self._around.office, self._code
        self._banner.hide()
        self._allow(False)
        self._around.lane.submit(
            lambda _ticket: make_usual(office, code), done=self._made_usual, failed=self._failed
        )

    @property
    def _facts(self) -> ProgrammeFacts | None:
        line = self.table.currentRow()
        return self._known[line].facts if 0 <= line < len(self._known) else None

    @property
    def _code(self) -> str:
        return self._facts.code if self._facts else ""

    def _ask(self, facts: ProgrammeFacts, new: bool = False, usual: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self._banner.hide()
        self.dialog = ProgrammeDialog(self, self._around, facts, self._saved, new, usual)
        # Not exec: the lane goes on calling back meanwhile.
        self.dialog.open()

    def _saved(self, facts: ProgrammeFacts, usual: bool) -> None:
        before = {one.facts.code for one in self._known}
        self.look()
        self._select(facts.code)
        if facts.code in before:
            self._banner.say(_("{programme} dibetulkan.").format(programme=facts.name), "good")
            return
        said = _("{programme} dibuat.").format(programme=facts.name)
        if usual:
            said += " " + _("Pendaftaran baru masuk ke sana.")
        self._banner.say(said, "good", _("Ke daftar pekerja"), lambda: self._around.go("workers"))

    def _made_usual(self, facts: ProgrammeFacts) -> None:
        self._rest()
        said = _("Pendaftaran baru di komputer ini masuk ke {programme}.")
        self._banner.say(said.format(programme=facts.name), "good")

    def _failed(self, text: str) -> None:
        self._rest()
        self._banner.say(text, "bad")

    def _rest(self) -> None:
        self._allow(True)
        self.look()
        if self.isVisible():
            self.table.setFocus()

    def _allow(self, allowed: bool) -> None:
        for one in (self.new_button, self.correct_button, self.usual_button):
            one.setEnabled(allowed)

    def _select(self, code: str) -> None:
        for line, one in enumerate(self._known):
            if one.facts.code == code:
                self.table.selectRow(line)

    def _chosen(self) -> None:
        line = self.table.currentRow()
        known = 0 <= line < len(self._known)
        self.correct_button.setEnabled(known)
        self.usual_button.setEnabled(known and not self._known[line].usual)

    def _fill(self, line: int, one: Known) -> None:
        facts, look = one.facts, _look_of(one, self._around)
        words = [
            facts.name,
            facts.payer or "–",
            f"{short_date(facts.valid_from)} – {short_date(facts.valid_until)}",
            number(one.workers),
            _(look.word),
        ]
        items = [QTableWidgetItem(text) for text in words]
        for place, item in enumerate(items):
            item.setToolTip(item.text())
            item.setData(_WHOLE, item.text())
            self.table.setItem(line, place, item)
        told = _("{programme}, {payer}, {period}, {count} pekerja, {state}").format(
            programme=words[0], payer=words[1], period=words[2], count=words[3], state=words[4]
        )
        items[0].setData(Qt.ItemDataRole.AccessibleTextRole, told)
        items[-1].setIcon(icon(look.icon, tone_colour(look.tone), 16))
        items[-1].setForeground(QColor(tone_colour(look.tone)))


def _look_of(one: Known, around: "Around") -> StateLook:
    today = around.office.today
    state = "running"
    if one.facts.valid_until < today:
        state = "over"
    elif one.facts.valid_from > today:
        state = "ahead"
    if one.usual:
        state = "usual" if state == "running" else f"usual_{state}"
    return _LOOKS[state]


class _Programmes(QTableWidget):
    """As high as its first rows; where letters are enlarged who pays stands below the name."""

    def __init__(self) -> None:
        heads = [_("Nama"), _("Dibayar oleh"), _("Masa"), _("Pekerja"), _("Keadaan")]
        super().__init__(0, len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setAccessibleName(_("Program di register ini"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        # Lines are broken by hand: a width that is still to change must not make a row higher.
        self.setWordWrap(False)
        # Of a name that is too long its end tells the year.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        for place in (_NAME, _PAYER):
            header.setSectionResizeMode(place, header.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Other widths, other lines."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the rows need, up to a few of them."""
        narrow = self.width() < _NARROW
        self.setColumnHidden(_PAYER, narrow)
        for line in range(self.rowCount()):
            name, payer, period = (self.item(line, place) for place in (_NAME, _PAYER, _PERIOD))
            if name is None or payer is None or period is None:
                continue
            said, days = str(name.data(_WHOLE)), str(period.data(_WHOLE))
            name.setText(f"{said}\n{payer.text()}" if narrow else said)
            period.setText(days.replace(" – ", " –\n") if narrow else days)
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(line) for line in range(min(self.rowCount(), _MOST_ROWS)))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows + 2 * self.frameWidth() + 4)
