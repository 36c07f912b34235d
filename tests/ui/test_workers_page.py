"""The register as its secretary uses it: narrowed, ordered, acted on, and looked at closely."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.history import history_of
from kerjadesa.actions.list_workers import View, get, page
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.register_columns import STANDARD
from kerjadesa.domain import entry as verbs
from kerjadesa.ui.preferences import PREFERENCES
from kerjadesa.ui.theme import colours
from tests.office_kit import worker
from tests.two_laptops import colleague, swap
from tests.ui.conftest import Operator

PEOPLE = (
    ("Upik Contoh", {"jorong": "Pasar"}),
    ("Buyung Rekaan", {"jorong": "Pasar", "occupation": "1"}),
    ("Ani Contoh", {"jorong": "Tapian"}),
)


def filled(operator: Operator) -> tuple[Office, dict[str, str]]:
    """The office, and the ids of three invented people by name."""
    office = operator.window.office
    assert office is not None
    ids = {}
    for serial, (name, facts) in enumerate(PEOPLE, start=1):
        made = register(office, worker(serial, name=name, **facts))
        assert isinstance(made, Registered)
        ids[name] = made.id
    return office, ids


def names(workers: QWidget) -> list[str]:
    model = workers.model
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def shown_buttons(inside: QWidget) -> dict[str, QPushButton]:
    found = inside.findChildren(QPushButton)
    return {one.text().replace("&", "").strip(): one for one in found if one.isVisible()}


def test_filters_narrow_the_list_and_one_click_shows_everybody(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    workers.filters.choose("jorong", "Pasar")
    assert names(workers) == ["Buyung Rekaan", "Upik Contoh"]
    assert workers.count.text() == "2 dari 3 pekerja."
    workers.filters.choose("occupation", 9)
    assert names(workers) == ["Upik Contoh"]
    workers.search.setText("contoh")
    assert names(workers) == ["Upik Contoh"]
    workers.filters.reset_button.click()
    assert names(workers) == ["Ani Contoh", "Upik Contoh"]


def test_an_empty_list_says_what_hides_everybody_and_takes_just_that_away(
    operator: Operator,
) -> None:
    filled(operator)
    workers = operator.go("workers")
    workers.filters.choose("jorong", "Tapian")
    workers.filters.choose("printed", True)
    assert names(workers) == []
    offered = shown_buttons(workers)
    assert "Hapus Jorong: Tapian" not in offered, "without it still nobody would be there"
    offered["Hapus Kartu: Tercetak"].click()
    assert names(workers) == ["Ani Contoh"]
    assert workers.filters.chosen == ["jorong"]


def test_the_list_is_put_in_order_by_its_headings(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    assert names(workers) == ["Ani Contoh", "Buyung Rekaan", "Upik Contoh"]
    workers.table.horizontalHeader().sectionClicked.emit(3)
    assert names(workers) == ["Buyung Rekaan", "Upik Contoh", "Ani Contoh"]
    workers.order.setCurrentIndex(workers.order.findData("newest"))
    assert names(workers) == ["Ani Contoh", "Buyung Rekaan", "Upik Contoh"]


def test_chosen_columns_are_there_again_the_next_day(operator: Operator) -> None:
    office, _ids = filled(operator)
    workers = operator.go("workers")
    workers.turn_column("card")
    workers.turn_column("occupation")
    assert workers.model.columns == ["name", "nik", "born", "jorong", "occupation", "state"]
    preferences = QSettings(str(office.home / PREFERENCES), QSettings.Format.IniFormat)
    assert "occupation" in str(preferences.value("workers/columns"))
    assert workers._remembered() == (workers.model.columns, {})


def test_columns_stand_tomorrow_where_they_were_dragged_and_as_wide(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    table, header = workers.table, workers.table.horizontalHeader()
    header.moveSection(3, 0)
    assert workers.model.columns == ["jorong", "name", "nik", "born", "card", "state"]
    assert workers.model.index(0, 0).data() == "Tapian", "what is on screen is what is exported"
    header.resizeSection(0, 222)
    table.setFocus()
    table.setCurrentIndex(workers.model.index(0, 0))
    arranging = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    operator.press(Qt.Key.Key_Right, arranging)
    operator.press(Qt.Key.Key_Up, arranging)
    assert workers._remembered() == (
        ["name", "jorong", "nik", "born", "card", "state"], {"jorong": 242},
    )  # fmt: skip
    operator.window._show_desk("workers")
    again = operator.desk.page("workers")
    assert again.model.columns[:2] == ["name", "jorong"]
    assert again.table.columnWidth(1) == 242
    again.restore_columns()
    assert again._remembered() == (list(STANDARD), {})


def test_rows_far_down_are_there_however_many_were_scrolled_past(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(operator)
    for name, many in (("_FIRST", 1), ("_PAGE", 1), ("_BLOCK", 2), ("_HELD", 2)):
        monkeypatch.setattr(f"kerjadesa.ui.workers_model.{name}", many)
    workers = operator.go("workers")
    workers.model.show(View())
    while workers.model.more:
        workers.model.fetch(1)
    assert names(workers) == ["Ani Contoh", "Buyung Rekaan", "Upik Contoh"]
    assert names(workers) == ["Ani Contoh", "Buyung Rekaan", "Upik Contoh"]
    assert len(workers.model._held) < 4


def test_a_list_longer_than_a_page_is_counted_a_moment_later(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(operator)
    monkeypatch.setattr("kerjadesa.ui.workers_model._FIRST", 1)
    workers = operator.go("workers")
    operator.wait(lambda: workers.filters.choose("jorong", "Pasar"))
    assert workers.count.text() == "2 dari 3 pekerja."
    assert "semua 2" in workers.acts.export_button.text()


def test_the_register_counts_as_the_first_page_does_and_acts_say_on_how_many(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, ids = filled(operator)
    end_enrolment(office, ids["Upik Contoh"], "deceased", office.today)
    workers = operator.go("workers")
    acts = workers.acts
    assert workers.count.text().startswith("2 pekerja terdaftar, 1 sudah berakhir.")
    assert "semua 2" in acts.print_button.text()
    assert "semua 2" in acts.programme_button.text()
    assert "semua 3" in acts.export_button.text(), "the file holds those who have ended, too"
    workers.filters.choose("jorong", "Pasar")
    assert workers.count.text() == "2 dari 3 pekerja."
    assert "semua 1" in acts.print_button.text()
    workers.filters.choose("ended", True)
    assert "semua 0" in acts.print_button.text()
    assert not acts.print_button.isEnabled()
    workers.clear()
    workers.table.clearSelection()
    workers.table.mark([ids["Upik Contoh"], ids["Ani Contoh"]])
    assert "1 ditandai" in acts.print_button.text()
    assert "2 ditandai" in acts.export_button.text()
    workers.table.clearSelection()
    monkeypatch.setattr("kerjadesa.ui.workers_model._FIRST", 1)
    operator.wait(lambda: workers.filters.choose("jorong", "Pasar"))
    assert "semua 1" in acts.print_button.text(), "counted in the lane, a moment later"


def test_marks_stripes_and_words_are_seen_in_the_rows(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    workers.table.selectRow(0)
    width, image = workers.table.viewport().width(), workers.table.viewport().grab().toImage()

    def ground(row: int) -> str:
        top, height = workers.table.rowViewportPosition(row), workers.table.rowHeight(row)
        return image.pixelColor(width // 2, top + height - 2).name()

    assert [ground(0), ground(1), ground(2)] == [
        colours.accent_ground,
        colours.ground,
        colours.surface,
    ]
    for row in range(3):
        top = workers.table.rowViewportPosition(row)
        cell = image.copy(0, top, workers.table.columnWidth(0), workers.table.rowHeight(row))
        inks = {cell.pixelColor(x, y).name() for x in range(8, 90) for y in range(cell.height())}
        assert colours.text in inks


def test_a_marked_row_stays_marked_all_along_when_columns_are_moved(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    header = workers.table.horizontalHeader()
    header.moveSection(0, header.count() - 1)
    workers.table.selectRow(0)
    image = workers.table.viewport().grab().toImage()
    bottom = workers.table.rowHeight(0) - 2
    ends = (2, header.length() - 3)
    assert {image.pixelColor(x, bottom).name() for x in ends} == {colours.accent_ground}


def test_headings_are_drawn_without_looking_through_all_that_is_marked(operator: Operator) -> None:
    _office, ids = filled(operator)
    workers = operator.go("workers")
    workers.table.mark(list(ids.values()))
    assert workers.table.marked == 3
    assert not workers.table.horizontalHeader().selectionModel().hasSelection()


def test_columns_keep_their_places_while_nobody_fits_what_is_typed(operator: Operator) -> None:
    office, _ids = filled(operator)
    for serial in range(4, 45):
        register(office, worker(serial, name=f"Ujang Rekaan {serial}"))
    workers = operator.go("workers")
    operator.bot.waitUntil(workers.table.verticalScrollBar().isVisible)
    room = workers.table.verticalScrollBar().maximum()
    workers.search.setText("tidak ada")
    assert not workers.table.isVisible()
    workers.table.executeDelayedItemsLayout()
    # Without a scroll bar every column would be placed anew, there and back again.
    assert workers.table.verticalScrollBar().maximum() == room > 0
    workers.search.clear()
    assert workers.table.isVisible()
    assert workers.model.rowCount() == 44


def test_occupations_can_be_chosen_a_moment_after_the_list_is_there(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    offered = workers.filters.combos["occupation"]
    operator.bot.waitUntil(lambda: offered.count() == 3)
    workers.filters.choose("occupation", 1)
    assert names(workers) == ["Buyung Rekaan"]


def test_another_nik_wants_a_reason_and_the_history_tells_it(operator: Operator) -> None:
    office, ids = filled(operator)
    form = operator.go("register", worker=ids["Ani Contoh"])
    form.form.fields["nik"].write("1303044103850077")
    assert not form.save()
    assert form.reason.isVisible() and "alasan" in form.reason.findChildren(QPushButton)[0].text()
    form.reason.reasons["new_card"].setChecked(True)
    shown_buttons(form.reason)["Simpan dengan alasan ini"].click()
    facts = get(office, ids["Ani Contoh"])
    assert facts is not None and facts.nik == "1303044103850077"
    assert history_of(office, ids["Ani Contoh"])[0].reason == "new_card"
    one = operator.go("worker", worker=ids["Ani Contoh"])
    said = [label.text() for label in one.history.findChildren(QLabel)]
    assert "Alasan: KTP baru dengan NIK lain" in said
    form = operator.go("register", worker=ids["Upik Contoh"])
    assert not form.reason.isVisible() and form.reason.given == "", "a reason is given once"


def test_the_marked_rows_alone_are_exported_and_it_is_on_record(
    operator: Operator, tmp_path: Path
) -> None:
    office, ids = filled(operator)
    workers = operator.go("workers")
    flags = QItemSelectionModel.SelectionFlag
    for place in (0, 2):
        index = workers.model.index(place, 0)
        workers.table.selectionModel().select(index, flags.Select | flags.Rows)
    assert "2 ditandai" in workers.acts.export_button.text()
    workers.acts.export_button.click()
    panel = workers.acts.panel
    assert not shown_buttons(panel)["Simpan Excel…"].isEnabled(), "first say why"
    panel.reason.setCurrentIndex(1)
    operator.wait(lambda: workers.acts.export_to(tmp_path / "pekerja.csv"))
    lines = (tmp_path / "pekerja.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Nama", "Ani Contoh", "Upik Contoh"]
    assert "••••••" in lines[1]
    assert "2 pekerja" in workers.frame.banner.text
    with office.store.reading(office.now()) as unit:
        assert unit.journal.run(unit.device, 1, 99)[-1].verb == verbs.REGISTER_EXPORTED
    workers.acts.print_button.click()
    cards = operator.desk.current
    operator.wait(cards.make)
    assert set(cards._cards.workers) == {ids["Ani Contoh"], ids["Upik Contoh"]}


def test_a_programme_is_set_for_everybody_on_show(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, ids = filled(operator)
    code = "LAIN2026"
    with office.store.reading(office.now()) as unit:
        known = unit.programmes()[0].code
    for subject in ids.values():
        assert isinstance(correct(office, subject, {"programme": code}), Corrected)
    workers = operator.go("workers")
    workers.filters.choose("jorong", "Pasar")
    monkeypatch.setattr("kerjadesa.ui.workers_acts.ask", lambda *_words: True)
    operator.wait(lambda: workers.acts._ask_programme(known, "1 Nagari 100 Pekerja Rentan"))
    assert "Program 2 pekerja diganti" in workers.frame.banner.text
    programmes = {name: get(office, subject).programme for name, subject in ids.items()}
    assert programmes == {"Upik Contoh": known, "Buyung Rekaan": known, "Ani Contoh": code}
    operator.wait(shown_buttons(workers)["Urungkan"].click)
    assert {get(office, subject).programme for subject in ids.values()} == {code}
    assert "2 dari 2 pekerja kembali" in workers.frame.banner.text


def test_whoever_left_is_ended_undone_and_shown_with_his_history(operator: Operator) -> None:
    office, ids = filled(operator)
    upik = ids["Upik Contoh"]
    operator.go("workers", search=True)
    operator.type("upik")
    operator.press(Qt.Key.Key_Return)
    operator.press(Qt.Key.Key_Return)
    one = operator.desk.current
    assert one.frame.heading.text() == "Upik Contoh"
    one.end_button.click()
    one.ending.reasons["moved"].setChecked(True)
    one.ending.day.setText("30-02-2026")
    operator.type("\r", one.ending.day)
    assert "tidak terbaca" in one.ending.note.text
    one.ending.day.setText("01-11-2026")
    operator.type("\r", one.ending.day)
    assert [listed.ended for listed in page(office)] == ["", "", "moved"]
    assert "Pindah, 1 November 2026" in one._state.text()
    assert not one.card_button.isVisible()
    operator.go("workers")
    assert operator.desk.current.model.index(0, 5).data() == "Pindah"
    operator.go("worker", worker=upik)
    one.history.undo_button.click()
    assert [listed.ended for listed in page(office)] == ["", "", ""]
    assert "diurungkan" in one.frame.banner.text
    assert [event.verb for event in history_of(office, upik)][:2] == [verbs.RESUMED, verbs.ENDED]


def test_a_correction_is_undone_from_the_list_right_after(operator: Operator) -> None:
    office, ids = filled(operator)
    form = operator.go("register", worker=ids["Ani Contoh"])
    form.form.fields["mother_name"].write("Ibu Rekaan")
    assert form.save()
    workers = operator.desk.current
    shown_buttons(workers)["Urungkan"].click()
    facts = get(office, ids["Ani Contoh"])
    assert facts is not None and facts.mother_name == ""
    assert "diurungkan" in workers.frame.banner.text


def test_two_endings_unseen_by_each_other_are_settled_in_the_form(
    operator: Operator, tmp_path: Path
) -> None:
    office, ids = filled(operator)
    upik = ids["Upik Contoh"]
    with colleague(office, tmp_path) as other:
        swap(tmp_path / "stick", office, other)
        end_enrolment(office, upik, "moved", date(2026, 11, 1))
        end_enrolment(other, upik, "died", date(2026, 11, 2))
        swap(tmp_path / "stick", office, other)
    form = operator.go("register", worker=upik)
    assert [said.accessibleName().split(".")[0] for said in form.panel.buttons] == [
        "Pakai untuk Akhir kepesertaan: Meninggal",
        "Pakai untuk Akhir kepesertaan: Pindah",
    ]
    form._history.click()
    told = [event.reason for event in history_of(office, upik)]
    assert operator.desk.current.frame.heading.text() == "Upik Contoh"
    assert told[:2] == ["died", "moved"], "whoever decides sees both in the history"
    form = operator.go("register", worker=upik)
    form.panel.buttons[1].click()
    assert form.panel.isHidden()
    assert [listed.ended for listed in page(office) if listed.id == upik] == ["moved"]
