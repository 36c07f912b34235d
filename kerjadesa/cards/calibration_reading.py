"""From what was measured on a test sheet to the figures of a calibration."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.calibration_sheet import marks_of
from kerjadesa.cards.layout import Design
from kerjadesa.cards.sheet import Setup


@dataclass(frozen=True, slots=True)
class Distance:
    """One thing to measure: `right` is what a printer without slack puts there, in mm."""

    figure: str
    right: float


def distances(setup: Setup, design: Design) -> list[Distance]:
    """What is measured on a test sheet, by the figure of the calibration it leads to.

    The rotation is measured as how much farther from the upper edge A lies than B.
    """
    marks = marks_of(setup.paper_for(design))
    middle_x, middle_y = marks.middle
    return [
        Distance("x_mm", middle_x),
        Distance("y_mm", middle_y),
        Distance("scale_x", marks.across),
        Distance("scale_y", marks.down),
        Distance("rotation_degrees", 0.0),
    ]


def read_off(
    printed: Calibration, measured: Mapping[str, float], setup: Setup, design: Design
) -> Calibration:
    """The calibration after measuring a sheet that was printed with `printed`.

    `measured` is in mm by figure, all of it above zero but for the rotation; what is not measured
    stays as it was.
    """
    right = {one.figure: one.right for one in distances(setup, design)}
    across = marks_of(setup.paper_for(design)).across
    figures: dict[str, float] = {}
    for figure, value in measured.items():
        before = getattr(printed, figure)
        if figure in {"x_mm", "y_mm"}:
            figures[figure] = round(before + right[figure] - value, 2)
        elif figure == "rotation_degrees":
            figures[figure] = round(before + math.degrees(math.atan(value / across)), 3)
        else:
            figures[figure] = round(before * right[figure] / value, 4)
    return replace(printed, **figures)
