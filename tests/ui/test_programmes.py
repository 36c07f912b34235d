"""An officer corrects a programme and declares next year's in the window, by keyboard."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from kerjadesa.actions.declare_programme import declared, new_programme
from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import PrintOptions, confirm_printed, render_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.usual_programme import usual_programme
from kerjadesa.ui import window
from kerjadesa.ui.programme_dialog import ProgrammeDialog
from kerjadesa.ui.programme_panel import ProgrammePanel
from kerjadesa.ui.theme import DARK, LIGHT
from tests.office_kit import Clock, worker
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier
NEXT_YEAR = (date(2027, 1, 1), date(2027, 12, 31))
DECEMBER = datetime(2026, 12, 10, 5, tzinfo=UTC)
JANUARY = datetime(2027, 1, 10, 5, tzinfo=UTC)


def office_of(operator: Operator) -> Office:
    assert operator.window.office is not None
    return operator.window.office


def wind(operator: Operator, moment: datetime) -> None:
    clock = office_of(operator).now
    assert isinstance(clock, Clock)
    clock.at = moment


def dialog_of(operator: Operator) -> ProgrammeDialog:
    box = QApplication.activeModalWidget()
    assert isinstance(box, ProgrammeDialog)
    box.activateWindow()
    operator.bot.waitUntil(box.isActiveWindow)
    return box


def rows(panel: ProgrammePanel) -> list[list[str]]:
    table = panel.table
    return [
        [item.text() for place in range(table.columnCount()) if (item := table.item(line, place))]
        for line in range(table.rowCount())
    ]


@pytest.fixture(autouse=True)
def _closed(operator: Operator) -> Iterator[None]:
    yield
    if box := QApplication.activeModalWidget():
        box.close()


def test_in_january_the_ended_programme_leads_by_keyboard_to_next_years(
    operator: Operator,
) -> None:
    office = office_of(operator)
    register(office, worker(1))
    wind(operator, JANUARY)
    home = operator.go("home")
    assert home._to_programmes.isVisible()
    home._to_programmes.setFocus()
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.name == "settings"
    panel = operator.desk.page("settings").programmes
    assert "sudah berakhir" in panel.note.text
    assert rows(panel)[0][-1] == "Program utama, berakhir"
    assert operator.focus is panel.new_button
    operator.press(Qt.Key.Key_Return)
    box = dialog_of(operator)
    assert box.usual.isChecked(), "nothing else could take whoever is registered now"
    assert operator.focus is box.name.control
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    made = "1 Nagari 100 Pekerja Rentan 2027"
    assert rows(panel) == [
        [made, "Nagari Muaro", "01-01-2027 – 31-12-2027", "0", "Program utama"],
        ["1 Nagari 100 Pekerja Rentan", "Nagari Muaro", "20-11-2026 – 31-12-2026", "1", "Berakhir"],
    ]
    assert made in operator.desk.page("settings").frame.banner.text
    assert not operator.go("home")._to_programmes.isVisible()


def test_beranda_says_a_month_ahead_that_the_programme_ends_and_nothing_before(
    operator: Operator,
) -> None:
    home = operator.go("home")
    assert not home._to_programmes.isVisible()
    wind(operator, DECEMBER)
    operator.go("home")
    assert home._to_programmes.isVisible()
    assert "31 Desember 2026" in home._decide.itemAt(0).widget().text
    assert not home._calm.isVisible()
    home._to_programmes.click()
    assert operator.focus is operator.desk.page("settings").programmes.table


def test_a_wrong_name_and_last_day_are_corrected_with_enter_on_the_list(
    operator: Operator,
) -> None:
    settings = operator.go("settings")
    panel = settings.programmes
    panel.table.setFocus()
    operator.press(Qt.Key.Key_Return)
    box = dialog_of(operator)
    assert not box.usual.isVisible()
    operator.type("Pekerja Rentan 2026")
    box.last.control.setFocus()
    operator.press(Qt.Key.Key_A, CONTROL)
    operator.type("30/11/2026")
    operator.wait(lambda: operator.press(Qt.Key.Key_S, CONTROL))
    (facts,) = declared(office_of(operator))
    assert (facts.name, facts.valid_until) == ("Pekerja Rentan 2026", date(2026, 11, 30))
    assert rows(panel)[0][0] == "Pekerja Rentan 2026"
    assert settings.frame.banner.text == "Pekerja Rentan 2026 dibetulkan."


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(
    operator: Operator,
) -> None:
    panel = operator.go("settings").programmes
    panel.new_button.click()
    box = dialog_of(operator)
    for field, text, said in (
        (box.name, " ", "Isi nama program."),
        (box.first, "besok", "tidak terbaca"),
        (box.last, "31-12-2025", "sebelum hari pertama"),
    ):
        kept = field.read()
        field.control.setText(text)  # type: ignore[attr-defined]
        box.save_button.click()
        assert said in field.note.text
        assert operator.focus is field.control
        field.control.setText(kept)  # type: ignore[attr-defined]
    box.last.control.setText("31-12-2999")  # type: ignore[attr-defined]
    operator.wait(box.save_button.click)
    assert "tidak dapat dipakai" in box.note.text
    assert box.isVisible() and box.save_button.isEnabled()
    operator.press(Qt.Key.Key_Escape)
    assert len(declared(office_of(operator))) == 1


def test_the_same_name_and_overlapping_days_are_said_while_typing_and_saved_all_the_same(
    operator: Operator,
) -> None:
    panel = operator.go("settings").programmes
    panel.new_button.click()
    box = dialog_of(operator)
    assert not box.usual.isChecked(), "the usual one goes on"
    operator.type("1 nagari 100 pekerja rentan")
    assert "Sudah ada program dengan nama ini" in box.name.note.text
    box.first.control.setFocus()
    operator.press(Qt.Key.Key_A, CONTROL)
    operator.type("01-12-2026")
    assert "bertumpang tindih dengan 1 Nagari 100 Pekerja Rentan" in box.first.note.text
    operator.wait(box.save_button.click)
    assert len(declared(office_of(operator))) == 2


def test_the_chosen_programme_becomes_the_usual_one_unless_it_is_over(operator: Operator) -> None:
    office = office_of(operator)
    before = usual_programme(office)
    made = new_programme(office, "Pekerja Rentan 2027", "", *NEXT_YEAR)
    settings = operator.go("settings")
    panel = settings.programmes
    assert not panel.usual_button.isEnabled(), "the usual one is chosen first"
    panel.table.setFocus()
    operator.press(Qt.Key.Key_Up)
    operator.wait(panel.usual_button.click)
    assert usual_programme(office) == made.code
    assert "masuk ke Pekerja Rentan 2027" in settings.frame.banner.text
    wind(operator, JANUARY)
    operator.go("settings")
    panel.table.selectRow(1)
    operator.wait(panel.usual_button.click)
    assert "sudah berakhir" in settings.frame.banner.text
    assert usual_programme(office) == made.code
    assert before != made.code


def test_the_form_that_was_open_before_offers_the_new_programme_and_begins_with_the_usual_one(
    operator: Operator,
) -> None:
    office = office_of(operator)
    register_page = operator.go("register")
    first = usual_programme(office)
    assert register_page.form.fields["programme"].read() == first
    made = new_programme(office, "1 Nagari 100 Pekerja Rentan", "", *NEXT_YEAR, usual=True)
    operator.go("register")
    field = register_page.form.fields["programme"]
    assert field.read() == made.code, "told apart from the other one of the same name"
    assert not register_page.changed
    for fact, value in worker(1).items():
        if fact in register_page.form.fields:
            register_page.form.fields[fact].write(9 if fact == "occupation" else value)
    assert register_page.save()
    facts = get(office, page(office, 1)[0].id)
    assert facts is not None and facts.programme == made.code


def test_a_programme_chosen_on_a_half_filled_form_stays_when_another_becomes_usual(
    operator: Operator,
) -> None:
    office = office_of(operator)
    other = new_programme(office, "Petani 2027", "", *NEXT_YEAR)
    register_page = operator.go("register")
    form = register_page.form
    form.fields["name"].write("Upik Contoh")
    form.fields["programme"].write(other.code)
    new_programme(office, "Nelayan 2027", "", *NEXT_YEAR, usual=True)
    register_page.entered()
    assert form.fields["programme"].read() == other.code
    assert register_page.changed
    register_page._load("")


def test_a_theme_that_changes_waits_until_the_box_is_closed(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = operator.go("settings").programmes
    panel.new_button.click()
    box = dialog_of(operator)
    operator.type("Nelayan")
    monkeypatch.setattr(
        window, "wanted", lambda *_: LIGHT if window.colours.name == "dark" else DARK
    )
    operator.window._follow()
    assert box.isVisible() and box.name.read() == "Nelayan"
    assert operator.desk.page("settings").programmes is panel


def test_who_still_holds_a_card_of_the_former_programme_is_said_and_leads_to_new_cards(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_of(operator)
    made = [register(office, worker(serial)) for serial in (1, 2)]
    one, other = [registered.id for registered in made if isinstance(registered, Registered)]
    confirm_printed(office, render_cards(office, "", PrintOptions(), only=[one]).cards)
    code = new_programme(office, "Pekerja Rentan 2027", "", *NEXT_YEAR).code
    workers = operator.go("workers")

    def put_all() -> dict[str, QPushButton]:
        operator.wait(lambda: workers.acts._ask_programme(code, "Pekerja Rentan 2027"))
        found = workers.frame.banner.findChildren(QPushButton)
        return {made.text(): made for made in found if made.isVisible()}

    monkeypatch.setattr("kerjadesa.ui.workers_acts.ask", lambda *_words: True)
    operator.wait(put_all()["Urungkan"].click)
    former = get(office, other)
    assert former is not None and former.programme != code
    buttons = put_all()
    assert "1 di antaranya masih memegang kartu program" in workers.frame.banner.text
    buttons["Cetak ulang kartu"].click()
    cards = operator.desk.current
    operator.wait(cards.make)
    assert [(card.worker, card.issue, card.reason) for card in cards._cards.cards] == [
        (one, 2, "renewed")
    ]


def test_who_moves_one_worker_with_a_card_to_another_programme_is_told_of_the_card(
    operator: Operator,
) -> None:
    office = office_of(operator)
    made = register(office, worker(1))
    assert isinstance(made, Registered)
    code = new_programme(office, "Pekerja Rentan 2027", "", *NEXT_YEAR).code

    def move_to(programme: str) -> str:
        page = operator.go("register", worker=made.id)
        page.form.fields["programme"].write(programme)
        assert page.save()
        return str(operator.desk.page("workers").frame.banner.text)

    facts = get(office, made.id)
    assert facts is not None
    confirm_printed(office, render_cards(office, "", PrintOptions()).cards)
    assert "program sebelumnya" in move_to(code)
    assert "program sebelumnya" not in move_to(facts.programme)
