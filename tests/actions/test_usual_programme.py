"""Next year's programme is declared in time, and new workers go into it from the day one says."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kerjadesa.actions.declare_programme import (
    correct_programme,
    declared,
    doubts,
    make_usual,
    new_programme,
)
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.list_workers import get
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.usual_programme import (
    Ending,
    known_programmes,
    next_programme,
    usual_ending,
    usual_programme,
)
from kerjadesa.domain.problem import UserError
from tests.office_kit import Clock, opened, worker
from tests.two_laptops import colleague, swap

NEXT_YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def registered(office: Office, serial: int) -> str:
    made = register(office, worker(serial))
    assert isinstance(made, Registered)
    facts = get(office, made.id)
    assert facts is not None
    return facts.programme


def entries(office: Office) -> int:
    with office.store.reading(office.now()) as unit:
        return unit.journal.next_seq() - 1


def test_next_years_programme_takes_new_workers_from_the_day_it_is_made_the_usual_one(
    tmp_path: Path,
) -> None:
    with opened(tmp_path / "home") as office:
        before = usual_programme(office)
        made = new_programme(office, " Pekerja  Rentan 2027 ", "", *NEXT_YEAR)
        assert (made.code, made.name, made.payer) == (
            "PR2027",
            "Pekerja Rentan 2027",
            "Nagari Muaro",
        )
        assert registered(office, 1) == before
        make_usual(office, made.code)
        assert registered(office, 2) == made.code
        now = {one.facts.code: (one.workers, one.usual) for one in known_programmes(office)}
        assert now == {before: (1, False), made.code: (1, True)}


def test_a_new_programme_may_be_the_usual_one_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        made = new_programme(office, "Pekerja Rentan 2027", "APB Nagari", *NEXT_YEAR, usual=True)
        assert made.payer == "APB Nagari"
        assert registered(office, 1) == made.code


def test_a_programme_that_nobody_could_use_is_neither_written_nor_chosen(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        before, written = usual_programme(office), entries(office)
        first, last = NEXT_YEAR
        for name, since, until in (
            ("", first, last),
            ("\u200b", first, last),
            ("x" * 81, first, last),
            ("Terbalik", last, first),
            ("Kelak", first, date(2999, 12, 31)),
        ):
            with pytest.raises(UserError, match="programme_invalid"):
                new_programme(office, name, "", since, until)
        over = (date(2025, 1, 1), date(2025, 12, 31))
        with pytest.raises(UserError, match="programme_ended"):
            new_programme(office, "Tahun lalu", "", *over, usual=True)
        with pytest.raises(UserError, match="programme_unknown"):
            make_usual(office, "TIDAKADA")
        assert entries(office) == written
        assert usual_programme(office) == before
        past = new_programme(office, "Tahun lalu", "", *over)
        with pytest.raises(UserError, match="programme_ended"):
            make_usual(office, past.code)


def test_the_same_name_and_overlapping_days_are_pointed_out_and_not_refused(
    tmp_path: Path,
) -> None:
    with opened(tmp_path / "home") as office:
        (known,) = declared(office)
        days = (known.valid_until, NEXT_YEAR[1])
        codes = [problem.code for problem in doubts(office, known.name.upper(), *days)]
        assert codes == ["programme_same_name", "programme_overlaps"]
        assert doubts(office, "Petani 2027", *NEXT_YEAR) == []
        assert doubts(office, known.name, *days, but=known.code) == []
        made = new_programme(office, known.name, "", *days)
        assert made.code == f"{known.code}-2"
        assert {facts.code for facts in declared(office)} == {known.code, made.code}


def test_who_has_ended_is_not_counted_in_a_programme(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        made = [register(office, worker(serial)) for serial in (1, 2)]
        assert isinstance(made[0], Registered)
        end_enrolment(office, made[0].id, "moved", office.today)
        assert [one.workers for one in known_programmes(office)] == [1]


def test_an_ending_programme_is_told_of_a_month_before_and_until_another_takes_its_place(
    tmp_path: Path,
) -> None:
    clock = Clock()
    with opened(tmp_path / "home", clock) as office:
        last = date(2026, 12, 31)
        correct_programme(office, usual_programme(office), valid_until=last)
        clock.at = datetime(2026, 11, 30, 5, tzinfo=UTC)
        assert usual_ending(office) is None
        clock.at = datetime(2026, 12, 1, 5, tzinfo=UTC)
        assert usual_ending(office) == Ending(last, over=False, other=False)
        clock.at = datetime(2027, 1, 1, 5, tzinfo=UTC)
        assert usual_ending(office) == Ending(last, over=True, other=False)
        made = new_programme(office, "Pekerja Rentan 2027", "", *NEXT_YEAR)
        assert usual_ending(office) == Ending(last, over=True, other=True)
        clock.at = datetime(2026, 12, 31, 5, tzinfo=UTC)
        assert usual_ending(office) is None, "the next one is there, and this is its last day"
        make_usual(office, made.code)
        clock.at = datetime(2027, 1, 1, 5, tzinfo=UTC)
        assert usual_ending(office) is None


def test_what_is_offered_next_needs_no_typing(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        offered = next_programme(office)
        made = new_programme(
            office, offered.name, offered.payer, offered.valid_from, offered.valid_until
        )
        assert made == offered
        assert made.name == "1 Nagari 100 Pekerja Rentan 2027"


def test_a_programme_travels_and_each_laptop_chooses_its_usual_one(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as office, colleague(office, tmp_path) as other:
        before = usual_programme(other)
        made = new_programme(office, "Pekerja Rentan 2027", "", *NEXT_YEAR, usual=True)
        twin = new_programme(other, "Pekerja Rentan 2027", "", *NEXT_YEAR)
        assert twin.code == made.code, "declared on both before they met"
        swap(tmp_path / "stick", office, other)
        assert declared(office) == declared(other)
        assert len(declared(office)) == 2
        assert usual_programme(other) == before
        make_usual(other, made.code)
        assert registered(other, 1) == made.code
