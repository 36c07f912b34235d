"""Card designs: boxes in millimetres, read from `resources/cards/*.toml` and checked on the way.

`docs/card-designs.md` describes the file.
"""

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kerjadesa.reference import read_toml, resource_path

# ISO/IEC 7810 ID-1, the size of a bank card lying down.
CARD_WIDTH, CARD_HEIGHT = 85.60, 53.98

Side = Literal["front", "back"]
Orientation = Literal["landscape", "portrait"]

# The facts a design may print: the text fields of kerjadesa.cards.pdf.Card, then what is the same
# on every card of a printing.
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
    "valid_from",
    "valid_until",
    "kpj_masked",
    "issue",
    "heading",
    "address",
]
_FACTS = frozenset(Fact.__args__)  # type: ignore[attr-defined]
SHARED_FACTS = frozenset({"heading", "address"})
# No card without these: whose it is, how to check it, how long it counts.
_NEVER_HIDDEN = frozenset({"name", "number", "nagari_title", "valid_until", "heading"})

Condition = Literal[Fact, "photo", "logo"]
Millimetres = Annotated[float, Field(ge=0, le=200)]
Points = Annotated[float, Field(gt=0, le=72)]
Hex = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
PaletteName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,31}$")]
Colour = Annotated[str, Field(pattern=r"^(#[0-9A-Fa-f]{6}|[a-z][a-z_]{0,31})$")]
FontFile = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+\.ttf$")]


_FRONT: Side = "front"
_BACK: Side = "back"
Model = TypeVar("Model", bound=BaseModel)
# A hundredth of a millimetre forgives the sum of two decimal fractions.
_SLACK = 0.01


class LayoutError(Exception):
    """A design file that cannot be used; says which file, box and field, and what is wrong."""

    def __init__(self, file: str, box: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {box}: {field}: {reason}")
        self.file, self.box, self.field, self.reason = file, box, field, reason


class _Slip(ValueError):
    """A wrong value that several fields make together; carries the one to look at."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class Box(BaseModel):
    """One thing on the card; `at` is left, top, width and height in mm, type sizes are points.

    A text shrinks to `smallest`, then wraps to `lines`. `when` names a fact (or `photo`, `logo`)
    without which the box is left out, `unless` one with which it is. `colour` and `stroke` of a
    photo draw the outline that stands in for a missing one; a rect with `stroke` and no `colour`
    is an empty frame.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    kind: Literal["text", "photo", "qr", "image", "line", "rect"]
    at: tuple[Millimetres, Millimetres, Millimetres, Millimetres]
    text: str = ""
    font: str = "regular"
    size: Points = 7
    smallest: Points = 5
    lines: Literal[1, 2, 3, 4] = 1
    align: Literal["left", "centre", "right"] = "left"
    anchor: Literal["top", "middle", "bottom"] = "middle"
    colour: Colour | None = "#000000"
    stroke: Colour | None = None
    stroke_width: Points = 0.6
    radius: Millimetres = 0
    when: Condition | None = None
    unless: Condition | None = None

    @property
    def facts(self) -> frozenset[str]:
        """The facts its text prints."""
        fields = (field for _, field, _, _ in string.Formatter().parse(self.text))
        return frozenset(field for field in fields if field is not None)

    @model_validator(mode="before")
    @classmethod
    def _frame_is_empty(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("kind") == "rect" and "stroke" in values:
            return {"colour": None, **values}
        return values

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.kind == "qr" and self.at[2] != self.at[3]:
            raise _Slip("at", "a QR box is square")
        if self.smallest > self.size:
            raise _Slip("smallest", "larger than size")
        if self.kind == "text" and not self.text:
            raise _Slip("text", "a text box without text")
        try:
            unknown = self.facts - _FACTS
        except ValueError as error:
            raise _Slip("text", str(error)) from error
        if unknown:
            raise _Slip("text", f"unknown facts: {', '.join(sorted(unknown))}")
        return self

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        left, top, width, height = self.at
        other_left, other_top, other_width, other_height = other.at
        return (
            left < other_left + other_width - _SLACK
            and other_left < left + width - _SLACK
            and top < other_top + other_height - _SLACK
            and other_top < top + height - _SLACK
        )

    def covers(self, other: "Box") -> bool:
        """Whether the other lies wholly within this one."""
        left, top, width, height = self.at
        other_left, other_top, other_width, other_height = other.at
        return (
            left <= other_left + _SLACK
            and top <= other_top + _SLACK
            and left + width >= other_left + other_width - _SLACK
            and top + height >= other_top + other_height - _SLACK
        )


class _Head(BaseModel):
    """The `[design]` table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=40)
    orientation: Orientation
    heading: str = Field(min_length=1, max_length=60)
    palette: dict[PaletteName, Hex] = Field(default_factory=dict)
    hideable: tuple[Condition, ...] = ()
    fonts: dict[PaletteName, FontFile] = Field(
        default_factory=lambda: {"regular": "NotoSans-Regular.ttf", "bold": "NotoSans-Bold.ttf"}
    )


@dataclass(frozen=True)
class Design:
    """Both faces of one card, each in drawing order, and what an operator may change of them.

    `heading` is the title on the card, `address` where a lost card is brought back to; `logo` is
    a PNG, `hidden` facts are printed nowhere.
    """

    name: str
    title: str
    orientation: Orientation
    heading: str
    palette: Mapping[str, str]
    hideable: tuple[str, ...]
    fonts: Mapping[str, str]
    front: tuple[Box, ...]
    back: tuple[Box, ...]
    hidden: frozenset[str] = frozenset()
    address: str = ""
    logo: bytes | None = None

    @property
    def width(self) -> float:
        """Millimetres across, as the card is read."""
        return CARD_WIDTH if self.orientation == "landscape" else CARD_HEIGHT

    @property
    def height(self) -> float:
        """Millimetres down, as the card is read."""
        return CARD_HEIGHT if self.orientation == "landscape" else CARD_WIDTH

    def side(self, side: Side) -> tuple[Box, ...]:
        """The boxes of one face."""
        return self.front if side == "front" else self.back

    def colour(self, colour: str) -> str:
        """The `#RRGGBB` behind a name of the palette."""
        return colour if colour.startswith("#") else self.palette[colour]

    @cached_property
    def qr(self) -> tuple[Side, Box]:
        """The one QR box and the face it is on."""
        return next(
            (side, box) for side in (_FRONT, _BACK) for box in self.side(side) if box.kind == "qr"
        )


def design_names() -> list[str]:
    """The designs there are, the usual one first."""
    return [str(name) for name in read_toml("cards", "designs.toml")["order"]]


def load_design(name: str = "lanskap") -> Design:
    """Loads `resources/cards/<name>.toml`; raises LayoutError."""
    if name not in design_names():
        raise LayoutError(f"{name}.toml", "-", "name", "no such design")
    return read_design(resource_path("cards", f"{name}.toml"))


def read_design(path: Path) -> Design:
    """Reads one design file; raises LayoutError naming the file, the box and the field at fault."""
    file = path.name
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LayoutError(file, "-", "-", f"cannot be read ({error})") from error
    if unknown := content.keys() - {"design", "front", "back"}:
        raise LayoutError(file, "-", min(unknown), "unknown table")
    head = _checked(_Head, content.get("design"), file, "design")
    faces = {
        side: tuple(
            _checked(Box, row, file, _box_name(row, side, number))
            for number, row in enumerate(_rows(content, side, file), start=1)
        )
        for side in ("front", "back")
    }
    design = Design(
        name=path.stem,
        title=head.title,
        orientation=head.orientation,
        heading=head.heading,
        palette=head.palette,
        hideable=tuple(head.hideable),
        fonts=head.fonts,
        front=faces["front"],
        back=faces["back"],
    )
    for font, font_file in head.fonts.items():
        if not resource_path("fonts", font_file).is_file():
            raise LayoutError(file, "design", "fonts", f"{font}: {font_file} is missing")
    if kept := _NEVER_HIDDEN & set(head.hideable):
        raise LayoutError(file, "design", "hideable", f"no card without: {', '.join(sorted(kept))}")
    for side in (_FRONT, _BACK):
        for box in design.side(side):
            _refuse_misplaced(box, design, file)
    _refuse_wrong_qr(design, file)
    return design


def _rows(content: Mapping[str, Any], side: str, file: str) -> list[dict[str, Any]]:
    rows = content.get(side)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise LayoutError(file, "-", side, f"holds no [[{side}]]")
    return rows


def _box_name(row: Mapping[str, Any], side: str, number: int) -> str:
    return str(row.get("name", f"{side} {number}"))


def _checked(model: type[Model], values: Any, file: str, box: str) -> Model:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        slip = first.get("ctx", {}).get("error")
        field = (
            slip.field if isinstance(slip, _Slip) else str(first["loc"][0] if first["loc"] else "-")
        )
        raise LayoutError(file, box, field, first["msg"]) from error


def _refuse_misplaced(box: Box, design: Design, file: str) -> None:
    left, top, width, height = box.at
    if left + width > design.width + _SLACK or top + height > design.height + _SLACK:
        raise LayoutError(file, box.name, "at", "lies outside the card")
    if box.font not in design.fonts:
        raise LayoutError(file, box.name, "font", f"unknown font {box.font}")
    for field in ("colour", "stroke"):
        colour = getattr(box, field)
        if colour and not colour.startswith("#") and colour not in design.palette:
            raise LayoutError(file, box.name, field, f"{colour} is not in the palette")


def _refuse_wrong_qr(design: Design, file: str) -> None:
    """Proofreading pairs one symbol with one credential, and nothing may lie over or beside it."""
    boxes: Sequence[Box] = (*design.front, *design.back)
    codes = [box for box in boxes if box.kind == "qr"]
    if len(codes) != 1:
        extra = codes[1].name if codes else "-"
        raise LayoutError(file, extra, "kind", "a design has exactly one box of kind qr")
    side, code = design.qr
    if code.when or code.unless:
        raise LayoutError(file, code.name, "when", "the QR code is on every card")
    face = design.side(side)
    for box in face:
        # A filled area under it is judged by its colour, where the colours are known.
        under = box.kind == "rect" and face.index(box) < face.index(code)
        if box is not code and not under and box.overlaps(code):
            raise LayoutError(file, box.name, "at", "lies over the QR code or its quiet zone")
