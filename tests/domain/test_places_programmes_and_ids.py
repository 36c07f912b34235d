"""Regions by code, programmes, ids, and what trouble carries."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain.identifier import new_id
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import calendar_year, code_of
from kerjadesa.domain.region import Region, nagari_code, place_of

REGIONS = {
    code: Region(code, name, level)
    for code, name, level in (
        ("13.03", "Sijunjung", "kabupaten"),
        ("13.03.04", "Sijunjung", "kecamatan"),
        ("13.03.04.2001", "Muaro", "nagari"),
        ("13.03.04.2009", "Kampung Baru", "desa"),
    )
}


@pytest.mark.parametrize("text", ["13.03.04.2001", "1303042001", " 13.03.042001 "])
def test_a_nagari_is_found_by_its_code_with_dots_or_without(text: str) -> None:
    place = place_of(text, REGIONS)
    assert place is not None
    assert (place.code, place.title) == ("13.03.04.2001", "Nagari Muaro")
    assert (place.kecamatan.code, place.kabupaten.code) == ("13.03.04", "13.03")


def test_a_desa_calls_itself_desa() -> None:
    place = place_of("13.03.04.2009", REGIONS)
    assert place is not None and place.title == "Desa Kampung Baru"


@pytest.mark.parametrize("text", ["", "Muaro", "13.03.04", "13.03.04.9999", "13-03-04-2001"])
def test_what_is_no_known_nagari_is_none(text: str) -> None:
    assert place_of(text, REGIONS) is None


def test_digits_of_another_script_make_no_code() -> None:
    assert nagari_code("١٣٠٣٠٤٢٠٠١") is None


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_ids_sort_by_time_of_birth(one: int, two: int, noise: bytes) -> None:
    first, second = new_id(one, noise), new_id(two, noise[::-1])
    if one < two:
        assert first < second
    parsed = uuid.UUID(first)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == one


def test_two_workers_of_one_millisecond_have_two_ids() -> None:
    assert new_id(1, b"0123456789") != new_id(1, b"0123456788")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("1 Nagari 100 Pekerja Rentan 2026", "1N100PR2026"),
        ("Pekerja Rentan 2026", "PR2026"),
        ("— …", "PROGRAM"),
        ("", "PROGRAM"),
        ("100000000 " * 5, "100000000100000000100000"),
    ],
)
def test_a_programme_gets_a_short_code(name: str, code: str) -> None:
    assert code_of(name) == code


def test_a_programme_lasts_to_the_end_of_its_budget_year() -> None:
    facts = calendar_year("Pekerja Rentan 2026", "Nagari Muaro", date(2026, 11, 20))
    assert (facts.valid_from, facts.valid_until) == (date(2026, 11, 20), date(2026, 12, 31))


def test_an_error_shows_its_code_and_keeps_its_facts_out_of_the_message() -> None:
    error = UserError("nagari_unknown", nagari="13.03")
    assert str(error) == "nagari_unknown"
    assert error.facts == {"nagari": "13.03"}
