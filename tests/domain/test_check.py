"""From what was typed to facts, or to the reasons why not."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kerjadesa.domain.check import (
    MULTI_LINE,
    age_on,
    check,
    clean,
    not_kept,
    read_date,
    warnings,
)
from kerjadesa.domain.worker import (
    FACT_NAMES,
    WorkerFacts,
    from_body,
    import_columns,
    section_facts,
    to_body,
)
from tests.domain.said import RULES, draft

TODAY = date(2026, 11, 20)


def accepted(**changes: Any) -> WorkerFacts:
    """The facts of a draft that has to pass."""
    found = check(draft(**changes), TODAY, RULES)
    assert isinstance(found, WorkerFacts), found
    return found


def refused(today: date = TODAY, **changes: Any) -> list[tuple[str, str]]:
    """(field, code) of every problem of a draft that must not pass."""
    found = check(draft(**changes), today, RULES)
    assert isinstance(found, list)
    return [(problem.field, problem.code) for problem in found]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Upik \t  Contoh ", "Upik Contoh"),
        ("Upik\u00a0Contoh", "Upik Contoh"),
        ("\u200eUpik Contoh\u202c", "Upik Contoh"),
        ("U\u200bpik\u00ad Contoh", "Upik Contoh"),
        ("Rene\u0301e", "Ren\u00e9e"),
        ("R\u200de\u0301mi", "R\u00e9mi"),
        ("Upik\nContoh", "Upik Contoh"),
        ("Siti Nur'aini", "Siti Nur'aini"),
        ("N", "N"),
        ("A" * 60, "A" * 60),
        ("Upik\x00\ud800", "Upik"),
    ],
)
def test_equal_names_are_kept_equal(typed: str, kept: str) -> None:
    assert accepted(name=typed).name == kept


@given(st.sampled_from(FACT_NAMES), st.text())
def test_tidying_a_tidy_value_changes_nothing(name: str, typed: str) -> None:
    once = clean(name, typed)
    assert clean(name, once) == once


@given(st.text())
def test_a_kept_name_has_nothing_invisible_in_it(typed: str) -> None:
    kept = clean("name", typed)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(c)[0] == "C" for c in kept)


def test_notes_keep_their_lines_and_a_name_has_only_one() -> None:
    assert accepted(notes="satu\r\n dua  tiga ").notes == "satu\ndua tiga"
    assert {"notes", "address"} == MULTI_LINE


@pytest.mark.parametrize("empty", ["", "-", "--", "NULL", "null", "0", " - "])
def test_what_village_systems_write_for_nothing_is_nothing(empty: str) -> None:
    assert ("name", "name_missing") in refused(name=empty)
    facts = accepted(jorong=empty, mother_name=empty, birth_place=empty, rt=empty)
    assert facts.jorong == facts.mother_name == facts.birth_place == facts.rt == ""


@pytest.mark.parametrize(
    "written",
    [
        "1985-03-01",
        "1985/3/1",
        "1985.03.01",
        "1985-03-01 00:00:00",
        "1985-03-01T00:00:00.000",
        "01-03-1985",
        "1/3/1985",
        "01.03.1985",
        "01 03 1985",
        " 01-03-1985 ",
        "1 Maret 1985",
        "01 MAR 1985",
        "1-mrt-1985",
        "01031985",
        date(1985, 3, 1),
        datetime(1985, 3, 1, 0, 0),
    ],
)
def test_a_birth_date_is_read_as_people_write_it(written: Any) -> None:
    assert accepted(birth_date=written).birth_date == date(1985, 3, 1)


@pytest.mark.parametrize(
    ("written", "month"),
    [("5 Pebruari 1970", 2), ("5 Peb 1970", 2), ("5 Mei 1970", 5), ("5 May 1970", 5),
     ("05 Jun 1970", 6), ("5 Juli 1970", 7), ("5 Agt 1970", 8), ("5 Ags. 1970", 8),
     ("5 Aug 1970", 8), ("5 Sept 1970", 9), ("5 Okt 1970", 10), ("5 Nopember 1970", 11),
     ("5 Des, 1970", 12)],
)  # fmt: skip
def test_a_month_is_read_by_the_name_people_give_it(written: str, month: int) -> None:
    assert read_date(written) == date(1970, month, 5)


@pytest.mark.parametrize(
    "written", ["02/02/66", "3 Maret 67", "19710707", "31 Juni 1970", "3 Ma 1970", "3" + " " * 9**6]
)
def test_a_date_that_could_mean_two_days_is_no_date(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    "written", ["00-00-0000", "31-02-1985", "1985-13-01", "85-03-01", "1 Mrat 1985", "1985", 0, 7]
)
def test_a_date_that_is_none_is_refused(written: Any) -> None:
    assert refused(birth_date=written) == [("birth_date", "birth_date_invalid")]
    assert read_date(written) is None


@pytest.mark.parametrize("written", ["", " ", "-", None])
def test_a_missing_birth_date_is_told_from_a_wrong_one(written: Any) -> None:
    assert refused(birth_date=written) == [("birth_date", "birth_date_missing")]


def test_a_birth_date_in_the_future_or_before_anybody_alive_is_wrong() -> None:
    assert refused(birth_date="2026-11-21") == [("birth_date", "birth_date_invalid")]
    assert refused(birth_date="1885-03-01") == [("birth_date", "birth_date_invalid")]


@pytest.mark.parametrize(
    ("born", "today", "code"),
    [
        ("2008-11-20", date(2026, 11, 19), "too_young"),
        ("2008-11-20", date(2026, 11, 20), ""),
        ("1961-11-20", date(2026, 11, 19), ""),
        ("1961-11-20", date(2026, 11, 20), "too_old"),
        ("2008-02-29", date(2026, 2, 28), "too_young"),
        ("2008-02-29", date(2026, 3, 1), ""),
        ("1960-02-29", date(2025, 2, 28), ""),
        ("1960-02-29", date(2025, 3, 1), "too_old"),
    ],
)
def test_the_18th_birthday_opens_and_the_65th_closes_the_door(
    born: str, today: date, code: str
) -> None:
    found = check(draft(birth_date=born), today, RULES)
    assert [p.code for p in found] == [code] if isinstance(found, list) else not code


def test_a_problem_of_age_tells_the_age_and_the_limit() -> None:
    found = check(draft(birth_date="2010-01-01"), TODAY, RULES)
    assert isinstance(found, list)
    assert dict(found[0].facts) == {"age": 16, "limit": 18}


def test_years_are_completed_on_the_birthday() -> None:
    assert age_on(date(2026, 11, 19), date(1985, 11, 20)) == 40
    assert age_on(date(2026, 11, 20), date(1985, 11, 20)) == 41


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        (None, 1_000_000),
        ("", 1_000_000),
        ("-", 1_000_000),
        ("1.500.000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("1500000", 1_500_000),
        (2_000_000, 2_000_000),
        ("0", 0),
    ],
)
def test_the_lowest_income_base_stands_where_nobody_stated_one(typed: Any, rupiah: int) -> None:
    assert accepted(income_base=typed).income_base == rupiah


def test_the_lowest_income_base_stands_where_the_form_has_no_such_field() -> None:
    assert accepted().income_base == 1_000_000


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("income_base", "banyak", "rupiah_unreadable"),
        ("income_base", "1.500.000,00", "rupiah_unreadable"),
        ("income_base", "-5", "value_invalid"),
        ("occupation", "petani", "occupation_unknown"),
        ("occupation", 100, "value_invalid"),
        ("marital_status", "5", "value_invalid"),
        ("poverty_decile", "11", "value_invalid"),
        ("poverty_date", "kemarin", "value_invalid"),
        ("consent_date", "32-01-2026", "value_invalid"),
        ("consent_manner", "telepati", "value_invalid"),
        ("sex", "X", "value_invalid"),
        ("name", "A" * 101, "value_long"),
        ("jorong", "J" * 61, "value_long"),
        ("phone", "0" * 21, "value_long"),
        ("heirs", "istri", "value_invalid"),
        ("heirs", [{"nama": "salah kunci"}], "value_invalid"),
        ("heirs", [{"name": "x"}] * 11, "value_long"),
        ("nagari", "Muaro", "value_invalid"),
        ("nagari", "", "nagari_missing"),
        ("nagari", None, "nagari_missing"),
        ("name", 7, "value_invalid"),
        ("name", None, "name_missing"),
        ("name", "1303044103850001", "name_letterless"),
        ("name", "?", "name_letterless"),
        ("life_status", "2", "not_alive"),
        ("life_status", 3, "not_alive"),
        ("citizenship", "2", "not_citizen"),
    ],
)
def test_a_value_that_cannot_stand_names_its_field(field: str, value: Any, code: str) -> None:
    assert refused(**{field: value}) == [(field, code)]


@pytest.mark.parametrize(
    ("nik", "code"), [(None, "nik_missing"), (1303044103850001.0, "nik_corrupted")]
)
def test_a_nik_that_is_no_text_is_told_like_any_other(nik: Any, code: str) -> None:
    assert refused(nik=nik, sex="F") == [("nik", code)]


def test_every_problem_of_a_draft_is_told_at_once() -> None:
    found = refused(nik="12", sex="F", name="", birth_date="", citizenship="2")
    assert found == [
        ("nik", "nik_length"),
        ("citizenship", "not_citizen"),
        ("name", "name_missing"),
        ("birth_date", "birth_date_missing"),
    ]


def test_the_day_of_registration_is_kept_for_the_age_counts_on_it() -> None:
    assert accepted().registered_on == TODAY


def test_the_nik_says_the_sex_where_nobody_else_does() -> None:
    assert accepted().sex == "F"
    assert accepted(nik="1303040103850001").sex == "M"
    assert accepted(sex="M").sex == "M"
    assert ("sex", "sex_missing") in refused(nik="12")


def test_form_and_workbook_may_hand_over_values_or_their_text() -> None:
    typed = accepted(nik="1303044103850001", occupation="9", life_status="1", citizenship="1")
    valued = accepted(nik=1303044103850001, occupation=9, life_status=1, citizenship=1)
    assert typed == valued


def test_a_column_nobody_knows_is_no_problem() -> None:
    assert accepted(hobi="memancing", ktp_el="1") == accepted()


def test_a_phone_number_is_kept_as_it_is_dialled() -> None:
    assert accepted(phone="+62 812-3456 (7890)").phone == "+6281234567890"
    assert accepted(phone="-").phone == ""


def test_a_kk_that_cannot_be_one_is_dropped_and_a_possible_one_kept() -> None:
    assert accepted(kk="'1303 0401 0307 0001").kk == "1303040103070001"
    assert accepted(kk="13030401").kk == ""


def test_what_is_typed_of_heirs_is_tidied_too() -> None:
    typed = [{"name": " Buyung\u200b ", "nik": "'1303 0401 0385 0001", "phone": "0812-3"}]
    heir = accepted(heirs=typed).heirs[0]
    assert (heir.name, heir.nik, heir.phone) == ("Buyung", "1303040103850001", "08123")


_ANYTHING = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(),
    st.lists(st.text() | st.none(), max_size=3),
    st.dictionaries(st.text(), st.text(), max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["name", "nik"]), st.text()), max_size=3),
)


@given(st.sampled_from([*FACT_NAMES, "life_status", "citizenship"]), _ANYTHING)
@example("birth_date", datetime(1985, 3, 1))
@example("heirs", [{"name": "\ud800"}])
@example("income_base", "9" * 5000)
@example("occupation", float("nan"))
def test_whatever_stands_in_a_field_either_passes_or_is_named(field: str, value: Any) -> None:
    found = check(draft(**{field: value}), TODAY, RULES)
    if isinstance(found, list):
        named = {problem.field for problem in found}
        assert field in named
        # Without a readable NIK nobody says the sex.
        assert named <= {field, "sex"}
    else:
        assert from_body(to_body(found)) == found


@given(st.dictionaries(st.sampled_from(FACT_NAMES), _ANYTHING))
def test_no_draft_at_all_stops_the_form(collected: dict[str, Any]) -> None:
    found = check(collected, TODAY, RULES)
    if isinstance(found, list):
        assert found and all(problem.field in FACT_NAMES for problem in found)


def test_a_problem_never_carries_what_was_typed() -> None:
    found = check(draft(nik="1303044103850001234", name="Rahasia" * 50), TODAY, RULES)
    assert "1303044103850001" not in repr(found) and "Rahasia" not in repr(found)


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, []),
        ({"birth_date": "1985-03-02"}, [("birth_date", "birth_date_differs")]),
        ({"sex": "M"}, [("sex", "sex_differs")]),
        ({"nik": "1373044103850001"}, [("nik", "region_elsewhere")]),
        ({"nik": "1303084103850001"}, []),
        ({"occupation": 5}, [("occupation", "job_formal")]),
        ({"occupation": 86}, [("occupation", "job_formal")]),
        ({"occupation": 2}, []),
        ({"income_base": "999.999"}, [("income_base", "income_base_low")]),
        ({"income_base": "0"}, [("income_base", "income_base_low")]),
        ({"income_base": "1.000.000"}, []),
        ({"income_base": ""}, []),
        ({"mother_name": "1303044103850001"}, [("mother_name", "mother_letterless")]),
        ({"heirs": [{"name": "", "relation": "Anak"}]}, [("heirs", "heir_name_missing")]),
        ({"heirs": [{"name": "Buyung", "nik": "13030"}]}, [("heirs", "heir_nik_length")]),
        (
            {"heirs": [{"name": "Buyung", "nik": "130304410385000x"}]},
            [("heirs", "heir_nik_length")],
        ),
        ({"heirs": [{"name": "Buyung", "nik": "1303 0441 0385 0001"}]}, []),
    ],
)
def test_what_merely_looks_odd_is_a_warning_and_keeps_nobody_out(
    changes: dict[str, Any], warned: list[tuple[str, str]]
) -> None:
    found = warnings(accepted(**changes), RULES)
    assert [(problem.field, problem.code) for problem in found] == warned


@pytest.mark.parametrize(
    ("written", "warned"),
    [("", False), ("-", False), ("0", False), ("13030401", True), ("1303040103070001", False)],
)
def test_a_kk_of_another_length_is_warned_of_and_a_missing_one_is_not(
    written: str, warned: bool
) -> None:
    found = warnings(accepted(kk=written), RULES, written)
    assert [problem.code for problem in found] == (["kk_length"] if warned else [])


@pytest.mark.parametrize(
    ("phone", "warned"), [("a@b.id", True), ("-", False), ("", False), ("0812 (istri)", False)]
)
def test_a_phone_that_would_be_emptied_is_told_and_a_missing_one_is_not(
    phone: str, warned: bool
) -> None:
    found = not_kept({"phone": phone, "kk": None})
    assert [(p.field, p.code) for p in found] == [("phone", "phone_unreadable")] * warned


def test_every_fact_stands_in_one_section_and_every_column_fills_a_fact() -> None:
    form = ["identity", "address", "work", "poverty", "heirs", "consent", "programme", "notes"]
    named = [n for section in [*form, "registration", "photo"] for n in section_facts(section)]
    assert sorted(named) == sorted(FACT_NAMES)
    assert import_columns()["dusun"] == "jorong"


def test_the_journal_holds_nothing_that_is_empty() -> None:
    facts = accepted(heirs=[], poverty_date=None, phone="")
    assert set(to_body(facts)) == {
        "nik", "name", "sex", "birth_date", "nagari", "income_base", "registered_on"
    }  # fmt: skip
