"""Renders cards to one PDF: on A4 with cut marks, one a page, or in the places of a tray."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from kerjadesa.cards.calibration import STRAIGHT
from kerjadesa.cards.drawing import MM, Pen
from kerjadesa.cards.fonts import font_name, missing_letters, printable
from kerjadesa.cards.index_card import IndexCard, index_boxes
from kerjadesa.cards.join import PdfJoiner
from kerjadesa.cards.layout import Design, Side
from kerjadesa.cards.sheet import Paper, Setup, Spot, pages, spots
from kerjadesa.domain.long_date import long_date

PART = 200
"""About so many cards are held in memory at a time."""

_TITLE = "Kartu Tanda Penerima Program"


class RenderCancelled(Exception):
    """The person at the screen stopped the printing; nothing was rendered."""


@dataclass(frozen=True)
class Card:
    """The facts on one card, as they are to be read.

    `nagari_title` and `kabupaten` come with their own word ("Nagari Muaro", "Kota Sawahlunto"),
    `kecamatan` and `jorong` without. `photo` is an upright JPEG, best 3:4. `credential` is
    the text of the QR code. `issue` counts the cards this worker was given, from 1.
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
    valid_from: date | None = None
    issue: int = 1


def render(
    items: Iterable[Card | IndexCard],
    setup: Setup,
    design: Design,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The cards in the order given, as a whole PDF in memory; see `render_to`."""
    buffer = io.BytesIO()
    render_to(buffer, items, setup, design, progress, cancelled)
    return buffer.getvalue()


def render_to(
    file: BinaryIO,
    items: Iterable[Card | IndexCard],
    setup: Setup,
    design: Design,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Writes the cards in the order given as one PDF, part by part; returns its pages.

    The same cards give the same bytes. `items` are asked for as they are needed. `progress` hears
    how many are done. Raises RenderCancelled as soon as `cancelled` answers True, ValueError
    without any card, when a photo is no JPEG or a credential fits no QR code, and OSError.
    """
    per_sheet = len(setup.paper.at)
    part_size = max(PART // per_sheet, 1) * per_sheet
    joiner = PdfJoiner(file, _TITLE)
    waiting = iter(items)
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done)

    while part := list(islice(waiting, part_size)):
        joiner.add(_render_part(part, setup, design, one_more, cancelled))
    if not done:
        raise ValueError("no cards to render")
    return joiner.finish()


def card_facts(card: Card, design: Design) -> dict[str, str]:
    """The texts a design can print of a card; empty where there is nothing to say."""
    texts = {name: value for name, value in vars(card).items() if isinstance(value, str)}
    del texts["credential"]
    return {
        **{name: printable(text) for name, text in texts.items()},
        "valid_from": long_date(card.valid_from) if card.valid_from else "",
        "valid_until": long_date(card.valid_until),
        "issue": str(card.issue),
        "heading": design.heading,
        "address": design.address,
    }


def unprintable_letter(card: Card, design: Design) -> str | None:
    """The first letter of a card's facts that one of the design's fonts cannot write."""
    texts = card_facts(card, design).values()
    letters = (
        letter
        for file in design.fonts.values()
        for text in texts
        for letter in missing_letters(text, file)
    )
    return next(letters, None)


def _render_part(
    items: Sequence[Card | IndexCard],
    setup: Setup,
    design: Design,
    one_more: Callable[[], None],
    cancelled: Callable[[], bool] | None,
) -> bytes:
    paper = setup.paper_for(design)
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, paper)
    pen = Pen(canvas, design)
    last_face = setup.faces()[-1]
    for side, first, last in pages(len(items), setup):
        canvas.saveState()
        calibrate(canvas, paper, setup, side)
        if paper.cut_marks:
            _cut_marks(canvas, paper)
        for item, spot in zip(items[first:last], spots(setup, design, side), strict=False):
            if cancelled and cancelled():
                raise RenderCancelled
            canvas.saveState()
            _move_to(canvas, paper, spot, design)
            _draw_item(pen, item, side)
            canvas.restoreState()
            if side == last_face:
                one_more()
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _move_to(canvas: Canvas, paper: Paper, spot: Spot, design: Design) -> None:
    """Makes the card's top left corner the origin, its upper edge the axis."""
    x, y = spot.x * MM, (paper.height - spot.y) * MM
    half_width, half_height = design.width / 2 * MM, design.height / 2 * MM
    if spot.degrees:
        canvas.translate(x, y)
        canvas.rotate(-spot.degrees)
        canvas.translate(-half_width, half_height)
    else:
        canvas.translate(x - half_width, y + half_height)


def _draw_item(pen: Pen, item: Card | IndexCard, side: Side) -> None:
    if isinstance(item, IndexCard):
        # The same on both faces: however a stack is turned, it can be read.
        pen.draw_boxes(index_boxes(pen.design), item.facts())
    else:
        pen.draw(side, card_facts(item, pen.design), item.photo, item.credential)


def new_canvas(buffer: io.BytesIO, paper: Paper) -> Canvas:
    """A canvas for pages of this paper; without the standard fonts, which no file embeds."""
    return Canvas(
        buffer,
        pagesize=(paper.width * MM, paper.height * MM),
        invariant=1,
        pageCompression=1,
        initialFontName=font_name("NotoSans-Regular.ttf"),
    )


def calibrate(canvas: Canvas, paper: Paper, setup: Setup, side: Side) -> None:
    """Moves the whole page by what this printer does to it."""
    slack = setup.calibration(side)
    if slack == STRAIGHT:
        return
    middle_x, middle_y = paper.width / 2, paper.height / 2
    canvas.translate((middle_x + slack.x_mm) * MM, (middle_y - slack.y_mm) * MM)
    canvas.rotate(-slack.rotation_degrees)
    canvas.scale(slack.scale_x, slack.scale_y)
    canvas.translate(-middle_x * MM, -middle_y * MM)


def _cut_marks(canvas: Canvas, paper: Paper) -> None:
    """Marks every cut outside the cards, so that no line stays on a card cut askew."""
    columns = {left for left, _ in paper.at} | {left + paper.place_width for left, _ in paper.at}
    rows = {top for _, top in paper.at} | {top + paper.place_height for _, top in paper.at}
    canvas.saveState()
    canvas.setLineWidth(0.25)
    for x in sorted(columns):
        for top in (min(rows) - 6, max(rows) + 1):
            canvas.line(x * MM, (paper.height - top) * MM, x * MM, (paper.height - top - 5) * MM)
    for row in sorted(rows):
        y = (paper.height - row) * MM
        for left in (min(columns) - 6, max(columns) + 1):
            canvas.line(left * MM, y, (left + 5) * MM, y)
    canvas.restoreState()
