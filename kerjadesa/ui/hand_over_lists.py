"""Lists beside the scan field: who fits a name, who is left in a jorong, who was served last."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTableWidget, QTableWidgetItem

from kerjadesa.actions.hand_over import Guest, Tally
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, label, tone_colour
from kerjadesa.words import _

_STATES = {
    "waiting": ("waiting", "plain"),
    "handed": ("ok", "good"),
    "absent": ("warning", "caution"),
}
_ROW = 36
_FOLLOWING = (2, 5)


class PickList(QFrame):
    """The scan field keeps the focus and moves the choice; `chosen` is told who it is."""

    def __init__(self, chosen: Callable[[Guest], object]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._chosen = chosen
        self._guests: list[Guest] = []
        self.title = label(role="day-lead", wrap=True)
        self.hint = label(role="day", wrap=True)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(24, 24))
        self.list.itemClicked.connect(lambda _item: self.choose())
        self.setLayout(column(self.title, self.hint, self.list, gap=GRID, margin=2 * GRID))
        self.hide()

    def open(
        self, title: str, hint: str, guests: Sequence[Guest], tell: Callable[[Guest], str]
    ) -> None:
        """Shows people to choose from; `tell` gives the line of each."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.list.setAccessibleName(title)
        self.list.clear()
        self._guests = list(guests)
        for guest in self._guests:
            drawing, tone = _STATES[guest.state]
            drawn = icon(drawing, tone_colour(tone), 24)
            self.list.addItem(QListWidgetItem(drawn, tell(guest)))
        self.list.setCurrentRow(0)
        self.show()

    def step(self, down: int) -> bool:
        """Moves the choice; False where there is none."""
        if not self.isVisible():
            return False
        last = self.list.count() - 1
        self.list.setCurrentRow(min(max(self.list.currentRow() + down, 0), last))
        return True

    def choose(self) -> None:
        """Tells who is chosen."""
        place = self.list.currentRow()
        if 0 <= place < len(self._guests):
            self.hide()
            self._chosen(self._guests[place])


class TallyTable(QTableWidget):
    """Counts per jorong; the last line is the sum."""

    def __init__(self, short: bool) -> None:
        """`short` has only how many of how many."""
        heads = [_("Jorong"), _("Diserahkan"), _("Sisa")]
        if not short:
            heads = [_("Jorong"), _("Diundang"), _("Langsung"), _("Wakil"), _("Tidak hadir"),
                     _("Tanpa kursi"), _("Sisa")]  # fmt: skip
        super().__init__(0, len(heads))
        self._short = short
        self.setHorizontalHeaderLabels(heads)
        self.setAccessibleName(_("Hitungan per jorong"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW if short else 30)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place in range(len(heads)):
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            head = self.horizontalHeaderItem(place)
            if head is not None:
                head.setTextAlignment(right if place else left)
        header = self.horizontalHeader()
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionsClickable(False)

    def narrow(self, narrow: bool) -> None:
        """Leaves out what follows from the other counts."""
        for place in _FOLLOWING:
            self.setColumnHidden(place, narrow)

    def show_tallies(self, tallies: Sequence[Tally], here: str | None = None) -> None:
        """Fills it; `here` is the jorong of whoever is on show."""
        self.setRowCount(len(tallies) + 1)
        for place, tally in enumerate(tallies):
            self._fill(place, tally, tally.name or _("Tanpa jorong"), tally.name == here)
        self._fill(len(tallies), summed(tallies), _("Semua"), bold=True)

    def _fill(self, place: int, tally: Tally, name: str, bold: bool) -> None:
        counts = [tally.planned, tally.direct, tally.proxy, tally.absent, tally.extra]
        if self._short:
            counts = [tally.handed]
        for at, text in enumerate([name, *map(number, counts), number(tally.remaining)]):
            item = QTableWidgetItem(text)
            font = self.font()
            font.setBold(bold)
            item.setFont(font)
            if at:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(place, at, item)


def summed(tallies: Sequence[Tally]) -> Tally:
    """All groups together."""
    return Tally(
        "",
        *(
            sum(getattr(tally, name) for tally in tallies)
            for name in ("planned", "direct", "proxy", "absent", "extra")
        ),
    )
