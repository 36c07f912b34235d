"""What a ceremony's papers are made of: letterhead, heading, people by jorong, signatures.

Their words are Indonesian whatever the screen speaks: they are official documents (UU 24/2009,
article 27).
"""

import io
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from PIL import Image
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import HRFlowable, Paragraph, Spacer, Table
from reportlab.platypus import Image as Picture

from kerjadesa.domain.long_date import long_date
from kerjadesa.images import open_image
from kerjadesa.papers.ceremony_facts import Gathering, Group, Official, Outcome
from kerjadesa.papers.in_words import day_name
from kerjadesa.papers.paper_style import (
    BOLD,
    INK,
    LINE,
    REGULAR,
    SHADE,
    cell,
    kept_together,
    marked,
    style,
    table_look,
)

Columns = Sequence[tuple[str, float]]
"""Heading and width in points of each column."""

SMALL = 8.5
_LOGO = 20 * mm
_LOGO_PIXELS = 480
"""Enough for 20 mm at 600 dots an inch; a photograph of a logo would swell every paper."""
_SIGNING_ROOM = 19 * mm


def dots(millimetres: float, size: float = 10) -> str:
    """A dotted line to write on, about this long."""
    count: int = round(millimetres * mm / pdfmetrics.stringWidth(".", REGULAR, size))
    return "." * count


def letterhead(gathering: Gathering, width: float) -> list[Any]:
    """*Kop*: government, kecamatan, nagari, address and a double line; the logo at the left.

    Raises UserError `image_too_large`, `image_unreadable` for the logo.
    """
    around = f"Kecamatan {gathering.kecamatan}" if gathering.kecamatan else ""
    government = f"Pemerintah {gathering.kabupaten}" if gathering.kabupaten else ""
    lines = [government, around, gathering.nagari_title]
    says = [line.upper() for line in lines if line.strip()]
    middle = [
        Paragraph(marked(line), style(size, BOLD, align=TA_CENTER, leading=1.25))
        for line, size in zip(says, (12.5, 12.5, 15), strict=False)
    ]
    if gathering.address:
        middle.append(Paragraph(marked(gathering.address), style(9, align=TA_CENTER)))
    side = _LOGO + 2 * mm
    logo: Any = _picture(gathering.logo) if gathering.logo else ""
    head = Table(
        # As much room at the right as the logo takes at the left: the lines stand in the middle.
        [[logo, middle, ""]],
        colWidths=[side, width - 2 * side, side],
        style=[
            *table_look(style(9)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
        ],
    )
    rule = partial(HRFlowable, width="100%", color=INK)
    return [
        head,
        rule(thickness=1.8, spaceBefore=0, spaceAfter=1.4),
        rule(thickness=0.6, spaceBefore=0, spaceAfter=4 * mm),
    ]


def opening(title: str, gathering: Gathering, width: float) -> list[Any]:
    """How every list begins: letterhead, title, ceremony, and what to know of the day.

    Raises as `letterhead` does.
    """
    return [
        *letterhead(gathering, width),
        Paragraph(marked(title.upper()), style(13, BOLD, align=TA_CENTER, leading=1.25)),
        Paragraph(marked(gathering.title), style(11, align=TA_CENTER, after=3 * mm, leading=1.3)),
        *_about(gathering, width),
    ]


def labelled(
    rows: Sequence[tuple[str, str]], width: float, label: float, size: float = 10
) -> Table:
    """`label : value` lines with the colons below each other; an empty value becomes dots."""
    look = style(size, leading=1.3)
    colon = 4 * mm
    room = width - label - colon
    blank = dots(min(room / mm - 4, 90), size)
    return Table(
        [
            [Paragraph(marked(name), look), ":", Paragraph(marked(value) or blank, look)]
            for name, value in rows
        ],
        colWidths=[label, colon, room],
        style=[
            *table_look(look),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
        hAlign="LEFT",
    )


def heading_row(columns: Columns) -> list[Any]:
    """The first row of a table: each column's heading in the middle, wrapped where it must."""
    look = style(SMALL, BOLD, align=TA_CENTER, leading=1.2)
    return [Paragraph(marked(title), look) for title, _width in columns]


def people_table(
    groups: Sequence[Group],
    columns: Columns,
    row_of: Callable[[Outcome], list[Any]],
    end: Any = "",
    minimum: float = 0,
) -> Table:
    """One long table: a line for each jorong, a row for each person, headings on every page.

    A jorong's line never stands last on a page, nor `end` (signatures) alone on one. `minimum` is
    the least height of a person's row in points.
    """
    look = style(SMALL, leading=1.25)
    across = [""] * (len(columns) - 1)
    rows: list[list[Any]] = [heading_row(columns)]
    spanned: list[int] = []
    together: list[tuple[int, int]] = []
    total = sum(width for _title, width in columns)
    for group in groups:
        spanned.append(len(rows))
        together.append((len(rows), len(rows) + 1))
        rows.append([cell(group_line(group), total, style(9, BOLD)), *across])
        rows += [row_of(outcome) for outcome in group.outcomes]
    last = len(rows) - 1
    commands = [
        *table_look(look),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("GRID", (0, 0), (-1, last), 0.5, LINE),
    ]
    for row in spanned:
        commands += [
            ("SPAN", (0, row), (-1, row)),
            ("FONT", (0, row), (-1, row), BOLD, 9, 12),
            ("TOPPADDING", (0, row), (-1, row), 5),
        ]
    heights: list[float] = [0 if row in (0, *spanned) else minimum for row in range(last + 1)]
    if end:
        rows.append([end, *across])
        heights.append(0)
        together.append((last, last + 1))
        commands += unframed(last + 1)
    return Table(
        rows,
        colWidths=[width for _title, width in columns],
        minRowHeights=heights,
        repeatRows=1,
        style=[*commands, *kept_together(together)],
    )


def unframed(row: int) -> list[tuple[Any, ...]]:
    """Style commands for a row over the whole width, without lines: what ends a table."""
    return [
        ("SPAN", (0, row), (-1, row)),
        ("LEFTPADDING", (0, row), (-1, row), 0),
        ("RIGHTPADDING", (0, row), (-1, row), 0),
        ("TOPPADDING", (0, row), (-1, row), 4 * mm),
    ]


def group_line(group: Group) -> str:
    """`Jorong Koto – 28 orang, kursi A-1 – A-28`."""
    seats = f", kursi {group.seats}" if group.seats else ""
    return f"{group.title} – {len(group.outcomes)} orang{seats}"


def signatures(
    blocks: Sequence[tuple[Sequence[str], Official]], width: float, columns: int = 2
) -> list[Any]:
    """Places to sign, `columns` beside each other; each has its lines above and an official below.

    Lines, position, name and NIP of neighbours stand on the same height.
    """
    tables: list[Any] = []
    for start in range(0, len(blocks), columns):
        beside = blocks[start : start + columns]
        tables += [_signing_row(beside, width / columns), Spacer(1, 3 * mm)]
    return tables[:-1]


def place_and_day(gathering: Gathering) -> str:
    """`Muaro, 20 November 2026`, as it stands above a signature."""
    return f"{gathering.signed_at.strip() or dots(30)}, {long_date(gathering.held_on)}"


def foot(title: str, gathering: Gathering) -> str:
    """What stands at the foot of every page, so that a sheet that got lost finds its way back."""
    where = gathering.nagari_title or gathering.kabupaten
    return f"{title} – {where}, {long_date(gathering.held_on)}"


def _about(gathering: Gathering, width: float) -> list[Any]:
    """Programme, payer, day, time and place, as label and value."""
    day = f"{day_name(gathering.held_on)}, {long_date(gathering.held_on)}"
    rows = [
        ("Program", gathering.programme),
        ("Penanggung iuran", gathering.payer),
        ("Hari, tanggal", f"{day}, pukul {gathering.starts_at}" if gathering.starts_at else day),
        ("Tempat", gathering.place),
    ]
    return [labelled(rows, width, 38 * mm, 9.5), Spacer(1, 3 * mm)]


def _signing_row(beside: Sequence[tuple[Sequence[str], Official]], width: float) -> Table:
    look = style(10, align=TA_CENTER, leading=1.3)
    depth = max(len(lines) for lines, _official in beside)

    def row(texts: Sequence[str]) -> list[Any]:
        return [Paragraph(text, look) for text in texts]

    above = [
        # Short ones begin lower, so that the last lines are neighbours.
        row([marked(([""] * (depth - len(lines)) + list(lines))[place]) for lines, _ in beside])
        for place in range(depth)
    ]
    blank = dots(55)
    rows = [
        *above,
        row([f"{marked(who.position)}," if who.position else "" for _, who in beside]),
        [""] * len(beside),
        row([f"<b><u>{marked(who.name)}</u></b>" if who.name else blank for _, who in beside]),
        row([f"NIP {marked(who.nip_spaced)}" if who.nip else "" for _, who in beside]),
    ]
    return Table(
        rows,
        colWidths=[width] * len(beside),
        rowHeights=[*[None] * (depth + 1), _SIGNING_ROOM, None, None],
        style=[
            *table_look(look),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            *kept_together([(0, depth + 3)]),
        ],
        hAlign="LEFT",
    )


def _picture(logo: bytes) -> Picture:
    packed, width, height = _small_logo(logo)
    scale = _LOGO / max(width, height)
    return Picture(io.BytesIO(packed), width * scale, height * scale, hAlign="LEFT")


@lru_cache(maxsize=1)
def _small_logo(logo: bytes) -> tuple[bytes, int, int]:
    # Kept, because a letterhead stands above the list of every jorong.
    image = open_image(logo, "RGBA")
    image.thumbnail((_LOGO_PIXELS, _LOGO_PIXELS))
    # On white rather than with a mask: office printers draw masks coarsely.
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A"))
    packed = io.BytesIO()
    sheet.save(packed, "PNG")
    return packed.getvalue(), image.width, image.height
