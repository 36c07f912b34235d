"""How cards lie on paper: places in millimetres, on both faces, and what the printer adds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kerjadesa.cards.calibration import STRAIGHT, Calibration
from kerjadesa.cards.layout import CARD_HEIGHT, CARD_WIDTH, Design, Orientation, Side
from kerjadesa.domain.problem import UserError
from kerjadesa.reference import read_toml

Sides = Literal["front", "back", "both"]
Flip = Literal["long", "short"]

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
COLUMNS, ROWS = 2, 5
GRID_LEFT, GRID_TOP = (A4_WIDTH - COLUMNS * CARD_WIDTH) / 2, (A4_HEIGHT - ROWS * CARD_HEIGHT) / 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in mm and the left and top edges of the cards on it, in the order they are filled.

    `upright` places are higher than wide. `verified` is False where the places are nominal and a
    test sheet has to show whether they fit.
    """

    name: str
    title: str
    width: float
    height: float
    at: tuple[tuple[float, float], ...]
    upright: bool = False
    cut_marks: bool = False
    verified: bool = True

    @property
    def place_width(self) -> float:
        """Width of a card's place in mm."""
        return CARD_HEIGHT if self.upright else CARD_WIDTH

    @property
    def place_height(self) -> float:
        """Height of a card's place in mm."""
        return CARD_WIDTH if self.upright else CARD_HEIGHT


@dataclass(frozen=True, slots=True)
class Setup:
    """One way of printing: the paper, which faces, how the sheet is turned, the printer's slack.

    `flip`: about which edge a sheet is turned for its back. `turned` lays a portrait card on a
    landscape CR80 page, for the printers that know no other.
    """

    paper: Paper
    sides: Sides = "front"
    flip: Flip = "long"
    turned: bool = False
    front: Calibration = STRAIGHT
    back: Calibration = STRAIGHT

    def calibration(self, side: Side) -> Calibration:
        """The printer's slack on this face."""
        return self.front if side == "front" else self.back

    def faces(self) -> tuple[Side, ...]:
        """The faces printed of each sheet, in the order of pages."""
        if self.sides == "both":
            return ("front", "back")
        return (self.sides,)

    def paper_for(self, design: Design) -> Paper:
        """The paper as this design lies on it: a page of one card stands where the card stands."""
        upright = design.orientation == "portrait" and not self.turned
        if self.paper.name == CR80.name and upright:
            return _cr80("portrait")
        return self.paper


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one card is drawn: its middle in mm from the page's top left corner, and its turn.

    `degrees` are clockwise.
    """

    x: float
    y: float
    degrees: int


def _cr80(orientation: Orientation) -> Paper:
    width, height = CARD_WIDTH, CARD_HEIGHT
    upright = orientation == "portrait"
    if upright:
        width, height = height, width
    return Paper(
        "cr80", "Kartu plastik CR80, satu kartu sehalaman", width, height, ((0.0, 0.0),), upright
    )


CR80 = _cr80("landscape")
A4_TEN = Paper(
    name="a4-10",
    title="Kertas A4, sepuluh kartu selembar",
    width=A4_WIDTH,
    height=A4_HEIGHT,
    at=tuple(
        (GRID_LEFT + column * CARD_WIDTH, GRID_TOP + row * CARD_HEIGHT)
        for row in range(ROWS)
        for column in range(COLUMNS)
    ),
    cut_marks=True,
)


def papers() -> list[Paper]:
    """Every paper there is: A4 to be cut, one plastic card a page, the trays of `trays.toml`."""
    trays = [
        Paper(
            name=row["name"],
            title=row["title"],
            width=row["page"][0],
            height=row["page"][1],
            at=tuple((left, top) for left, top in row["at"]),
            upright=row["upright"],
            verified=row["verified"],
        )
        for row in read_toml("cards", "trays.toml")["tray"]
    ]
    return [A4_TEN, CR80, *trays]


def paper_named(name: str) -> Paper:
    """The paper of this name; raises UserError `paper_unknown`."""
    for paper in papers():
        if paper.name == name:
            return paper
    raise UserError("paper_unknown")


def spots(setup: Setup, design: Design, side: Side) -> list[Spot]:
    """The places of one page, in the order cards are given.

    On the back they are mirrored, so that each back lies behind its front, and turned so that a
    card turned over like a page of a book reads upright.
    """
    paper = setup.paper_for(design)
    turn = 0 if paper.upright == (design.orientation == "portrait") else 90
    found = []
    for left, top in paper.at:
        x, y = left + paper.place_width / 2, top + paper.place_height / 2
        if side == "front":
            found.append(Spot(x, y, turn))
        elif setup.flip == "long":
            found.append(Spot(paper.width - x, y, -turn % 360))
        else:
            # Turning a sheet about its short edge is turning it about the long one, and around.
            found.append(Spot(x, paper.height - y, (180 - turn) % 360))
    return found


def pages(count: int, setup: Setup) -> Iterator[tuple[Side, int, int]]:
    """The pages for so many cards: the face, the first card's index, the index after the last."""
    per_sheet = len(setup.paper.at)
    for first in range(0, count, per_sheet):
        for side in setup.faces():
            yield side, first, min(first + per_sheet, count)
