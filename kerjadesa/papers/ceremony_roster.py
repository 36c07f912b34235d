"""*Daftar hadir*: who is invited, by jorong and seat; later also what became of each card."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from kerjadesa.papers.ceremony_facts import Gathering, Outcome, groups_of
from kerjadesa.papers.ceremony_page import (
    SMALL,
    foot,
    opening,
    people_table,
)
from kerjadesa.papers.paper_style import (
    BOLD,
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
    ("Nama", 66 * mm),
    ("Jorong", 40 * mm),
    ("NIK", 33 * mm),
    ("Nomor kartu", 46 * mm),
    ("Keterangan", 54 * mm),
)


def render_roster(
    gathering: Gathering,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """The roster as a PDF of A4 pages lying on their side.

    *Keterangan* stays free for who is still waiting. Raises RenderCancelled, ValueError without
    anybody, and UserError for a logo that is no picture.
    """
    register_fonts()
    watch = Watch(progress, cancelled)
    groups = groups_of(outcomes)
    jorong = {outcome.seat.number: group.title for group in groups for outcome in group.outcomes}
    width = frame_width(wide=True)
    look = style(SMALL, leading=1.25)
    widths = [room for _title, room in _COLUMNS]

    def row(outcome: Outcome) -> list[Any]:
        seat = outcome.seat
        texts = (
            str(seat.number),
            seat.seat,
            seat.name,
            jorong[seat.number],
            seat.nik_masked,
            seat.card_number,
        )
        cells = [cell(text, room, look) for text, room in zip(texts, widths, strict=False)]
        return [*cells, [Paragraph(marked(_remark(outcome)), look), watch.mark()]]

    title = "Daftar hadir penerima kartu"
    whole = f"Jumlah: {len(outcomes)} orang dalam {len(groups)} kelompok."
    story = [
        *opening(title, gathering, width),
        people_table(groups, _COLUMNS, row, end=Paragraph(whole, style(10, BOLD))),
    ]
    return lay_out(story, title, foot(title, gathering), wide=True)


def _remark(outcome: Outcome) -> str:
    time = f" pukul {outcome.at:%H.%M}" if outcome.at else ""
    match outcome.state:
        case "handed":
            return f"Diserahkan{time}"
        case "proxy":
            relation = f" ({outcome.proxy_relation})" if outcome.proxy_relation else ""
            nik = f", NIK {outcome.proxy_nik_masked}" if outcome.proxy_nik_masked else ""
            return f"Diserahkan{time} melalui {outcome.proxy_name}{relation}{nik}"
        case "absent":
            return f"Tidak hadir: {outcome.reason or 'tanpa keterangan'}"
        case "waiting":
            return ""
