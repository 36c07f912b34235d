"""Is the paper good? Asked after printing, and again on another day where nobody answered."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from kerjadesa.actions.confirm_cards import Printing, settle_printing, unjudged_printings
from kerjadesa.actions.list_workers import listed
from kerjadesa.actions.print_cards import CardPlace
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, picture_label, row, set_property
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_CARD = Qt.ItemDataRole.UserRole
_SPOILED, _GOOD = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class JudgeStrip(QFrame):
    """One line about the earliest printing nobody has judged; hidden where there is none."""

    def __init__(
        self,
        around: "Around",
        settled: Callable[[int, Sequence[CardPlace], bool], object],
        failed: Callable[[str], object],
        asking: Callable[[bool], object],
    ) -> None:
        """`settled(good, spoiled, dropped)` is told once the answer is in the journal.

        `asking(True)` makes room for the list of cards, `asking(False)` takes it back.
        """
        super().__init__()
        self._around, self._settled, self._failed = around, settled, failed
        self._asking = asking
        self._printing: Printing | None = None
        self.setProperty("role", "banner")
        set_property(self, "tone", "caution")
        self._text = label(role="strong", wrap=True)
        self.good_button = button(_("Ya, s&emua baik"), lambda: self.settle(()), "primary", "check")
        self.spoiled_button = button(_("Ada &yang rusak…"), self._ask)
        self.none_button = button(_("Tidak jadi dicetak"), self._drop)
        self._line = row(
            picture_label("print", "caution", 20),
            column(
                self._text,
                label(
                    _("Kartu baru tercatat sebagai tercetak sesudah kertasnya dilihat."),
                    role="caption",
                    wrap=True,
                ),
                gap=0,
            ),
            self.good_button,
            self.spoiled_button,
            self.none_button,
        )
        self._line.setStretch(1, 1)
        self._line.setContentsMargins(12, 8, 12, 8)
        self.panel = SpoiledPanel(self.settle, self._fold)
        self.setLayout(column(self._line, self.panel, gap=0))
        self.hide()

    def look(self) -> None:
        """Asks what there is to judge."""
        waiting = unjudged_printings(self._around.office)
        before = self._printing
        self._printing = waiting[0] if waiting else None
        if self._printing is not None:
            self._text.setText(
                _("{count} kartu dicetak {moment}. Apakah kertasnya baik?").format(
                    count=number(len(self._printing.cards)), moment=long_moment(self._printing.at)
                )
            )
        if before != self._printing:
            self._fold()
        self.setVisible(self._printing is not None)

    @property
    def text(self) -> str:
        """What the line asks, empty where it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def settle(self, spoiled: Sequence[CardPlace], dropped: bool = False) -> None:
        """Journals what is good, in the lane: an old disk takes its time for a thousand cards."""
        printing, office = self._printing, self._around.office
        if printing is None:
            return
        bad = set(spoiled)
        good = [card for card in printing.cards if card not in bad]
        self.setEnabled(False)
        self._around.lane.submit(
            lambda _ticket: settle_printing(office, printing, good),
            done=lambda count: self._done(count, spoiled, dropped),
            failed=self._trouble,
        )

    def _drop(self) -> None:
        if self._printing is not None:
            self.settle(self._printing.cards, dropped=True)

    def _done(self, count: int, spoiled: Sequence[CardPlace], dropped: bool) -> None:
        self.setEnabled(True)
        self.look()
        self._settled(count, spoiled, dropped)

    def _trouble(self, text: str) -> None:
        self.setEnabled(True)
        self._failed(text)

    def _ask(self) -> None:
        if self._printing is None:
            return
        cards = self._printing.cards
        names = {one.id: one.name for one in listed(self._around.office, _workers(cards))}
        self._allow(False)
        self.panel.open(cards, names)

    def _fold(self) -> None:
        self.panel.hide()
        self._allow(True)
        if self.isVisible():
            self.spoiled_button.setFocus()

    def _allow(self, allowed: bool) -> None:
        for one in (self.good_button, self.spoiled_button, self.none_button):
            one.setVisible(allowed)
        self._asking(not allowed)


class SpoiledPanel(QFrame):
    """The sheets and their cards, to be ticked where the paper is spoiled."""

    def __init__(
        self, settle: Callable[[Sequence[CardPlace]], object], close: Callable[[], object]
    ) -> None:
        super().__init__()
        self._close = close
        self.list = QListWidget()
        self.list.setAccessibleName(_("Lembar dan kartu yang rusak"))
        self.list.setMinimumHeight(160)
        self.list.itemChanged.connect(self._spread)
        self._said = label(role="quiet", wrap=True)
        self.down_button = button(_("Dari sini sampai &habis"), self.tick_from_here)
        self.write_button = button(
            _("Catat, &lalu siapkan yang rusak"), lambda: settle(self.spoiled), "primary", "check"
        )
        line = row(
            self._said, self.down_button, self.write_button, button(_("Ba&tal"), self._close)
        )
        line.setStretch(0, 1)
        says = label(
            _("Centang lembar atau kartu yang rusak (Spasi). Yang lain tercatat baik."),
            role="quiet",
            wrap=True,
        )
        layout = column(says, self.list, line, gap=GRID, margin=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def open(self, cards: Sequence[CardPlace], names: dict[str, str]) -> None:
        """Asks, with everything good."""
        with QSignalBlocker(self.list):
            self.list.clear()
            sheet = 0
            for card in cards:
                if card.sheet != sheet:
                    sheet = card.sheet
                    self._add(_("Lembar {sheet}").format(sheet=number(sheet)), None)
                words = _("{position}. {name}, kartu {card}").format(
                    position=number(card.position), name=names.get(card.worker, "–"),
                    card=card.number,
                )  # fmt: skip
                self._add(f"      {words}", card)
        self.list.setCurrentRow(0)
        self._count()
        self.show()
        self.list.setFocus()

    @property
    def spoiled(self) -> list[CardPlace]:
        """The cards that are ticked."""
        return [card for item in self._items() if (card := item.data(_CARD)) is not None
                and item.checkState() == _SPOILED]  # fmt: skip

    def tick_from_here(self) -> None:
        """A printer that began to smear or lost its way seldom gets better by itself."""
        with QSignalBlocker(self.list):
            for item in self._items()[max(0, self.list.currentRow()) :]:
                item.setCheckState(_SPOILED)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _add(self, words: str, card: CardPlace | None) -> None:
        item = QListWidgetItem(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_GOOD)
        item.setData(_CARD, card)
        if card is None:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _spread(self, changed: QListWidgetItem) -> None:
        """A sheet's tick is that of all its cards."""
        if changed.data(_CARD) is None:
            with QSignalBlocker(self.list):
                for item in self._items()[self.list.row(changed) + 1 :]:
                    if item.data(_CARD) is None:
                        break
                    item.setCheckState(changed.checkState())
        self._count()

    def _count(self) -> None:
        bad = len(self.spoiled)
        whole = sum(item.data(_CARD) is not None for item in self._items())
        self._said.setText(
            _("{bad} rusak, {good} baik.").format(bad=number(bad), good=number(whole - bad))
        )
        self.write_button.setEnabled(bad > 0)


def _workers(cards: Sequence[CardPlace]) -> list[str]:
    return [card.worker for card in cards]
