"""NIK and KK numbers, by the rules of the population register."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kerjadesa.domain.nik import PROVINCES, Nik, kk_number, mask, mask_on_card, parse
from kerjadesa.domain.problem import Problem

TODAY = date(2026, 11, 20)
GIVEN_PROVINCES = [
    *range(11, 20), 21, *range(31, 37), 51, 52, 53, *range(61, 66), *range(71, 77),
    81, 82, *range(91, 98),
]  # fmt: skip


def code_of(text: str) -> str:
    """The problem's code, empty for a possible NIK."""
    found = parse(text)
    return found.code if isinstance(found, Problem) else ""


@given(
    province=st.sampled_from(sorted(PROVINCES)),
    district=st.integers(1, 99),
    subdistrict=st.integers(1, 99),
    born=st.dates(date(1927, 1, 1), TODAY),
    sex=st.sampled_from("MF"),
    serial=st.integers(1, 9999),
)
def test_every_possible_nik_says_who_it_was_given_to(
    province: int, district: int, subdistrict: int, born: date, sex: str, serial: int
) -> None:
    day = born.day + 40 * (sex == "F")
    text = f"{province}{district:02d}{subdistrict:02d}{day:02d}{born:%m%y}{serial:04d}"
    nik = parse(text)
    assert isinstance(nik, Nik)
    assert (nik.text, nik.sex, nik.serial) == (text, sex, serial)
    assert nik.region == f"{province}.{district:02d}.{subdistrict:02d}"
    assert nik.birth_date(TODAY, born) == born


@pytest.mark.parametrize("day", [0, *range(32, 41), *range(72, 100)])
@given(month=st.integers(1, 12), year=st.integers(0, 99), serial=st.integers(1, 9999))
def test_a_day_that_is_nobodys_birthday_never_passes(
    day: int, month: int, year: int, serial: int
) -> None:
    assert code_of(f"130304{day:02d}{month:02d}{year:02d}{serial:04d}") == "nik_date"


@pytest.mark.parametrize("province", range(10, 100))
def test_only_provinces_that_exist_are_taken(province: int) -> None:
    expected = "" if province in GIVEN_PROVINCES else "nik_region"
    assert code_of(f"{province}03044103850001") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik_missing"),
        ("  ' ", "nik_missing"),
        ("130304410385000", "nik_length"),
        ("13030441038500011", "nik_length"),
        ("13030441038500O1", "nik_length"),
        ("belum ada", "nik_length"),
        ("１３０３０４４１０３８５０００１", "nik_length"),
        ("0303044103850001", "nik_temporary"),
        ("0000000000000000", "nik_temporary"),
        ("1300044103850001", "nik_region"),
        ("1303004103850001", "nik_region"),
        ("1303044113850001", "nik_date"),
        ("1303044100850001", "nik_date"),
        ("1303043104850001", "nik_date"),
        ("1303047104850001", "nik_date"),
        ("1303042902850001", "nik_date"),
        ("1303044103850000", "nik_corrupted"),
        ("1.30304410385E+15", "nik_corrupted"),
        ("1,30304E+15", "nik_corrupted"),
        ("1e15", "nik_corrupted"),
        ("1303044103850001.0", "nik_corrupted"),
        ("130304410385000.00", "nik_corrupted"),
    ],
)
def test_an_impossible_nik_is_named_for_what_is_wrong(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "'1303044103850001",
        "1303 0441 0385 0001",
        "1303\u00a00441\u202f0385\u30000001",
        "\u200e1303044103850001\u202c",
        "130304-410385-0001",
        "13.03.04.410385.0001",
        "\t1303044103850001\n",
        "’1303044103850001’",
    ],
)
def test_what_spreadsheets_put_around_a_nik_is_no_fault_of_the_worker(text: str) -> None:
    nik = parse(text)
    assert isinstance(nik, Nik)
    assert nik.text == "1303044103850001"


@pytest.mark.parametrize("day", ["29", "69"])
@pytest.mark.parametrize(("year", "possible"), [("00", True), ("84", True), ("04", True),
                                                ("85", False), ("26", False)])  # fmt: skip
def test_29_february_is_a_birthday_in_leap_years_of_either_century(
    day: str, year: str, possible: bool
) -> None:
    assert (code_of(f"130304{day}02{year}0001") == "") == possible


def test_who_was_born_on_29_february_00_was_born_in_2000() -> None:
    nik = parse("1303042902000001")
    assert isinstance(nik, Nik)
    assert nik.birth_date(TODAY) == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("digits", "given_date", "born"),
    [
        ("26", None, date(2026, 3, 1)),
        ("27", None, date(1927, 3, 1)),
        ("85", None, date(1985, 3, 1)),
        ("24", date(1924, 3, 1), date(1924, 3, 1)),
        ("24", date(2024, 3, 1), date(2024, 3, 1)),
        ("24", date(1924, 3, 2), date(2024, 3, 1)),
    ],
)
def test_the_century_comes_from_the_given_date_or_else_from_this_year(
    digits: str, given_date: date | None, born: date
) -> None:
    nik = parse(f"1303040103{digits}0001")
    assert isinstance(nik, Nik)
    assert nik.birth_date(TODAY, given_date) == born


@given(st.text())
@example("\ud800")
@example("1" * 100_000)
@example("-" * 16)
@example("²³" * 8)
@example("١٣٠٣٠٤٤١٠٣٨٥٠٠٠١")
def test_no_text_whatever_stops_the_form(text: str) -> None:
    found = parse(text)
    if isinstance(found, Problem):
        assert (found.field, found.code[:4]) == ("nik", "nik_")
    else:
        assert len(found.text) == 16 and found.text.isascii()


@given(st.text())
def test_a_problem_never_repeats_the_number(text: str) -> None:
    found = parse("130304" + text)
    if isinstance(found, Problem):
        assert all(isinstance(value, int) for value in found.facts.values())


def test_a_masked_nik_hides_the_birth_date() -> None:
    assert mask("1303044103850001") == "130304••••••0001"
    assert mask("13030441") == "••••••••"


def test_a_card_hides_the_serial_too_because_its_code_says_birth_date_and_sex() -> None:
    assert mask_on_card("1303044103850001") == "130304••••••••••"
    assert mask_on_card("13030441") == "••••••••"


def test_a_kk_is_sixteen_digits_however_they_are_written() -> None:
    assert kk_number("'1303 0401-0307 0001") == "1303040103070001"
    assert kk_number("130304010307000") is None
    assert kk_number("１３０３０４０１０３０７０００１") is None
    assert kk_number("") is None
