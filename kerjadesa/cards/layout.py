"""Card designs: boxes in millimetres, read from `resources/cards/*.toml` and checked on the way."""

import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kerjadesa.reference import resource_path

# ISO/IEC 7810 ID-1, the size of a bank card.
CARD_WIDTH, CARD_HEIGHT = 85.60, 53.98

# The facts a design may print: the text fields of kerjadesa.cards.pdf.Card.
Fact = Literal[
    "number",
    "name",
    "nik_masked",
    "nagari_title",
    "kecamatan",
    "kabupaten",
    "jorong",
    "programme_name",
    "payer",
    "valid_until",
    "kpj_masked",
]
_FACTS = frozenset(Fact.__args__)  # type: ignore[attr-defined]

Millimetres = Annotated[float, Field(ge=0)]
Points = Annotated[float, Field(gt=0)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class LayoutError(Exception):
    """A design file that cannot be used; says which file, which box and what is wrong."""

    def __init__(self, file: str, box: str, reason: str) -> None:
        super().__init__(f"{file}: {box}: {reason}")
        self.file, self.box, self.reason = file, box, reason


class Box(BaseModel):
    """One thing on the card; `at` is left, top, width and height in mm, type sizes are points.

    A text shrinks to `smallest`, then wraps to `lines`. `when` names a fact without which the box
    is left out. `colour` and `stroke` of a photo draw the outline that stands in for a missing one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: Literal["text", "photo", "qr", "line", "rect"]
    at: tuple[Millimetres, Millimetres, Millimetres, Millimetres]
    text: str = ""
    font: Literal["regular", "bold"] = "regular"
    size: Points = 7
    smallest: Points = 5
    lines: Literal[1, 2] = 1
    align: Literal["left", "centre", "right"] = "left"
    colour: Colour = "#000000"
    stroke: Colour | None = None
    stroke_width: Points = 0.6
    when: Fact | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        left, top, width, height = self.at
        # A hundredth of a millimetre forgives the sum of two decimal fractions.
        if left + width > CARD_WIDTH + 0.01 or top + height > CARD_HEIGHT + 0.01:
            raise ValueError("lies outside the card")
        if self.kind == "qr" and width != height:
            raise ValueError("a QR box is square")
        if self.smallest > self.size:
            raise ValueError("smallest is larger than size")
        fields = [field for _, field, _, _ in string.Formatter().parse(self.text)]
        if unknown := {field for field in fields if field is not None} - _FACTS:
            raise ValueError(f"text names unknown facts: {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True)
class Design:
    """The face of one card, in drawing order."""

    boxes: tuple[Box, ...]


def load_design(name: str = "standard") -> Design:
    """Loads `resources/cards/<name>.toml`; raises LayoutError."""
    return read_design(resource_path("cards", f"{name}.toml"))


def read_design(path: Path) -> Design:
    """Reads one design file; raises LayoutError naming the file and the box at fault."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LayoutError(path.name, "-", f"cannot be read ({error})") from error
    rows = content.get("box")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LayoutError(path.name, "-", "holds no [[box]]")
    boxes = []
    for number, row in enumerate(rows, start=1):
        try:
            boxes.append(Box.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            reason = ": ".join([*map(str, first["loc"]), first["msg"]])
            raise LayoutError(path.name, str(row.get("name", f"box {number}")), reason) from error
    if [box.kind for box in boxes].count("qr") != 1:
        # Proofreading pairs one symbol with one credential.
        raise LayoutError(path.name, "-", "needs exactly one box of kind qr")
    return Design(tuple(boxes))
