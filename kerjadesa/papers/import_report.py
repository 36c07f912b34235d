"""The workbook that goes back to whoever made a list: their rows, and what is wrong with each."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from kerjadesa.words import _

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
_COLUMN_WIDTHS = (8, 22, 70)
_OTHER_WIDTH = 18


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the list, and what is said of it."""

    row: str
    """What the list's own row is called: its number, with its sheet where there are several."""
    outcome: str
    reason: str
    cells: Sequence[str]


def render(headers: Sequence[str], rows: Iterable[ReportRow]) -> bytes:
    """An `.xlsx` with row number, outcome and reason before each row's own cells.

    Every cell of the list is text: a NIK keeps its sixteen digits, and what looks like a formula
    is shown and never calculated, also after it was saved as CSV and opened again.
    """
    made = io.BytesIO()
    # In memory: the library's temporary files would leave people's data on the disk unencrypted.
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Laporan impor"))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "valign": "top"})
        quoted = book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for place, title in enumerate((_("Baris"), _("Hasil"), _("Alasan"), *headers)):
            sheet.write_string(0, place, title[:_LONGEST_CELL], bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            if row.row.isdigit():
                sheet.write_number(last, 0, int(row.row), wrapped)
            else:
                sheet.write_string(last, 0, row.row, quoted)
            sheet.write_string(last, 1, row.outcome, wrapped)
            sheet.write_string(last, 2, row.reason, wrapped)
            for place, written in enumerate(row.cells, start=3):
                if written:
                    style = quoted if written.startswith(_FORMULA) else plain
                    sheet.write_string(last, place, written[:_LONGEST_CELL], style)
        width = 3 + len(headers)
        for place in range(width):
            known = place < len(_COLUMN_WIDTHS)
            sheet.set_column(place, place, _COLUMN_WIDTHS[place] if known else _OTHER_WIDTH)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, last, width - 1)
        # Without this every NIK would carry a green corner that offers to spoil it.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    return made.getvalue()
