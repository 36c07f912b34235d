"""What one printer does to a page, and the page that makes up for it."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kerjadesa.domain.problem import Problem

LARGEST_SHIFT = 10.0
SMALLEST_SCALE, LARGEST_SCALE = 0.95, 1.05
LARGEST_ROTATION = 3.0
_BOUNDS = {
    "x_mm": (-LARGEST_SHIFT, LARGEST_SHIFT),
    "y_mm": (-LARGEST_SHIFT, LARGEST_SHIFT),
    "scale_x": (SMALLEST_SCALE, LARGEST_SCALE),
    "scale_y": (SMALLEST_SCALE, LARGEST_SCALE),
    "rotation_degrees": (-LARGEST_ROTATION, LARGEST_ROTATION),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a page is moved before it is printed: x to the right, y down, rotation clockwise.

    Scale and rotation are about the middle of the page, so that each figure can be read off the
    test sheet without the others.
    """

    x_mm: float = 0.0
    y_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    rotation_degrees: float = 0.0

    def to_json(self) -> dict[str, float]:
        """For a setting."""
        return asdict(self)

    def moved(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Where a point of a page of `width` by `height` mm is drawn, from the top left corner."""
        turn = math.radians(self.rotation_degrees)
        across, down = (x - width / 2) * self.scale_x, (y - height / 2) * self.scale_y
        return (
            width / 2 + self.x_mm + across * math.cos(turn) - down * math.sin(turn),
            height / 2 + self.y_mm + across * math.sin(turn) + down * math.cos(turn),
        )


STRAIGHT = Calibration()
"""A printer that needs no help."""


def check_calibration(calibration: Calibration) -> list[Problem]:
    """What is out of bounds: larger figures mean a wrong paper size, not a printer's slack."""
    return [
        Problem(name, "calibration_out_of_range", {"lowest": f"{low:g}", "highest": f"{high:g}"})
        for name, (low, high) in _BOUNDS.items()
        if not low <= getattr(calibration, name) <= high
    ]


def calibration_from_json(value: object) -> Calibration:
    """A kept calibration; what is out of bounds or strange counts as not calibrated."""
    kept = value if isinstance(value, Mapping) else {}
    figures = {
        name: float(kept[name])
        for name, (low, high) in _BOUNDS.items()
        if isinstance(kept.get(name), int | float)
        and not isinstance(kept[name], bool)
        and low <= kept[name] <= high
    }
    return Calibration(**figures)
