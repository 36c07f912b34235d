"""Workbooks the tests make for themselves: one list of people in every format."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from kerjadesa.domain.check import Rules
from kerjadesa.intake.assess import Assessed, assess
from kerjadesa.intake.residents import Row, read_residents
from kerjadesa.reference import read_text

TODAY = date(2026, 11, 20)
NAGARI = "13.03.04.2001"
RULES = Rules(18, 65, 1_000_000, frozenset({5, 6, 7, 15, 16, 17, 18, 85, 86}))
COLUMNS = read_text("resident_columns.txt").split()

SAMPLE_PERSON = {
    "dusun": "Muaro",
    "rw": "004",
    "rt": "001",
    "nama": "Fitri Contoh",
    "no_kk": "1303040511143660",
    "nik": "1303046111900243",
    "sex": 2,
    "tempatlahir": "Sijunjung",
    "tanggallahir": "1990-11-21",
    "pekerjaan_id": 9,
    "status_kawin": 2,
    "warganegara_id": 1,
    "nama_ibu": "Ibu Contoh",
    "status_dasar": 1,
}


def never() -> bool:
    return False


def person(**changes) -> dict:
    return {**SAMPLE_PERSON, **changes}


def table(people: list[dict], headers: list[str] = COLUMNS) -> list[list]:
    """Header row and data rows, the columns in the export's order."""
    return [headers, *([p.get(column, "") for column in COLUMNS] for p in people)]


def xlsx(path: Path, *sheets: list[list]) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                else:
                    sheet.write(r, c, value)
    book.close()
    return path


def xls(path: Path, *sheets: list[list]) -> Path:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(f"Sheet{number}")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write(r, c, value, day)
                elif value != "":
                    sheet.write(r, c, value)
    book.save(str(path))
    return path


def ods(path: Path, *sheets: list[list]) -> Path:
    book = OpenDocumentSpreadsheet()
    for number, rows in enumerate(sheets):
        sheet = Table(name=f"Sheet{number}")
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            sheet.addElement(line)
        # As LibreOffice closes every sheet: a million empty rows nobody wrote.
        tail = TableRow(numberrowsrepeated=1048000)
        tail.addElement(TableCell(numbercolumnsrepeated=16384))
        sheet.addElement(tail)
        book.spreadsheet.addElement(sheet)
    book.save(str(path))
    return path


def _ods_cell(value):
    if value == "":
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def csv_file(path: Path, rows: list[list], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def with_part(path: Path, part: str, change) -> Path:
    """The zipped workbook with one part changed (or added, if it had none of that name)."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def residents(path: Path) -> list[Row]:
    return list(read_residents(path, NAGARI, never))


def assessed(path: Path) -> list[Assessed]:
    return list(assess(read_residents(path, NAGARI, never), TODAY, RULES))
