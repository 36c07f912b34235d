"""One worker on screen: his name beside the buttons, an ending, another NIK."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from kerjadesa.actions.history import history_of
from kerjadesa.actions.list_workers import get, listed
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from tests.office_kit import worker
from tests.ui.conftest import Operator

LONG = "Muhammad Abdurrahman Syarifuddin Datuak Rajo Nan Panjang Kaampek Suk"


def office_of(operator: Operator) -> Office:
    assert operator.window.office is not None
    return operator.window.office


def registered(operator: Operator, **facts: Any) -> str:
    made = register(office_of(operator), worker(1, **facts))
    assert isinstance(made, Registered)
    return made.id


def ended(operator: Operator, subject: str) -> str:
    return listed(office_of(operator), [subject])[0].ended


def test_a_second_enter_takes_back_neither_a_death_nor_a_return(operator: Operator) -> None:
    upik = registered(operator)
    one = operator.go("worker", worker=upik)
    one.end_button.click()
    one.ending.reasons["died"].setChecked(True)
    one.ending.day.setFocus()
    operator.press(Qt.Key.Key_Return)
    operator.press(Qt.Key.Key_Return)
    assert ended(operator, upik) == "died"
    assert one.isVisible(), "nor does it leave the page"
    one.resume_button.setFocus()
    operator.press(Qt.Key.Key_Return)
    operator.press(Qt.Key.Key_Return)
    assert ended(operator, upik) == ""
    assert one.ending.isHidden()


def test_escape_leaves_the_question_about_an_ending(operator: Operator) -> None:
    upik = registered(operator)
    one = operator.go("worker", worker=upik)
    one.end_button.click()
    operator.press(Qt.Key.Key_Escape)
    assert one.ending.isHidden()
    assert ended(operator, upik) == ""
    assert one.isVisible(), "nor does it leave the page"


@pytest.mark.parametrize("size", [(1366, 728), (910, 485)])
def test_the_longest_name_leaves_every_button_on_screen(
    operator: Operator, size: tuple[int, int]
) -> None:
    assert len(LONG) == 68
    operator.window.resize(*size)
    one = operator.go("worker", worker=registered(operator, name=LONG))
    QApplication.processEvents()
    for shown in (one.end_button, one.card_button, one.correct_button):
        right = shown.mapTo(operator.window, QPoint(shown.width(), 0)).x()
        assert right <= operator.window.width()
    assert one.frame.heading.text() == LONG
    assert one.frame.heading.toolTip() == LONG


def test_a_short_name_needs_no_tip(operator: Operator) -> None:
    one = operator.go("worker", worker=registered(operator))
    QApplication.processEvents()
    assert one.frame.heading.toolTip() == ""


def another_nik(operator: Operator) -> tuple[Any, str]:
    """The form at the question why the NIK is another one."""
    upik = registered(operator)
    form_page = operator.go("register", worker=upik)
    form_page.form.fields["nik"].write("1303044103850077")
    assert not form_page.save()
    return form_page, upik


def test_a_reason_that_is_missing_is_asked_and_not_called_a_fault(operator: Operator) -> None:
    form_page, _upik = another_nik(operator)
    assert form_page.reason.isVisible()
    assert form_page.frame.banner.text == ""


def test_enter_on_a_reason_writes_the_other_nik(operator: Operator) -> None:
    _form_page, upik = another_nik(operator)
    operator.press(Qt.Key.Key_Right)
    operator.press(Qt.Key.Key_Space)
    operator.press(Qt.Key.Key_Return)
    facts = get(office_of(operator), upik)
    assert facts is not None and facts.nik == "1303044103850077"
    assert history_of(office_of(operator), upik)[0].reason == "new_card"


def test_enter_on_another_reason_asks_for_its_words(operator: Operator) -> None:
    form_page, upik = another_nik(operator)
    form_page.reason.other.setFocus()
    form_page.reason.other.setChecked(True)
    operator.press(Qt.Key.Key_Return)
    assert operator.focus is form_page.reason.own_words
    operator.type("kata dukcapil")
    operator.press(Qt.Key.Key_Return)
    newest, _first = history_of(office_of(operator), upik)
    assert newest.reason == "kata dukcapil"


def test_the_question_about_another_nik_fits_enlarged_letters(operator: Operator) -> None:
    operator.window.resize(910, 485)
    form_page, _upik = another_nik(operator)
    QApplication.processEvents()
    assert form_page.reason.minimumSizeHint().width() <= form_page.reason.width()
    right = form_page.reason.mapTo(operator.window, QPoint(form_page.reason.width(), 0)).x()
    assert right <= operator.window.width()
    place = form_page.parentWidget().parentWidget()
    assert place.verticalScrollBar().maximum() == 0, "only the form scrolls"
