"""Files that are no workbook, or one made to hurt: one plain refusal, and the program lives.

The largest of these would make the reader ask for 549 GB; a refusal that fails to fire ends the
test run rather than one test.
"""

import io
import random
import re
import struct
import zipfile
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, S

from kerjadesa.domain.problem import UserError
from kerjadesa.intake import limits
from kerjadesa.intake.workbook import ReadingStopped, read_sheets

from .made_workbooks import COLUMNS, never, ods, person, residents, table, with_part, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as trouble:
        residents(path)
    return trouble.value.code


def test_a_file_that_is_gone_is_called_missing(tmp_path):
    assert refusal(tmp_path / "gone.xlsx") == "file_missing"


def test_a_folder_cannot_be_read(tmp_path):
    assert refusal(tmp_path) == "file_unreadable"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj",
        b"<html><table><tr><td>nik</td></tr></table></html>",
        b"{\\rtf1 nik;nama}",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04 and nothing more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_another_kind_of_file_renamed_is_no_workbook(tmp_path, content):
    path = tmp_path / "penduduk.xlsx"
    path.write_bytes(content)
    assert refusal(path) == "workbook_unreadable"


def test_a_zip_of_something_else_is_no_workbook(tmp_path):
    path = tmp_path / "penduduk.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(path) == "workbook_unreadable"


@pytest.mark.parametrize("make", [xlsx, xls, ods])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_copy_that_broke_off_is_no_workbook(tmp_path, make, part):
    path = make(tmp_path / "penduduk", table([person()] * 40))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert refusal(path) == "workbook_unreadable"


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_no_damaged_byte_brings_the_program_down(tmp_path, make):
    dice = random.Random(1303)
    whole = make(tmp_path / "whole", table([person()] * 5)).read_bytes()
    path = tmp_path / "damaged"
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(dice.choice([1, 3, 30])):
            damaged[dice.randrange(8, len(damaged))] = dice.randrange(256)
        path.write_bytes(damaged)
        try:
            residents(path)
        except UserError as error:
            assert error.code.startswith("workbook_")


@pytest.mark.parametrize("make", [xlsx, ods])
def test_no_damaged_xml_brings_the_program_down(tmp_path, make):
    dice = random.Random(2026)
    part = SHEET if make is xlsx else "content.xml"
    whole = make(tmp_path / "whole", table([person()] * 3)).read_bytes()
    path = tmp_path / "damaged"
    for _ in range(60):
        path.write_bytes(whole)

        def damage(content):
            at = dice.randrange(len(content))
            return content[:at] + dice.choice([b"", b"<", b'"', b"9", b"&"]) + content[at + 1 :]

        with_part(path, part, damage)
        try:
            residents(path)
        except UserError as error:
            assert error.code.startswith("workbook_")


def test_a_zip_that_swells_two_hundredfold_is_a_bomb(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    with_part(path, "xl/media/image1.png", lambda _: bytes(8 * 1024 * 1024))
    assert refusal(path) == "workbook_bomb"


def test_a_zip_that_lies_about_its_sizes_is_a_bomb(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    true_size = 8 * 1024 * 1024
    with_part(path, "docProps/big.xml", lambda _: b" " * true_size)
    data = path.read_bytes()
    said = data.replace(struct.pack("<I", true_size), struct.pack("<I", 1000))
    assert said != data
    path.write_bytes(said)
    assert refusal(path) in {"workbook_bomb", "workbook_unreadable"}


def test_a_zip_of_too_many_parts_is_a_bomb(tmp_path):
    path = tmp_path / "penduduk.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    assert refusal(path) == "workbook_bomb"


def test_a_zip_with_two_parts_of_one_name_is_no_workbook(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(path) == "workbook_unreadable"


def last_cell(reference: bytes):
    """Moves the sheet's last cell far away, as XML allows it to be written."""

    def change(content):
        at = content.rindex(b'<c r="')
        return content[:at] + reference + content[content.index(b'"', at + 6) + 1 :]

    return change


@pytest.mark.parametrize(
    "reference",
    [
        b'<c r="XFD1048576"',
        b'<c r="xfd2"',
        b"<c r='XFD2'",
        b'<c  r = "A1048576"',
        b'<c\n\tr="SS2"',
        b'<c s="0" r="A200001"',
        b'<c r="AAAAAAA2"',
        b'<c r="A99999999999"',
    ],
)
def test_one_cell_at_the_far_end_of_the_sheet_is_refused(tmp_path, reference):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    with_part(path, SHEET, last_cell(reference))
    assert refusal(path) in {"workbook_too_large", "workbook_unreadable"}


def test_a_sheet_without_cell_references_still_reads(tmp_path):
    def bare(content):
        return re.sub(rb'<(c|row) r="\w+"', rb"<\1", content)

    people = [person(**{column: "x" for column in COLUMNS if column not in person()})]
    path = with_part(xlsx(tmp_path / "penduduk.xlsx", table(people)), SHEET, bare)
    assert [row.number for row in residents(path)] == [2]


def test_a_sheet_without_cell_references_is_measured_all_the_same(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    wide = b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row></sheetData>"
    with_part(path, SHEET, lambda content: content.replace(b"</sheetData>", wide))
    assert refusal(path) == "workbook_too_large"


def test_a_sheet_in_another_encoding_cannot_slip_past_the_measuring(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    with_part(
        path,
        SHEET,
        lambda content: content.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    )
    assert refusal(path) == "workbook_unreadable"


def test_one_long_text_shown_in_very_many_cells_is_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr("kerjadesa.intake.measure.MOST_TEXT", 10_000_000)
    path = xlsx(tmp_path / "a.xlsx", table([person(alamat="x" * 32_000)] * 400))
    assert refusal(path) == "workbook_bomb"
    # The same length of text among as many cells, but only once.
    people = [person(alamat="x" * 32_000), *[person()] * 399]
    assert len(residents(xlsx(tmp_path / "b.xlsx", table(people)))) == 400


def test_an_announced_number_of_texts_is_not_believed(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    with_part(
        path,
        "xl/sharedStrings.xml",
        lambda content: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', content),
    )
    assert refusal(path) == "workbook_bomb"


@pytest.mark.parametrize("record", [struct.pack("<HH", 0x0200, 14), b"\xfc\0"])
def test_what_an_xls_announces_is_not_believed(tmp_path, record):
    path = xls(tmp_path / "penduduk.xls", table([person()]))
    data = bytearray(path.read_bytes())
    at = data.index(record, 512)
    data[at + 8 : at + 12] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert refusal(path) == "workbook_unreadable"


def ods_table(tmp_path, cell, rows_repeated=1, paragraph=None) -> Path:
    book = OpenDocumentSpreadsheet()
    sheet, line = Table(name="Sheet"), TableRow(numberrowsrepeated=rows_repeated)
    cell.addElement(paragraph or P(text="x" * 100))
    line.addElement(cell)
    sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(tmp_path / "penduduk.ods"))
    return tmp_path / "penduduk.ods"


def test_a_repeated_ods_cell_is_counted_as_often_as_it_repeats(tmp_path):
    cell = TableCell(valuetype="string", numbercolumnsrepeated=2_000_000_000)
    assert refusal(ods_table(tmp_path, cell)) == "workbook_too_large"


def test_a_repeated_ods_row_is_counted_as_often_as_it_repeats(tmp_path):
    path = ods_table(tmp_path, TableCell(valuetype="string"), rows_repeated=1_000_000)
    assert refusal(path) == "workbook_too_large"


def test_an_ods_of_a_thousand_million_blanks_is_a_bomb(tmp_path):
    blanks = P()
    blanks.addElement(S(c=4_000_000_000))
    path = ods_table(tmp_path, TableCell(valuetype="string"), paragraph=blanks)
    assert refusal(path) == "workbook_bomb"


def test_an_xls_cell_at_the_far_end_of_the_sheet_is_refused(tmp_path):
    path = xls(tmp_path / "penduduk.xls", table([person(rt=7.25)]))
    data = bytearray(path.read_bytes())
    # NUMBER or RK record, row 1, the column of `rt`.
    for kind in (0x0203, 0x027E):
        at = data.find(struct.pack("<HH", kind, 14 if kind == 0x0203 else 10) + b"\1\0\3\0")
        if at >= 0:
            data[at + 4 : at + 8] = b"\xff\xff\xff\xff"
            path.write_bytes(data)
    assert refusal(path) == "workbook_too_large"


def test_sheets_that_are_small_one_by_one_may_be_too_large_together(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 200)
    for make in (xlsx, xls, ods):
        rows = table([person(), person()])
        assert refusal(make(tmp_path / make.__name__, rows, rows)) == "workbook_too_large"


def test_a_file_larger_than_64_mib_is_not_even_unpacked(tmp_path):
    path = tmp_path / "penduduk.csv"
    with path.open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)
    assert refusal(path) == "workbook_too_large"


@pytest.mark.parametrize("text", ["nik;nama;tanggallahir\n" * 2002, "nik" + ";x" * 600])
def test_a_csv_too_long_or_too_wide_is_refused(tmp_path, monkeypatch, text):
    monkeypatch.setattr(limits, "MOST_ROWS", 2000)
    path = tmp_path / "penduduk.csv"
    path.write_text(text)
    assert refusal(path) == "workbook_too_large"


def test_a_csv_with_one_endless_quoted_cell_is_refused(tmp_path):
    path = tmp_path / "penduduk.csv"
    path.write_text('nik;nama;tanggallahir\n"' + "1;2\n" * 100_000)
    assert refusal(path) == "workbook_unreadable"


def test_a_workbook_with_a_password_says_so(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("x")
    held = io.BytesIO()
    book.save(held)
    # An encrypted .xlsx is an OLE2 file with a stream of this name; only the name is looked at.
    named = "Workbook".encode("utf-16-le")
    entry = held.getvalue().rindex(named)
    data = bytearray(held.getvalue())
    data[entry : entry + 66] = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + b"\x22\0"
    path = tmp_path / "penduduk.xlsx"
    path.write_bytes(data)
    assert refusal(path) == "workbook_password"


def test_an_xls_with_a_password_says_so(tmp_path):
    path = xls(tmp_path / "penduduk.xls", table([person()]))
    data = bytearray(path.read_bytes())
    # A FILEPASS record where the globals had their code page.
    at = data.index(struct.pack("<HH", 0x0042, 2))
    data[at : at + 2] = struct.pack("<H", 0x002F)
    path.write_bytes(data)
    assert refusal(path) == "workbook_password"


def test_an_ods_with_a_password_says_so(tmp_path):
    path = ods(tmp_path / "penduduk.ods", table([person()]))
    with_part(path, "content.xml", lambda content: bytes(reversed(content)))
    with_part(
        path,
        "META-INF/manifest.xml",
        lambda content: content.replace(
            b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
        ),
    )
    assert refusal(path) == "workbook_password"


def test_a_zip_with_a_password_says_so(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([person()]))
    data = bytearray(path.read_bytes())
    # The flag "encrypted" in each entry of the directory.
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "workbook_password"


def test_cancelling_stops_before_the_next_sheet_is_read(tmp_path):
    path = xlsx(tmp_path / "penduduk.xlsx", table([]), table([]))
    sheets = read_sheets(path, iter([False, True]).__next__)
    assert next(sheets).name == "Sheet1"
    with pytest.raises(ReadingStopped):
        next(sheets)
    assert len(list(read_sheets(path, never))) == 2
