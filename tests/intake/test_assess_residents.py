"""Who of a village's list is registered, and what the others are told."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.intake.assess import assess
from kerjadesa.intake.residents import read_residents

from .made_workbooks import NAGARI, RULES, TODAY, assessed, never, person, table, xlsx

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="THE SAMPLES ARE MISSING: no shared/samples beside the checkout"
)
def test_the_muaro_workbook_is_judged_row_by_row_as_its_officers_judged_it():
    expected = json.loads((SAMPLES / "penduduk-muaro.expected.json").read_text())
    rows = read_residents(SAMPLES / "penduduk-muaro.xlsx", expected["nagari"], never)
    found = list(assess(rows, date.fromisoformat(expected["on"]), RULES))

    refused = {str(a.row.number): a.code for a in found if a.facts is None}
    assert refused == expected["refused_rows"]
    assert Counter(refused.values()) == expected["refused"]
    assert Counter(p.code for a in found for p in a.warnings) == expected["warned"]
    assert len(found) == expected["read"]
    assert len(found) - len(refused) == expected["registered"]


def judged(tmp_path, *people):
    return [a.code for a in assessed(xlsx(tmp_path / "list.xlsx", table(list(people))))]


def test_the_second_row_of_a_nik_is_refused_and_the_first_stands(tmp_path):
    assert judged(tmp_path, person(), person(nama="Orang Lain")) == ["", "duplicate_in_file"]


def test_one_nik_written_in_two_ways_is_still_one_nik(tmp_path):
    assert judged(tmp_path, person(), person(nik="'1303 0461 1190 0243")) == [
        "",
        "duplicate_in_file",
    ]


def test_a_person_whose_first_row_is_spoilt_is_registered_from_the_second(tmp_path):
    assert judged(tmp_path, person(nama=""), person()) == ["name_missing", ""]


def test_a_repeated_row_with_a_fault_of_its_own_is_told_that_fault(tmp_path):
    assert judged(tmp_path, person(), person(status_dasar=2)) == ["", "not_alive"]


def test_a_refused_row_carries_neither_facts_nor_warnings(tmp_path):
    (only,) = assessed(xlsx(tmp_path / "l.xlsx", table([person(nama="", pekerjaan_id=5)])))
    assert (only.facts, only.code, only.warnings) == (None, "name_missing", ())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pekerjaan_id": "Pegawai Negeri Sipil"}, "job_formal"),
        ({"pekerjaan_id": "tni"}, "job_formal"),
        ({"pekerjaan_id": "86"}, "job_formal"),
        ({"no_kk": "13030405"}, "kk_length"),
        ({"no_kk": 1303040511143660}, "kk_length"),
        ({"sex": "Laki-Laki"}, "sex_differs"),
        ({"tanggallahir": "22-11-1990"}, "birth_date_differs"),
        ({"nik": "3171046111900243"}, "region_elsewhere"),
    ],
)
def test_what_needs_a_look_is_registered_with_a_warning(tmp_path, changes, code):
    (only,) = assessed(xlsx(tmp_path / "list.xlsx", table([person(**changes)])))
    assert only.facts is not None
    assert [p.code for p in only.warnings] == [code]


def test_a_kk_of_a_dash_is_no_kk_and_no_warning(tmp_path):
    (only,) = assessed(xlsx(tmp_path / "list.xlsx", table([person(no_kk="-")])))
    assert only.facts is not None
    assert (only.facts.kk, only.warnings) == ("", ())


def test_rows_come_out_while_the_rest_is_still_unread(tmp_path):
    path = xlsx(tmp_path / "list.xlsx", table([person()]))

    def endless():
        (row,) = read_residents(path, NAGARI, never)
        while True:
            yield row

    stream = assess(endless(), TODAY, RULES)
    assert [next(stream).code, next(stream).code] == ["", "duplicate_in_file"]
