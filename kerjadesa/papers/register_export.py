"""The list of workers as a file for a spreadsheet: text stays text, nothing is ever calculated."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import xlsxwriter

from kerjadesa.words import _

Cell = str | int | date | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"": 18, "name": 32, "nik": 20, "kk": 20, "sex": 6, "printed": 8, "photo": 8}
_LONG_NUMBER = 12
"""A spreadsheet rounds the digits of a longer number away, or writes it as a power of ten."""


def render_xlsx(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An `.xlsx` with one line of headings; `columns` are (name, heading).

    Texts are text cells: a NIK keeps its sixteen digits, and what looks like a formula is shown and
    never calculated, also after it was saved as CSV and opened again. Dates are dates.
    """
    made = io.BytesIO()
    # In memory: the library's temporary files would leave people's data on the disk unencrypted.
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Pekerja"))
        bold = book.add_format({"bold": True, "bottom": 1})
        plain = book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        day = book.add_format({"num_format": "dd-mm-yyyy", "align": "left"})
        for place, (name, heading) in enumerate(columns):
            sheet.write_string(0, place, heading, bold)
            sheet.set_column(place, place, _WIDTHS.get(name, _WIDTHS[""]))
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(last, place, datetime.combine(cell, time()), day)
                elif isinstance(cell, int):
                    sheet.write_number(last, place, cell)
                elif cell:
                    style = quoted if cell.startswith(_FORMULA) else plain
                    sheet.write_string(last, place, cell, style)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        # Without this every NIK would carry a green corner that offers to spoil it.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    return made.getvalue()


def render_csv(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A `.csv` as Excel reads it here: UTF-8 with its mark, semicolons, dates `dd-mm-yyyy`.

    An apostrophe keeps spreadsheets from calculating a cell, and from rounding sixteen digits.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([heading for _name, heading in columns])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    # Excel reads a CSV as UTF-8 only with this mark in front.
    return ("\ufeff" + text.getvalue()).encode()


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    written = "" if cell is None else str(cell)
    rounded = written.isdigit() and len(written) >= _LONG_NUMBER
    return f"'{written}" if rounded or written.startswith(_FORMULA) else written
