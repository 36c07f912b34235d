"""Search as one types."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from kerjadesa.store.store import Store
from tests.store.conftest import NOW, empty_register, register

PEOPLE = {
    1: {"name": "Siti Nur'aini", "jorong": "Tapian Nanto", "kk": "1303040101200001"},
    2: {"name": "Émi Zulfahmi", "jorong": "Ganting"},
    3: {"name": "Al-Amin Bin Zul", "jorong": "Ganting"},
    4: {"name": "AND OR NOT NEAR", "jorong": "Pasar"},
    5: {"name": "Om", "jorong": "Pasar"},
}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Five people with names that trip a search up; read, never written."""
    with empty_register(tmp_path_factory.mktemp("village")) as store:
        with store.unit(NOW) as unit:
            for serial, facts in PEOPLE.items():
                register(unit, serial, **facts)
        yield store


def found(store: Store, words: str, limit: int = 200) -> list[int]:
    """Serials of the workers found."""
    with store.reading(NOW) as unit:
        return sorted(int(row.id[1:]) for row in unit.search(words, limit)[0])


@pytest.mark.parametrize(
    ("words", "serials"),
    [
        ("siti", [1]),
        ("SITI", [1]),
        ("iti", [1]),
        ("nur'aini", [1]),
        ("siti tapian", [1]),
        ("tapian siti", [1]),
        ("siti ganting", []),
        ("zul", [2, 3]),
        ("emi", [2]),
        ("émi", [2]),
        ("e\u0301mi", [2]),
        ("al-amin", [3]),
        ("ganting", [2, 3]),
        ("0003", [3]),
        ("1303044103850002", [2]),
        ("130304", [1, 2, 3, 4, 5]),
        ("0101200001", [1]),
        ("om", [5]),
        ("o", [5]),
        ("si", [1]),
        ("ti", []),
        ("em", [2]),
        ("ém", [2]),
        ("al bi", [3]),
        ("zul al", [3]),
        ("xyz", []),
        ("", []),
        ("   ", []),
    ],
)
def test_any_part_of_a_name_or_number_finds_the_worker(
    village: Store, words: str, serials: list[int]
) -> None:
    assert found(village, words) == serials


@pytest.mark.parametrize(
    ("words", "serials"),
    [
        ("AND OR NOT", [4]),
        ("near", [4]),
        ('"siti"', []),
        ('sit"', []),
        ("siti*", []),
        ("name:siti", []),
        ("siti) OR (zul", []),
        ("{name}: siti", []),
        ("^siti", []),
        ("siti\x00", [1]),
        ("si\x00ti", [1]),
        ("\u200esiti", [1]),
        ("siti\ud800", [1]),
        ("100%", []),
        ("___", []),
        ("'; DROP TABLE worker; --", []),
    ],
)
def test_what_is_an_operator_elsewhere_is_only_text_here(
    village: Store, words: str, serials: list[int]
) -> None:
    assert found(village, words) == serials
    assert found(village, "130304") == [1, 2, 3, 4, 5]


@given(st.text(max_size=30))
@example("%")
@example('"')
@example("a \x00 b")
@settings(max_examples=150)
def test_no_text_typed_stops_the_search(village: Store, words: str) -> None:
    assert set(found(village, words)) <= set(PEOPLE)


def test_more_hits_than_anybody_reads_are_cut_off_and_said_so(village: Store) -> None:
    with village.reading(NOW) as unit:
        rows, more = unit.search("130304", limit=3)
        assert (len(rows), more) == (3, True)
        rows, more = unit.search("130304", limit=5)
        assert (len(rows), more) == (5, False)
        assert [row.name_key for row in rows] == sorted(row.name_key for row in rows)


def plan(store: Store, statement: str) -> str:
    """How SQLite means to answer."""
    with store.reading(NOW) as unit:
        rows = unit.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
        return " | ".join(str(row[3]) for row in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM worker ORDER BY name_key, number LIMIT 200",
        "SELECT * FROM worker WHERE (name_key, number) > ('m', 1) ORDER BY name_key, number",
        "SELECT * FROM worker ORDER BY jorong, name_key, number",
        "SELECT * FROM worker WHERE nik = 'x'",
        "SELECT count(*) FROM worker WHERE worker.decision = 'refused'",
        "SELECT count(*) FROM worker WHERE worker.conflicts <> ''",
        "SELECT nik FROM worker GROUP BY nik HAVING count(*) > 1",
        "SELECT max(seq) FROM entry WHERE device = 'x'",
        "SELECT * FROM entry WHERE subject IN ('a', 'b')",
    ],
)
def test_a_hundred_thousand_workers_are_not_walked_through(store: Store, statement: str) -> None:
    how = plan(store, statement)
    assert "INDEX" in how and "TEMP B-TREE" not in how, how
