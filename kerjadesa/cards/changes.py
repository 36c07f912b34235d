"""What an operator changes on a design, refused where it would spoil the card or its QR code."""

import base64
import binascii
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kerjadesa.cards.contrast import contrast, grounds, luminance
from kerjadesa.cards.credential import LARGEST_PACKED
from kerjadesa.cards.drawing import fitted
from kerjadesa.cards.fonts import missing_letters, printable
from kerjadesa.cards.layout import Box, Design, design_names, load_design
from kerjadesa.cards.symbol import modules_across
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.images import open_image

SMALLEST_MODULE = 0.4
"""Millimetres; what a cheap phone reads off a card that has been in a pocket."""
QR_CONTRAST, LIGHTEST_GROUND = 7.0, 0.7
TEXT_CONTRAST = 4.5
LONGEST_HEADING, LONGEST_ADDRESS = 60, 160
TYPICAL_CREDENTIAL = LARGEST_PACKED // 2 * 3 + LARGEST_PACKED % 2 * 2
"""Characters of a credential as long as they are made; only the longest names go past it."""

LARGEST_LOGO = 2 * 1024 * 1024
LARGEST_LOGO_SIDE = 4000
# 12 mm at 600 dpi: what the largest logo box of a good printer can show.
_LOGO_SIDE = 320
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Changes:
    """A design by name and what differs from it; what is empty is as the design has it.

    `colours` gives names of the design's palette another `#RRGGBB`, `hidden` are facts printed
    nowhere, `address` is where a lost card is brought, `logo` a PNG from `normalised_logo`.
    """

    design: str = "lanskap"
    heading: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    address: str = ""
    logo: bytes | None = None

    def to_json(self) -> dict[str, Any]:
        """For a setting."""
        return {
            "design": self.design,
            "heading": self.heading,
            "colours": dict(self.colours),
            "hidden": list(self.hidden),
            "address": self.address,
            "logo": base64.b64encode(self.logo).decode() if self.logo else "",
        }


UNCHANGED = Changes()


def changes_from_json(value: object) -> Changes:
    """Kept changes; a part that is strange counts as not changed."""
    kept = value if isinstance(value, Mapping) else {}

    def text(name: str, otherwise: str = "") -> str:
        return kept[name] if isinstance(kept.get(name), str) else otherwise

    colours, hidden = kept.get("colours"), kept.get("hidden")
    return Changes(
        design=text("design", UNCHANGED.design),
        heading=text("heading"),
        colours={
            str(name): str(colour)
            for name, colour in (colours.items() if isinstance(colours, Mapping) else ())
        },
        hidden=tuple(map(str, hidden)) if isinstance(hidden, list) else (),
        address=text("address"),
        logo=_kept_logo(text("logo")),
    )


def normalised_logo(data: bytes) -> bytes:
    """A picked file as the PNG that is printed: small, upright, clear where it was clear.

    Raises UserError `logo_too_large` (over 2 MiB or 4,000 pixels a side), `image_too_large`,
    `image_unreadable`.
    """
    if len(data) > LARGEST_LOGO:
        raise UserError("logo_too_large")
    image = open_image(data, "RGBA", largest_side=LARGEST_LOGO_SIDE)
    image.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def changed_design(changes: Changes, longest: int = TYPICAL_CREDENTIAL) -> Design | list[Problem]:
    """The design with the changes in it, or what is wrong with them.

    `longest` is the length in characters of the longest credential to be printed. Problems name
    `design`, `heading`, `address`, `hidden`, `qr` or `colour:<name in the palette>`. Raises
    LayoutError when the design's own file cannot be used.
    """
    if changes.design not in design_names():
        return [Problem("design", "card_design_unknown")]
    plain = load_design(changes.design)
    problems = [
        *_wrong_colours(changes, plain),
        *(
            Problem("hidden", "card_fact_needed")
            for name in changes.hidden
            if name not in plain.hideable
        ),
    ]
    if problems:
        return problems
    heading = printable(changes.heading) or plain.heading
    logo = None if "logo" in changes.hidden else changes.logo
    design = replace(
        plain,
        heading=heading,
        palette={**plain.palette, **changes.colours},
        hidden=frozenset(changes.hidden),
        address=printable(changes.address),
        logo=logo,
    )
    problems = [
        *_ill_fitting(design, "heading", heading, LONGEST_HEADING),
        *_ill_fitting(design, "address", design.address, LONGEST_ADDRESS),
        *_pale_texts(design),
        *_bad_code(design, longest),
    ]
    return problems or design


def module_of(design: Design, credential: int) -> float:
    """Millimetres of one module of the QR code for a credential of so many characters.

    Zero where no symbol holds it.
    """
    try:
        return design.qr[1].at[2] / modules_across(credential)
    except ValueError:
        return 0.0


def _wrong_colours(changes: Changes, design: Design) -> Iterator[Problem]:
    for name, colour in changes.colours.items():
        if name not in design.palette or not _HEX.fullmatch(colour):
            yield Problem(f"colour:{name}", "card_colour_invalid")


def _ill_fitting(design: Design, fact: str, text: str, longest: int) -> Iterator[Problem]:
    """A text that is the same on all cards must stand there as large as it was drawn up."""
    if len(text) > longest:
        yield Problem(fact, f"card_{fact}_long")
        return
    for box in (*design.front, *design.back):
        if fact not in box.facts or not _is_used(box, design):
            continue
        file = design.fonts[box.font]
        if missing := missing_letters(text, file):
            yield Problem(fact, "card_text_letter", {"letter": code_point(missing[0])})
            return
        _, size = fitted(box, box.text.format_map({fact: text}), file)
        if size < box.smallest:
            yield Problem(fact, f"card_{fact}_long")
            return


def code_point(letter: str) -> str:
    """How a letter is named where it may have no shape: `U+0645`."""
    return f"U+{ord(letter):04X}"


def _pale_texts(design: Design) -> Iterator[Problem]:
    told = set()
    for face in (design.front, design.back):
        for box in face:
            if box.kind != "text" or box.colour is None or not _is_used(box, design):
                continue
            colour = design.colour(box.colour)
            worst = min(contrast(colour, ground) for ground in grounds(box, face, design))
            if worst < TEXT_CONTRAST and box.colour not in told:
                told.add(box.colour)
                yield Problem(f"colour:{box.colour}", "card_text_pale", {"ratio": _comma(worst, 1)})


def _bad_code(design: Design, longest: int) -> Iterator[Problem]:
    side, code = design.qr
    dark = design.colour(code.colour or "#000000")
    behind = grounds(code, design.side(side), design)
    # Two colours behind a code look like modules to a reader, however light they are.
    if (
        len(set(behind)) > 1
        or luminance(behind[0]) < LIGHTEST_GROUND
        or luminance(dark) > luminance(behind[0])
        or contrast(dark, behind[0]) < QR_CONTRAST
    ):
        yield Problem("qr", "card_qr_pale")
    module = module_of(design, longest)
    if module < SMALLEST_MODULE:
        yield Problem("qr", "card_qr_dense", {"module": _comma(module, 2)})


def _is_used(box: Box, design: Design) -> bool:
    if design.hidden & {box.when, *box.facts}:
        return False
    has_logo = design.logo is not None
    return not (box.when == "logo" and not has_logo) and not (box.unless == "logo" and has_logo)


def _comma(figure: float, places: int) -> str:
    # Rounded down: 4.49 must not read as the 4.5 it misses.
    cut = int(figure * 10**places) / 10**places
    return f"{cut:.{places}f}".replace(".", ",")


def _kept_logo(text: str) -> bytes | None:
    if not text or len(text) > LARGEST_LOGO * 2:
        return None
    try:
        return normalised_logo(base64.b64decode(text, validate=True))
    except (binascii.Error, UserError):
        return None
