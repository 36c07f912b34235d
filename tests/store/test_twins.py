"""Pairs kept true step by step are the pairs that seeking all anew finds."""

import random
from pathlib import Path

import pytest

from kerjadesa.actions.invent import people
from kerjadesa.actions.register import check_draft
from kerjadesa.domain import entry as verbs
from kerjadesa.domain import likeness
from kerjadesa.domain.worker import to_body
from kerjadesa.store import seek_twins, twins
from kerjadesa.store.projection import project
from kerjadesa.store.store import Store, Unit
from tests.domain.said import HUB, Laptop
from tests.office_kit import START, opened
from tests.store.conftest import NOW, register

NAMES = ("Rosmawati", "Rosmawti", "M. Yusuf", "Muhammad Jusuf", "Budi")
DAYS = ("1985-03-01", "1985-01-03", "1985-03-11", "1985-07-09")
ACTS = ("register", "correct", "correct", "correct", "same", "different", "erase")
MOTHERS = ("", "Salmah", "Halimah")


def pairs(unit: Unit) -> list[tuple[int, int, int]]:
    """What the table holds."""
    rows = unit.session.connection().exec_driver_sql(
        "SELECT first, second, score FROM likely_twin ORDER BY first, second"
    )
    return [tuple(row) for row in rows]


def assert_as_sought_anew(unit: Unit) -> int:
    """Compares the table with one sought from nothing; returns how many pairs there are."""
    held = pairs(unit)
    unit.unset("likeness")
    unit.session.connection().exec_driver_sql("DELETE FROM likely_twin")
    seek_all(unit)
    assert pairs(unit) == held
    return len(held)


def seek_all(unit: Unit) -> int:
    """The whole search; returns how many steps it took."""
    steps = 0
    while step := seek_twins.next_step(unit.session):
        seek_twins.keep(unit.session, step)
        steps += 1
    return steps


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_pairs_are_those_of_a_fresh_search(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    hub, most = Laptop(f"{HUB}.13.03.04.2001"), 0
    with store.unit(NOW) as unit:
        for step in range(100):
            serial, other = (f"w{chance.randrange(1, 16)}" for _ in range(2))
            act = chance.choice(ACTS)
            known = unit.workers.by_id(serial) is not None
            facts = {
                "name": chance.choice(NAMES),
                "birth_date": chance.choice(DAYS),
                "mother_name": chance.choice(MOTHERS),
            }
            if act == "register" and not known:
                register(unit, int(serial[1:]), **facts)
            elif act == "correct" and known:
                said(unit, verbs.CORRECTED, serial, {"set": facts, "replaces": {}})
            elif act in {"same", "different"} and known and other != serial:
                link(unit, serial, other, act, chance.choice((serial, other)))
            elif act == "erase" and step % 20 == 0:
                project(unit, unit.journal.take_in([hub.say(verbs.ERASED, {}, serial)]))
            if step % 10 == 9:
                most = max(most, assert_as_sought_anew(unit))
    assert most >= 2


def said(unit: Unit, verb: str, worker: str, values: dict) -> str:
    """One more entry of this laptop."""
    entry = unit.journal.append(verb, worker, values, "Petugas Contoh")
    project(unit, [entry])
    return entry.id


def link(unit: Unit, one: str, other: str, verdict: str, kept: str) -> None:
    """A decision on two records, as if nothing had been said of them before."""
    body = {"verdict": verdict, **({"kept": kept} if verdict == "same" else {})}
    first = said(unit, verbs.LINKED, one, {"other": other, **body})
    said(unit, verbs.LINKED, other, {"other": one, "decision": first, **body})


def test_an_import_finds_whom_it_resembles(tmp_path: Path) -> None:
    with opened(tmp_path) as office, office.store.unit(START) as unit:
        drafts = list(people("13.03.04", 60, START.date(), 0))
        # The last digit mistyped.
        again = [{**d, "nik": f"{d['nik'][:15]}{int(d['nik'][15]) % 9 + 1}"} for d in drafts]
        for batch in (drafts, again):
            bodies = [to_body(check_draft(office, draft)[0]) for draft in batch]
            entries = unit.journal.append_many(
                ((verbs.REGISTERED, f"w{body['nik']}", body) for body in bodies), "op"
            )
            unit.seek_twins(unit.project_new(entries))
        assert assert_as_sought_anew(unit) >= 50


def test_new_rules_seek_the_pairs_of_an_old_register_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.unit(NOW) as unit:
        register(unit, 1)
        register(unit, 2)
        seek_all(unit)
        unit.session.connection().exec_driver_sql("DELETE FROM likely_twin")
        assert seek_twins.percent(unit.session) is None
        assert seek_all(unit) == len(pairs(unit)) == 0
        monkeypatch.setattr(likeness, "VERSION", likeness.VERSION + 1)
        assert seek_twins.percent(unit.session) == 0
        # What other rules found stands until the search is through, and no longer.
        register(unit, 3, name="Lain Sama Sekali")
        unit.session.connection().exec_driver_sql("INSERT INTO likely_twin VALUES (1, 3, 90)")
        assert seek_all(unit)
        assert [pair[:2] for pair in pairs(unit)] == [(1, 2)]


@pytest.mark.parametrize("seed", range(3))
def test_registering_goes_on_while_pairs_are_sought_over_many_days(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(seek_twins, "_CHUNK", 3)
    chance = random.Random(seed)

    def facts() -> dict:
        return {
            "name": chance.choice(NAMES),
            "birth_date": chance.choice(DAYS),
            "mother_name": chance.choice(MOTHERS),
        }

    with store.unit(NOW) as unit:
        for number in range(1, 20):
            register(unit, number, **facts())
        unit.session.connection().exec_driver_sql("DELETE FROM likely_twin")
    said_so_far, steps, number = [], 0, 20
    while True:
        # Found in one transaction, kept in another: in between somebody writes.
        with store.reading(NOW) as unit:
            step = seek_twins.next_step(unit.session)
        if step is None:
            break
        with store.unit(NOW) as unit:
            register(unit, number, **facts())
            worker = f"w{chance.randrange(1, number)}"
            said(unit, verbs.CORRECTED, worker, {"set": facts(), "replaces": {}})
            seek_twins.keep(unit.session, step)
            # Another program that took the same step changes nothing.
            seek_twins.keep(unit.session, step)
            said_so_far.append(seek_twins.percent(unit.session))
        steps, number = steps + 1, number + 1
    assert steps > 8
    done = [part for part in said_so_far if part is not None]
    assert len(done) == steps - 1 and done[-1] > 60
    with store.unit(NOW) as unit:
        assert assert_as_sought_anew(unit) > 10


def test_a_list_with_one_birth_date_for_everybody_is_not_a_thousand_pairs(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "_CROWD", 5)
    with store.unit(NOW) as unit:
        for serial in range(1, 6):
            register(unit, serial, birth_date="1970-01-01")
        found = len(pairs(unit))
        assert found > 0
        register(unit, 6, birth_date="1970-01-01")
        assert len(pairs(unit)) == found
