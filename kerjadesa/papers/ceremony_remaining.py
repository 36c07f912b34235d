"""*Sisa kartu*: the cards nobody took on the day, by jorong, with the reason and who keeps them."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, Spacer

from kerjadesa.papers.ceremony_facts import Gathering, Outcome, groups_of
from kerjadesa.papers.ceremony_page import (
    SMALL,
    foot,
    opening,
    people_table,
    place_and_day,
    signatures,
)
from kerjadesa.papers.in_words import number_in_words
from kerjadesa.papers.paper_style import (
    Cancelled,
    Progress,
    Watch,
    cell,
    frame_width,
    lay_out,
    marked,
    register_fonts,
    style,
)

_COLUMNS = (
    ("No.", 11 * mm),
    ("Kursi", 17 * mm),
    ("Nama", 62 * mm),
    ("NIK", 33 * mm),
    ("Nomor kartu", 46 * mm),
    ("Alasan belum diserahkan", 42 * mm),
    ("Diambil tanggal, tanda tangan", 56 * mm),
)
_ROW = 11 * mm


def render_remaining(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The remaining cards as a PDF of A4 pages lying on their side; with none left it says so.

    Takes everybody and picks who is absent or still waiting. Raises RenderCancelled, ValueError
    without anybody, and UserError for a logo that is no picture.
    """
    register_fonts()
    watch = Watch(progress, cancelled)
    if not outcomes:
        raise ValueError("nobody is invited")
    left = [outcome for outcome in outcomes if outcome.remains]
    width = frame_width(wide=True)
    end = _keeping(gathering, len(left), width)
    title = "Daftar sisa kartu"
    story = opening(title, gathering, width)
    if left:
        story.append(
            people_table(groups_of(left), _COLUMNS, lambda who: _row(who, watch), end, _ROW)
        )
    else:
        nobody = f"Seluruh {len(outcomes)} kartu telah diserahkan; tidak ada sisa kartu."
        story.append(KeepTogether([Paragraph(nobody, style(11)), Spacer(1, 8 * mm), *end]))
    return lay_out(story, title, foot(title, gathering), wide=True)


def _row(outcome: Outcome, watch: Watch) -> list[Any]:
    seat = outcome.seat
    if outcome.state == "waiting":
        reason = "Belum tercatat"
    else:
        reason = outcome.reason or "Tanpa keterangan"
    texts = (str(seat.number), seat.seat, seat.name, seat.nik_masked, seat.card_number, reason)
    look = style(SMALL, leading=1.25)
    cells = [cell(text, room, look) for text, (_title, room) in zip(texts, _COLUMNS, strict=False)]
    return [*cells, [watch.mark()]]


def _keeping(gathering: Gathering, count: int, width: float) -> list[Any]:
    official = gathering.giver
    blocks = [(["Mengetahui,"], official)]
    says: list[Any] = []
    if count:
        kept = (
            f"Sisa kartu sebanyak {count} ({number_in_words(count)}) lembar disimpan oleh yang "
            "bertanda tangan di sebelah kanan dan diserahkan kepada pemiliknya dengan tanda tangan "
            "pada kolom terakhir daftar ini."
        )
        says = [Paragraph(marked(kept), style(10)), Spacer(1, 4 * mm)]
        blocks.append(([place_and_day(gathering), "Yang menyimpan,"], gathering.keeper))
    else:
        blocks.append(([place_and_day(gathering), "Petugas yang menyerahkan,"], gathering.keeper))
    return [*says, *signatures(blocks, width)]
