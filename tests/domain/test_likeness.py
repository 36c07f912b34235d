"""Whose records a person should compare, and whose not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain.likeness import THRESHOLD, Traits, likeness, name_likeness

ROSMA = Traits("1303044103850001", "Rosmawati Putri", "F", date(1985, 3, 1), "Salmah Contoh")
NEAR, FAR = "1303044103850007", "1371014103850024"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MUHAMMAD YUSUF", "Muhd. Jusuf"),
        ("M. Yusuf", "Mohammad Yusup"),
        ("Hj. Siti Aminah", "Aminah"),
        ("Soeharti", "Suharti"),
        ("Djamaluddin", "Jamaludin"),
        ("Ma'ruf", "Maruf"),
        ("Nur'aini", "Nur Aini"),
        ("Syafrizal", "Safrizal"),
        ("Chairul Anwar", "Anwar Khairul"),
        ("Tjut Meutia", "Cut Meutia"),
        ("Rosmawati", "Rosmawti"),
        ("Drs. H. Basri", "Basri"),
        ("Renée Contoh", "RENEE CONTOH"),
        ("Rosmawati", "Rosmawati Putri"),
    ],
)
def test_two_ways_to_write_one_name_are_alike(one: str, other: str) -> None:
    assert name_likeness(one, other) >= 88
    assert name_likeness(one, other) == name_likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rina", "Rini"),
        ("Ahmad Fauzan", "Ahmad Fauzi"),
        ("Hasan Basri", "Husin Basri"),
        ("Hendri", "Hendra"),
        ("Nurul Hidayah", "Nurul Hidayati"),
        ("Yusri", "Yusra"),
        ("Zulkifli Koto", "Alfian Koto"),
        ("Budi", ""),
    ],
)
def test_the_names_of_twins_and_neighbours_are_not_alike(one: str, other: str) -> None:
    assert name_likeness(one, other) <= 60


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": NEAR},
        {"nik": FAR},
        {"nik": NEAR, "name": "Rosmawti Putri"},
        {"nik": FAR, "name": "ROSMAWATI"},
        {"nik": FAR, "birth_date": date(1985, 1, 3)},
        {"nik": NEAR, "birth_date": date(1985, 3, 11)},
        {"nik": FAR, "birth_date": date(1985, 12, 31)},
        {"nik": NEAR, "mother_name": ""},
        {"nik": FAR, "mother_name": ""},
        {"nik": NEAR, "mother_name": "Salma Contoh"},
        {"name": "Orang Lain", "birth_date": date(1970, 1, 1), "mother_name": "Lain"},
        {"sex": "M"},
    ],
)
def test_whoever_may_be_the_same_person_is_worth_a_look(changes: dict) -> None:
    alike = likeness(ROSMA, replace(ROSMA, **changes))
    assert alike.nik or alike.score >= THRESHOLD


@pytest.mark.parametrize(
    "changes",
    [
        # A twin: all is equal but the name.
        {"nik": NEAR, "name": "Rosmalina Putri"},
        {"nik": NEAR, "name": "Rosmawita"},
        # A boy and a girl.
        {"nik": NEAR, "sex": "M"},
        # A mother's name given to the daughter.
        {"nik": FAR, "birth_date": date(1960, 5, 7), "mother_name": "Halimah"},
        {"nik": FAR, "birth_date": date(2007, 3, 1), "mother_name": "Rosmawati Putri"},
        # Namesakes.
        {"nik": FAR, "mother_name": "Halimah"},
        {"nik": FAR, "birth_date": date(1985, 7, 9), "mother_name": ""},
        {"nik": FAR, "birth_date": date(1985, 7, 9), "mother_name": "Halimah"},
    ],
)
def test_twins_parents_and_namesakes_are_left_in_peace(changes: dict) -> None:
    assert likeness(ROSMA, replace(ROSMA, **changes)).score < THRESHOLD


def test_a_day_that_offices_make_up_says_little() -> None:
    new_year = replace(ROSMA, birth_date=date(1985, 1, 1), mother_name="")
    assert likeness(new_year, replace(new_year, nik=FAR)).score < THRESHOLD


def test_a_father_and_a_son_of_one_name_are_two() -> None:
    father = Traits("1303040107500001", "Syafrizal", "M", date(1950, 7, 1), "Upik")
    son = Traits("1303040107750002", "Syafrizal", "M", date(1975, 7, 1), "Rosma")
    assert likeness(father, son).score < THRESHOLD


_TEXT = st.text(max_size=20) | st.sampled_from(["Muhammad", "M.", "Siti Aminah", "H.", "Nur Aini"])
_PEOPLE = st.builds(
    Traits,
    st.from_regex(r"\A[0-9]{16}\Z"),
    _TEXT,
    st.sampled_from("MF"),
    st.dates(date(1900, 1, 1), date(2010, 12, 31)),
    _TEXT,
)


@given(_PEOPLE, _PEOPLE)
def test_it_is_the_same_question_from_both_sides(one: Traits, other: Traits) -> None:
    alike = likeness(one, other)
    assert alike == likeness(other, one)
    assert 0 <= alike.score <= 100
    assert likeness(one, one).nik
