"""What the form of a worker says of numbers and words that it cannot keep as they were typed."""

from typing import Any

from PySide6.QtCore import Qt

from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.labels import value_words
from tests.office_kit import worker
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier
SHORT_KK = "130304010203040"


def fill(form: Any, **changes: Any) -> None:
    """Writes a worker's facts into the form."""
    for fact, value in worker(1, **changes).items():
        if fact in form.fields:
            form.fields[fact].write(9 if fact == "occupation" else value)


def made(operator: Operator, **changes: Any) -> str:
    """The id of a worker who is registered."""
    office = operator.window.office
    assert office is not None
    registered = register(office, worker(1, **changes))
    assert isinstance(registered, Registered)
    return registered.id


def test_a_card_number_one_digit_short_is_refused_and_the_good_one_stays(
    operator: Operator,
) -> None:
    known = made(operator, kk="1303040102030405", phone="0812")
    register_page = operator.go("register", worker=known)
    fields = register_page.form.fields
    fields["kk"].write(SHORT_KK)
    fields["phone"].write("a@b.id")
    operator.press(Qt.Key.Key_S, CONTROL)
    assert "Belum tersimpan: 2 isian" in register_page.frame.banner.text
    assert "bukan 16 angka" in fields["kk"].note.text
    assert "tidak terbaca" in fields["phone"].note.text
    assert operator.focus is fields["kk"].control
    register_page._check()
    assert fields["kk"].control.property("tone") == "bad"
    office = operator.window.office
    assert office is not None
    stands = get(office, known)
    assert stands is not None
    assert (stands.kk, stands.phone) == ("1303040102030405", "0812")


def test_who_is_registered_without_the_card_number_that_was_typed_is_said_in_amber(
    operator: Operator,
) -> None:
    register_page = operator.go("register")
    fill(register_page.form, kk=SHORT_KK)
    operator.press(Qt.Key.Key_S, CONTROL)
    banner = register_page.frame.banner
    assert banner.text.startswith("Tersimpan: Upik Contoh 1")
    assert "Nomor KK bukan 16 angka, jadi tidak disimpan" in banner.text
    assert banner.property("tone") == "caution"
    banner._action.click()
    assert register_page.frame.heading.text() == "Betulkan data pekerja"
    assert register_page.form.fields["name"].read() == "Upik Contoh 1"


def test_a_short_card_number_is_said_on_leaving_its_field_though_the_form_is_half_empty(
    operator: Operator,
) -> None:
    form = operator.go("register").form
    form.focus("kk")
    operator.type(SHORT_KK)
    operator.press(Qt.Key.Key_Return)
    assert "bukan 16 angka" in form.fields["kk"].note.text
    assert form.fields["kk"].control.property("tone") == "caution"


def test_a_code_scanned_into_the_name_is_nobodys_name(operator: Operator) -> None:
    register_page = operator.go("register")
    fill(register_page.form, name="1303044103850001")
    operator.press(Qt.Key.Key_S, CONTROL)
    assert "tidak berisi huruf" in register_page.form.fields["name"].note.text
    assert operator.window.office is not None
    assert page(operator.window.office) == []


def test_enter_goes_past_the_button_of_the_notice(operator: Operator) -> None:
    form = operator.go("register").form
    form.focus("consent_manner")
    operator.press(Qt.Key.Key_Return)
    assert operator.focus is form.fields["notes"].control


def test_an_heir_without_a_name_is_said_once_the_cursor_has_left_the_row(
    operator: Operator,
) -> None:
    register_page = operator.go("register")
    form = register_page.form
    fill(form)
    form.heirs.add_button.click()
    operator.press(Qt.Key.Key_Tab)
    operator.press(Qt.Key.Key_Tab)
    operator.type("13030")
    register_page._check()
    assert form.heirs.note.text == "", "nobody is told off in the middle of a row"
    form.focus("notes")
    operator.bot.waitUntil(lambda: "Nama ahli waris 1 kosong" in form.heirs.note.text)
    form.heirs.write([{"name": "Buyung", "nik": "13030"}])
    register_page._check()
    assert form.heirs.note.text.startswith("NIK ahli waris 1 bukan 16 angka")
    assert register_page.save(), "a warning keeps nobody out"


def test_numbers_of_an_heir_say_what_they_are_where_he_stands_in_one_line() -> None:
    heir = {"name": "Buyung", "relation": "Anak", "nik": "1303040103850001", "phone": "0812"}
    assert value_words("heirs", [heir]) == "Buyung, Anak, NIK 1303040103850001, Telepon 0812"
    assert value_words("heirs", [{"name": "Buyung"}]) == "Buyung"


def test_an_occupation_nobody_knows_says_what_to_choose_and_where_ones_own_word_goes(
    operator: Operator,
) -> None:
    form = operator.go("register").form
    form.focus("occupation")
    operator.type("tukang urut bayi")
    operator.press(Qt.Key.Key_Return)
    assert operator.focus is form.fields["occupation_text"].control
    assert "pilih pekerjaan terdekat" in form.fields["occupation"].note.text
    form.focus("income_base")
    operator.type("1.500.000,00")
    operator.press(Qt.Key.Key_Return)
    assert form.fields["income_base"].note.text == "Tulis rupiah bulat, misalnya 1.500.000."


def test_another_occupation_takes_the_word_of_the_one_before_with_it(operator: Operator) -> None:
    form = operator.go("register").form
    for typed in ("garin", "tukang ojek"):
        form.fields["occupation"].control.setCurrentText(typed)
        form.settle()
        assert form.fields["occupation_text"].read() == typed


def test_after_a_correction_the_list_says_whose_it_was(operator: Operator) -> None:
    register_page = operator.go("register", worker=made(operator))
    register_page.form.fields["mother_name"].write("Ibu Rekaan")
    operator.press(Qt.Key.Key_S, CONTROL)
    assert "Perubahan data Upik Contoh 1 tersimpan." in operator.desk.current.frame.banner.text
