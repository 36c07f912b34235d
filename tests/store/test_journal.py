"""The journal on disk: one's own chain, and what others wrote."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.clock import DAY_MS, Stamp
from kerjadesa.domain.entry import ChainBroken, Entry, verify_chain, write
from kerjadesa.store.store import Store, open_store
from tests.domain.said import Laptop, body
from tests.store.conftest import KEY, NOW, OWN, register

WALL = int(NOW.timestamp() * 1000)


def colleague(count: int = 4) -> list[Entry]:
    """A colleague's chain."""
    laptop = Laptop("c" * 20, at=WALL - 5000)
    for serial in range(1, count + 1):
        laptop.register(f"c{serial}", nik=f"130304410385{serial + 100:04d}")
    return laptop.entries


def test_what_is_written_reads_back_entry_by_entry_as_one_chain(store: Store) -> None:
    with store.unit(NOW) as unit:
        written = [register(unit, serial) for serial in (1, 2)]
    with store.unit(NOW) as unit:
        written.append(register(unit, 3))
    with store.reading(NOW) as unit:
        held = unit.journal.run(OWN, 1, 99)
        assert held == written
        assert verify_chain(held) == written[-1].hash
        assert unit.journal.vector() == {OWN: 3}
        assert unit.journal.of_subjects(["w2", "nobody"]) == {"w2": [written[1]], "nobody": []}


def test_every_entry_has_a_salt_of_its_own(store: Store) -> None:
    with store.unit(NOW) as unit:
        entries = unit.journal.append_many([(verbs.ENDED, "w", {"reason": "x"})] * 5, "op")
    assert len({entry.salt for entry in entries}) == 5
    assert {len(entry.salt or b"") for entry in entries} == {16}


def test_a_clock_set_back_keeps_the_order_of_what_was_written(store: Store) -> None:
    with store.unit(NOW) as unit:
        first = register(unit, 1)
    with store.unit(NOW - timedelta(days=400)) as unit:
        second = register(unit, 2)
        assert unit.journal.last_stamp() == Stamp.parse(second.hlc)
    assert second.hlc > first.hlc


def test_a_colleagues_run_is_taken_in_once_however_often_it_comes(store: Store) -> None:
    entries = colleague()
    with store.unit(NOW) as unit:
        assert unit.journal.take_in(entries[:2]) == entries[:2]
        assert unit.journal.take_in(entries[:2]) == []
        assert unit.journal.take_in(entries[1:]) == entries[2:]
        assert unit.journal.take_in([]) == []
        assert unit.journal.vector() == {"c" * 20: 4}


def test_a_gap_in_a_chain_is_refused(store: Store) -> None:
    entries = colleague()
    for run in (entries[1:], entries[2:]):
        with pytest.raises(ChainBroken), store.unit(NOW) as unit:
            unit.journal.take_in(run)
    with store.unit(NOW) as unit:
        unit.journal.take_in(entries[:1])
    with pytest.raises(ChainBroken), store.unit(NOW) as unit:
        unit.journal.take_in(entries[2:])
    with store.reading(NOW) as unit:
        assert unit.journal.vector() == {"c" * 20: 1}


def test_a_copied_laptop_that_writes_under_the_old_name_is_found(store: Store) -> None:
    original, copy = Laptop("c" * 20), Laptop("c" * 20)
    for laptop in (original, copy):
        laptop.register("c1")
    original.register("c2")
    copy.register("c3")
    with store.unit(NOW) as unit:
        unit.journal.take_in(original.entries)
    for run in (copy.entries, copy.entries[1:]):
        with pytest.raises(ChainBroken), store.unit(NOW) as unit:
            unit.journal.take_in(run)
    with store.reading(NOW) as unit:
        assert unit.journal.run("c" * 20, 1, 9) == original.entries


def test_a_changed_entry_is_refused_and_nothing_of_its_run_stays(store: Store) -> None:
    entries = colleague()
    entries[3] = replace(entries[3], operator="Orang Lain")
    with pytest.raises(ChainBroken), store.unit(NOW) as unit:
        unit.journal.take_in(entries)
    with store.reading(NOW) as unit:
        assert unit.journal.vector() == {}


def test_a_run_with_entries_of_two_devices_is_refused(store: Store) -> None:
    first = colleague(1)[0]
    forged = write(
        device=OWN,
        seq=2,
        hlc=first.hlc,
        operator="op",
        verb=verbs.REGISTERED,
        subject="x",
        values=body(),
        salt=bytes(16),
        prev=first.hash,
    )
    with pytest.raises(ChainBroken), store.unit(NOW) as unit:
        unit.journal.take_in([first, forged])


def test_what_was_heard_moves_ones_own_clock_and_a_far_future_only_a_day(store: Store) -> None:
    soon, far = Laptop("c" * 20, at=WALL + 5000), Laptop("d" * 20, at=WALL + 40 * DAY_MS)
    with store.unit(NOW) as unit:
        unit.journal.take_in([soon.register("c1")])
        assert register(unit, 1).hlc > soon.entries[0].hlc
    with store.unit(NOW) as unit:
        unit.journal.take_in([far.register("d1")])
        after = Stamp.parse(register(unit, 2).hlc)
    assert WALL + DAY_MS <= after.milliseconds <= WALL + DAY_MS + 1
    with store.unit(NOW + timedelta(days=3)) as unit:
        assert Stamp.parse(register(unit, 3).hlc).milliseconds == WALL + 3 * DAY_MS + DAY_MS


def test_money_with_a_fraction_is_never_written(store: Store) -> None:
    with pytest.raises(ValueError), store.unit(NOW) as unit:
        unit.journal.append(verbs.REGISTERED, "w1", {"income_base": 1.5}, "op")
    with store.reading(NOW) as unit:
        assert unit.journal.vector() == {}


def test_a_database_without_a_device_writes_no_nameless_chain(tmp_path: object) -> None:
    fresh = open_store(tmp_path / "fresh.db", KEY, tmp_path)  # type: ignore[operator,arg-type]
    with pytest.raises(ValueError), fresh.unit(NOW) as unit:
        unit.journal.append(verbs.ENDED, "w1", {"reason": "x"}, "op")
    fresh.close()
