"""The notice that a worker hears or reads before their data is kept: one page, UU 27/2022."""

import io
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepInFrame, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from kerjadesa.papers.paper_style import BOLD, LINE, marked, register_fonts, style
from kerjadesa.words import _

_MARGIN = 20 * mm
_PADDING = 12
"""What platypus keeps free inside its frame, both sides together, in points."""


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """What stands on the page beside its fixed words."""

    office: str
    """Who keeps the data, `Nagari Muaro, Kecamatan Sijunjung, Kabupaten Sijunjung`."""
    programme: str
    name: str = ""
    """Whom it is for; empty leaves a line to write on."""
    nik_masked: str = ""


def render_notice(notice: Notice) -> bytes:
    """The notice as a PDF of one A4 page: what for, which data, who sees it, rights, signature."""
    register_fonts()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=_("Pemberitahuan dan persetujuan data pribadi"),
        author=notice.office,
    )
    # A long name or programme shrinks the page a little instead of beginning a second one.
    width, height = document.width - _PADDING, document.height - _PADDING
    document.build([KeepInFrame(width, height, _parts(notice, width), mode="shrink")])
    return buffer.getvalue()


def _parts(notice: Notice, width: float) -> list[Any]:
    heading = style(15, BOLD, after=2)
    body, title = style(10), style(10.5, BOLD, before=7, after=2)
    parts: list[Any] = [
        Paragraph(marked(_("Pemberitahuan dan persetujuan data pribadi")), heading),
        Paragraph(
            marked(_("Menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi")),
            style(9.5, colour="#566464", after=6),
        ),
    ]
    for words, says in _sections(notice):
        parts.append(Paragraph(marked(words), title))
        parts += [Paragraph(marked(line), body) for line in says]
    parts += [Spacer(1, 10), _person(notice, body, width), Spacer(1, 8)]
    parts += [_signatures(body, width)]
    return parts


def _sections(notice: Notice) -> list[tuple[str, list[str]]]:
    facts = {"office": notice.office, "programme": notice.programme or "…", "blank": "_" * 28}
    sections = [
        (
            _("Siapa yang menyimpan"),
            [_("{office}. Datanya tersandi di komputer kantor.")],
        ),
        (
            _("Untuk apa"),
            [
                _(
                    "Mendaftarkan Anda pada program {programme}, membuat kartu penerima program, "
                    "dan mendaftarkan Anda ke BPJS Ketenagakerjaan supaya kecelakaan kerja dan "
                    "kematian ditanggung. Dasarnya persetujuan Anda dan tugas pelayanan publik "
                    "pemerintah nagari."
                )
            ],
        ),
        (
            _("Data apa"),
            [
                _(
                    "NIK, nomor KK, nama, jenis kelamin, tempat dan tanggal lahir, nama ibu, "
                    "status kawin, alamat, nomor telepon, pekerjaan dan penghasilan, data "
                    "kemiskinan, ahli waris, dan foto wajah. Fotokopi KTP tidak diminta."
                )
            ],
        ),
        (
            _("Siapa yang melihat"),
            [
                _(
                    "Petugas kantor ini, Dinas Tenaga Kerja kabupaten atau kota, dan BPJS "
                    "Ketenagakerjaan. Tidak dijual, tidak diumumkan, dan tidak dipakai untuk hal "
                    "lain."
                )
            ],
        ),
        (
            _("Berapa lama"),
            [
                _(
                    "Selama Anda peserta program dan selama undang-undang mewajibkan arsipnya "
                    "disimpan; sesudah itu dihapus."
                )
            ],
        ),
        (
            _("Hak Anda"),
            [
                _(
                    "Melihat data Anda dan minta salinannya; membetulkan yang salah; menarik "
                    "persetujuan; minta data dihapus; mengadu dan menuntut ganti rugi bila data "
                    "disalahgunakan. Bila data bocor, Anda diberi tahu tertulis paling lambat "
                    "3 × 24 jam. Tanpa persetujuan, Anda tidak dapat didaftarkan pada program "
                    "ini; pelayanan lain di kantor ini tetap Anda terima."
                )
            ],
        ),
        (
            _("Bertanya atau mengadu"),
            [_("Datang ke kantor {office}, atau telepon/WhatsApp: {blank}")],
        ),
        (
            _("Persetujuan"),
            [
                _(
                    "Isi lembar ini sudah saya baca atau dibacakan kepada saya dalam bahasa yang "
                    "saya mengerti, dan saya setuju data saya dipakai seperti tertulis di atas."
                )
            ],
        ),
    ]
    return [(words, [line.format_map(facts) for line in says]) for words, says in sections]


def _person(notice: Notice, body: ParagraphStyle, width: float) -> Table:
    blank = "_" * 44
    rows = [
        (_("Nama"), notice.name or blank),
        (_("NIK"), notice.nik_masked or blank),
        (_("Tempat dan tanggal"), blank),
    ]
    cells = [[Paragraph(marked(text), body) for text in row] for row in rows]
    return Table(
        cells,
        colWidths=[40 * mm, width - 40 * mm],
        style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )


def _signatures(body: ParagraphStyle, width: float) -> Table:
    words = (_("Tanda tangan atau cap jempol"), _("Saksi (bila dibacakan)"), _("Petugas"))
    third = width / 3
    look = TableStyle(
        [
            ("BOX", (0, 0), (0, -1), 0.6, LINE),
            ("BOX", (1, 0), (1, -1), 0.6, LINE),
            ("BOX", (2, 0), (2, -1), 0.6, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    cells = [[Paragraph(marked(text), body) for text in words]]
    return Table(cells, colWidths=[third] * 3, rowHeights=[34 * mm], style=look)
