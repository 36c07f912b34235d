"""One person under two records: found, compared and merged by keyboard, and taken back."""

from PySide6.QtCore import Qt

from kerjadesa.actions.likely_twins import waiting_pairs
from kerjadesa.actions.list_workers import View, get, look
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.status import status
from tests.office_kit import worker
from tests.ui.conftest import Operator

ROSMA = {"name": "Rosmawati Putri", "mother_name": "Salmah Contoh"}
CONTROL = Qt.KeyboardModifier.ControlModifier


def registered(operator: Operator, serial: int, **facts: str) -> str:
    """The id of a worker who has to be taken."""
    assert operator.window.office is not None
    made = register(operator.window.office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def test_a_pair_is_merged_by_keyboard_and_taken_back_with_one_click(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    first = registered(operator, 1, **ROSMA, phone="0811000000")
    second = registered(operator, 2, **ROSMA | {"name": "Rosmawti Putri"}, rt="003")
    home = operator.go("home")
    home._compare.setFocus()
    operator.press(Qt.Key.Key_Space)

    page = operator.desk.page("same_person")
    assert operator.desk.current is page
    assert "nama mirip" in page.says.text() and "tanggal lahir sama" in page.says.text()
    differing = [choice.fact for choice in page.panel.choices]
    assert differing == ["nik", "name", "rt", "phone"]
    # What only one record knows is chosen already.
    assert [choice.left for choice in page.panel.choices] == [True, True, False, True]
    assert operator.focus is page.panel.choices[0]
    operator.press(Qt.Key.Key_Right)
    assert "kanan" in operator.focus.accessibleName()
    for _choice in differing:
        operator.press(Qt.Key.Key_Return)
    assert operator.focus is page.same_button
    operator.press(Qt.Key.Key_Return)

    facts = get(office, first)
    assert facts is not None
    assert (facts.nik[-4:], facts.name, facts.rt) == ("0002", "Rosmawati Putri", "003")
    assert status(office).workers == 1
    assert "Digabung" in page.frame.banner.text
    assert page._views.currentIndex() == 0, "nothing is left to compare"

    page.frame.banner._action.click()
    assert status(office).workers == 2
    assert len(waiting_pairs(office)) == 1
    assert get(office, second) is not None
    assert "diurungkan" in page.frame.banner.text
    assert operator.focus is page.panel.choices[0]


def test_the_other_record_can_be_kept_and_two_people_told_apart(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    registered(operator, 1, **ROSMA)
    second = registered(operator, 2, **ROSMA)
    registered(operator, 3, **ROSMA)
    page = operator.go("same_person")
    assert page.pairs.count() == 3
    shown = page.pairs.currentRow()
    operator.press(Qt.Key.Key_L, CONTROL)
    assert page.pairs.currentRow() != shown
    assert len(waiting_pairs(office)) == 3
    page.pairs.setCurrentRow(0)
    page.switch_button.click()
    operator.press(Qt.Key.Key_G, CONTROL)
    assert [one.ended for one in look(office, View(ended=True)).workers] == ["merged"]
    assert second in {one.id for one in look(office, View()).workers}
    assert page.pairs.count() == 1
    operator.press(Qt.Key.Key_B, CONTROL)
    assert waiting_pairs(office) == []
    assert status(office).workers == 2


def test_a_merged_record_points_to_the_one_that_goes_on(operator: Operator) -> None:
    first, second = registered(operator, 1, **ROSMA), registered(operator, 2, **ROSMA)
    operator.go("same_person")
    operator.press(Qt.Key.Key_G, CONTROL)
    page = operator.go("worker", worker=second)
    assert page.card_button.isHidden() and page.resume_button.isHidden()
    assert page.correct_button.isHidden()
    page.merged.open_buttons[0].click()
    assert page._worker == first
    assert not page.card_button.isHidden()
    page.merged.part_buttons[0].click()
    assert page.merged.isHidden()
    assert not page.compare_button.isHidden()


def test_whoever_resembles_another_is_said_right_after_registering(operator: Operator) -> None:
    registered(operator, 1, **ROSMA)
    page = operator.go("register")
    for fact, value in worker(2, **ROSMA).items():
        page.form.fields[fact].write(int(value) if fact == "occupation" else value)
    assert page.save()
    assert "sangat mirip" in page.frame.banner.text
    page.frame.banner._action.click()
    assert operator.desk.current is operator.desk.page("same_person")
