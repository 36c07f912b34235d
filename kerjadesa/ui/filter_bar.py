"""The filters over the list of workers, and the order it stands in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.list_workers import View, born_between, jorong, occupations
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import SYNC, choices
from kerjadesa.ui.labels import occupations as ktp_occupations
from kerjadesa.ui.widgets import button, column, row, set_property
from kerjadesa.words import N_, _

_AGES = ((17, 29), (30, 39), (40, 49), (50, 59), (60, 64))
_NARROWEST, _MOST_LINES = 56, 3
_LATER = 60
_FRAME, _LONGEST, _GAP = 42, 190, 4
"""What a combo has around its words, the widest it asks for, what stands between two of them."""


@dataclass(frozen=True, slots=True)
class _Filter:
    caption: str
    """What it says while it leaves nobody out."""
    spoken: str
    fields: tuple[str, ...]
    """The fields of `View` that it sets."""


_FILTERS = {
    "jorong": _Filter(N_("Jorong"), N_("Saring menurut jorong"), ("jorong",)),
    "occupation": _Filter(N_("Pekerjaan"), N_("Saring menurut pekerjaan"), ("occupation",)),
    "sex": _Filter(N_("L/P"), N_("Saring menurut jenis kelamin"), ("sex",)),
    "age": _Filter(N_("Umur"), N_("Saring menurut umur"), ("born_from", "born_until")),
    "programme": _Filter(N_("Program"), N_("Saring menurut program"), ("programme",)),
    "sync": _Filter(N_("Kiriman"), N_("Saring menurut keadaan kiriman"), ("sync",)),
    "photo": _Filter(N_("Foto"), N_("Saring menurut ada tidaknya foto"), ("photo",)),
    "printed": _Filter(N_("Kartu"), N_("Saring menurut kartu tercetak"), ("printed",)),
    "ended": _Filter(N_("Peserta"), N_("Saring menurut akhir kepesertaan"), ("ended",)),
}


class FilterBar(QWidget):
    """Combos in as many lines as their words need; `changed` after each choice."""

    def __init__(self, office: Office, changed: Callable[[], None]) -> None:
        super().__init__()
        self._office, self._changed = office, changed
        self.combos: dict[str, QComboBox] = {}
        for name, one in _FILTERS.items():
            made = QComboBox()
            made.setAccessibleName(_(one.spoken))
            made.setToolTip(_(one.spoken))
            made.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            made.setMinimumContentsLength(4)
            made.setMinimumWidth(_NARROWEST)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.addItem(_(one.caption), None)
            made.currentIndexChanged.connect(self._choose)
            self.combos[name] = made
        self._fill_fixed()
        # Everybody is looked at for them: the list is painted first.
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._offer_occupations)
        self.reset_button = button(_("Hapus saringan"), self.clear, "link")
        self.reset_button.hide()
        self._plan: list[list[tuple[QComboBox | QPushButton, int]]] = []
        self._lines = [row(gap=_GAP) for _line in range(_MOST_LINES)]
        self.setLayout(column(*self._lines, gap=_GAP))
        self._arrange()

    @property
    def chosen(self) -> list[str]:
        """The filters that leave somebody out."""
        return [name for name, combo in self.combos.items() if combo.currentIndex() > 0]

    def refresh(self) -> None:
        """Offers the jorong and programmes there are by now, and in a moment the occupations.

        What is chosen stays.
        """
        self._offer("jorong", [(name, name) for name in jorong(self._office)])
        paid = [(known.code, known.name) for known in programmes(self._office)]
        self._offer("programme", [*paid, ("", _("Tanpa program"))])
        self._later.start()

    def narrowed(self, view: View, today: date, leaving_out: str = "") -> View:
        """The view with these filters; `leaving_out` one of them, to see what it hides."""
        values: dict[str, Any] = {}
        for name in self.chosen:
            if name == leaving_out:
                continue
            data = self.combos[name].currentData(Qt.ItemDataRole.UserRole)
            fields = _FILTERS[name].fields
            parts = born_between(today, *data) if name == "age" else (data,)
            values |= dict(zip(fields, parts, strict=True))
        return replace(view, **values)

    def words(self, name: str) -> str:
        """A filter and what it is set to, `Jorong: Pasar`."""
        combo = self.combos[name]
        return f"{_(_FILTERS[name].caption)}: {combo.currentText()}"

    def choose(self, name: str, data: object) -> None:
        """Sets one filter; None lets everybody through."""
        if self._later.isActive():
            self._offer_occupations()
        combo = self.combos[name]
        combo.setCurrentIndex(max(_place_of(combo, data), 0))

    def clear(self) -> None:
        """Lets everybody through again."""
        for combo in self.combos.values():
            with QSignalBlocker(combo):
                combo.setCurrentIndex(0)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Begins another line where the words would be cut."""
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, *_index: int) -> None:
        for combo in self.combos.values():
            set_property(combo, "tone", "chosen" if combo.currentIndex() > 0 else "")
        for name, one in _FILTERS.items():
            chosen = name in self.chosen
            self.combos[name].setToolTip(self.words(name) if chosen else _(one.spoken))
        self.reset_button.setVisible(bool(self.chosen))
        self._arrange()
        self._changed()

    def _arrange(self) -> None:
        """Shares the parts out over the lines, each with the room that its words need."""
        parts: list[QComboBox | QPushButton] = [*self.combos.values()]
        if self.chosen:
            parts.append(self.reset_button)
        plan: list[list[tuple[QComboBox | QPushButton, int]]] = [[]]
        left = self.width()
        for part in parts:
            need = _need(part)
            if need > left and plan[-1] and len(plan) < _MOST_LINES:
                plan.append([])
                left = self.width()
            left -= need + _GAP
            plan[-1].append((part, need))
        if plan == self._plan:
            return
        self._plan = plan
        for line in self._lines:
            while line.takeAt(0):
                pass
        for line, share in zip(self._lines, plan, strict=False):
            for part, need in share:
                line.addWidget(part, need)
        if len(plan) > 1:
            self._lines[len(plan) - 1].addStretch(max(left, 1))

    def _offer_occupations(self) -> None:
        self._later.stop()
        here = set(occupations(self._office))
        known = [(code, words) for code, words in ktp_occupations() if code in here]
        self._offer("occupation", known)

    def _offer(self, name: str, items: list[tuple[Any, str]]) -> None:
        combo = self.combos[name]
        data = combo.currentData()
        with QSignalBlocker(combo):
            while combo.count() > 1:
                combo.removeItem(1)
            _add(combo, items)
            combo.setCurrentIndex(max(_place_of(combo, data), 0))

    def _fill_fixed(self) -> None:
        offers: dict[str, list[tuple[Any, str]]] = {
            "sex": [(code, words) for code, words in choices("sex") if code],
            "age": [
                (band, _("{youngest}–{oldest} tahun").format(youngest=band[0], oldest=band[1]))
                for band in _AGES
            ]
            + [((65, 120), _("65 tahun ke atas"))],
            "sync": [(state, _(look.word)) for state, look in SYNC.items()],
            "photo": [(True, _("Ada foto")), (False, _("Belum ada foto"))],
            "printed": [(True, _("Tercetak")), (False, _("Belum tercetak"))],
            "ended": [(False, _("Berjalan")), (True, _("Berakhir"))],
        }
        for name, items in offers.items():
            with QSignalBlocker(self.combos[name]):
                _add(self.combos[name], items)


def _need(part: QComboBox | QPushButton) -> int:
    if isinstance(part, QPushButton):
        return part.sizeHint().width()
    words = part.fontMetrics().horizontalAdvance(part.currentText())
    return min(words + _FRAME, _LONGEST)


def _place_of(combo: QComboBox, data: object) -> int:
    # Qt's own search compares what it has turned into its own kinds of values.
    return next((i for i in range(combo.count()) if combo.itemData(i) == data), -1)


def _add(combo: QComboBox, items: list[tuple[Any, str]]) -> None:
    for data, words in items:
        combo.addItem(words, data)
    # The line is narrow, the list need not be.
    combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + 32)
