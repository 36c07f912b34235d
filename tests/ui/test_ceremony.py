"""Serah terima in the window: planned with the mouse, held with keyboard and scanner alone."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kerjadesa.actions import hand_over as day
from kerjadesa.actions.ceremonies import ceremonies
from kerjadesa.actions.hand_over import Guest, guests
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.ui import hand_over_view
from kerjadesa.ui.beeps import wave
from tests.office_kit import worker
from tests.ui.conftest import Operator
from tests.ui.verify_states import card_of, issue_with_key_id, printed, row_of

JORONG = ("Koto", "Tapian")


@pytest.fixture(autouse=True)
def patient_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test for the moment in which a scanner may send a second Enter."""
    monkeypatch.setattr(hand_over_view, "SECOND_ENTER", 0)


class Table:
    """The page with a planned ceremony of six, and a scanner."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        office = operator.window.office
        assert office is not None
        self.office: Office = office
        self.page = operator.go("ceremony")
        for serial in range(1, 7):
            made = register(office, worker(serial, jorong=JORONG[serial % 2]))
            assert isinstance(made, Registered)
        self.page.show_list()
        operator.wait(self.page.plan_new)
        self.page.plan.place.setText("Balai Nagari Muaro")
        operator.wait(self.page.plan.save)
        self.people = guests(office, self.page._open.id)
        self.page.begin()

    @property
    def view(self) -> Any:
        return self.page.day

    @property
    def said(self) -> str:
        """The word in the band."""
        return self.view.stage.person.word.text()

    @property
    def text(self) -> str:
        return self.view.stage.person.text.text()

    def code(self, guest: Guest, **changes: Any) -> str:
        """What the scanner reads off this guest's card."""
        row = row_of(self.office, guest.card_number)
        return card_of(row, self.office.keys, self.office.now().astimezone(UTC), **changes)

    def scan(self, text: str) -> None:
        """A scanner types the code and Enter into whatever has the focus."""
        self.operator.type(text)
        self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key) -> None:
        self.operator.press(key)

    def now(self, guest: Guest) -> Guest:
        """How the register has it."""
        found = {one.worker: one for one in guests(self.office, self.page._open.id)}
        return found[guest.worker]


@pytest.fixture
def table(operator: Operator) -> Iterator[Table]:
    yield Table(operator)


def test_a_first_visit_says_what_a_ceremony_is_for(operator: Operator) -> None:
    page = operator.go("ceremony")
    assert any("Rencanakan acaranya" in part.text() for part in page.findChildren(QLabel))
    assert operator.focus is page.first_button


def test_a_plan_counts_while_places_are_ticked_and_warns_of_missing_cards(table: Table) -> None:
    plan = table.page.plan
    table.operator.wait(table.page.plan_new)
    assert plan.counted.text().startswith("6 orang")
    assert "6 belum tercatat punya kartu" in plan.lacking.text
    plan.ticks["Koto"].setChecked(False)
    assert plan.counted.text().startswith("3 orang")


def test_a_plan_without_title_day_or_guests_is_not_saved(table: Table) -> None:
    plan = table.page.plan
    table.operator.wait(table.page.plan_new)
    plan.title.clear()
    plan.save()
    assert "judul" in plan.note.text
    plan.title.setText("Serah terima")
    plan.held_on.setText("31-02-2026")
    plan.save()
    assert "tanggal" in plan.note.text.casefold()
    plan.held_on.setText("20-11-2026")
    for tick in plan.ticks.values():
        tick.setChecked(False)
    plan.save()
    assert "undang" in plan.lacking.text
    assert len(ceremonies(table.office)) == 1


def test_a_plan_keeps_what_the_berita_acara_needs(table: Table) -> None:
    table.view.leave()
    table.operator.wait(table.page.plan_again)
    plan = table.page.plan
    plan.number.setText("140/12/2026")
    plan.basis.setPlainText("SK Wali Nagari Nomor 7\n\nPerna Nomor 3")
    plan.signers["handing"].name.setText("Contoh Penyerah")
    plan.signers["handing"].staff_number.setText("19700101 199503 1 001")
    plan.signers["handing"].on_behalf_of.setText("Pemerintah Kabupaten Sijunjung")
    plan.signers["first"].name.setText("Contoh Saksi")
    table.operator.wait(plan.save)
    (kept,) = ceremonies(table.office)
    assert kept.facts.legal_basis == ("SK Wali Nagari Nomor 7", "Perna Nomor 3")
    assert kept.facts.handing.staff_number == "197001011995031001"
    assert kept.facts.handing.on_behalf_of == "Pemerintah Kabupaten Sijunjung"
    assert [one.name for one in kept.facts.witnesses] == ["Contoh Saksi"]
    assert kept.count == 6


def test_a_scan_shows_the_owner_and_enter_hands_the_card_over(table: Table) -> None:
    guest = table.people[0]
    table.scan(table.code(guest))
    assert table.view.stage.person.name.text() == guest.name
    assert table.view.stage.person.seat.text() == "A-1"
    assert table.now(guest).state == "waiting"
    table.press(Qt.Key.Key_Return)
    assert table.said == "Diserahkan"
    assert table.now(guest).state == "handed"
    assert "1 diserahkan" in table.view.count.text()


def test_two_scans_after_each_other_hand_nothing_over_and_say_who_waits(table: Table) -> None:
    first, second = table.people[:2]
    table.scan(table.code(first))
    table.scan(table.code(second))
    assert table.now(first).state == table.now(second).state == "waiting"
    assert first.name in table.view.pending.text()
    table.press(Qt.Key.Key_Return)
    assert table.now(second).state == "handed"
    assert table.now(first).state == "waiting"
    table.scan(table.code(first))
    assert not table.view.pending.isVisible()


def test_a_scanner_that_sends_enter_twice_hands_nothing_over(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over_view, "SECOND_ENTER", 60_000)
    table.scan(table.code(table.people[0]))
    table.press(Qt.Key.Key_Return)
    assert table.now(table.people[0]).state == "waiting"


def test_a_second_scan_says_when_by_whom_and_to_whom(table: Table) -> None:
    guest = table.people[0]
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_Return)
    table.scan(table.code(guest))
    assert table.said == "Sudah diserahkan"
    assert "Petugas Contoh" in table.text and "laptop ini" in table.text
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).times == 1


def test_a_proxy_is_asked_for_by_keys_alone_and_the_nik_is_masked(table: Table) -> None:
    guest = table.people[0]
    table.scan(guest.seat)
    table.press(Qt.Key.Key_F6)
    for words in ("Buyung Contoh", "Anak", "1303044103850002"):
        table.scan(words)
    proxy = table.now(guest).proxy
    assert proxy is not None
    assert (proxy.name, proxy.relation, proxy.nik_masked) == (
        "Buyung Contoh", "Anak", "130304••••••0002"
    )  # fmt: skip
    assert table.operator.focus is table.view.field


@pytest.mark.parametrize("key", [Qt.Key.Key_F6, Qt.Key.Key_F7])
def test_a_card_scanned_into_a_question_answers_nothing(table: Table, key: Qt.Key) -> None:
    first, second = table.people[:2]
    table.scan(first.seat)
    table.press(key)
    table.scan(table.code(second))
    assert {table.now(first).state, table.now(second).state} == {"waiting"}
    asked = table.view.stage.proxy if key == Qt.Key.Key_F6 else table.view.stage.absent
    assert "kode kartu" in asked.note.text
    table.press(Qt.Key.Key_Escape)
    table.scan(table.code(second))
    assert table.view.guest.worker == second.worker


def test_absent_with_a_reason_by_the_arrow_keys(table: Table) -> None:
    guest = table.people[0]
    table.scan(guest.seat)
    table.press(Qt.Key.Key_F7)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Down)
    table.scan("dirawat di rumah")
    called = table.now(guest)
    assert (called.state, called.reason, called.note) == ("absent", "ill", "dirawat di rumah")
    assert table.said == "Tidak hadir"
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed", "who comes after all gets the card"


def test_ctrl_z_takes_back_what_was_written_last_or_what_is_on_show(table: Table) -> None:
    first, second, third = table.people[:3]
    for guest in (first, second):
        table.scan(guest.seat)
        table.press(Qt.Key.Key_Return)
    table.scan(third.seat)
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert table.now(second).state == "waiting", "the last one"
    assert third.name in table.view.pending.text()
    table.scan(first.seat)
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert table.now(first).state == "waiting", "the one on show"


def test_the_last_one_is_known_even_where_the_clock_was_set_back(table: Table) -> None:
    clock: Any = table.office.now
    for guest in table.people[:3]:
        table.scan(guest.seat)
        table.press(Qt.Key.Key_Return)
        clock.at -= timedelta(days=1)
    table.press(Qt.Key.Key_Escape)
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert table.view.guest.worker == table.people[2].worker


def test_the_keys_fit_beside_each_other_and_say_themselves_once(table: Table) -> None:
    assert table.view.minimumSizeHint().width() <= 1366 - 48
    assert [made.text().count("·") for made in table.view.buttons] == [1] * 5


def test_whoever_was_served_last_is_found_again_in_a_list(table: Table) -> None:
    for guest in table.people[:2]:
        table.scan(guest.seat)
        table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_F5)
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    assert table.view.guest.worker == table.people[0].worker


def test_who_is_left_in_a_jorong_is_called_out_from_a_list(table: Table) -> None:
    table.scan("A-1")
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_F8)
    picks = table.view.stage.picks
    assert (picks.title.text(), picks.list.count()) == ("Koto: sisa 2", 2)
    table.press(Qt.Key.Key_Right)
    assert picks.title.text() == "Tapian: sisa 3"
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    assert table.view.guest.seat == "B-2"


def test_part_of_a_name_is_enough_without_a_scanner(table: Table) -> None:
    table.scan("contoh")
    picks = table.view.stage.picks
    assert picks.isVisible() and picks.list.count() == 6
    table.press(Qt.Key.Key_Down)
    table.press(Qt.Key.Key_Return)
    assert table.view.guest is not None and not picks.isVisible()
    assert table.now(table.view.guest).state == "waiting"


def test_forged_replaced_and_unknown_cards_are_red_and_say_why(table: Table) -> None:
    guest = table.people[0]
    row, keys = row_of(table.office, guest.card_number), table.office.keys
    table.scan(issue_with_key_id(row, new_keyring(), keys.key_id, table.office.now()))
    assert table.said == "Kartu palsu"
    assert table.view.stage.person.band.property("tone") == "bad"
    printed(table.office, row)
    printed(table.office, row, 2)
    table.scan(table.code(guest))
    assert table.said == "Kartu lama"
    table.scan("1303042001-K7Q2MX-0001-H")
    assert table.said == "Tidak dikenal di sini"
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "waiting"


def test_who_is_not_in_the_plan_is_served_after_a_second_enter(table: Table) -> None:
    made = register(table.office, worker(50, name="Datang Contoh", jorong="Tapian"))
    assert isinstance(made, Registered)
    table.scan(made.card_number)
    assert table.said == "Tanpa kursi"
    table.press(Qt.Key.Key_Return)
    assert table.said == "Enter sekali lagi"
    assert made.id not in {one.worker for one in guests(table.office, table.page._open.id)}
    table.press(Qt.Key.Key_Return)
    assert table.said == "Diserahkan"


def test_a_later_card_printed_by_the_other_laptop_is_handed_over_as_that_card(
    table: Table,
) -> None:
    guest = table.people[0]
    table.scan(guest.seat)
    table.press(Qt.Key.Key_Return)
    table.scan(table.code(guest, issue=2))
    assert table.said == "Belum diserahkan", "the new card is still on the table"
    table.press(Qt.Key.Key_Return)
    assert (table.now(guest).state, table.now(guest).handed_issue) == ("handed", 2)


def test_the_day_goes_on_where_the_power_cut_it_off(table: Table) -> None:
    table.scan("A-1")
    table.press(Qt.Key.Key_Return)
    from kerjadesa.ui.desk import Desk

    # Another desk on the same register, as after a start: nothing was said to the old one.
    again = Desk(table.office, table.operator.window.lane)
    again.show()
    table.operator.wait(lambda: again.go("ceremony"))
    assert again.page("ceremony").day.isVisible()
    assert "1 diserahkan" in again.page("ceremony").day.count.text()
    again.deleteLater()


def test_leaving_the_day_says_who_was_scanned_and_not_served(table: Table) -> None:
    table.scan("A-1")
    table.operator.wait(table.view.leave)
    assert table.people[0].name in table.page.frame.banner.text


def test_the_whole_window_belongs_to_the_day_and_is_given_back(table: Table) -> None:
    rail = table.operator.desk._rail_part
    assert not rail.isVisible()
    table.operator.go("home")
    assert rail.isVisible()


def test_papers_are_saved_with_one_click(table: Table, tmp_path: Path) -> None:
    from kerjadesa.actions.ceremony_papers import AFTER, BEFORE

    table.operator.wait(table.view.leave)
    overview = table.page.overview
    for papers, name in ((BEFORE, "before"), (AFTER, "after")):
        table.operator.wait(lambda papers=papers, name=name: overview.save_all(
            papers, tmp_path / name))  # fmt: skip
        written = sorted((tmp_path / name).iterdir())
        assert len(written) == len(papers)
        assert all(path.read_bytes().startswith(b"%PDF") for path in written)
        assert "tersimpan" in table.page.frame.banner.text


def test_a_card_handed_over_twice_is_a_line_to_look_at(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    table.operator.wait(table.view.leave)
    twice = [replace(table.people[0], state="handed", times=2, at=table.office.now())]
    table.page.overview.show_ceremony(table.page._open, twice)
    assert table.people[0].name in table.page.overview.twice.text


def test_text_on_the_day_can_be_read_from_two_metres(table: Table) -> None:
    table.scan("A-1")
    person = table.view.stage.person
    assert person.name.font().pixelSize() >= 40
    shown = [part for part in table.view.findChildren(QLabel) if part.isVisible() and part.text()]
    assert min(part.font().pixelSize() for part in shown) >= 22


def test_sounds_are_off_until_wanted_and_then_remembered(table: Table) -> None:
    assert not table.view.beeps.wanted
    table.press(Qt.Key.Key_F9)
    assert hand_over_view.HandOverView(table.page._around, lambda _text: None).beeps.wanted
    assert len(wave(440.0, 0.1)) == 2 * 2205


def test_the_day_needs_no_mouse(table: Table) -> None:
    table.scan("A-1")
    table.press(Qt.Key.Key_F8)
    table.press(Qt.Key.Key_F8)
    table.press(Qt.Key.Key_F6)
    table.press(Qt.Key.Key_Escape)
    assert table.operator.focus is table.view.field
    assert day.find_guests(table.office, table.page._open.id, "A-1")[0].state == "waiting"


def test_a_workers_page_says_where_the_card_is(table: Table) -> None:
    first, second, third = table.people[:3]
    table.scan(first.seat)
    table.press(Qt.Key.Key_Return)
    table.scan(second.seat)
    table.press(Qt.Key.Key_F7)
    table.press(Qt.Key.Key_Return)
    page = table.operator.go("worker", worker=first.worker)
    said = {part.text() for part in page.findChildren(QLabel)}
    assert any(text.startswith("Sudah diserahkan. Pada 20 November 2026") for text in said)
    assert "Kartu diserahkan" in said, "in the history"
    table.operator.go("worker", worker=second.worker)
    assert any("tanpa keterangan" in part.text() for part in page.findChildren(QLabel))
    table.operator.go("worker", worker=third.worker)
    assert not page._handed.isVisible()
