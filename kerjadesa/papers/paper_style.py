"""What printed papers share: type, colours, cells that never cut a word, and counted pages."""

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from reportlab.platypus.flowables import CallerMacro

from kerjadesa.reference import resource_path

# A logo and the fonts go into the file as they are; ASCII around them costs a quarter and time.
rl_config.useA85 = 0

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
INK, LINE, SHADE = HexColor("#1b2626"), HexColor("#8b9999"), HexColor("#e9eeee")
MARGIN = 15 * mm
PADDING = 3
"""What a table's cell keeps free on its left and on its right, in points."""

_FOOT = 8 * mm
_FOOT_SIZE = 8
_TOTAL = "total-pages"

Progress = Callable[[int], None]
"""Hears how many people are on paper."""
Cancelled = Callable[[], bool]
"""Asked for every person; True means stop."""


class RenderCancelled(Exception):
    """The person at the screen stopped the work; nothing was rendered."""


class Watch:
    """Counts people as they are drawn and stops the work when it is told to."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress, self._cancelled, self._done = progress, cancelled, 0

    def mark(self) -> Any:
        """Something invisible for a person's cell: it counts when that cell comes to paper."""
        return CallerMacro(drawCallable=lambda _flowable: self.person_drawn())

    def person_drawn(self) -> None:
        """One more person is on paper. Raises RenderCancelled."""
        if self._cancelled and self._cancelled():
            raise RenderCancelled
        self._done += 1
        if self._progress:
            self._progress(self._done)


@cache
def register_fonts() -> None:
    """Makes the two Noto Sans known to ReportLab, which embeds what is used of them."""
    for font in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(font, str(resource_path("fonts", f"{font}.ttf"))))
    # For <b> inside a paragraph; there is no italic, so nothing may ask for it.
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, REGULAR, BOLD)


def plain(words: str) -> str:
    """The words on one line; what turns text around or cannot be seen is left out."""
    if not words.isprintable():
        words = "".join(c for c in words if c.isprintable() or c.isspace())
    return " ".join(words.split())


def marked(words: str) -> str:
    """The words for a Paragraph, which reads mark-up: an ampersand in a name must not be any."""
    return escape(plain(words))


def style(
    size: float,
    font: str = REGULAR,
    before: float = 0,
    after: float = 0,
    colour: str = "#1b2626",
    align: int = TA_LEFT,
    leading: float = 1.4,
) -> ParagraphStyle:
    """How a paragraph looks; sizes in points, `leading` in multiples of the size."""
    return ParagraphStyle(
        f"{font}-{size}",
        fontName=font,
        fontSize=size,
        leading=size * leading,
        spaceBefore=before,
        spaceAfter=after,
        textColor=HexColor(colour),
        alignment=align,
    )


def cell(words: str, width: float, look: ParagraphStyle) -> Any:
    """A table's cell of this width: one line where it fits, a wrapped paragraph where not.

    A line is a plain string because a paragraph for each of ten thousand cells takes seconds.
    """
    line = plain(words)
    if pdfmetrics.stringWidth(line, look.fontName, look.fontSize) <= width - 2 * PADDING:
        return line
    return Paragraph(escape(line), look)


def table_look(look: ParagraphStyle) -> list[tuple[Any, ...]]:
    """The style commands that every table begins with: its type and its padding."""
    everything = (0, 0), (-1, -1)
    return [
        ("FONT", *everything, look.fontName, look.fontSize, look.leading),
        ("TEXTCOLOR", *everything, INK),
        ("LEFTPADDING", *everything, PADDING),
        ("RIGHTPADDING", *everything, PADDING),
        ("VALIGN", *everything, "MIDDLE"),
    ]


def kept_together(blocks: Sequence[tuple[int, int]]) -> list[tuple[Any, ...]]:
    """Style commands that keep rows (first, last) on one page; blocks that touch become one."""
    merged: list[list[int]] = []
    for first, last in sorted(blocks):
        if merged and first <= merged[-1][1]:
            merged[-1][1] = max(last, merged[-1][1])
        else:
            merged.append([first, last])
    # One column is enough to hold a row, and ReportLab walks through every cell that is named.
    return [("NOSPLIT", (0, first), (0, last)) for first, last in merged]


def frame_width(wide: bool = False) -> float:
    """Points between the margins of A4, upright or lying (`wide`)."""
    size = landscape(A4) if wide else A4
    return float(size[0] - 2 * MARGIN)


def lay_out(story: list[Any], title: str, foot: str, wide: bool = False) -> bytes:
    """The PDF of A4 pages with `foot` and "Halaman x dari y" below; same story, same bytes."""
    buffer = io.BytesIO()
    page = landscape(A4) if wide else A4
    document = BaseDocTemplate(
        buffer,
        pagesize=page,
        title=title,
        creator="KerjaDesa",
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
    )
    bottom = MARGIN + 4 * mm
    frame = Frame(
        MARGIN,
        bottom,
        page[0] - 2 * MARGIN,
        page[1] - bottom - MARGIN,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=lambda canvas, _: _draw_foot(canvas, foot, page[0]))
    )
    # The last thing on the last page is the first to know how many pages there are.
    document.build([*story, CallerMacro(drawCallable=_draw_total)])
    return buffer.getvalue()


def _draw_foot(canvas: Canvas, foot: str, width: float) -> None:
    total_room = pdfmetrics.stringWidth("0000", REGULAR, _FOOT_SIZE)
    counted = f"Halaman {canvas.getPageNumber()} dari "
    counted_width = pdfmetrics.stringWidth(counted, REGULAR, _FOOT_SIZE)
    room = width - 2 * MARGIN - total_room - counted_width - 6 * mm
    line = plain(foot)
    fitting = room / (pdfmetrics.stringWidth(line, REGULAR, 1) or 1)
    canvas.saveState()
    canvas.setFillColor(HexColor("#566464"))
    canvas.setFont(REGULAR, min(_FOOT_SIZE, fitting))
    canvas.drawString(MARGIN, _FOOT, line)
    canvas.setFont(REGULAR, _FOOT_SIZE)
    canvas.drawRightString(width - MARGIN - total_room, _FOOT, counted)
    canvas.translate(width - MARGIN - total_room, _FOOT)
    # Drawn once at the end, shown on every page: no second run over everything.
    canvas.doForm(_TOTAL)
    canvas.restoreState()


def _draw_total(flowable: Any) -> None:
    canvas = flowable.canv
    total = str(canvas.getPageNumber())
    canvas.beginForm(_TOTAL)
    canvas.setFillColor(HexColor("#566464"))
    canvas.setFont(REGULAR, _FOOT_SIZE)
    canvas.drawString(0, 0, total)
    canvas.endForm()
