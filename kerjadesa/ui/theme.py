"""The tokens of the look: every colour and size in one place; `dress.py` puts them on."""

from dataclasses import dataclass, fields, replace

GRID = 8
"""Every gap is a multiple of this many pixels."""

RAIL_WIDTH, RAIL_FOLDED = 200, 56
ROOMY = 1000
"""A window narrower than this folds its rail: a village's screen has it from 150 % on."""

LABEL_WIDTH = 150


@dataclass(slots=True)
class Colours:
    """Colours by what they mean. Text on its ground has a contrast of at least 4.5:1.

    The outline of a field and the ring of the focus have at least 3:1 (WCAG 2.2, 1.4.3, 1.4.11).
    """

    name: str
    ground: str
    surface: str
    line: str
    field_line: str
    text: str
    quiet: str
    accent: str
    accent_strong: str
    accent_ground: str
    on_accent: str
    good: str
    good_ground: str
    caution: str
    caution_ground: str
    bad: str
    bad_ground: str
    backdrop: str
    """Behind a photo that is being taken or cut; dark in both themes."""
    on_backdrop: str


LIGHT = Colours(
    name="light",
    ground="#f4f6f6",
    surface="#ffffff",
    line="#dde3e3",
    field_line="#7a8989",
    text="#1b2626",
    quiet="#526060",
    accent="#0f6b66",
    accent_strong="#0a4f4b",
    accent_ground="#e1f0ee",
    on_accent="#ffffff",
    good="#1b6d3e",
    good_ground="#e4f3ea",
    caution="#835000",
    caution_ground="#fdf1d9",
    bad="#b3261e",
    bad_ground="#fce9e7",
    backdrop="#1b2626",
    on_backdrop="#ffffff",
)

DARK = Colours(
    name="dark",
    ground="#12191a",
    surface="#1b2425",
    line="#334142",
    field_line="#7d8c8c",
    text="#e6eceb",
    quiet="#a6b4b3",
    accent="#5cc4bb",
    accent_strong="#8fdcd5",
    accent_ground="#173b3a",
    on_accent="#06201e",
    good="#6fcf97",
    good_ground="#15301f",
    caution="#e9b45c",
    caution_ground="#372912",
    bad="#ff9a90",
    bad_ground="#411d1a",
    backdrop="#1b2626",
    on_backdrop="#ffffff",
)

colours = replace(LIGHT)
"""Those worn now. One object whose values change, so that every module may keep it by its name and
still paints in the theme of the moment."""


def wear(chosen: Colours) -> None:
    """Makes these the colours of everything that is painted from now on."""
    for token in fields(Colours):
        setattr(colours, token.name, getattr(chosen, token.name))


CAPTION, BODY, LEAD, HEADING, FIGURE = 12, 14, 16, 22, 28
"""The type scale, in pixels."""

DAY_NAME, DAY_SEAT = 44, 60
"""On the day of a ceremony, read from two metres away."""
