"""*Tanda terima*: the lists that are signed on the day, a new sheet for each jorong."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, Table

from kerjadesa.papers.ceremony_facts import Gathering, Group, Official, Outcome, groups_of
from kerjadesa.papers.ceremony_page import (
    SMALL,
    dots,
    foot,
    group_line,
    heading_row,
    opening,
    place_and_day,
    signatures,
    unframed,
)
from kerjadesa.papers.paper_style import (
    BOLD,
    LINE,
    SHADE,
    Cancelled,
    Progress,
    Watch,
    cell,
    frame_width,
    kept_together,
    lay_out,
    marked,
    plain,
    register_fonts,
    style,
    table_look,
)

_COLUMNS = (
    ("No.", 9 * mm),
    ("Kursi", 14 * mm),
    ("Nama penerima", 58 * mm),
    ("NIK", 27 * mm),
    ("Nomor kartu", 27 * mm),
    ("Tanda tangan / cap jempol", 22.5 * mm),
    ("", 22.5 * mm),
)
_ROW = 17 * mm
"""Two rows are one box to sign in, 34 mm high: room for a thumb or a shaky hand."""
_SIGN_LEFT, _SIGN_RIGHT = 5, 6
_HEAD = 2


def render_receipts(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The receipts as a PDF of upright A4 pages.

    A proxy who is known stands printed, the others have dots to write on. Raises RenderCancelled,
    ValueError without anybody, and UserError for a logo that is no picture.
    """
    register_fonts()
    watch = Watch(progress, cancelled)
    width = frame_width()
    title = "Tanda terima kartu"
    story: list[Any] = []
    for group in groups_of(outcomes):
        if story:
            story.append(PageBreak())
        story += opening(title, gathering, width)
        story.append(_list(group, _officials(gathering, width), watch))
    return lay_out(story, title, foot(title, gathering))


def _list(group: Group, end: list[Any], watch: Watch) -> Table:
    across = [""] * (len(_COLUMNS) - 1)
    total = sum(width for _title, width in _COLUMNS)
    rows: list[list[Any]] = [[cell(group_line(group), total, style(10, BOLD)), *across]]
    rows.append(heading_row(_COLUMNS))
    rows += [_row(outcome, place, watch) for place, outcome in enumerate(group.outcomes)]
    last = len(rows) - 1
    pairs = [(row, min(row + 1, last)) for row in range(_HEAD, last + 1, 2)]
    commands = [
        *table_look(style(SMALL, leading=1.25)),
        ("SPAN", (0, 0), (-1, 0)),
        ("FONT", (0, 0), (-1, 0), BOLD, 10, 13),
        ("LEFTPADDING", (0, 0), (-1, 0), 0),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 5),
        ("SPAN", (_SIGN_LEFT, 1), (_SIGN_RIGHT, 1)),
        ("BACKGROUND", (0, 1), (-1, 1), SHADE),
        ("GRID", (0, 1), (-1, 1), 0.5, LINE),
        ("GRID", (0, _HEAD), (_SIGN_LEFT - 1, last), 0.5, LINE),
        ("VALIGN", (_SIGN_LEFT, _HEAD), (_SIGN_RIGHT, last), "TOP"),
    ]
    # Neighbours sign at the left and at the right of a box as high as both their rows.
    commands += [
        ("LINEBEFORE", (_SIGN_RIGHT, _HEAD), (_SIGN_RIGHT, last), 0.5, LINE),
        ("LINEAFTER", (_SIGN_RIGHT, _HEAD), (_SIGN_RIGHT, last), 0.5, LINE),
    ]
    for _first, second in pairs:
        commands.append(("LINEBELOW", (_SIGN_LEFT, second), (_SIGN_RIGHT, second), 0.5, LINE))
    rows.append([end, *across])
    together = [*pairs, (pairs[-1][0], last + 1)]
    return Table(
        rows,
        colWidths=[width for _title, width in _COLUMNS],
        minRowHeights=[0, 0, *[_ROW] * (last + 1 - _HEAD), 0],
        repeatRows=_HEAD,
        style=[*commands, *unframed(last + 1), *kept_together(together)],
    )


def _row(outcome: Outcome, place: int, watch: Watch) -> list[Any]:
    seat = outcome.seat
    # The small lines stand wide apart: people write on them.
    look, small = style(SMALL, leading=1.25), style(7, before=2, leading=1.85)
    known = outcome.proxy_name if outcome.state == "proxy" else ""
    proxy, relation = (
        (marked(known), marked(outcome.proxy_relation)) if known else (dots(28, 7), dots(39, 7))
    )
    name = [
        Paragraph(marked(seat.name), style(SMALL, BOLD, leading=1.25)),
        Paragraph(f"Dikuasakan kepada: {proxy}<br/>Hubungan: {relation}", small),
        watch.mark(),
    ]
    signed = f"{seat.number}."
    return [
        str(seat.number),
        cell(seat.seat, _COLUMNS[1][1], look),
        name,
        cell(seat.nik_masked, _COLUMNS[3][1], look),
        _card_number(seat.card_number),
        "" if place % 2 else signed,
        signed if place % 2 else "",
    ]


def _card_number(number: str) -> Any:
    # "1303042001-K7Q2MX-0042-H" breaks after its first part, where a reader pauses anyway.
    first, hyphen, rest = plain(number).partition("-")
    look = style(SMALL, leading=1.25)
    return cell(number, _COLUMNS[4][1], look) if not rest else f"{first}{hyphen}\n{rest}"


def _officials(gathering: Gathering, width: float) -> list[Any]:
    return signatures(
        [
            (["Mengetahui,"], gathering.giver),
            ([place_and_day(gathering), "Petugas yang menyerahkan,"], Official()),
        ],
        width,
    )
