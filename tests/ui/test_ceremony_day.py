"""The day of serah terima, held with keyboard and scanner alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from kerjadesa.actions import hand_over as day
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.hand_over import guests
from kerjadesa.actions.register import Registered, register
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.ui import hand_over_view
from kerjadesa.ui.beeps import wave
from kerjadesa.ui.theme import GRID
from tests.office_kit import worker
from tests.ui.ceremony_table import Table
from tests.ui.verify_states import card_of, issue_with_key_id, printed, row_of


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
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed", "who comes after all gets the card"


def test_one_enter_too_many_after_absent_leaves_the_card_on_the_table(table: Table) -> None:
    guest = table.people[0]
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_F7)
    table.press(Qt.Key.Key_Return)
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "absent"
    assert table.said == "Enter sekali lagi"
    assert "Dipanggil" in table.text
    table.press(Qt.Key.Key_Escape)
    table.press(Qt.Key.Key_Escape)
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed", "a card scanned again needs one Enter, as ever"


def test_who_was_absent_before_is_shown_so_again_when_the_hand_over_is_taken_back(
    table: Table,
) -> None:
    guest = table.people[0]
    table.scan(guest.seat)
    table.press(Qt.Key.Key_F7)
    table.press(Qt.Key.Key_Return)
    table.scan(guest.seat)
    table.press(Qt.Key.Key_Return)
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (table.said, table.now(guest).state) == ("Dibatalkan", "absent")
    assert "tidak hadir" in table.text


def test_a_card_nobody_recorded_as_printed_needs_a_second_enter_and_says_why(
    table: Table,
) -> None:
    guest = table.people[-1]
    table.scan(guest.seat)
    assert table.said == "Perhatikan"
    assert "belum tercatat dicetak" in table.text
    table.press(Qt.Key.Key_Return)
    assert table.said == "Enter sekali lagi"
    assert table.view.stage.person.band.property("tone") == "caution"
    assert table.now(guest).state == "waiting"
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed"


def test_a_card_in_the_hand_was_printed_whatever_this_laptop_recorded(table: Table) -> None:
    guest = table.people[-1]
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed"


def test_esc_keeps_the_name_of_a_scanned_card_and_lets_go_of_a_typed_one(table: Table) -> None:
    scanned, typed = table.people[:2]
    table.scan(table.code(scanned))
    table.press(Qt.Key.Key_Escape)
    table.scan(typed.seat)
    table.press(Qt.Key.Key_Escape)
    assert scanned.name in table.view.pending.text()
    assert typed.name not in table.view.pending.text()
    table.scan(scanned.seat)
    table.press(Qt.Key.Key_Escape)
    assert not table.view.pending.isVisible(), "typed and put away, the line is clear again"


def test_who_has_no_seat_or_is_dead_does_not_stay_on_the_amber_line(table: Table) -> None:
    made = register(table.office, worker(50, name="Datang Contoh", jorong="Tapian"))
    assert isinstance(made, Registered)
    end_enrolment(table.office, table.people[0].worker, "dead", date(2026, 11, 20))
    table.scan(made.card_number)
    table.scan(table.people[0].seat)
    table.scan(table.people[1].seat)
    assert not table.view.pending.isVisible()
    row = row_of(table.office, made.card_number)
    table.scan(card_of(row, table.office.keys, table.office.now()))
    table.scan(table.people[1].seat)
    assert "tanpa kursi  Datang Contoh" in table.view.pending.text(), "a card in the hand counts"


def test_long_jorong_names_are_read_whole_beside_the_scan_field(table: Table) -> None:
    table.view.resize(1366 - 48, 700)
    tally = table.view.tally
    room = tally.columnWidth(0)
    font = tally.font()
    font.setBold(True)
    for name in ("Padang Laweh", "Koto Baru Selatan"):
        assert QFontMetrics(font).horizontalAdvance(name) + 2 * GRID <= room


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


def test_an_enter_by_habit_after_ctrl_z_leaves_the_card_on_the_table(table: Table) -> None:
    guest = table.people[0]
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_Return)
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "waiting"
    assert table.said == "Enter sekali lagi"
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed", "who meant it presses once more"
    table.operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    table.scan(table.code(guest))
    table.press(Qt.Key.Key_Return)
    assert table.now(guest).state == "handed", "a card scanned again needs one Enter, as ever"


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
