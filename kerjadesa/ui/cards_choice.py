"""The left side of the cards page: whose cards, on which paper, by which printer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLayout, QLineEdit, QVBoxLayout, QWidget

from kerjadesa.actions.card_settings import Habits, calibrated_printers, card_changes, habits
from kerjadesa.actions.list_workers import View, count, listed
from kerjadesa.cards.layout import LayoutError, load_design
from kerjadesa.cards.sheet import papers
from kerjadesa.ui.labels import REPRINTS, number
from kerjadesa.ui.long_choice import LongChoice
from kerjadesa.ui.widgets import Note, button, column, label, name_control, panel, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

AGAIN, GIVEN = "again", "given"
_FIRST, _SHEET = "from", "sheet"
_LARGEST_PLACE = 99_999


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the order is printed; see `PrintOptions`."""

    from_position: int = 1
    sheet: int | None = None


class CardsChoice(QWidget):
    """`make` is called when cards are wanted, `changed` when what was made is not it any more."""

    def __init__(self, around: "Around", make: Callable[[], object]) -> None:
        super().__init__()
        self._around = around
        self.only: list[str] = []
        self._whole: set[str] = set()
        self._busy = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(12)
        self.make_button = button(_("&Buat kartu"), make, "primary", "card")
        layout.addWidget(panel(*self._people(make), row(self.make_button, None)))
        layout.addWidget(panel(*self._papers()))
        layout.addWidget(panel(*self._order()))
        layout.addStretch(1)

    def look(self) -> None:
        """Asks how things stand by now: printers come and go, the design may be another."""
        office = self._around.office
        usual = habits(office)
        self._fill_printers(usual.printer)
        self._choose(self.paper, usual.paper)
        self._choose(self.sides, usual.sides)
        self._choose(self.flip, usual.flip)
        self._choose(self.order, GIVEN if self.order.currentData() == GIVEN else usual.order)
        self.turned.setChecked(usual.turned)
        self.index_cards.setChecked(usual.index_cards)
        try:
            design = load_design(card_changes(office).design)
        except LayoutError:
            self._upright = False
            self._design.setText("–")
        else:
            self._upright = design.orientation == "portrait"
            self._design.setText(_("Rancangan: {title}").format(title=design.title))
        self._fit()
        self.count()

    def choose_workers(self, workers: list[str], issued: str | None, in_order: bool) -> None:
        """Makes cards for these alone; with none of them for whoever fits the words.

        `issued` says what becomes of those who have a card, None that it has to be said.
        """
        self.only = workers
        self.words.clear()
        self.words.setEnabled(not workers)
        self.words.setPlaceholderText(
            _("Hanya orang yang dipilih") if workers else _("Kosong berarti semua")
        )
        self.everybody_button.setVisible(bool(workers))
        # Setting no entry shows the question in its place.
        self.issued.setCurrentIndex(-1 if issued is None else self.issued.findData(issued))
        self._choose(self.part, "")
        given = self.order.findData(GIVEN)
        if in_order and given < 0:
            self.order.addItem(_("Seperti urutan yang dipilih"), GIVEN)
        elif not in_order and given >= 0:
            self.order.removeItem(given)
        if in_order:
            self._choose(self.order, GIVEN)
        self.count()

    def habits(self) -> Habits:
        """What is chosen, as it is remembered."""
        order = self.order.currentData()
        return Habits(
            printer=self.printer.currentData() or "",
            paper=self.paper.currentData(),
            sides=self.sides.currentData(),
            flip=self.flip.currentData(),
            turned=self.turned.isChecked() and not self.turned.isHidden(),
            order="list" if order == "list" else "jorong",
            index_cards=self.index_cards.isChecked(),
        )

    def part_wanted(self) -> Part:
        """Which part of the order."""
        place = int(self.place.text() or 1)
        what = self.part.currentData()
        return Part(place if what == _FIRST else 1, place if what == _SHEET else None)

    def lock(self, busy: bool) -> None:
        """Nothing is chosen while cards are made or printed."""
        self._busy = busy
        for part in self.findChildren(QWidget):
            if isinstance(part, QComboBox | QCheckBox | QLineEdit):
                part.setEnabled(not busy)
        self.words.setEnabled(not busy and not self.only)
        self.count()

    def count(self) -> None:
        """Says how many there are, those who have a card apart."""
        fresh, had = self._counts()
        if fresh is None or had is None:
            self._who.setText(_("Banyak orang cocok."))
        else:
            self._who.setText(
                _("{fresh} orang belum punya kartu, {had} sudah.").format(
                    fresh=number(fresh), had=number(had)
                )
            )
        issued = self.issued.currentData()
        some = fresh is None or had is None or fresh or (had and issued)
        self.make_button.setEnabled(bool(some) and issued is not None and not self._busy)
        self._reprint.say(
            _("Terbitannya naik satu; kartu yang lama lalu terbaca sebagai sudah diganti.")
            if issued in REPRINTS
            else "",
            "caution",
        )

    def _counts(self) -> tuple[int | None, int | None]:
        office = self._around.office
        if self.only:
            found = [one for one in listed(office, self.only) if not one.ended]
            had = sum(bool(one.printed) for one in found)
            return len(found) - had, had
        words = self.words.text().strip()
        return (
            count(office, View(words, ended=False, printed=False)),
            count(office, View(words, ended=False, printed=True)),
        )

    def _people(self, make: Callable[[], object]) -> list[QWidget | QLayout]:
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Kosong berarti semua"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.count)
        self.words.returnPressed.connect(make)
        caption = label(_("&Untuk siapa: nama, NIK, atau jorong"))
        name_control(self.words, caption, _("Untuk siapa: nama, NIK, atau jorong"))
        self._who = label(role="caption", wrap=True)
        self.everybody_button = button(
            _("Pilih yang lain"), lambda: self.choose_workers([], "", False), "link"
        )
        self.everybody_button.hide()
        self.issued = QComboBox()
        self.issued.addItem(_("Dilewati"), "")
        for reason, words in REPRINTS.items():
            self.issued.addItem(_("Cetak ulang: {reason}").format(reason=_(words)), reason)
        self.issued.addItem(_("Terbitan yang sama, sekali lagi"), AGAIN)
        self.issued.setPlaceholderText(_("Pilih alasannya"))
        self.issued.currentIndexChanged.connect(lambda _index: self.count())
        self._reprint = Note()
        return [
            caption,
            self.words,
            self._who,
            row(self.everybody_button, None),
            self._captioned(self.issued, _("Yang sudah &punya kartu"), _("Yang sudah punya kartu")),
            self._reprint,
        ]

    def _papers(self) -> list[QWidget | QLayout]:
        self.paper = LongChoice()
        for paper in papers():
            self.paper.addItem(paper.title, paper.name)
        self._unverified = {paper.name for paper in papers() if not paper.verified}
        self.sides = LongChoice()
        for side, words in (
            ("front", _("Muka saja")),
            ("both", _("Muka dan belakang")),
            ("back", _("Belakang saja")),
        ):
            self.sides.addItem(words, side)
        self.flip = QComboBox()
        self.flip.addItem(_("Sisi panjang"), "long")
        self.flip.addItem(_("Sisi pendek"), "short")
        self.turned = QCheckBox(_("Printer kartu hanya menerima kartu &tidur"))
        self.printer = LongChoice()
        self._upright = False
        for combo in (self.paper, self.sides, self.printer):
            combo.currentIndexChanged.connect(lambda _index: self._fit())
        self._test_first = Note()
        self._design = label(wrap=True)
        self.design_button = button(
            _("Ubah &rancangan…"), lambda: self._around.go("design"), picture_name="document"
        )
        self.calibrate_button = button(
            _("&Kalibrasi…"),
            lambda: self._around.go("printer", chosen=self.habits()),
            picture_name="settings",
        )
        self._flip_part = self._captioned(
            self.flip, _("Kertas dibalik pada"), _("Kertas dibalik pada")
        )
        return [
            self._captioned(self.paper, _("Kert&as"), _("Kertas")),
            self._captioned(self.sides, _("&Sisi kartu"), _("Sisi kartu")),
            self._flip_part,
            self.turned,
            self._captioned(self.printer, _("&Dicetak oleh"), _("Dicetak oleh")),
            self._test_first,
            self._design,
            row(self.design_button, self.calibrate_button, None),
        ]

    def _order(self) -> list[QWidget | QLayout]:
        self.order = QComboBox()
        self.order.addItem(_("Jorong, lalu nama"), "jorong")
        self.order.addItem(_("Seperti daftar SK"), "list")
        self.order.currentIndexChanged.connect(lambda _index: self._fit())
        self.index_cards = QCheckBox(_("Kartu penanda di depan tiap &jorong"))
        self.part = QComboBox()
        self.part.addItem(_("Semuanya"), "")
        self.part.addItem(_("Mulai dari kartu ke-"), _FIRST)
        self.part.addItem(_("Hanya lembar ke-"), _SHEET)
        self.part.currentIndexChanged.connect(lambda _index: self._fit())
        self.place = QLineEdit("1")
        self.place.setValidator(QIntValidator(1, _LARGEST_PLACE, self))
        self.place.setFixedWidth(72)
        self.place.setAccessibleName(_("Nomor kartu atau lembar"))
        part = row(self.part, self.place)
        part.setStretch(0, 1)
        caption = label(_("Ba&gian"))
        name_control(self.part, caption, _("Bagian yang dicetak"))
        return [
            self._captioned(self.order, _("Uruta&n"), _("Urutan")),
            self.index_cards,
            column(caption, part, gap=4),
        ]

    def _fit(self) -> None:
        """Shows what goes with what is chosen."""
        paper, sides = self.paper.currentData(), self.sides.currentData()
        self._flip_part.setVisible(sides != "front")
        self.turned.setVisible(paper == "cr80" and self._upright)
        self.index_cards.setEnabled(self.order.currentData() != "list" and not self._busy)
        self.place.setVisible(bool(self.part.currentData()))
        known = calibrated_printers(self._around.office)
        test = paper in self._unverified and (self.printer.currentData() or "") not in known
        self._test_first.say(
            _("Letak kartu di nampan ini belum dicocokkan dengan printer Anda: cetak dahulu "
              "lembar uji di Kalibrasi.") if test else "",
            "caution",
        )  # fmt: skip

    def _fill_printers(self, usual: str) -> None:
        # A tenth of a second of library that the rest of the window does not need.
        from PySide6.QtPrintSupport import QPrinterInfo

        before = self.printer.currentData() if self.printer.count() else usual
        with QSignalBlocker(self.printer):
            self.printer.clear()
            self.printer.addItem(_("Berkas PDF"), "")
            for name in QPrinterInfo.availablePrinterNames():
                self.printer.addItem(name, name)
            self.printer.setCurrentIndex(max(0, self.printer.findData(before)))
        self.printer.show_whole()

    def _captioned(self, control: QWidget, words: str, spoken: str) -> QWidget:
        caption = label(words)
        name_control(control, caption, spoken)
        made = QWidget()
        made.setLayout(column(caption, control, gap=4))
        return made

    def _choose(self, combo: QComboBox, value: Any) -> None:
        combo.setCurrentIndex(max(0, combo.findData(value)))
