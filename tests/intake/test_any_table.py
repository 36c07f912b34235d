"""Any workbook: the list in it is found, and its columns by name or by what stands in them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerjadesa.domain.problem import UserError
from kerjadesa.intake.match_columns import examples, match_columns
from kerjadesa.intake.table import Table, read_table
from kerjadesa.intake.workbook import ReadingStopped

from .made_workbooks import never, ods, person, table, xls, xlsx

PEOPLE = [
    # Name, the mother's NIK, sex, number of the house, own NIK, born.
    ["Fitri Contoh", "1303045203650001", "P", 7, "1303046111900243", "21-11-1990"],
    ["Buyung Rekaan", "1303045203650002", "L", 8, "1303040103850001", "01-03-1985"],
    ["Upik Misal", "1303045203650003", "P", 9, "1303044209790002", "02-09-1979"],
    ["Ujang Umpama", "1303045203650004", "L", 7, "1303041512880003", "15-12-1988"],
]
FAMILY = "1303040511143660"


def quiet(done: int, whole: int | None) -> None:
    """Nobody watches."""


def read(path: Path) -> Table:
    return read_table(path, quiet, never)


def matched_headers(path: Path) -> dict[str, str]:
    found = read(path)
    return {c: found.headers[place] for c, place in match_columns(found).places.items()}


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_columns_of_unknown_names_are_told_by_their_content(tmp_path: Path, make) -> None:
    headers = ["Siapa", "NIK Ibu", "Kel.", "No. Rumah", "Identitas", "Lahir", "Keluarga"]
    rows = [["DAFTAR WARGA"], [], headers, *([*person, FAMILY] for person in PEOPLE)]
    assert matched_headers(make(tmp_path / "list", [["Petunjuk"]], rows)) == {
        "nama": "Siapa",
        "sex": "Kel.",
        "nik": "Identitas",
        "tanggallahir": "Lahir",
        "no_kk": "Keluarga",
    }


def test_what_was_guessed_is_shown_before_anything_is_read_from_it(tmp_path: Path) -> None:
    rows = [["Siapa", "?", "JK", "Rumah", "NIK", "Tgl Lahir"], *PEOPLE]
    found = match_columns(read(xlsx(tmp_path / "l.xlsx", rows)))
    assert found.guessed == {"nama"}
    assert not found.sure
    rows[0][0] = "Nama Lengkap"
    assert match_columns(read(xlsx(tmp_path / "l.xlsx", rows))).sure


def test_a_list_without_any_header_is_read_from_its_first_person_on(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "l.xlsx", PEOPLE))
    assert (found.headers, found.numbers) == ([""] * 6, [1, 2, 3, 4])
    assert match_columns(found).missing == []


def test_a_page_of_instructions_that_names_a_column_is_not_taken_for_the_list(
    tmp_path: Path,
) -> None:
    help_page = [["Kolom", "Arti"], ["NIK", "16 angka"], ["nama", "seperti KTP"]]
    rows = [["Warga", "?", "?", "?", "Identitas", "Lahir"], *PEOPLE]
    found = read(xlsx(tmp_path / "l.xlsx", help_page, rows))
    assert found.headers[4] == "Identitas"


def test_a_list_kept_on_one_sheet_for_each_rt_is_read_whole(tmp_path: Path) -> None:
    headers = ["Nama", "NIK Ibu", "JK", "Rumah", "NIK", "Tgl Lahir"]
    first, second = [headers, PEOPLE[0]], [["RT 2"], headers, *PEOPLE[1:3]]
    found = read(xlsx(tmp_path / "l.xlsx", first, second, [headers], [["Rekap", 3]]))
    assert [row[0] for row in found.rows] == ["Fitri Contoh", "Buyung Rekaan", "Upik Misal"]
    assert [found.row_name(index) for index in range(3)] == [
        "Sheet1 · 2",
        "Sheet2 · 3",
        "Sheet2 · 4",
    ]
    assert found.unread == ()


def test_people_on_a_sheet_of_other_columns_are_counted_and_named(tmp_path: Path) -> None:
    headers = ["Nama", "NIK Ibu", "JK", "Rumah", "NIK", "Tgl Lahir"]
    other = [["NIK", "Nama", "Lahir"], *([person[4], person[0], person[5]] for person in PEOPLE)]
    help_page = [["Kolom", "Arti"], ["NIK", "16 angka"]]
    many = [headers, *PEOPLE, *PEOPLE]
    found = read(xlsx(tmp_path / "l.xlsx", help_page, other, many))
    assert (found.sheet, len(found.rows)) == ("Sheet3", 8)
    assert found.row_name(0) == "2", "one sheet alone needs no name"
    assert found.unread == (("Sheet2", 4),)


def test_the_known_export_keeps_its_columns_and_row_numbers(tmp_path: Path) -> None:
    rows = [["PEMERINTAH"], *table([person(), person()])]
    rows.insert(3, [""])
    found = read(xlsx(tmp_path / "l.xlsx", rows))
    assert found.numbers == [3, 5]
    matched = match_columns(found)
    assert matched.sure
    assert found.headers[matched.places["nik"]] == "nik"
    assert "ayah_nik" not in matched.places


@pytest.mark.parametrize("header", ["Desil", "DESIL_NASIONAL", "Desil Kesejahteraan", "desil p3ke"])
def test_a_column_of_deciles_makes_it_a_poverty_list(tmp_path: Path, header: str) -> None:
    rows = [["No", "NIK", "Nama", header], [1, "1303046111900243", "Fitri Contoh", 2]]
    found = match_columns(read(xlsx(tmp_path / "l.xlsx", rows)))
    assert (found.kind, found.places) == ("poverty", {"nik": 1, "nama": 2, "desil": 3})


def test_a_column_is_shown_with_three_different_examples(tmp_path: Path) -> None:
    rows = [["NIK", "Nama", "Tgl Lahir", "Rumah"], *([p[4], p[0], p[5], p[3]] for p in PEOPLE)]
    found = read(xlsx(tmp_path / "l.xlsx", rows))
    assert examples(found, 3) == ["7", "8", "9"]
    assert examples(found, 0)[0] == "1303046111900243"


def test_two_files_of_one_header_row_have_one_shape(tmp_path: Path) -> None:
    one = read(xlsx(tmp_path / "a.xlsx", [["NIK", "Nama", "Lahir"], ["1303046111900243"]]))
    other = read(xlsx(tmp_path / "b.xlsx", [["nik ", "NAMA", "lahir"], ["1303041512880003"]]))
    third = read(xlsx(tmp_path / "c.xlsx", [["Nama", "NIK", "Lahir"], ["", "1303041512880003"]]))
    assert one.shape == other.shape != third.shape


def test_a_workbook_without_people_is_refused_in_one_sentence(tmp_path: Path) -> None:
    only_headers = [["NIK", "Nama", "Tanggal Lahir"]]
    for sheet, code in (
        ([], "workbook_empty"),
        (only_headers, "workbook_empty"),
        ([["Rekap", 12]], "workbook_header_missing"),
    ):
        with pytest.raises(UserError, match=code):
            read(xlsx(tmp_path / "l.xlsx", sheet))


def test_reading_stops_when_the_operator_cancels(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "l.xlsx", table([person()] * 600))
    answers = iter([False, False, True])
    with pytest.raises(ReadingStopped):
        read_table(path, quiet, lambda: next(answers, True))


cell = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.none(),
    st.sampled_from(["1303046111900243", "21-11-1990", "L", "#REF!", "²³", date(1990, 1, 1)]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(cell, max_size=5), max_size=8))
def test_no_content_brings_the_guessing_down(rows: list[list[object]]) -> None:
    found = Table("", [""] * 5, [*range(len(rows))], rows)
    places = match_columns(found).places
    assert len(set(places.values())) == len(places)
