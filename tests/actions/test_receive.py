"""What reaches a laptop from the district and from other laptops, honest or not."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import get, page, photo
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import render_cards
from kerjadesa.actions.receive import Received, receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.status import status
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import Invitation, read_invitation
from kerjadesa.exchange.keys import new_keyring
from tests.office_kit import MUARO, Clock, District, opened, worker
from tests.two_laptops import colleague, swap

TIMBULUN = "13.03.03.2001"


def registered(office: Office, serial: int, **facts: str) -> str:
    """The id of a worker who has to be taken."""
    made = register(office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def serve(office: Office, district: District, stick: Path) -> Received:
    """There and back by stick."""
    stick.mkdir(exist_ok=True)
    send_to_folder(office, stick)
    district.collect(stick)
    return receive_from_folder(office, stick)


def test_in_a_copied_register_nobody_is_received_because_the_original_sent(tmp_path: Path) -> None:
    district, clock = District(tmp_path / "district"), Clock()
    with opened(tmp_path / "original", clock) as office:
        enrol(office, district.invite())
        registered(office, 1)
        serve(office, district, tmp_path / "first")
    shutil.copytree(tmp_path / "original", tmp_path / "copy")
    with opened(tmp_path / "original", clock) as office:
        registered(office, 2)
        serve(office, district, tmp_path / "stick")
        assert status(office).received == 2
        assert all(finding.ok for finding in check_house(office))
    with opened(tmp_path / "copy", clock) as office:
        mine = registered(office, 3)
        heard = receive_from_folder(office, tmp_path / "stick")
        assert heard.refusals == ["batch_fork"]
        assert (status(office).waiting, status(office).received) == (1, 1)
        assert {w.id for w in page(office) if w.sync == "waiting"} == {mine}
        assert [finding.name for finding in check_house(office) if not finding.ok] == ["batches"]


def test_one_stick_for_two_laptops_and_another_village_brings_no_false_alarm(
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    district, clock = District(tmp_path / "district"), Clock()
    with (
        opened(tmp_path / "one", clock) as one,
        opened(tmp_path / "two", clock) as two,
        opened(tmp_path / "far", clock, TIMBULUN) as far,
    ):
        for serial, office in enumerate((one, two, far), start=1):
            registered(office, serial)
            enrol(office, district.invite(office.place.code))
            send_to_folder(office, stick)
        district.collect(stick)
        for office, workers in ((one, 2), (two, 2), (far, 1)):
            assert receive_from_folder(office, stick).refusals == []
            assert status(office).received == workers


def test_a_refusal_that_is_lifted_is_not_counted_as_one_less_than_none(tmp_path: Path) -> None:
    district, clock, stick = District(tmp_path / "district"), Clock(), tmp_path / "stick"
    with (
        opened(tmp_path / "far", clock, TIMBULUN) as far,
        opened(tmp_path / "one", clock) as office,
    ):
        for one in (far, office):
            enrol(one, district.invite(one.place.code))
        registered(far, 1)
        serve(far, district, stick)
        twice = registered(office, 1)
        assert serve(office, district, stick).refused == 1
        assert isinstance(correct(office, twice, {"nik": worker(2)["nik"]}, "typo"), Corrected)
        assert serve(office, district, stick).refused == 0
        assert status(office).refused == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"name": "Upik\x1b[2J"},
        {"name": " Upik"},
        {"birth_date": "0899-01-01"},
        {"programme": "P\u202e"},
        {"heirs": [{"name": "Anak\u0007"}]},
    ],
)
def test_a_forged_correction_hides_nobody_and_stops_no_printing(
    tmp_path: Path, forged: dict[str, object]
) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        upik = registered(office, 1)
        swap(tmp_path / "stick", office, other)
        with other.store.unit(other.now()) as unit:
            seen = {name: unit.journal.of_subjects([upik])[upik][0].id for name in forged}
            replaces = {name: [entry] for name, entry in seen.items()}
            unit.journal.append(
                verbs.CORRECTED, upik, {"set": forged, "replaces": replaces}, "Petugas"
            )
        swap(tmp_path / "stick", other, office)
        facts = get(office, upik)
        assert facts is not None
        assert (facts.name, facts.birth_date) == ("Upik Contoh 1", date(1985, 3, 1))
        assert render_cards(office).count == 1


def test_a_forged_programme_or_unborn_worker_stops_no_printing(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        upik = registered(office, 1)
        facts = get(office, upik)
        assert facts is not None
        programme = {"name": "Selamanya", "valid_from": "2026-01-01", "valid_until": "9999-12-31"}
        unborn = {**facts.model_dump(mode="json"), "birth_date": "2190-01-01"}
        with other.store.unit(other.now()) as unit:
            unit.journal.append_many(
                [
                    (
                        verbs.PROGRAMME_DECLARED,
                        facts.programme,
                        {"code": facts.programme, **programme},
                    ),
                    (verbs.REGISTERED, "unborn", unborn),
                ],
                "Petugas",
            )
        swap(tmp_path / "stick", other, office)
        assert status(office).workers == 2
        assert render_cards(office).workers == [upik]


def test_what_is_no_photo_is_not_kept_and_stops_no_printing(tmp_path: Path) -> None:
    with opened(tmp_path / "one", Clock()) as office, colleague(office, tmp_path) as other:
        for serial, jpeg in enumerate((portrait(1), b"\xff\xd8\xff no picture", b"GIF89a")):
            assert isinstance(register(other, worker(serial + 1), jpeg), Registered)
        swap(tmp_path / "stick", other, office)
        held = [photo(office, listed.id) for listed in page(office)]
        assert held == [portrait(1), None, None]
        assert render_cards(office).count == 3


def test_an_invitation_that_would_let_a_stranger_read_what_is_sent_is_refused(
    tmp_path: Path,
) -> None:
    district = District(tmp_path / "district")
    with opened(tmp_path / "one") as office:
        enrol(office, district.invite())
        serve(office, district, tmp_path / "stick")
        true = read_invitation(district.invite())
        mine = new_keyring().age_recipient
        false = Invitation(MUARO, true.code, true.minisign_public_key, mine, "")
        with pytest.raises(UserError, match="enrolled_elsewhere"):
            enrol(office, false.to_text())
        # A fresh one of the same district, with the hub's new address, is welcome.
        assert enrol(office, true.to_text()).status == "certified"
