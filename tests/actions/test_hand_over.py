"""The ceremony: plan, scan, hand over, absent, undo, two laptops."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kerjadesa.actions import ceremonies, hand_over
from kerjadesa.actions.ceremonies import invitable, plan_ceremony, seat, with_latecomers
from kerjadesa.actions.ceremony_papers import AFTER, render_paper, write_papers
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.hand_over import (
    Guest,
    find_guests,
    guests,
    mark_absent,
    tallies,
    undo_handover,
)
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import PrintOptions, render_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.ceremony import CeremonyFacts, Signer
from kerjadesa.domain.handover import Proxy
from kerjadesa.domain.problem import UserError
from tests.office_kit import opened, worker

DESA = "13.73.01.2007"
HELD_ON = date(2026, 11, 20)
KOTO = ("Koto 2", "Koto 10", "Tapian")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "office") as office:
        yield office


def registered(office: Office, count: int) -> list[str]:
    """Invented workers, spread over three jorong."""
    made = []
    for serial in range(1, count + 1):
        answer = register(office, worker(serial, jorong=KOTO[serial % 3]))
        assert isinstance(answer, Registered)
        made.append(answer.id)
    return made


def planned(office: Office, **more: Any) -> str:
    """A ceremony for everybody."""
    groups = seat(office, None, [place.jorong for place in invitable(office)])
    return plan_ceremony(
        office, CeremonyFacts(title="Serah terima", held_on=HELD_ON, groups=groups, **more)
    )


def find_guest(office: Office, ceremony: str, text: str) -> Guest:
    """The one guest that this text stands for."""
    (found,) = find_guests(office, ceremony, text)
    return found


def refusal(call: Any, *arguments: Any) -> str:
    """The code of the error this call raises."""
    with pytest.raises(UserError) as caught:
        call(*arguments)
    return caught.value.code


def test_people_sit_by_jorong_and_name_as_a_list_is_read(office: Office) -> None:
    registered(office, 9)
    plan = ceremonies.ceremony(office, planned(office))
    assert [group.name for group in plan.facts.groups] == ["Koto 2", "Koto 10", "Tapian"]
    assert [guest.seat for guest in guests(office, plan.id)][:4] == ["A-1", "A-2", "A-3", "B-1"]


def test_who_left_is_not_invited(office: Office) -> None:
    first, *_ = registered(office, 3)
    end_enrolment(office, first, "dead", HELD_ON)
    assert first not in {w for g in seat(office, None, KOTO) for w in g.workers}


def test_an_empty_plan_is_no_plan(office: Office) -> None:
    facts = CeremonyFacts(title="Serah terima", held_on=HELD_ON, groups=())
    assert refusal(plan_ceremony, office, facts) == "ceremony_empty"


def test_latecomers_sit_behind_the_others_and_nobody_loses_a_printed_seat(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    before = {guest.worker: guest.seat for guest in guests(office, ceremony)}
    late = register(office, worker(50, name="Aaa Contoh", jorong="Tapian"))
    assert isinstance(late, Registered)
    facts = with_latecomers(ceremonies.ceremony(office, ceremony).facts, seat(office, None, KOTO))
    plan_ceremony(office, facts, ceremony)
    after = {guest.worker: guest.seat for guest in guests(office, ceremony)}
    assert {w: after[w] for w in before} == before
    assert after[late.id] == "C-2"
    assert len(ceremonies.ceremonies(office)) == 1


def test_a_scanned_card_shows_its_owner_and_enter_hands_it_over_once(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    guest = guests(office, ceremony)[0]
    found = find_guest(office, ceremony, guest.card_number.lower())
    assert (found.worker, found.state, found.seat) == (guest.worker, "waiting", "A-1")
    given = hand_over.hand_over(office, ceremony, guest.worker)
    assert given.state == "handed" and given.at is not None
    assert given.operator == office.operator
    again = find_guest(office, ceremony, guest.card_number)
    assert (again.state, again.at) == ("handed", given.at)
    assert refusal(hand_over.hand_over, office, ceremony, guest.worker) == "card_already_handed"
    assert refusal(mark_absent, office, ceremony, guest.worker, "ill") == "card_already_handed"


def test_a_seat_number_finds_its_guest(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    assert find_guest(office, ceremony, " b 1 ").seat == "B-1"
    assert refusal(find_guest, office, ceremony, "Z-9") == "seat_unknown"


def test_the_card_of_somebody_unknown_here_is_told_apart_from_a_forged_one(
    office: Office, tmp_path: Path
) -> None:
    registered(office, 3)
    ceremony = planned(office)
    assert refusal(find_guest, office, ceremony, "1303042001-K7Q2MX-0001-H") == "card_not_here"
    assert refusal(find_guest, office, ceremony, "https://contoh.id") == "card_unreadable"


def test_a_proxy_is_named_and_an_absence_gives_way_to_the_hand_over(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    guest = guests(office, ceremony)[0]
    called = mark_absent(office, ceremony, guest.worker, "ill", "  dirawat \n di rumah ")
    assert (called.state, called.note) == ("absent", "dirawat di rumah")
    proxy = Proxy(name="Buyung Contoh", relation="anak", nik_masked="130304••••••0002")
    given = hand_over.hand_over(office, ceremony, guest.worker, proxy)
    assert (given.state, given.proxy, given.times) == ("handed", proxy, 1)


def test_a_hand_over_taken_back_leaves_the_card_on_the_table(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    guest = guests(office, ceremony)[0]
    hand_over.hand_over(office, ceremony, guest.worker)
    back = undo_handover(office, ceremony, guest.worker)
    assert back.state == "waiting" and back.at is None


def test_a_hand_over_taken_back_keeps_the_absence_it_replaced(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    guest = guests(office, ceremony)[0]
    mark_absent(office, ceremony, guest.worker, "ill", "dirawat di rumah")
    hand_over.hand_over(office, ceremony, guest.worker)
    back = undo_handover(office, ceremony, guest.worker)
    assert (back.state, back.reason, back.note) == ("absent", "ill", "dirawat di rumah")
    assert undo_handover(office, ceremony, guest.worker).state == "waiting", "the absence itself"


def test_an_absence_of_an_earlier_ceremony_does_not_come_back(office: Office) -> None:
    registered(office, 3)
    earlier, ceremony = planned(office), planned(office)
    guest = guests(office, ceremony)[0]
    mark_absent(office, earlier, guest.worker, "ill")
    hand_over.hand_over(office, ceremony, guest.worker)
    assert undo_handover(office, ceremony, guest.worker).state == "waiting"


def test_counts_per_jorong_add_up(office: Office) -> None:
    registered(office, 9)
    ceremony = planned(office)
    first, second, third, *_ = guests(office, ceremony)
    hand_over.hand_over(office, ceremony, first.worker)
    hand_over.hand_over(office, ceremony, second.worker, Proxy(name="Contoh", relation="anak"))
    mark_absent(office, ceremony, third.worker, "travelling")
    late = register(office, worker(50, jorong="Tapian"))
    assert isinstance(late, Registered)
    hand_over.hand_over(office, ceremony, late.id)
    plan = ceremonies.ceremony(office, ceremony)
    counts = {tally.name: tally for tally in tallies(plan, guests(office, ceremony))}
    koto, tapian = counts["Koto 2"], counts["Tapian"]
    assert (koto.planned, koto.direct, koto.proxy, koto.absent) == (3, 1, 1, 1)
    assert (koto.handed, koto.remaining) == (2, 1)
    assert (tapian.planned, tapian.extra, tapian.handed, tapian.remaining) == (3, 1, 1, 3)


def test_part_of_a_name_finds_those_with_a_seat_first(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    late = register(office, worker(50, name="Aaa Contoh", jorong="Tapian"))
    assert isinstance(late, Registered)
    found = find_guests(office, ceremony, "contoh")
    assert [bool(guest.seat) for guest in found] == [True, True, True, False]
    assert refusal(find_guests, office, ceremony, "bukan siapa-siapa") == "guest_unknown"


def test_who_has_left_the_programme_is_pointed_out_before_the_card_changes_hands(
    office: Office,
) -> None:
    first, *_ = registered(office, 3)
    ceremony = planned(office)
    end_enrolment(office, first, "moved", HELD_ON)
    found = next(guest for guest in guests(office, ceremony) if guest.worker == first)
    assert [caution.code for caution in found.cautions] == ["card_enrolment_ended"]


def test_a_later_card_than_this_laptop_knows_of_waits_for_its_owner_again(office: Office) -> None:
    registered(office, 3)
    ceremony = planned(office)
    guest = guests(office, ceremony)[0]
    hand_over.hand_over(office, ceremony, guest.worker)
    again = hand_over.hand_over(office, ceremony, guest.worker, issue=2)
    assert (again.handed_issue, again.times) == (2, 1)


def test_papers_say_on_what_rules_and_for_whom_they_are_signed(
    office: Office, tmp_path: Path
) -> None:
    registered(office, 3)
    ceremony = planned(
        office,
        legal_basis=("Keputusan Wali Nagari Muaro Nomor 7 Tahun 2026",),
        handing=Signer(name="Contoh Penyerah", on_behalf_of="Pemerintah Kabupaten Sijunjung"),
    )
    text = words_of(render_paper(office, ceremony, "record"))
    assert "Keputusan Wali Nagari Muaro Nomor 7 Tahun 2026" in text
    assert "Pemerintah Kabupaten Sijunjung" in text
    assert "Kantor Wali Nagari Muaro" in text


def test_a_desa_is_divided_into_dusun_on_paper(tmp_path: Path) -> None:
    with opened(tmp_path / "desa", nagari=DESA) as office:
        made = register(office, worker(1, jorong="Rantih"))
        assert isinstance(made, Registered)
        text = words_of(render_paper(office, planned(office), "roster"))
        assert "Dusun Rantih" in text and "Jorong Rantih" not in text


def test_progress_of_all_papers_counts_people_on_each(office: Office, tmp_path: Path) -> None:
    registered(office, 9)
    told: list[tuple[int, int | None]] = []
    written = write_papers(
        office, planned(office), AFTER, tmp_path, lambda done, whole: told.append((done, whole))
    )
    assert [path.name for path in written] == [
        "1-berita-acara.pdf", "2-daftar-hadir.pdf", "3-sisa-kartu.pdf"
    ]  # fmt: skip
    assert told[-1] == (27, 27)
    assert [done for done, _whole in told] == sorted(done for done, _whole in told)


def test_cards_are_printed_in_the_order_of_the_seats(office: Office) -> None:
    registered(office, 9)
    ceremony = planned(office)
    late = register(office, worker(50, name="Aaa Contoh", jorong="Koto 2"))
    assert isinstance(late, Registered)
    groups = seat(office, None, KOTO)
    plan_ceremony(
        office, with_latecomers(ceremonies.ceremony(office, ceremony).facts, groups), ceremony
    )
    order = [guest.worker for guest in guests(office, ceremony)]
    cards = render_cards(office, options=PrintOptions(order="given"), only=order)
    assert cards.workers == order
    cards.close()


def words_of(pdf: bytes) -> str:
    """All that a paper says, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
