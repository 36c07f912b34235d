"""Finding the list in a workbook, and what its cells mean."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerjadesa.domain.problem import UserError
from kerjadesa.intake.assess import assess
from kerjadesa.intake.residents import read_residents
from kerjadesa.intake.workbook import ReadingStopped, Sheet

from .made_workbooks import (
    COLUMNS,
    NAGARI,
    RULES,
    TODAY,
    assessed,
    csv_file,
    never,
    ods,
    person,
    residents,
    table,
    xls,
    xlsx,
)

BORN = date(1990, 11, 21)
EXPECTED = {
    "nik": "1303046111900243",
    "kk": "1303040511143660",
    "name": "Fitri Contoh",
    "sex": "F",
    "birth_place": "Sijunjung",
    "birth_date": BORN,
    "mother_name": "Ibu Contoh",
    "marital_status": 2,
    "nagari": NAGARI,
    "jorong": "Muaro",
    "rt": "001",
    "rw": "004",
    "occupation": 9,
    "life_status": "1",
    "citizenship": "1",
}


@pytest.mark.parametrize("make", [xlsx, xls, ods])
@pytest.mark.parametrize("born", ["1990-11-21", "21-11-1990", "21/11/1990", BORN, 33198])
def test_a_person_reads_the_same_from_every_format_and_date_form(tmp_path, make, born):
    (row,) = residents(make(tmp_path / "list", table([person(tanggallahir=born)])))
    assert (row.number, row.draft, row.written_kk) == (2, EXPECTED, "1303040511143660")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_reads_whatever_program_has_written_it(tmp_path, delimiter, encoding):
    people = [person(alamat="Jl. Café, no. 1; belakang", tanggallahir="33198")]
    path = csv_file(tmp_path / "list.xlsx", table(people), delimiter, encoding)
    (row,) = residents(path)
    assert row.draft == EXPECTED | {"address": "Jl. Café, no. 1; belakang"}


def test_row_numbers_are_those_the_spreadsheet_shows(tmp_path):
    people = table([person(), person()])
    titled = [["PEMERINTAH KABUPATEN SIJUNJUNG"], [], ["Data per", date(2026, 11, 1)], *people]
    titled.insert(5, ["", " ", "\u00a0"])
    for make in (xlsx, xls, ods):
        assert [row.number for row in residents(make(tmp_path / "list", titled))] == [5, 7]
    assert [row.number for row in residents(csv_file(tmp_path / "list.csv", titled))] == [5, 7]


def test_a_list_that_does_not_begin_in_the_first_column_is_found(tmp_path):
    rows = [[], [], *(["", "", *row] for row in table([person()]))]
    for make in (xlsx, xls, ods):
        (row,) = residents(make(tmp_path / "list", rows))
        assert (row.number, row.draft) == (4, EXPECTED)


def test_the_list_is_found_among_other_sheets(tmp_path):
    families = [["NO. KK", "NIK", "ALAMAT"], ["1303040511143660", "1303046111900243", "Muaro"]]
    for make in (xlsx, xls, ods):
        path = make(tmp_path / "list", [["Petunjuk"]], families, table([person()]), [["Rekap", 1]])
        assert [row.draft for row in residents(path)] == [EXPECTED]


@pytest.mark.parametrize(
    "dress",
    [
        str.upper,
        str.title,
        lambda c: c.replace("_", " "),
        lambda c: {"no_kk": "NO. KK", "tanggallahir": "Tanggal Lahir", "nik": " N I K "}.get(c, c),
        lambda c: {"pekerjaan_id": "Pekerjaan", "dusun": "JORONG", "sex": "Jenis Kelamin"}.get(
            c, c
        ),
    ],
)
def test_headers_may_be_dressed_as_an_office_likes(tmp_path, dress):
    path = xlsx(tmp_path / "list.xlsx", table([person()], [dress(c) for c in COLUMNS]))
    assert [row.draft for row in residents(path)] == [EXPECTED]


@pytest.mark.parametrize(
    ("column", "cell", "fact", "value"),
    [
        ("sex", "LAKI-LAKI", "sex", "M"),
        ("sex", "Laki - laki", "sex", "M"),
        ("sex", "L", "sex", "M"),
        ("sex", "1", "sex", "M"),
        ("sex", "perempuan", "sex", "F"),
        ("sex", "P", "sex", "F"),
        ("sex", 2.0, "sex", "F"),
        ("pekerjaan_id", "petani / pekebun", "occupation", 9),
        ("pekerjaan_id", "09", "occupation", 9),
        ("pekerjaan_id", "Pembuat gula aren", "occupation_text", "Pembuat gula aren"),
        ("status_kawin", "Cerai Mati", "marital_status", 4),
        ("status_kawin", "KAWIN BELUM TERCATAT", "marital_status", 2),
        ("status_kawin", "BELUM KAWIN", "marital_status", 1),
        ("status_dasar", "Hidup", "life_status", "1"),
        ("status_dasar", "", "life_status", "1"),
        ("status_dasar", "PINDAH", "life_status", "3"),
        ("status_dasar", "Meninggal", "life_status", "Meninggal"),
        ("warganegara_id", "wni", "citizenship", "1"),
        ("warganegara_id", "", "citizenship", "1"),
        ("warganegara_id", "WNA", "citizenship", "2"),
        ("rt", 4, "rt", "004"),
        ("rt", "04", "rt", "004"),
        ("rw", "1", "rw", "001"),
        ("rw", "RW. 2", "rw", "002"),
        ("rw", "RW. 004", "rw", "004"),
        ("nik", "\u00a0'1303046111900243", "nik", "'1303046111900243"),
        ("nama", "  Fitri\u00a0Contoh\u200b ", "name", "Fitri Contoh"),
        ("alamat_sekarang", "Pasar Lama", "address", "Pasar Lama"),
    ],
)
def test_a_cell_may_hold_a_code_or_a_label(tmp_path, column, cell, fact, value):
    path = xlsx(tmp_path / "list.xlsx", table([person(**{column: cell})]))
    assert residents(path)[0].draft[fact] == value


def test_the_first_address_stands_where_there_are_two(tmp_path):
    path = xlsx(tmp_path / "l.xlsx", table([person(alamat="Lama", alamat_sekarang="Sekarang")]))
    assert residents(path)[0].draft["address"] == "Lama"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nik": 1303040412930030}, "nik_corrupted"),
        ({"nik": "1,30304E+15"}, "nik_corrupted"),
        ({"nik": 13030471129600}, "nik_length"),
        ({"nik": 130304711296001}, "nik_length"),
        ({"nik": "-"}, "nik_missing"),
        ({"tanggallahir": "00-00-0000"}, "birth_date_invalid"),
        ({"tanggallahir": "31/02/1990"}, "birth_date_invalid"),
        ({"tanggallahir": 0}, "birth_date_invalid"),
        ({"tanggallahir": 60}, "birth_date_invalid"),
        ({"tanggallahir": 99999}, "birth_date_invalid"),
        ({"tanggallahir": ""}, "birth_date_missing"),
        ({"tanggallahir": " - "}, "birth_date_missing"),
        ({"nama": "#N/A"}, "name_missing"),
        ({"nama": "\u00a0"}, "name_missing"),
    ],
)
def test_a_cell_that_lost_its_meaning_is_named(tmp_path, changes, code):
    (only,) = assessed(xlsx(tmp_path / "list.xlsx", table([person(**changes)])))
    assert only.code == code


@pytest.mark.parametrize("written", ["21/11/90", "21 Nov 90", "21-11-90", "21111990", 21111990])
def test_a_birth_date_as_villages_write_it_is_the_one_the_nik_says(tmp_path, written):
    (only,) = assessed(xlsx(tmp_path / "list.xlsx", table([person(tanggallahir=written)])))
    assert (only.code, only.facts.birth_date) == ("", BORN)


def test_a_number_that_lost_its_nought_is_still_a_date(tmp_path):
    path = xlsx(tmp_path / "list.xlsx", table([person(tanggallahir=7071971)]))
    assert residents(path)[0].draft["birth_date"] == date(1971, 7, 7)


@pytest.mark.parametrize("changes", [
    {"tanggallahir": "22/11/90"}, {"tanggallahir": "11/21/90"}, {"tanggallahir": "21/11/91"},
    {"tanggallahir": "21/11/90", "nik": "130304611190"},
])  # fmt: skip
def test_a_short_year_the_nik_does_not_bear_out_is_never_guessed(tmp_path, changes):
    (only,) = assessed(xlsx(tmp_path / "list.xlsx", table([person(**changes)])))
    assert only.facts is None


def test_a_date_with_a_time_of_day_is_that_day(tmp_path):
    path = xlsx(tmp_path / "list.xlsx", table([person(tanggallahir=33198.75)]))
    assert residents(path)[0].draft["birth_date"] == BORN


@pytest.mark.parametrize(
    ("column", "written"),
    [("nik", "NIKK"), ("nama", "Nama Lengkap"), ("tanggallahir", "Tgl. Lahir")],
)
def test_a_missing_column_is_named_with_the_header_most_like_it(tmp_path, column, written):
    headers = [written if c == column else c for c in COLUMNS]
    with pytest.raises(UserError) as trouble:
        residents(xlsx(tmp_path / "list.xlsx", table([person()], headers)))
    assert trouble.value.code == "workbook_column_missing"
    assert trouble.value.facts == {"column": column, "nearest": written}


def test_a_list_without_headers_names_nobody_in_the_error(tmp_path):
    with pytest.raises(UserError) as trouble:
        residents(xlsx(tmp_path / "list.xlsx", table([person()])[1:]))
    assert (trouble.value.code, trouble.value.facts) == ("workbook_header_missing", {})


def test_an_empty_workbook_is_called_empty(tmp_path):
    for path in (xlsx(tmp_path / "a", []), xls(tmp_path / "b", [[" "]]), ods(tmp_path / "c", [])):
        with pytest.raises(UserError, match="workbook_empty"):
            residents(path)
    (tmp_path / "d").write_bytes(b"")
    with pytest.raises(UserError, match="workbook_empty"):
        residents(tmp_path / "d")


def test_a_list_kept_on_one_sheet_for_each_rt_is_read_whole(tmp_path):
    first, second = table([person(rt=1)]), [["RT 2"], *table([person(rt=2), person(rt=2)])]
    read = residents(xlsx(tmp_path / "l.xlsx", first, [["Rekap", 3]], second))
    assert [(row.sheet, row.number, row.draft["rt"]) for row in read] == [
        ("Sheet1", 2, "001"),
        ("Sheet3", 3, "002"),
        ("Sheet3", 4, "002"),
    ]


def test_sheets_of_people_whose_columns_stand_otherwise_are_named(tmp_path):
    whole, few = table([person()]), [["NIK", "NAMA", "TANGGAL LAHIR"], ["1", "Contoh", "2"]]
    path = xlsx(tmp_path / "l.xlsx", whole, [["Rekap", 3], ["NIK", 1]], few)
    unread = []
    assert len(list(read_residents(path, NAGARI, lambda: False, unread.extend))) == 1
    assert unread == ["Sheet3"]


def test_a_list_with_nobody_in_it_has_no_rows(tmp_path):
    assert residents(xlsx(tmp_path / "list.xlsx", table([]))) == []


def test_reading_stops_when_the_operator_cancels(tmp_path):
    path = csv_file(tmp_path / "list.csv", table([person()] * 1000))
    answers = iter([False, False, True])
    rows = read_residents(path, NAGARI, lambda: next(answers))
    with pytest.raises(ReadingStopped):
        list(rows)


anything = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(["1303046111900243", "21-11-1990", "00-00-0000", "L", "Hidup", "#REF!", "²³"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(anything, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_no_cell_brings_the_import_down(tmp_path, monkeypatch, cells):
    sheet = iter([COLUMNS, cells])
    monkeypatch.setattr(
        "kerjadesa.intake.residents.read_sheets",
        lambda path, cancelled: iter([Sheet("", sheet)]),
    )
    for one in assess(read_residents(tmp_path, NAGARI, never), TODAY, RULES):
        assert (one.facts is None) == bool(one.code)
