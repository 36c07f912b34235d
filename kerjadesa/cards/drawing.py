"""Draws the boxes of a design onto a PDF canvas, the card's top left corner being the origin."""

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PIL import Image
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kerjadesa.cards.fonts import font_name, width_of
from kerjadesa.cards.layout import SHARED_FACTS, Box, Design, Side
from kerjadesa.cards.symbol import QUIET_ZONE, qr
from kerjadesa.cards.text_fit import fit

# Photos and fonts go into the file as they are; wrapping them in ASCII made them a quarter larger
# and took most of the time.
rl_config.useA85 = 0

MM = 72 / 25.4
LEADING = 1.16
# Noto Sans: from the baseline to the top of a capital with room for its accent, in ems.
_ASCENT = 0.86
# In points: what a photo may stand out of its box.
_HAIR = 0.01

Run = tuple[bool, tuple[Box, ...]]


@dataclass
class Pen:
    """One canvas and one design: what is the same on every card is drawn once and referred to."""

    canvas: Canvas
    design: Design
    _forms: set[str] = field(default_factory=set)
    # By face, and by a box's identity: hashing forty boxes anew for each card takes longer than
    # drawing them. A box is kept with what is known of it, lest another takes its identity.
    _faces: dict[Side, tuple[Run, ...]] = field(default_factory=dict)
    _written: dict[tuple[int, str], tuple[Box, str]] = field(default_factory=dict)

    def draw(
        self, side: Side, facts: Mapping[str, str], photo: bytes | None, credential: str
    ) -> None:
        """Draws one face of one card."""
        for number, (same, boxes) in enumerate(self._runs(side)):
            if same:
                self._draw_once(f"{side}-{number}", boxes, facts)
                continue
            for box in boxes:
                if _is_shown(box, facts, photo, self.design.logo):
                    self._draw_box(box, facts, photo, credential)

    def draw_boxes(self, boxes: Iterable[Box], facts: Mapping[str, str]) -> None:
        """Draws boxes of no design file: an index card's."""
        for box in boxes:
            self._draw_box(box, facts, None, "")

    def _runs(self, side: Side) -> tuple[Run, ...]:
        """Stretches of boxes in drawing order, and whether they are the same on every card."""
        if side not in self._faces:
            self._faces[side] = _parted(self.design.side(side), self.design.hidden)
        return self._faces[side]

    def _draw_once(self, name: str, boxes: tuple[Box, ...], facts: Mapping[str, str]) -> None:
        if name not in self._forms:
            self._forms.add(name)
            width, height = self.design.width * MM, self.design.height * MM
            self.canvas.beginForm(name, 0, -height, width, 0)
            for box in boxes:
                if _is_shown(box, facts, None, self.design.logo):
                    self._draw_box(box, facts, None, "")
            self.canvas.endForm()
        self.canvas.doForm(name)

    def _draw_box(
        self, box: Box, facts: Mapping[str, str], photo: bytes | None, credential: str
    ) -> None:
        match box.kind:
            case "text":
                self._draw_text(box, box.text.format_map(facts))
            case "rect":
                self._draw_rect(box)
            case "line":
                self._draw_line(box)
            case "qr":
                _draw_symbol(self.canvas, box, self._colour(box.colour), credential)
            case "image" if self.design.logo:
                _draw_logo(self.canvas, box, self.design.logo)
            case "photo" if photo:
                _draw_photo(self.canvas, box, photo)
            case "photo":
                self._draw_silhouette(box)

    def _colour(self, colour: str | None) -> Any:
        return _hex(self.design.colour(colour or "#000000"))

    def _draw_line(self, box: Box) -> None:
        """From the box's upper left corner to its lower right one."""
        left, bottom, width, height = corner_and_size(box)
        self.canvas.setStrokeColor(self._colour(box.colour))
        self.canvas.setLineWidth(box.stroke_width)
        self.canvas.line(left, bottom + height, left + width, bottom)

    def _draw_rect(self, box: Box) -> None:
        filled, stroked = box.colour is not None, box.stroke is not None
        if filled:
            self.canvas.setFillColor(self._colour(box.colour))
        if stroked:
            self.canvas.setStrokeColor(self._colour(box.stroke))
            self.canvas.setLineWidth(box.stroke_width)
        place = corner_and_size(box)
        if box.radius:
            self.canvas.roundRect(*place, box.radius * MM, stroke=stroked, fill=filled)
        else:
            self.canvas.rect(*place, stroke=stroked, fill=filled)

    def _draw_text(self, box: Box, text: str) -> None:
        # A nagari, a jorong and a date stand on many cards: they are set once.
        key = (id(box), text)
        if key not in self._written:
            self._written[key] = (box, self._typeset(box, text))
        self.canvas.addLiteral(self._written[key][1])

    def _typeset(self, box: Box, text: str) -> str:
        """The text in its box as PDF operators, good for this canvas alone."""
        file = self.design.fonts[box.font]
        lines, size = fitted(box, text, file)
        left, bottom, width, height = corner_and_size(box)
        slack = height - size * LEADING * len(lines)
        # Centred in its box, so that one line does not hang at the top of a box for two.
        above = {"top": 0.0, "middle": slack / 2, "bottom": slack}[box.anchor]
        baseline = bottom + height - above - size * _ASCENT * LEADING
        writing = self.canvas.beginText()
        writing.setFont(font_name(file), size)
        writing.setFillColor(self._colour(box.colour))
        for line in lines:
            room = width - width_of(line, file) * size
            indent = {"left": 0.0, "centre": room / 2, "right": room}[box.align]
            writing.setTextOrigin(left + indent, baseline)
            writing.textOut(line)
            baseline -= size * LEADING
        code: str = writing.getCode()
        return code

    def _draw_silhouette(self, box: Box) -> None:
        """Draws a plain frame with the outline of a person where a photo is missing."""
        left, bottom, width, height = corner_and_size(box)
        centre = left + width / 2
        canvas = self.canvas
        canvas.saveState()
        canvas.setLineWidth(box.stroke_width)
        canvas.setStrokeColor(self._colour(box.stroke or box.colour))
        frame = canvas.beginPath()
        frame.rect(left, bottom, width, height)
        canvas.clipPath(frame, stroke=1, fill=0)
        canvas.setStrokeColor(self._colour(box.colour))
        canvas.setLineWidth(1.5 * box.stroke_width)
        canvas.circle(centre, bottom + height * 0.58, width * 0.19)
        shoulders = width * 0.36
        canvas.ellipse(
            centre - shoulders, bottom - height * 0.30, centre + shoulders, bottom + height * 0.37
        )
        canvas.restoreState()


def fitted(box: Box, text: str, file: str) -> tuple[list[str], float]:
    """The lines and the type size in points of a text in its box."""
    _, _, width, height = corner_and_size(box)
    return fit(
        text,
        width=width,
        height=height,
        size=box.size,
        smallest=box.smallest,
        lines=box.lines,
        leading=LEADING,
        measure=lambda part: width_of(part, file),
    )


def corner_and_size(box: Box) -> tuple[float, float, float, float]:
    """Left, bottom, width and height in points, seen from the card's top left corner."""
    left, top, width, height = box.at
    return left * MM, -(top + height) * MM, width * MM, height * MM


def _parted(boxes: tuple[Box, ...], hidden: frozenset[str]) -> tuple[Run, ...]:
    found: list[tuple[bool, list[Box]]] = []
    for box in boxes:
        if _is_hidden(box, hidden):
            continue
        same = _is_same_everywhere(box)
        if not found or found[-1][0] != same:
            found.append((same, []))
        found[-1][1].append(box)
    return tuple((same, tuple(run)) for same, run in found)


def _is_hidden(box: Box, hidden: frozenset[str]) -> bool:
    wanted = {
        box.when,
        "photo" if box.kind == "photo" else None,
        "logo" if box.kind == "image" else None,
    }
    return bool(hidden & (wanted | box.facts))


def _is_same_everywhere(box: Box) -> bool:
    if box.kind in {"qr", "photo"}:
        return False
    asked = {box.when, box.unless} - {None, "logo"}
    return box.facts | asked <= SHARED_FACTS


def _is_shown(box: Box, facts: Mapping[str, str], photo: bytes | None, logo: bytes | None) -> bool:
    def there(condition: str) -> bool:
        if condition == "photo":
            return bool(photo)
        return bool(logo) if condition == "logo" else bool(facts[condition])

    if box.when is not None and not there(box.when):
        return False
    return box.unless is None or not there(box.unless)


@cache
def _hex(text: str) -> Any:
    return HexColor(text)


def _draw_symbol(canvas: Canvas, box: Box, colour: Any, credential: str) -> None:
    """Draws the QR code as a 1-bit stencil, which printers keep sharp and readers find at once.

    As vector rectangles the file would be several times larger, as RGB the edges would blur.
    """
    symbol = qr(credential)
    left, bottom, width, _ = corner_and_size(box)
    module = width / (symbol.size + 2 * QUIET_ZONE)
    side, margin = symbol.size * module, QUIET_ZONE * module
    canvas.setFillColor(colour)
    canvas.addLiteral(
        f"q {side:.4f} 0 0 {side:.4f} {left + margin:.4f} {bottom + margin:.4f} cm "
        f"BI /W {symbol.size} /H {symbol.size} /IM true /BPC 1 /D [1 0] /F /AHx ID "
        f"{b''.join(symbol.rows).hex()}> EI Q"
    )


class _Jpeg:
    """A JPEG for `Canvas.drawImage` that is neither decoded nor re-encoded.

    reportlab names an image by its text, so equal photos share one object in the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __str__(self) -> str:
        return hashlib.blake2b(self._data, digest_size=32).hexdigest()

    def jpeg_fh(self) -> io.BytesIO:
        return io.BytesIO(self._data)


def _draw_photo(canvas: Canvas, box: Box, photo: bytes) -> None:
    """Fills the box with the photo, cut evenly at two sides if it has another shape."""
    try:
        pixels_wide, pixels_high = Image.open(io.BytesIO(photo), formats=["JPEG"]).size
    except OSError as error:
        raise ValueError("photo: not a JPEG") from error
    left, bottom, width, height = corner_and_size(box)
    scale = max(width / pixels_wide, height / pixels_high)
    drawn_width, drawn_height = pixels_wide * scale, pixels_high * scale
    fits = max(drawn_width - width, drawn_height - height) < _HAIR
    if not fits:
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(left, bottom, width, height)
        canvas.clipPath(frame, stroke=0, fill=0)
    canvas.drawImage(
        _Jpeg(photo),
        left - (drawn_width - width) / 2,
        bottom - (drawn_height - height) / 2,
        drawn_width,
        drawn_height,
    )
    if not fits:
        canvas.restoreState()


def _draw_logo(canvas: Canvas, box: Box, logo: bytes) -> None:
    """The whole logo within its box, what is clear in it left clear."""
    left, bottom, width, height = corner_and_size(box)
    canvas.drawImage(
        ImageReader(io.BytesIO(logo)),
        left,
        bottom,
        width,
        height,
        mask="auto",
        preserveAspectRatio=True,
        anchor="c" if box.align == "centre" else {"left": "w", "right": "e"}[box.align],
    )
