"""The card that lies before the cards of one jorong: whose stack this is and how many there are."""

from dataclasses import dataclass

from kerjadesa.cards.layout import Box, Design

_MARGIN = 5.0


@dataclass(frozen=True, slots=True)
class IndexCard:
    """One jorong's index card; `jorong` is empty where no jorong is known."""

    jorong: str
    count: int
    nagari_title: str

    def facts(self) -> dict[str, str]:
        """What its boxes print."""
        return {
            "name": f"Jorong {self.jorong}" if self.jorong else "Tanpa jorong",
            "number": f"{self.count} kartu",
            "nagari_title": self.nagari_title,
        }


def index_boxes(design: Design) -> tuple[Box, ...]:
    """The boxes of an index card as large as the cards around it.

    Bars at both ends show from the side of a stack where a jorong begins; no ink elsewhere.
    """
    width, height = design.width, design.height
    inner = width - 2 * _MARGIN
    third = height / 3

    def text(name: str, top: float, size: float, lines: int, font: str = "regular") -> Box:
        return Box.model_validate(
            {
                "name": name,
                "kind": "text",
                "at": (_MARGIN, top, inner, third - 2),
                "text": f"{{{name}}}",
                "font": font,
                "size": size,
                "smallest": size / 2,
                "lines": lines,
                "align": "centre",
            }
        )

    bars = (
        Box(name=f"bar {number}", kind="rect", at=(0, top, width, 3.0))
        for number, top in enumerate((0.0, height - 3.0), start=1)
    )
    return (
        *bars,
        text("nagari_title", 4.0, 9, 2),
        text("name", third + 1, 20, 3, "bold"),
        text("number", 2 * third - 1, 14, 1),
    )
