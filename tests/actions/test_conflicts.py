"""Two laptops say different things of one worker: both words are kept until a person decides."""

from pathlib import Path

from kerjadesa.actions.conflicts import conflicts_of, photo_said
from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import View, get, look, page, totals
from kerjadesa.actions.register import Registered, register
from tests.office_kit import Clock, opened, worker
from tests.two_laptops import colleague, disagree, swap


def registered(office, serial: int, **facts) -> str:
    """The id of a worker who has to be taken."""
    made = register(office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def test_both_words_are_shown_with_who_said_them_when_and_where(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office:
        upik = registered(office, 1, phone="0811")
        assert conflicts_of(office, upik) == []
        disagree(office, tmp_path, upik, {"phone": "0822"}, {"phone": "0833"})
        [conflict] = conflicts_of(office, upik)
        theirs, ours = conflict.values
        assert (conflict.field, conflict.decided_here) == ("phone", True)
        assert (theirs.value, theirs.here, theirs.displayed) == ("0833", False, True)
        assert (ours.value, ours.here, ours.displayed) == ("0822", True, False)
        assert ours.device == page(office)[0].card_number.split("-")[1]
        assert theirs.device != ours.device
        assert theirs.operator == ours.operator == "Petugas Contoh"
        assert ours.at < theirs.at <= office.now()


def test_deciding_one_fact_leaves_the_other_open_and_reaches_the_colleague(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        upik = registered(office, 1)
        swap(tmp_path / "stick", office, other)
        for one, jorong in ((office, "Pasar"), (other, "Bukit")):
            heirs = [{"name": f"Anak {jorong}", "relation": "Anak"}]
            facts = {"birth_date": "1985-03-02", "jorong": jorong, "heirs": heirs}
            assert isinstance(correct(one, upik, facts), Corrected)
        swap(tmp_path / "stick", office, other)
        conflicts = conflicts_of(office, upik)
        # Both typed the same birth date, so nobody is asked about it.
        assert [conflict.field for conflict in conflicts] == ["jorong", "heirs"]
        for conflict in conflicts:
            ours = next(said for said in conflict.values if said.here)
            decided = correct(office, upik, {conflict.field: ours.value})
            assert isinstance(decided, Corrected)
            assert decided.changed == [conflict.field]
        assert conflicts_of(office, upik) == []
        swap(tmp_path / "stick", office, other)
        assert conflicts_of(other, upik) == []
        facts = get(other, upik)
        assert facts is not None
        assert (facts.jorong, facts.heirs[0].name) == ("Pasar", "Anak Pasar")


def test_poverty_status_said_twice_alike_still_waits_for_a_person(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office:
        upik = registered(office, 1)
        disagree(office, tmp_path, upik, {"poverty_decile": 2}, {"poverty_decile": 2})
        [conflict] = conflicts_of(office, upik)
        assert [said.value for said in conflict.values] == [2, 2]
        assert isinstance(correct(office, upik, {"poverty_decile": 2}), Corrected)
        assert conflicts_of(office, upik) == []


def test_two_photos_of_one_worker_can_both_be_looked_at(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        upik = registered(office, 1)
        swap(tmp_path / "stick", office, other)
        for one, jpeg in ((office, portrait(1)), (other, portrait(2))):
            assert isinstance(correct(one, upik, {}, photo=jpeg), Corrected)
        swap(tmp_path / "stick", office, other)
        [conflict] = conflicts_of(office, upik)
        pictures = [photo_said(office, said.value) for said in conflict.values]
        assert pictures == [portrait(2), portrait(1)]
        assert photo_said(office, "0" * 64) is None
        ours = conflict.values[1].value
        assert isinstance(correct(office, upik, {"photo": ours}), Corrected)
        assert conflicts_of(office, upik) == []


def test_the_list_can_show_only_those_who_wait_for_a_person(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        calm, torn = registered(office, 1), registered(office, 2, name="Buyung Rekaan")
        swap(tmp_path / "stick", office, other)
        assert totals(office)[:2] == (2, 0)
        assert isinstance(correct(office, torn, {"phone": "0811"}), Corrected)
        assert isinstance(correct(other, torn, {"phone": "0822"}), Corrected)
        # The same person, registered on both laptops before they met again.
        twins = {registered(office, 3), registered(other, 3)}
        swap(tmp_path / "stick", office, other)
        waiting = page(office, to_decide=True)
        assert {listed.id for listed in waiting} == {torn, *twins}
        assert {listed.id for listed in waiting if listed.twin} == twins
        only = View(to_decide=True)
        assert look(office, only, 1, waiting[1].key).workers == [waiting[2]]
        assert [one.id for one in look(office, View("buyung", to_decide=True)).workers] == [torn]
        found = look(office, View("upik", to_decide=True)).workers
        assert calm not in {listed.id for listed in found}
        assert totals(office)[:2] == (4, 3)
