"""The figures of one face of a sheet: what was measured, and what the program makes of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from kerjadesa.cards.calibration import STRAIGHT, Calibration
from kerjadesa.cards.calibration_reading import Distance
from kerjadesa.ui.widgets import Note, label
from kerjadesa.words import N_, _

_CAPTIONS = {
    "x_mm": (N_("Geser X"), N_("mm")),
    "y_mm": (N_("Geser Y"), N_("mm")),
    "scale_x": (N_("Skala mendatar"), N_("%")),
    "scale_y": (N_("Skala tegak"), N_("%")),
    "rotation_degrees": (N_("Putaran"), N_("derajat")),
}
PERCENT = frozenset({"scale_x", "scale_y"})
_FIELD = 92


def read_number(text: str) -> float | None:
    """A figure as people write it, `104,6` or `104.6`; None where it is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def written(value: float, places: int = 2) -> str:
    """A figure with a comma and without needless zeros."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return ("0" if text in {"-0", ""} else text).replace(".", ",")


@dataclass(frozen=True, slots=True)
class _Row:
    right: QLabel
    measured: QLineEdit
    figure: QLineEdit
    note: Note


class PrinterForm(QWidget):
    """`measured(values)` answers with the calibration that these measurements in mm lead to."""

    def __init__(self, measured: Callable[[dict[str, float]], Calibration]) -> None:
        super().__init__()
        self._measured = measured
        self._kept = STRAIGHT
        self.rows: dict[str, _Row] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(4, 1)
        heads = ("", _("Seharusnya"), _("Hasil ukur (mm)"), _("Angka kalibrasi"))
        for place, words in enumerate(heads):
            grid.addWidget(label(words, role="caption"), 0, place)
        for line, (name, (words, unit)) in enumerate(_CAPTIONS.items()):
            made = _Row(label(role="quiet"), QLineEdit(), QLineEdit(), Note())
            caption = _(words)
            made.measured.setAccessibleName(_("Hasil ukur: {what}").format(what=caption))
            made.figure.setAccessibleName(_("Angka kalibrasi: {what}").format(what=caption))
            for field in (made.measured, made.figure):
                field.setFixedWidth(_FIELD)
            made.measured.textEdited.connect(lambda _text, name=name: self._compute(name))
            made.figure.textEdited.connect(lambda _text, name=name: self._typed(name))
            place = 2 * line + 1
            grid.addWidget(label(caption), place, 0)
            grid.addWidget(made.right, place, 1)
            grid.addWidget(made.measured, place, 2)
            grid.addWidget(made.figure, place, 3)
            grid.addWidget(label(_(unit), role="quiet"), place, 4)
            grid.addWidget(made.note, place + 1, 0, 1, 5)
            self.rows[name] = made

    def show_calibration(self, kept: Calibration, distances: list[Distance]) -> None:
        """Begins with what the test sheet was printed with."""
        self._kept = kept
        for distance in distances:
            made = self.rows[distance.figure]
            made.measured.clear()
            made.note.say("")
            made.right.setText(
                _("A sama jauh dengan B")
                if distance.figure == "rotation_degrees"
                else _("{right} mm").format(right=written(distance.right, 1))
            )
            made.measured.setPlaceholderText(
                _("A − B") if distance.figure == "rotation_degrees" else ""
            )
        self.write(kept)

    def calibration(self) -> Calibration | None:
        """The figures as they stand; None where one is no number, said beside it."""
        figures: dict[str, float] = {}
        for name, made in self.rows.items():
            value = read_number(made.figure.text())
            made.note.say("" if value is not None else _("Tulis angka, misalnya 0,5."))
            if value is not None:
                figures[name] = value / 100 if name in PERCENT else value
        return Calibration(**figures) if len(figures) == len(self.rows) else None

    def write(self, calibration: Calibration) -> None:
        """Puts figures there."""
        for name, made in self.rows.items():
            value = getattr(calibration, name)
            made.figure.setText(written(100 * value if name in PERCENT else value))

    def _compute(self, name: str) -> None:
        made = self.rows[name]
        text = made.measured.text()
        value = read_number(text)
        wrong = text.strip() and (value is None or (value <= 0 and name != "rotation_degrees"))
        made.note.say(_("Tulis hasil ukur dalam milimeter, misalnya 104,6.") if wrong else "")
        if wrong:
            return
        after = self._kept if value is None else self._measured({name: value})
        figure = getattr(after, name)
        made.figure.setText(written(100 * figure if name in PERCENT else figure))

    def _typed(self, name: str) -> None:
        self.rows[name].note.say("")
        self.rows[name].measured.clear()
