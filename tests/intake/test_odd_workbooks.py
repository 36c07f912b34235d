"""Workbooks as offices dress them: merged cells, formulas, macros, and as long as they may be."""

from pathlib import Path

import pytest
import xlsxwriter

from kerjadesa.actions.lane import never, unwatched
from kerjadesa.domain.problem import UserError
from kerjadesa.intake.limits import MOST_ROWS
from kerjadesa.intake.match_columns import match_columns
from kerjadesa.intake.table import read_table
from kerjadesa.intake.unpack import unpack
from tests.intake.made_workbooks import COLUMNS, person, residents, table, with_part, xlsx


def test_a_title_over_merged_cells_and_merged_jorong_do_not_shift_a_column(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D2", "DAFTAR WARGA NAGARI CONTOH")
        for place, header in enumerate(("Jorong", "NIK", "Nama", "Tanggal Lahir")):
            sheet.write_string(2, place, header)
        sheet.merge_range("A4:A5", "Tapian")
        for line, serial in ((3, 1), (4, 2)):
            sheet.write_string(line, 1, f"130304410385{serial:04d}")
            sheet.write_string(line, 2, f"Upik Contoh {serial}")
            sheet.write_string(line, 3, "01-03-1985")
    found = residents(path)
    assert [row.number for row in found] == [4, 5]
    assert [row.draft["name"] for row in found] == ["Upik Contoh 1", "Upik Contoh 2"]
    assert [row.draft.get("jorong", "") for row in found] == ["Tapian", ""]


def test_of_a_formula_its_result_is_read_and_never_the_formula(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, header in enumerate(("NIK", "Nama", "Tanggal Lahir", "Alamat")):
            sheet.write_string(0, place, header)
        sheet.write_formula(1, 0, '="1303044103850001"', value="1303044103850001")
        sheet.write_formula(1, 1, '=HYPERLINK("http://contoh.invalid","Upik")', value="Upik Contoh")
        sheet.write_formula(1, 2, "=DATE(1985,3,1)", value=31107)
        sheet.write_formula(1, 3, "=1/0", value="#DIV/0!")
    (row,) = residents(path)
    assert (row.draft["nik"], row.draft["name"]) == ("1303044103850001", "Upik Contoh")
    assert row.draft["birth_date"].isoformat() == "1985-03-01"
    assert "address" not in row.draft


def test_macros_are_left_where_they_are(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "l.xlsm", table([person()]))
    with_part(path, "xl/vbaProject.bin", lambda _part: b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    with_part(
        path,
        "[Content_Types].xml",
        lambda part: part.replace(
            b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
        ),
    )
    assert [row.draft["name"] for row in residents(path)] == ["Fitri Contoh"]
    assert not any("vba" in name for name in unpack(path.read_bytes()))


def test_a_list_of_two_hundred_thousand_rows_is_read_and_one_more_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.csv"
    header = "nik;nama;tanggallahir\n"
    line = "1303044103850001;Upik Contoh;01-03-1985\n"
    path.write_text(header + line * (MOST_ROWS - 1), encoding="utf-8")
    found = read_table(path, unwatched, never)
    assert len(found.rows) == MOST_ROWS - 1
    assert match_columns(found).sure
    path.write_text(header + line * MOST_ROWS, encoding="utf-8")
    with pytest.raises(UserError, match="workbook_too_large"):
        read_table(path, unwatched, never)


def test_a_list_may_have_every_column_twice(tmp_path: Path) -> None:
    row = [person().get(column, "") for column in COLUMNS]
    path = xlsx(tmp_path / "l.xlsx", [[*COLUMNS, *COLUMNS], [*row, *["lain"] * len(row)]])
    assert [found.draft["name"] for found in residents(path)] == ["Fitri Contoh"]
