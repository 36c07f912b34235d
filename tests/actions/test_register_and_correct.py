"""Registering and correcting: what lands, what is refused, what is never lost."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import find, get, page, photo
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.problem import Problem, UserError
from tests.office_kit import START, Clock, opened, worker


def registered(office, serial: int, **changes) -> Registered:
    """A worker who has to be taken."""
    outcome = register(office, worker(serial, **changes))
    assert isinstance(outcome, Registered)
    return outcome


def codes(problems) -> list[str]:
    """The codes of a refusal."""
    assert isinstance(problems, list)
    return [problem.code for problem in problems]


def test_a_registered_worker_is_found_again_after_closing(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1, name="Rosmawati Contoh", heirs=[{"name": "Anak Contoh"}])
    with opened(tmp_path) as office:
        facts = get(office, made.id)
        assert facts is not None
        assert facts.name == "Rosmawati Contoh"
        assert facts.heirs[0].name == "Anak Contoh"
        assert facts.nagari == office.place.code
        assert facts.programme == "1N100PR"
        assert find(office, "mawati")[0][0].id == made.id


def test_a_known_nik_leads_to_the_worker_who_has_it(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        first = registered(office, 1)
        refusal = register(office, worker(1, name="Orang Lain"))
        assert refusal == [Problem("nik", "already_registered", {"worker": first.id})]
        assert len(page(office)) == 1


def test_every_problem_of_a_form_is_told_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        refusal = register(office, {"nik": "123", "name": " ", "birth_date": "31-02-1990"})
        assert set(codes(refusal)) >= {"nik_length", "name_missing", "birth_date_invalid"}


def test_warnings_never_keep_a_worker_out(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1, birth_date="1986-03-01", sex="M", occupation="5", kk="12")
        assert {note.code for note in made.warnings} == {
            "birth_date_differs",
            "sex_differs",
            "job_formal",
            "kk_length",
        }


def test_a_misread_card_or_phone_never_wipes_the_good_one(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1, kk="1303040102030405", phone="0812")
        short = correct(office, made.id, {"kk": "130304010203040", "phone": "a@b.id"})
        assert set(codes(short)) == {"kk_length", "phone_unreadable"}
        assert correct(office, made.id, {"kk": "1303", "name": ""}) == [
            Problem("name", "name_missing"),
            Problem("kk", "kk_length"),
        ]
        stands = get(office, made.id)
        assert (stands.kk, stands.phone) == ("1303040102030405", "0812")
        emptied = correct(office, made.id, {"kk": "", "phone": None})
        assert isinstance(emptied, Corrected)
        assert get(office, made.id).kk == ""


def test_two_laptops_never_give_out_the_same_card_number(tmp_path: Path) -> None:
    numbers = []
    for name in ("one", "two"):
        with opened(tmp_path / name) as office:
            numbers += [registered(office, serial).card_number for serial in range(1, 6)]
    assert len(set(numbers)) == 10


def test_a_correction_keeps_the_card_number_and_the_rest(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1, phone="0811")
        outcome = correct(office, made.id, {"name": "Upik Betul", "jorong": "Pasar"}, "salah ketik")
        assert isinstance(outcome, Corrected)
        assert set(outcome.changed) == {"name", "jorong"}
        row = page(office)[0]
        assert (row.name, row.jorong, row.card_number) == ("Upik Betul", "Pasar", made.card_number)
        assert get(office, made.id).phone == "0811"


def test_a_correction_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1)
        with office.store.reading(START) as unit:
            before = unit.journal.vector()
        assert correct(office, made.id, {"name": "Upik Contoh 1"}) == Corrected(made.id, [], [])
        with office.store.reading(START) as unit:
            assert unit.journal.vector() == before


def test_a_fact_can_be_emptied_again(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = registered(office, 1, phone="0811")
        correct(office, made.id, {"phone": ""})
        assert get(office, made.id).phone == ""


def test_a_nik_cannot_be_corrected_into_somebody_elses(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        first, second = registered(office, 1), registered(office, 2)
        refusal = correct(office, second.id, {"nik": worker(1)["nik"]})
        assert refusal == [Problem("nik", "already_registered", {"worker": first.id})]


@pytest.mark.parametrize("serial", [1, 3], ids=["of somebody else", "without a reason"])
def test_a_refused_correction_leaves_no_face_that_belongs_to_nobody(
    tmp_path: Path, serial: int
) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        made = registered(office, 2)
        face = portrait(1)
        refused = correct(office, made.id, {"nik": worker(serial)["nik"]}, photo=face)
        assert isinstance(refused, list)
        with office.store.reading(office.now()) as unit:
            assert unit.photo(hashlib.sha256(face).hexdigest()) is None
        assert photo(office, made.id) is None


def test_whoever_grew_too_old_since_can_still_be_corrected(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock) as office:
        made = registered(office, 1, birth_date="1961-12-01")
        clock.at = clock.at.replace(year=2027)
        outcome = correct(office, made.id, {"phone": "0812"})
        assert isinstance(outcome, Corrected)
        assert get(office, made.id).birth_date == date(1961, 12, 1)
        assert codes(correct(office, made.id, {"birth_date": "1950-01-01"})) == ["too_old"]


def test_correcting_somebody_unknown_is_an_error_a_person_can_read(tmp_path: Path) -> None:
    with opened(tmp_path) as office, pytest.raises(UserError, match="worker_unknown"):
        correct(office, "nobody", {"name": "Siapa"})


def test_a_photo_comes_back_byte_by_byte(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        outcome = register(office, worker(1), photo=b"\xff\xd8 invented")
        assert isinstance(outcome, Registered)
        assert photo(office, outcome.id) == b"\xff\xd8 invented"
