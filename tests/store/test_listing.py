"""The list of workers: every filter and order, page by page, held against a plain walk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from kerjadesa.domain import entry as verbs
from kerjadesa.store import listing
from kerjadesa.store.listing import Order, View, key_of
from kerjadesa.store.projection import project
from kerjadesa.store.store import Store, Unit
from kerjadesa.store.workers import ListedRow
from tests.store.conftest import NOW, empty_register, register

PEOPLE = 40
ORDERS: dict[Order, Callable[[ListedRow], Any]] = {
    "name": lambda row: (row.name_key, row.number),
    "jorong": lambda row: (row.jorong, row.name_key, row.number),
    "birth_date": lambda row: (row.birth_date, row.name_key, row.number),
    "newest": lambda row: -row.number,
}
FILTERS: dict[str, tuple[View, Callable[[ListedRow], bool]]] = {
    "everybody": (View(), lambda _row: True),
    "jorong": (View(jorong="Pasar"), lambda row: row.jorong == "Pasar"),
    "no jorong": (View(jorong=""), lambda row: row.jorong == ""),
    "occupation": (View(occupation=9), lambda row: row.occupation == 9),
    "sex": (View(sex="M"), lambda row: row.sex == "M"),
    "age": (
        View(born_from=date(1980, 2, 1), born_until=date(1985, 1, 1)),
        lambda row: date(1980, 2, 1) <= row.birth_date <= date(1985, 1, 1),
    ),
    "programme": (View(programme="P1"), lambda row: row.programme == "P1"),
    "no programme": (View(programme=""), lambda row: row.programme == ""),
    "photo": (View(photo=True), lambda row: bool(row.photo)),
    "no photo": (View(photo=False), lambda row: not row.photo),
    "printed": (View(printed=True), lambda row: row.cards_printed > 0),
    "not printed": (View(printed=False), lambda row: row.cards_printed == 0),
    "ended": (View(ended=True), lambda row: bool(row.ended)),
    "going on": (View(ended=False), lambda row: not row.ended),
    "in conflict": (View(to_decide=True), lambda row: bool(row.conflicts)),
    "waiting": (View(sync="waiting"), lambda _row: True),
    "received": (View(sync="received"), lambda _row: False),
    "searched": (View("buyung"), lambda row: "Buyung" in row.name),
    "a letter": (View("b"), lambda row: row.name.startswith("B")),
    "searched men of Pasar": (
        View("buyung", jorong="Pasar", sex="M"),
        lambda row: "Buyung" in row.name and row.jorong == "Pasar" and row.sex == "M",
    ),
    "nobody": (View(occupation=88), lambda _row: False),
}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Forty people who differ in everything a list filters by; read, never written."""
    with empty_register(tmp_path_factory.mktemp("village")) as store:
        with store.unit(NOW) as unit:
            settle(unit)
        yield store


def settle(unit: Unit) -> None:
    for serial in range(1, PEOPLE + 1):
        register(
            unit,
            serial,
            name=f"{('Upik', 'Buyung', 'Ani')[serial % 3]} {serial % 7}",
            sex="M" if serial % 2 else "F",
            birth_date=f"{1970 + serial % 20}-0{serial % 9 + 1}-01",
            jorong=("Pasar", "Tapian", "")[serial % 3],
            occupation=serial % 10 or None,
            programme=("P1", "P2", "")[serial % 5 % 3],
            photo=f"{serial:064x}" if serial % 4 == 0 else "",
        )
        say(unit, serial, verbs.CARD_PRINTED, {"number": "X"}, serial % 6 == 0)
        say(unit, serial, verbs.ENDED, {"reason": "moved", "replaces": {}}, serial % 8 == 0)
        # Two endings that have not seen each other wait for a person.
        say(unit, serial, verbs.ENDED, {"reason": "died", "replaces": {}}, serial % 16 == 0)


def say(unit: Unit, serial: int, verb: str, values: dict[str, Any], really: bool) -> None:
    if really:
        project(unit, [unit.journal.append(verb, f"w{serial}", values, "Petugas Contoh")])


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("order", ORDERS)
def test_a_filtered_list_has_everybody_it_should_once_and_in_order(
    village: Store, name: str, order: Order
) -> None:
    view, fits = FILTERS[name]
    view = replace(view, order=order)
    with village.reading(NOW) as unit:
        everybody = unit.page(1000).rows
        expected = [row.id for row in sorted(filter(fits, everybody), key=ORDERS[order])]
        seen: list[ListedRow] = []
        after = None
        while True:
            page = unit.page(3, after, view)
            seen += page.rows
            if not page.more:
                break
            after = key_of(page.rows[-1], order)
        assert [row.id for row in seen] == expected
        assert unit.count(view) == len(expected)
        assert unit.ids(view) == expected
        assert [row.id for row in unit.listed(expected)] == expected


def test_no_filter_reads_the_rows_of_those_it_leaves_out(
    village: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every walk goes along an index that holds what is filtered by."""
    plans: list[str] = []
    ask = listing._ask

    def explained(session: Session, statement: str, values: dict[str, Any]) -> Any:
        plan = ask(session, f"EXPLAIN QUERY PLAN {statement}", values)
        plans.append(" / ".join(row[3] for row in plan))
        return ask(session, statement, values)

    monkeypatch.setattr(listing, "_ask", explained)
    with village.reading(NOW) as unit:
        for name, (view, _fits) in FILTERS.items():
            if not view.words and not view.to_decide:
                for order in ORDERS:
                    if name != "everybody" or order != "newest":
                        unit.page(3, None, replace(view, order=order))
    assert len(plans) > 60
    walks = [plan for plan in plans if "worker USING COVERING INDEX worker_by_" not in plan]
    assert walks == []


def test_a_broad_search_shows_some_and_says_so_a_filter_makes_it_exact(
    village: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 5)
    with village.reading(NOW) as unit:
        rough = unit.page(4, view=View("130304"))
        assert (len(rough.rows), rough.more, rough.rough) == (4, True, True)
        assert unit.count(View("130304")) is None
        exact = unit.page(4, view=View("130304", sex="M"))
        assert (len(exact.rows), exact.more, exact.rough) == (4, True, False)
        assert unit.count(View("130304", sex="M")) == PEOPLE // 2
        assert len(unit.ids(View("130304"))) == PEOPLE, "an export leaves nobody out"
