"""Signs for the hall: a large one for each jorong, and a folded name card for each seat."""

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kerjadesa.domain.long_date import long_date
from kerjadesa.papers.ceremony_facts import Gathering, Group, Outcome, groups_of
from kerjadesa.papers.paper_style import (
    BOLD,
    INK,
    LINE,
    MARGIN,
    REGULAR,
    Cancelled,
    Progress,
    Watch,
    plain,
    register_fonts,
)

_GREY = HexColor("#566464")
_LEADING = 1.2
_ACROSS, _DOWN = 2, 2


def render_signs(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """A PDF with one A4 page on its side for each jorong: its name to be read across the hall.

    Raises RenderCancelled and ValueError without anybody.
    """
    register_fonts()
    watch = Watch(progress, cancelled)
    width, height = landscape(A4)
    buffer = io.BytesIO()
    canvas = _canvas(buffer, (width, height), "Papan nama jorong")
    for group in groups_of(outcomes):
        for _outcome in group.outcomes:
            watch.person_drawn()
        _draw_sign(canvas, gathering, group, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def render_seat_tents(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """A PDF of name cards, four on an upright A4 page, to cut and to fold in the middle.

    Each shows seat, name and jorong on both its sides. Raises as `render_signs` does.
    """
    register_fonts()
    watch = Watch(progress, cancelled)
    page_width, page_height = A4
    width, height = page_width / _ACROSS, page_height / _DOWN
    buffer = io.BytesIO()
    canvas = _canvas(buffer, A4, "Kartu kursi")
    tents = [(group, outcome) for group in groups_of(outcomes) for outcome in group.outcomes]
    for index, (group, outcome) in enumerate(tents):
        place = index % (_ACROSS * _DOWN)
        if place == 0:
            if index:
                canvas.showPage()
            _cut_lines(canvas, page_width, page_height)
        row, column = divmod(place, _ACROSS)
        canvas.saveState()
        canvas.translate(column * width, page_height - (row + 1) * height)
        _draw_tent(canvas, gathering, group, outcome, width, height)
        canvas.restoreState()
        watch.person_drawn()
    canvas.save()
    return buffer.getvalue()


def _canvas(buffer: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setCreator("KerjaDesa")
    return canvas


def _draw_sign(
    canvas: Canvas, gathering: Gathering, group: Group, width: float, height: float
) -> None:
    inner = width - 2 * MARGIN
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(3)
    canvas.roundRect(MARGIN * 0.6, MARGIN * 0.6, width - 1.2 * MARGIN, height - 1.2 * MARGIN, 12)
    where = group.nagari or gathering.nagari_title
    middle, inside = width / 2, inner - 6 * mm
    _centred(canvas, gathering.title, middle, height - 25 * mm, inside, 14 * mm, 22)
    _centred(canvas, group.jorong, middle, height - 85 * mm, inside, 96 * mm, 150, BOLD)
    _centred(canvas, where, middle, 66 * mm, inside, 16 * mm, 34)
    seats = f"  ·  kursi {group.seats}" if group.seats else ""
    people = f"{len(group.outcomes)} orang{seats}"
    _centred(canvas, people, middle, 44 * mm, inside, 22 * mm, 44, BOLD)
    day = f"{gathering.place}, {long_date(gathering.held_on)}".removeprefix(", ")
    _centred(canvas, day, middle, 22 * mm, inside, 10 * mm, 16, colour=_GREY)


def _draw_tent(
    canvas: Canvas,
    gathering: Gathering,
    group: Group,
    outcome: Outcome,
    width: float,
    height: float,
) -> None:
    face = height / 2
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    canvas.line(5 * mm, face, width - 5 * mm, face)
    canvas.setDash()
    _draw_face(canvas, gathering, group, outcome, width, face)
    # The other side stands on its head, so that folded both can be read.
    canvas.translate(width, height)
    canvas.rotate(180)
    _draw_face(canvas, gathering, group, outcome, width, face)


def _draw_face(
    canvas: Canvas,
    gathering: Gathering,
    group: Group,
    outcome: Outcome,
    width: float,
    face: float,
) -> None:
    inside, middle = width - 14 * mm, width / 2
    where = ", ".join(filter(None, (group.jorong, group.nagari or gathering.nagari_title)))
    _centred(canvas, outcome.seat.seat, middle, face - 20 * mm, inside, 22 * mm, 54, BOLD)
    _centred(canvas, outcome.seat.name, middle, face - 44 * mm, inside, 22 * mm, 20, BOLD)
    _centred(canvas, where, middle, 13 * mm, inside, 11 * mm, 11, colour=_GREY)


def _cut_lines(canvas: Canvas, width: float, height: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    for column in range(1, _ACROSS):
        canvas.line(column * width / _ACROSS, 0, column * width / _ACROSS, height)
    for row in range(1, _DOWN):
        canvas.line(0, row * height / _DOWN, width, row * height / _DOWN)


def _centred(
    canvas: Canvas,
    words: str,
    x: float,
    y: float,
    width: float,
    height: float,
    size: float,
    font: str = REGULAR,
    colour: HexColor = INK,
) -> None:
    """Writes the words as large as they fit into a box whose middle is x, y."""
    lines, fitting = _fit(plain(words), width, height, size, font)
    canvas.setFillColor(colour)
    canvas.setFont(font, fitting)
    step = fitting * _LEADING
    # Capitals of Noto Sans are 0.71 em high: their middle, not the baseline, goes to the middle.
    baseline = y + step * (len(lines) - 1) / 2 - fitting * 0.357
    for line in lines:
        canvas.drawCentredString(x, baseline, line)
        baseline -= step


def _fit(
    words: str, width: float, height: float, size: float, font: str
) -> tuple[list[str], float]:
    """Lines and type size: wrapped between words, smaller where needed, and nothing is cut.

    A word so long that it would become tiny is wrapped within itself.
    """
    smallest = size * 0.45
    while True:
        lines = simpleSplit(words, font, size, width)
        if size < smallest:
            lines = [part for line in lines for part in _broken(line, font, size, width)]
        widest = max((pdfmetrics.stringWidth(line, font, size) for line in lines), default=0)
        if size < 1 or (widest <= width and len(lines) * size * _LEADING <= height):
            return lines, size
        size *= 0.94


def _broken(line: str, font: str, size: float, width: float) -> list[str]:
    parts = [""]
    for letter in line:
        if parts[-1] and pdfmetrics.stringWidth(parts[-1] + letter, font, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts
