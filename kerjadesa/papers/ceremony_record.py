"""*Berita acara serah terima kartu*: the official record, with final figures or with dots."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer, Table

from kerjadesa.papers.ceremony_facts import Gathering, Group, Official, Outcome, groups_of
from kerjadesa.papers.ceremony_page import (
    dots,
    foot,
    heading_row,
    labelled,
    letterhead,
    place_and_day,
    signatures,
)
from kerjadesa.papers.in_words import date_in_words, number_in_words
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
    register_fonts,
    style,
    table_look,
)

_NUMBER, _INDENT = 8 * mm, 38 * mm
_FIGURES = (
    ("No.", 10 * mm),
    ("Jorong", 60 * mm),
    ("Rencana", 21 * mm),
    ("Diserahkan langsung", 23 * mm),
    ("Melalui wakil", 21 * mm),
    ("Tidak hadir", 22 * mm),
    ("Sisa kartu", 23 * mm),
)
_BODY = style(10.5, align=TA_JUSTIFY, after=2 * mm, leading=1.35)
_WITH_DOTS = style(10.5, after=2 * mm, leading=1.35)
_TWO_WITNESSES = (Official(), Official())


def render_record(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The record with the figures of the day, as a PDF of upright A4 pages.

    Raises RenderCancelled, ValueError without anybody, and UserError for a logo that is no picture.
    """
    return _render(gathering, outcomes, Watch(progress, cancelled), known=True)


def render_record_form(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The record before the day: as planned, with dots where the figures will be written."""
    return _render(gathering, outcomes, Watch(progress, cancelled), known=False)


def _render(
    gathering: Gathering, outcomes: Sequence[Outcome], watch: Watch, *, known: bool
) -> bytes:
    register_fonts()
    groups = groups_of(outcomes)
    width = frame_width()
    title = "Berita acara serah terima kartu"
    centred = style(11, align=TA_CENTER, leading=1.3)
    story = [
        *letterhead(gathering, width),
        Paragraph("BERITA ACARA", style(13, BOLD, align=TA_CENTER, leading=1.25)),
        Paragraph(
            "SERAH TERIMA KARTU TANDA PENERIMA PROGRAM",
            style(13, BOLD, align=TA_CENTER, leading=1.25),
        ),
        Paragraph(f"Nomor: {marked(gathering.number) or dots(60, 11)}", centred),
        Spacer(1, 4 * mm),
        _opening(gathering),
        *_parties(gathering, width),
        *_basis(gathering, width),
        *_what_happened(gathering, groups, watch, width, known=known),
        KeepTogether(_attachments(gathering, outcomes, width, known=known)),
        KeepTogether(_closing(gathering, width)),
    ]
    return lay_out(story, title, foot(title, gathering))


def _opening(gathering: Gathering) -> Paragraph:
    around = f"Kecamatan {gathering.kecamatan}" if gathering.kecamatan else ""
    parts = marked(gathering.place) or dots(60, 10.5), marked(around), marked(gathering.kabupaten)
    says = (
        f"Pada hari ini, {date_in_words(gathering.held_on)}, bertempat di "
        f"{', '.join(filter(None, parts))}, kami yang bertanda tangan di bawah ini:"
    )
    return _says(says)


def _parties(gathering: Gathering, width: float) -> list[Any]:
    story: list[Any] = []
    for number, who, called in (
        ("I.", gathering.giver, "PIHAK KESATU"),
        ("II.", gathering.receiver, "PIHAK KEDUA"),
    ):
        facts = [("Nama", who.name), ("Jabatan", who.position)]
        if who.nip:
            facts.insert(1, ("NIP", who.nip_spaced))
        acting = marked(who.on_behalf_of) or "jabatan tersebut"
        says = (
            f"bertindak untuk dan atas nama {acting}, selanjutnya disebut <b>{called}</b>"
            f"{';' if number == 'I.' else '.'}"
        )
        room = width - _NUMBER
        inside = [labelled(facts, room, _INDENT - _NUMBER, 10.5), _says(says)]
        story.append(_numbered(number, inside, width))
    return story


def _basis(gathering: Gathering, width: float) -> list[Any]:
    if not gathering.legal_basis:
        return []
    items = [
        _numbered(f"{place}.", [_says(marked(line))], width)
        for place, line in enumerate(gathering.legal_basis, start=1)
    ]
    return [Spacer(1, 1 * mm), KeepTogether([_says("Dasar:"), items[0]]), *items[1:]]


def _what_happened(
    gathering: Gathering, groups: Sequence[Group], watch: Watch, width: float, *, known: bool
) -> list[Any]:
    people = [outcome for group in groups for outcome in group.outcomes]
    states = Counter(outcome.state for outcome in people)
    left = sum(outcome.remains for outcome in people)
    # The plan is printed as a plan: before the day nobody knows how many cards will lie there.
    cards = _counted(len(people) if known else None)
    programme = marked(gathering.programme) or dots(60, 10.5)
    payer = marked(gathering.payer) or dots(60, 10.5)
    handed = (
        f"PIHAK KESATU telah menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA telah menerima dari "
        f"PIHAK KESATU, Kartu Tanda Penerima Program {programme} yang iurannya "
        f"ditanggung oleh {payer}, sebanyak {cards}, untuk diserahkan kepada penerima yang namanya "
        f"tercantum dalam daftar terlampir."
    )
    shared = (
        "Pada hari itu juga kartu diserahkan kepada penerima atau wakilnya dengan tanda terima, "
        "dengan hasil sebagai berikut:"
    )
    if not known:
        kept = f"Kartu yang belum diserahkan sebanyak {_counted(None)}, dengan alasan: " + dots(
            100, 10.5
        )
        kept += f" Sisa kartu tersebut disimpan oleh {_keeper(gathering)}."
    elif left:
        kept = (
            f"Kartu yang belum diserahkan sebanyak {_counted(left)} disimpan oleh "
            f"{_keeper(gathering)} untuk diserahkan kemudian kepada penerimanya dengan tanda "
            "terima."
        )
        if states["absent"]:
            kept += f" Alasan ketidakhadiran: {marked(_reasons(people))}."
        if states["waiting"]:
            kept += f" Di antara sisa itu, {_counted(states['waiting'])} tidak tercatat alasannya."
    else:
        kept = "Seluruh kartu telah diserahkan; tidak ada sisa kartu."
    return [
        Spacer(1, 1 * mm),
        KeepTogether(
            [
                _says("Kedua belah pihak menerangkan bahwa:"),
                _numbered("1.", [_says(handed)], width),
            ]
        ),
        CondPageBreak(45 * mm),
        _numbered("2.", [_says(shared)], width),
        _figures(groups, watch, known=known),
        Spacer(1, 3 * mm),
        _numbered("3.", [_says(kept)], width),
    ]


def _figures(groups: Sequence[Group], watch: Watch, *, known: bool) -> Table:
    look = style(9.5, leading=1.25)
    rows: list[list[Any]] = [heading_row(_FIGURES)]
    sums = Counter[str]()
    for place, group in enumerate(groups, start=1):
        states = Counter[str](outcome.state for outcome in group.outcomes)
        sums += states
        title = cell(group.title, _FIGURES[1][1], look)
        rows.append([str(place), title, *_numbers(states, known=known)])
        for _outcome in group.outcomes:
            watch.person_drawn()
    rows.append(["", "Jumlah", *_numbers(sums, known=known)])
    last = len(rows) - 1
    return Table(
        rows,
        colWidths=[width for _title, width in _FIGURES],
        repeatRows=1,
        style=[
            *table_look(look),
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("FONT", (0, -1), (-1, -1), BOLD, 9.5, 12),
            ("ALIGN", (2, 1), (-1, -1), "RIGHT"),
            *kept_together([(max(1, last - 1), last)]),
        ],
    )


def _numbers(states: Counter[str], *, known: bool) -> list[str]:
    left = states["absent"] + states["waiting"]
    figures = [states.total(), states["handed"], states["proxy"], states["absent"], left]
    blank = dots(14, 9.5)
    return [str(figure) if known or place == 0 else blank for place, figure in enumerate(figures)]


def _closing(gathering: Gathering, width: float) -> list[Any]:
    end = (
        "Demikian berita acara ini dibuat dengan sebenarnya dalam rangkap 2 (dua) untuk "
        "dipergunakan sebagaimana mestinya."
    )
    witnesses = gathering.witnesses or _TWO_WITNESSES
    return [
        Spacer(1, 1 * mm),
        _says(end),
        Spacer(1, 3 * mm),
        *signatures(
            [
                (["PIHAK KEDUA", "yang menerima,"], gathering.receiver),
                ([place_and_day(gathering), "PIHAK KESATU", "yang menyerahkan,"], gathering.giver),
            ],
            width,
        ),
        Spacer(1, 4 * mm),
        Paragraph("Saksi-saksi", style(10.5, BOLD, align=TA_CENTER, after=2 * mm)),
        *signatures(
            [([f"Saksi {place},"], who) for place, who in enumerate(witnesses, start=1)], width
        ),
    ]


def _attachments(
    gathering: Gathering, outcomes: Sequence[Outcome], width: float, *, known: bool
) -> list[Any]:
    given = list(gathering.attachments)
    if not given:
        given = ["Daftar hadir penerima kartu", "Tanda terima kartu"]
        if not known or any(outcome.remains for outcome in outcomes):
            given.append("Daftar sisa kartu")
    says = "Berita acara ini dilampiri dokumen berikut, yang menjadi bagian yang tidak terpisahkan:"
    lines = [
        _numbered(f"{chr(ord('a') + place % 26)}.", [_says(marked(line))], width - _NUMBER)
        for place, line in enumerate(given)
    ]
    return [_numbered("4.", [_says(says), *lines], width)]


def _numbered(number: str, inside: list[Any], width: float) -> Table:
    return Table(
        [[Paragraph(number, _BODY), inside]],
        colWidths=[_NUMBER, width - _NUMBER],
        style=[
            *table_look(_BODY),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ],
        hAlign="LEFT",
    )


def _says(text: str) -> Paragraph:
    """A paragraph of the body, its mark-up already escaped."""
    # A line of dots is one long word: justified, it would tear the line before it apart.
    return Paragraph(text, _WITH_DOTS if "....." in text else _BODY)


def _counted(count: int | None) -> str:
    if count is None:
        return f"{dots(14, 10.5)} ({dots(45, 10.5)}) lembar"
    return f"{count} ({number_in_words(count)}) lembar"


def _keeper(gathering: Gathering) -> str:
    keeper = gathering.keeper
    position = f" ({marked(keeper.position)})" if keeper.position else ""
    return f"{marked(keeper.name) or dots(60, 10.5)}{position}"


def _reasons(people: Sequence[Outcome]) -> str:
    """`sakit 3 orang; merantau 2 orang`, the most frequent first."""
    found = Counter(
        outcome.reason.strip() or "tanpa keterangan"
        for outcome in people
        if outcome.state == "absent"
    )
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0].casefold()))
    return "; ".join(f"{reason} {count} orang" for reason, count in ordered)
