"""One journey through the whole life of a registration, on two laptops, a stick and a hub."""

import json
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.list_workers import find, get, page
from kerjadesa.actions.print_cards import PrintOptions, confirm_printed, render_cards
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.status import status
from kerjadesa.actions.verify_card import check_card
from kerjadesa.hub.status import status as hub_status
from tests.office_kit import Clock, District, opened, worker

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="THE SAMPLE WORKBOOKS ARE NOT HERE")
def test_a_village_goes_from_its_workbook_to_cards_and_a_receipt(tmp_path: Path) -> None:
    expected = json.loads((SAMPLES / "penduduk-muaro.expected.json").read_text())
    day = date.fromisoformat(expected["on"])
    workbook = SAMPLES / "penduduk-muaro.xlsx"
    stick = tmp_path / "stick"
    stick.mkdir()
    district = District(tmp_path / "district")

    with opened(tmp_path / "muaro") as office:
        report = import_workbook(office, workbook, day)
        assert (report.read, report.registered) == (expected["read"], expected["registered"])
        assert {str(n.row): n.code for n in report.refused} == expected["refused_rows"]
        codes = [note.code for note in report.warned]
        assert {code: codes.count(code) for code in codes} == expected["warned"]

        again = import_workbook(office, workbook, day)
        assert (again.registered, again.unchanged) == (0, expected["registered"])
        assert again.refused == report.refused

        by_hand = register(office, worker(1, name="Siti Contoh"))
        assert isinstance(by_hand, Registered)
        everybody = expected["registered"] + 1

        cards = render_cards(office, "Siti Contoh", PrintOptions("cr80"))
        assert cards.workers == [by_hand.id]
        assert confirm_printed(office, cards.cards) == 1

        assert enrol(office, district.invite()).status == "pending"
        assert status(office).waiting == everybody
        sent = send_to_folder(office, stick)
        assert sent.batches >= 1
        assert (status(office).sent, status(office).received) == (everybody, 0)

        outcome = district.collect(stick)
        assert not [o for o in outcome.outcomes if o.refused]
        assert hub_status(district.hub).workers == everybody

        received = receive_from_folder(office, stick)
        assert received.receipts == sent.batches
        now = status(office)
        assert (now.waiting, now.sent, now.received) == (0, 0, everybody)
        assert now.enrolled
        assert all(finding.ok for finding in check_house(office))


def test_two_laptops_of_a_drive_end_up_with_the_same_register(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    district = District(tmp_path / "district")
    clock = Clock()
    with opened(tmp_path / "one", clock) as one, opened(tmp_path / "two", clock) as two:
        first = register(one, worker(1))
        second = register(two, worker(2))
        assert isinstance(first, Registered)
        assert isinstance(second, Registered)
        for office in (one, two):
            enrol(office, district.invite())
            send_to_folder(office, stick)
        district.collect(stick)
        for office in (one, two):
            receive_from_folder(office, stick)
        # The second laptop's first batch was sealed before anybody knew it had a colleague.
        assert {w.name for w in page(one)} == {w.name for w in page(two)}
        assert status(one).workers == status(two).workers == 2

        # Both change the same fact unseen by each other.
        assert isinstance(correct(one, first.id, {"phone": "0811111111"}), Corrected)
        assert isinstance(correct(two, first.id, {"phone": "0822222222"}), Corrected)
        for office in (one, two):
            send_to_folder(office, stick)
        for office in (one, two):
            receive_from_folder(office, stick)
            assert status(office).undecided == 1
        newer = get(one, first.id)
        assert newer is not None
        assert newer.phone == "0822222222"

        # A person decides, and the decision reaches the colleague.
        assert isinstance(correct(one, first.id, {"phone": "0811111111"}), Corrected)
        assert status(one).undecided == 0
        send_to_folder(one, stick)
        receive_from_folder(two, stick)
        assert status(two).undecided == 0
        decided = get(two, first.id)
        assert decided is not None
        assert decided.phone == "0811111111"


def test_a_card_of_one_laptop_is_genuine_on_the_other_once_the_district_vouches(
    tmp_path: Path,
) -> None:
    import pypdfium2
    import zxingcpp

    stick = tmp_path / "stick"
    stick.mkdir()
    district = District(tmp_path / "district")
    clock = Clock()
    with opened(tmp_path / "one", clock) as one, opened(tmp_path / "two", clock) as two:
        registered = register(one, worker(1, name="Rosmawati Contoh"))
        assert isinstance(registered, Registered)
        pdf = render_cards(one, "", PrintOptions("cr80")).pdf
        picture = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
        text = zxingcpp.read_barcodes(picture)[0].text
        assert check_card(one, text, clock()).verdict.status == "genuine"
        assert check_card(two, text, clock()).verdict.status == "unknown_key"
        for office in (one, two):
            enrol(office, district.invite())
            send_to_folder(office, stick)
        district.collect(stick)
        receive_from_folder(two, stick)
        verdict = check_card(two, text, clock()).verdict
        assert verdict.status == "genuine"
        assert verdict.claims["fullName"] == "Rosmawati Contoh"
        assert verdict.claims["id"] == registered.card_number
        assert find(two, "Rosmawati")[0][0].card_number == registered.card_number
