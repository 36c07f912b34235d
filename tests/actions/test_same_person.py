"""One person written down twice: merged, told apart, taken back, on one laptop and on two."""

from pathlib import Path

import pytest

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.likely_twins import compare, merged_with, waiting_pairs
from kerjadesa.actions.list_workers import View, find, get, listed, look, totals
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.same_person import Decided, merge, tell_apart, undo_decision
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.status import status
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.hub.status import status as hub_status
from kerjadesa.store.projection import project
from tests.office_kit import Clock, District, opened, worker
from tests.two_laptops import colleague, swap

ROSMA = {"name": "Rosmawati Putri", "mother_name": "Salmah Contoh"}


def registered(office: Office, serial: int, **facts) -> str:
    """The id of a worker who has to be taken."""
    made = register(office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def twice(office: Office) -> tuple[str, str]:
    """One woman under two NIKs, the second of them mistyped."""
    first = registered(office, 1, **ROSMA, phone="0811")
    second = registered(office, 2, **ROSMA | {"name": "Rosmawti Putri"}, address="Jalan Contoh")
    return first, second


def going_on(office: Office, *workers: str) -> list[str]:
    """Those who are still registered."""
    return [one.id for one in listed(office, list(workers)) if not one.ended]


def test_whoever_resembles_another_waits_for_a_person(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        registered(office, 9, name="Buyung Rekaan")
        first, second = twice(office)
        [pair] = waiting_pairs(office)
        assert (pair.first, pair.second) == (first, second)
        assert status(office).twins == 1
        assert {one.id for one in look(office, View(to_decide=True)).workers} == {first, second}
        assert totals(office)[:2] == (3, 2)
        assert waiting_pairs(office, second) == [pair]
        both = compare(office, second, first)
        assert (both.left.id, both.right.id, both.kept) == (first, second, first)
        assert both.differs == ["nik", "name", "address", "phone"]
        assert (both.alike.birth, both.alike.mother) == ("equal", 100)


def test_merging_keeps_one_record_with_the_chosen_facts_and_counts_one_person(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        made = merge(office, first, second, ["nik", "address"])
        assert isinstance(made, Decided)
        assert made.changed == ("nik", "address")
        facts = get(office, first)
        assert facts is not None
        assert (facts.nik[-4:], facts.address, facts.phone) == ("0002", "Jalan Contoh", "0811")
        now = status(office)
        assert (now.workers, now.ended, now.waiting, now.twins) == (1, 0, 1, 0)
        assert [one.id for one in look(office, View()).workers] == [first]
        assert [one.id for one in look(office, View(order="newest")).workers] == [first]
        assert [one.id for one in find(office, "rosma")[0]] == [first]
        assert find(office, "rosmawti")[0] == []
        asked = look(office, View(ended=True)).workers
        assert [(one.id, one.ended) for one in asked] == [(second, "merged")]
        assert merged_with(office, second) == (first, [])
        assert merged_with(office, first) == ("", [second])


def test_undoing_a_merge_brings_everything_back(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        before = get(office, first), get(office, second)
        merge(office, first, second, ["nik", "address"])
        undo_decision(office, second, first)
        assert (get(office, first), get(office, second)) == before
        assert status(office).workers == 2
        assert len(waiting_pairs(office)) == 1
        assert merged_with(office, second) == ("", [])
        with pytest.raises(UserError, match="undo_superseded"):
            undo_decision(office, first, second)


def test_what_was_changed_after_a_merge_survives_its_undoing(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        merge(office, first, second, ["nik", "address"])
        assert isinstance(correct(office, first, {"address": "Jalan Lain"}), Corrected)
        undo_decision(office, first, second)
        facts = get(office, first)
        assert facts is not None
        assert (facts.nik[-4:], facts.address) == ("0001", "Jalan Lain")


def test_the_record_registered_later_can_be_the_one_that_stays(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        merge(office, second, first, ["name"])
        assert going_on(office, first, second) == [second]
        facts = get(office, second)
        assert facts is not None and facts.name == "Rosmawati Putri"


def test_two_people_are_not_asked_about_again_until_that_is_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        tell_apart(office, first, second)
        assert waiting_pairs(office) == []
        correct(office, first, {"phone": "0899"})
        assert waiting_pairs(office) == []
        assert going_on(office, first, second) == [first, second]
        undo_decision(office, first, second)
        assert len(waiting_pairs(office)) == 1


def test_a_nik_of_a_third_person_cannot_be_merged_in(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        with pytest.raises(UserError, match="worker_unknown"):
            merge(office, first, "nobody", [])
        with pytest.raises(UserError, match="worker_unknown"):
            merge(office, first, first, [])
        third = registered(office, 3, **ROSMA)
        merge(office, first, second, [])
        with pytest.raises(UserError, match="merge_kept_ended"):
            merge(office, second, third, [])


def test_two_laptops_that_keep_one_each_end_neither_person(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        first, second = twice(office)
        swap(tmp_path / "stick", office, other)
        merge(office, first, second, ["address"])
        merge(other, second, first, ["phone"])
        swap(tmp_path / "stick", office, other)
        for one in (office, other):
            assert going_on(one, first, second) == [first]
            assert status(one).workers == 1
            assert waiting_pairs(one) == []


def test_two_laptops_that_disagree_are_told_so_and_a_person_decides(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        first, second = twice(office)
        swap(tmp_path / "stick", office, other)
        merge(office, first, second, ["address"])
        tell_apart(other, first, second)
        swap(tmp_path / "stick", office, other)
        for one in (office, other):
            assert going_on(one, first, second) == [first, second]
            assert len(waiting_pairs(one)) == 1
            assert compare(one, first, second).outcome == "undecided"
        tell_apart(other, first, second)
        facts = get(other, first)
        assert facts is not None and facts.address == "", "what was taken is given back"
        swap(tmp_path / "stick", office, other)
        for one in (office, other):
            assert waiting_pairs(one) == []
            assert compare(one, first, second).outcome == "different"


def test_three_laptops_that_end_all_three_records_leave_a_task(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        one, two = twice(office)
        three = registered(office, 3, **ROSMA)
        swap(tmp_path / "stick", office, other)
        merge(office, two, one, [])
        merge(office, three, two, [])
        merge(other, one, three, [])
        swap(tmp_path / "stick", office, other)
        for laptop in (office, other):
            assert going_on(laptop, one, two, three) == []
            assert status(laptop).twins == 3
        merge(office, one, two, [])
        assert going_on(office, one, two, three) == [one]
        assert waiting_pairs(office) == []


def test_the_district_counts_a_merged_person_once(tmp_path: Path) -> None:
    district = District(tmp_path / "district")
    with (
        opened(tmp_path / "one", Clock()) as office,
        colleague(office, tmp_path, district) as other,
    ):
        first = registered(office, 1, **ROSMA)
        second = registered(other, 1, **ROSMA)
        stick = tmp_path / "stick"
        swap(stick, office, other)
        district.collect(stick)
        assert hub_status(district.hub).same_person == 1
        merge(office, first, second, [])
        send_to_folder(office, stick)
        district.collect(stick)
        now = hub_status(district.hub)
        assert (now.workers, now.same_person, now.refused) == (1, 0, 0)


def test_no_laptop_makes_somebody_vanish_into_a_record_nobody_has(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as office:
        ghost = "0" * 36
        victim = registered(office, 1)
        with office.store.unit(office.now()) as unit:
            body = {"other": ghost, "verdict": "same", "kept": ghost}
            project(unit, [unit.journal.append(verbs.LINKED, victim, body, "Petugas")])
        assert going_on(office, victim) == [victim]
        assert status(office).workers == 1
        assert merged_with(office, victim) == ("", [])


def test_a_merge_that_is_heard_of_before_the_record_that_stays_counts_once_it_is_there(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, Clock()) as office:
        first, second = twice(office)
        assert isinstance(merge(office, first, second, []), Decided)
        with office.store.unit(office.now()) as unit:
            # As on a laptop that has heard nothing of the first yet.
            unit.refold(sorted(unit.workers.refold({first: []}, unit.hub)))
        assert going_on(office, second) == [second]
        with office.store.unit(office.now()) as unit:
            unit.refold([first])
        assert going_on(office, first, second) == [first]
        assert status(office).workers == 1
