"""Renders cards to one PDF, a card a page (CR80) or ten on a sheet of A4 with cut marks."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from PIL import Image
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kerjadesa.cards.layout import CARD_HEIGHT, CARD_WIDTH, Box, Design
from kerjadesa.cards.symbol import qr
from kerjadesa.cards.text_fit import fit
from kerjadesa.reference import resource_path

Paper = Literal["cr80", "a4-10"]

# Photos and fonts go into the file as they are; wrapping them in ASCII made them a quarter larger
# and took most of the time.
rl_config.useA85 = 0

MM = 72 / 25.4
A4_WIDTH, A4_HEIGHT = 210.0, 297.0
COLUMNS, ROWS = 2, 5
GRID_LEFT, GRID_TOP = (A4_WIDTH - COLUMNS * CARD_WIDTH) / 2, (A4_HEIGHT - ROWS * CARD_HEIGHT) / 2
QUIET_ZONE = 4  # modules, ISO/IEC 18004

_FONTS = {"KerjaDesa-Regular": "NotoSans-Regular.ttf", "KerjaDesa-Bold": "NotoSans-Bold.ttf"}
_LEADING = 1.16
# Noto Sans: from the baseline to the top of a capital with room for its accent, in ems.
_ASCENT = 0.86
_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


class RenderCancelled(Exception):
    """The person at the screen stopped the printing; nothing was rendered."""


@dataclass(frozen=True)
class Card:
    """The facts on one card, as they are to be read.

    `nagari_title` and `kabupaten` come with their own word ("Nagari Muaro", "Kota Sawahlunto"),
    `kecamatan` and `jorong` without. `photo` is an upright JPEG, best 3:4. `credential` is
    the text of the QR code.
    """

    number: str
    name: str
    nik_masked: str
    nagari_title: str
    kecamatan: str
    kabupaten: str
    jorong: str
    programme_name: str
    payer: str
    valid_until: date
    photo: bytes | None
    credential: str
    kpj_masked: str = ""


def render(
    cards: Sequence[Card],
    paper: Paper,
    design: Design,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """Renders the cards in the order given; the same cards give the same bytes.

    `progress` hears how many cards are done. Raises RenderCancelled as soon as `cancelled` answers
    True, and ValueError without any card, when a photo is no JPEG or a credential fits no QR code.
    """
    if not cards:
        raise ValueError("no cards to render")
    _register_fonts()
    page = (CARD_WIDTH, CARD_HEIGHT) if paper == "cr80" else (A4_WIDTH, A4_HEIGHT)
    per_page = 1 if paper == "cr80" else COLUMNS * ROWS
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(page[0] * MM, page[1] * MM), invariant=1, pageCompression=1)
    canvas.setTitle("Kartu Tanda Penerima Program")
    canvas.setCreator("KerjaDesa")
    for index, card in enumerate(cards):
        if cancelled and cancelled():
            raise RenderCancelled
        place = index % per_page
        if index and place == 0:
            canvas.showPage()
        if paper == "a4-10" and place == 0:
            _cut_marks(canvas)
        left, top = (0.0, 0.0) if paper == "cr80" else a4_place(place)
        canvas.saveState()
        canvas.translate(left * MM, (page[1] - top) * MM)
        _draw_card(canvas, card, design)
        canvas.restoreState()
        if progress:
            progress(index + 1)
    canvas.save()
    return buffer.getvalue()


def a4_place(place: int) -> tuple[float, float]:
    """Left and top in mm of the card at `place` (0-9, row by row) on a sheet of ten."""
    row, column = divmod(place, COLUMNS)
    return GRID_LEFT + column * CARD_WIDTH, GRID_TOP + row * CARD_HEIGHT


def indonesian_date(day: date) -> str:
    """The day as people write it, such as "31 Desember 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _draw_card(canvas: Canvas, card: Card, design: Design) -> None:
    """Draws one card whose top left corner is the origin."""
    facts = {**vars(card), "valid_until": indonesian_date(card.valid_until)}
    for box in design.boxes:
        match box.kind:
            case "text":
                if box.when is None or facts[box.when]:
                    _draw_text(canvas, box, box.text.format_map(facts))
            case "rect":
                _draw_rect(canvas, box)
            case "line":
                _draw_line(canvas, box)
            case "qr":
                _draw_symbol(canvas, box, card.credential)
            case "photo" if card.photo:
                _draw_photo(canvas, box, card.photo)
            case "photo":
                _draw_silhouette(canvas, box)


def _draw_line(canvas: Canvas, box: Box) -> None:
    """From the box's upper left corner to its lower right one."""
    left, bottom, width, height = _corner_and_size(box)
    canvas.setStrokeColor(_colour(box.colour))
    canvas.setLineWidth(box.stroke_width)
    canvas.line(left, bottom + height, left + width, bottom)


def _draw_text(canvas: Canvas, box: Box, text: str) -> None:
    font = "KerjaDesa-Bold" if box.font == "bold" else "KerjaDesa-Regular"
    left, bottom, width, height = _corner_and_size(box)
    lines, size = fit(
        text,
        width=width,
        height=height,
        size=box.size,
        smallest=box.smallest,
        lines=box.lines,
        leading=_LEADING,
        measure=lambda part: _width(part, font),
    )
    canvas.setFont(font, size)
    canvas.setFillColor(_colour(box.colour))
    # Centred in its box, so that one line does not hang at the top of a box for two.
    block = size * _LEADING * len(lines)
    baseline = bottom + (height + block) / 2 - size * _ASCENT * _LEADING
    for line in lines:
        if box.align == "left":
            canvas.drawString(left, baseline, line)
        elif box.align == "right":
            canvas.drawRightString(left + width, baseline, line)
        else:
            canvas.drawCentredString(left + width / 2, baseline, line)
        baseline -= size * _LEADING


def _draw_rect(canvas: Canvas, box: Box) -> None:
    canvas.setFillColor(_colour(box.colour))
    canvas.rect(*_corner_and_size(box), stroke=0, fill=1)


def _draw_symbol(canvas: Canvas, box: Box, credential: str) -> None:
    """Draws the QR code as a 1-bit stencil, which printers keep sharp and readers find at once.

    As vector rectangles the file would be several times larger, as RGB the edges would blur.
    """
    symbol = qr(credential)
    left, bottom, width, _ = _corner_and_size(box)
    module = width / (symbol.size + 2 * QUIET_ZONE)
    side, margin = symbol.size * module, QUIET_ZONE * module
    canvas.setFillColor(_colour(box.colour))
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
        return hashlib.sha256(self._data).hexdigest()

    def jpeg_fh(self) -> io.BytesIO:
        return io.BytesIO(self._data)


def _draw_photo(canvas: Canvas, box: Box, photo: bytes) -> None:
    """Fills the box with the photo, cut evenly at two sides if it has another shape."""
    try:
        pixels_wide, pixels_high = Image.open(io.BytesIO(photo), formats=["JPEG"]).size
    except OSError as error:
        raise ValueError("photo: not a JPEG") from error
    left, bottom, width, height = _corner_and_size(box)
    scale = max(width / pixels_wide, height / pixels_high)
    drawn_width, drawn_height = pixels_wide * scale, pixels_high * scale
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
    canvas.restoreState()


def _draw_silhouette(canvas: Canvas, box: Box) -> None:
    """Draws a plain frame with the outline of a person where a photo is missing."""
    left, bottom, width, height = _corner_and_size(box)
    centre = left + width / 2
    canvas.saveState()
    canvas.setLineWidth(box.stroke_width)
    canvas.setStrokeColor(_colour(box.stroke or box.colour))
    frame = canvas.beginPath()
    frame.rect(left, bottom, width, height)
    canvas.clipPath(frame, stroke=1, fill=0)
    canvas.setStrokeColor(_colour(box.colour))
    canvas.setLineWidth(1.5 * box.stroke_width)
    canvas.circle(centre, bottom + height * 0.58, width * 0.19)
    shoulders = width * 0.36
    canvas.ellipse(
        centre - shoulders, bottom - height * 0.30, centre + shoulders, bottom + height * 0.37
    )
    canvas.restoreState()


def _cut_marks(canvas: Canvas) -> None:
    """Marks every cut outside the cards, so that no line stays on a card cut askew."""
    grid_right, grid_bottom = A4_WIDTH - GRID_LEFT, A4_HEIGHT - GRID_TOP
    canvas.saveState()
    canvas.setLineWidth(0.25)
    for column in range(COLUMNS + 1):
        x = (GRID_LEFT + column * CARD_WIDTH) * MM
        for top in (GRID_TOP - 6, grid_bottom + 1):
            canvas.line(x, (A4_HEIGHT - top) * MM, x, (A4_HEIGHT - top - 5) * MM)
    for row in range(ROWS + 1):
        y = (A4_HEIGHT - GRID_TOP - row * CARD_HEIGHT) * MM
        for left in (GRID_LEFT - 6, grid_right + 1):
            canvas.line(left * MM, y, (left + 5) * MM, y)
    canvas.restoreState()


def _corner_and_size(box: Box) -> tuple[float, float, float, float]:
    """Left, bottom, width and height in points, seen from the card's top left corner."""
    left, top, width, height = box.at
    return left * MM, -(top + height) * MM, width * MM, height * MM


@cache
def _colour(text: str) -> Any:
    return HexColor(text)


def _width(text: str, font: str) -> float:
    """Width of the text at a type size of one point."""
    width: float = pdfmetrics.stringWidth(text, font, 1)
    return width


@cache
def _register_fonts() -> None:
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", file))))
