"""How well a colour is told from the one behind it (WCAG 2.2, relative luminance and contrast)."""

from collections.abc import Sequence

from kerjadesa.cards.layout import Box, Design

PAPER = "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, from 0 (black) to 1 (white)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def grounds(box: Box, face: Sequence[Box], design: Design) -> list[str]:
    """Every colour behind a box: of the areas drawn before it, down to one that covers it."""
    found = []
    for under in reversed(face[: face.index(box)]):
        if under.kind == "rect" and under.colour and under.overlaps(box):
            found.append(design.colour(under.colour))
            if under.covers(box):
                return found
    return [*found, PAPER]
