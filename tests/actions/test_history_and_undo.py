"""Who changed what, and taking back one's own last change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import end_enrolment, resume_enrolment
from kerjadesa.actions.history import Event, history_of
from kerjadesa.actions.list_workers import View, get, look, page
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import render_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.undo_change import undo_change
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.hub.status import status as hub_status
from tests.office_kit import District, opened, worker
from tests.two_laptops import colleague, swap

DAY = date(2026, 11, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "home") as opened_office:
        yield opened_office


def registered(office: Office, serial: int = 1, **facts: str) -> str:
    made = register(office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def corrected(office: Office, subject: str, reason: str = "", **changes: str) -> str:
    made = correct(office, subject, changes, reason)
    assert isinstance(made, Corrected)
    return newest(office, subject).entry


def newest(office: Office, subject: str) -> Event:
    return history_of(office, subject)[0]


def test_history_says_who_changed_what_from_what_to_what_and_why(office: Office) -> None:
    upik = registered(office, jorong="Tapian")
    corrected(office, upik, "salah dengar", jorong="Pasar", phone="0811")
    last, first = history_of(office, upik)
    assert (first.verb, first.changes) == (verbs.REGISTERED, ())
    assert (last.operator, last.here, last.reason) == ("Petugas Contoh", True, "salah dengar")
    assert {(c.fact, c.before, c.after) for c in last.changes} == {
        ("jorong", "Tapian", "Pasar"),
        ("phone", None, "0811"),
    }
    assert last.undoable and not first.undoable


def test_a_correction_is_undone_by_a_new_entry_and_can_be_done_again(office: Office) -> None:
    upik = registered(office, jorong="Tapian")
    entry = corrected(office, upik, jorong="Pasar", phone="0811")
    undo = undo_change(office, upik, entry)
    facts = get(office, upik)
    assert facts is not None
    assert (facts.jorong, facts.phone) == ("Tapian", "")
    assert len(history_of(office, upik)) == 3, "nothing is struck out"
    assert newest(office, upik).undoes
    undo_change(office, upik, undo)
    facts = get(office, upik)
    assert facts is not None
    assert (facts.jorong, facts.phone) == ("Pasar", "0811")


def test_what_was_changed_since_is_not_undone(office: Office) -> None:
    upik = registered(office)
    first = corrected(office, upik, phone="0811")
    corrected(office, upik, phone="0822")
    with pytest.raises(UserError, match="undo_superseded"):
        undo_change(office, upik, first)
    facts = get(office, upik)
    assert facts is not None and facts.phone == "0822"


def test_a_nik_that_somebody_else_has_by_now_does_not_come_back(office: Office) -> None:
    upik = registered(office, 1)
    entry = corrected(office, upik, "typo", nik="1303044103850007")
    registered(office, 1)
    with pytest.raises(UserError, match="undo_nik_taken"):
        undo_change(office, upik, entry)


def test_whoever_has_left_stays_in_the_list_and_gets_no_card(office: Office) -> None:
    upik, buyung = registered(office, 1), registered(office, 2)
    entry = end_enrolment(office, upik, "moved", DAY)
    assert isinstance(entry, str)
    assert {listed.id: listed.ended for listed in page(office)} == {upik: "moved", buyung: ""}
    assert [one.id for one in look(office, View(ended=True)).workers] == [upik]
    assert render_cards(office).workers == [buyung]
    assert (newest(office, upik).reason, newest(office, upik).on) == ("moved", DAY)
    undo = undo_change(office, upik, entry)
    assert len(render_cards(office).workers) == 2
    undo_change(office, upik, undo)
    assert (newest(office, upik).reason, newest(office, upik).on) == ("moved", DAY)
    assert resume_enrolment(office, upik)
    assert resume_enrolment(office, upik) == "", "there is nothing left to lift"
    assert [listed.ended for listed in page(office)] == ["", ""]


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 11, 21), "end_date_ahead"), (date(1985, 2, 28), "end_date_before_birth")],
)
def test_a_day_on_which_nobody_can_have_left_is_said(office: Office, day: date, code: str) -> None:
    upik = registered(office)
    assert end_enrolment(office, upik, "died", day) == Problem("ended_on", code)
    assert [listed.ended for listed in page(office)] == [""]


def test_an_ending_that_meets_a_correction_stays_visible_on_both_laptops(
    office: Office, tmp_path: Path
) -> None:
    upik = registered(office)
    with colleague(office, tmp_path) as other:
        swap(tmp_path / "stick", office, other)
        ended = end_enrolment(office, upik, "died", DAY)
        assert isinstance(ended, str)
        corrected(other, upik, jorong="Pasar")
        swap(tmp_path / "stick", office, other)
        for one in (office, other):
            (listed,) = page(one)
            assert (listed.ended, listed.jorong, listed.conflicts) == ("died", "Pasar", False)
        there = next(event for event in history_of(other, upik) if event.entry == ended)
        assert not there.here
        assert not there.undoable
        with pytest.raises(UserError, match="undo_superseded"):
            undo_change(other, upik, ended)
        undo_change(office, upik, ended)
        swap(tmp_path / "stick", office, other)
        assert [listed.ended for listed in page(other)] == [""]


def test_the_district_counts_a_worker_again_whose_ending_was_lifted(
    office: Office, tmp_path: Path
) -> None:
    district = District(tmp_path / "district")
    upik = registered(office)
    with colleague(office, tmp_path, district) as other:
        stick = tmp_path / "stick"
        swap(stick, office, other)
        for act, count in (("end", 0), ("lift", 1)):
            if act == "end":
                ended = end_enrolment(office, upik, "segment", DAY)
                assert isinstance(ended, str)
            else:
                undo_change(office, upik, ended)
            swap(stick, office, other)
            district.collect(stick)
            assert hub_status(district.hub).workers == count
