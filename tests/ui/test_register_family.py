"""Three of one family card by keyboard, after a list that was only looked at."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kerjadesa.actions.list_workers import get, page
from tests.actions.test_family import HEADERS, KK, member
from tests.list_kit import workbook
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def form_page(operator: Operator, tmp_path: Path) -> Any:
    """The form, after a list with four of one family was looked at."""
    imports = operator.go("import")
    rows = [member(serial, relation=relation) for serial, relation in
            ((1, "KEPALA KELUARGA"), (2, "ISTRI"), (3, "ANAK"), (4, "ANAK"))]  # fmt: skip
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", *rows, headers=HEADERS)))
    return operator.go("register")


def names(operator: Operator) -> list[str]:
    assert operator.window.office is not None
    return [listed.name for listed in page(operator.window.office)]


def begin(operator: Operator, register_page: Any) -> None:
    """Types the first of the family as far as its card number."""
    operator.type("1303044103850001")
    operator.press(Qt.Key.Key_Return)
    operator.type(KK)
    operator.bot.waitUntil(register_page.family.isVisible)


def test_three_of_one_family_card_are_registered_by_a_few_keys(
    operator: Operator, form_page: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(operator, form_page)
    operator.press(Qt.Key.Key_Return)
    operator.type("Upik Contoh 1")
    operator.press(Qt.Key.Key_S, CONTROL)
    keys = 0
    for serial in (2, 3):
        operator.press(Qt.Key.Key_K, CONTROL)
        assert operator.focus is form_page.family.list
        assert (
            form_page.family.list.currentItem()
            .text()
            .endswith(f"Upik Contoh {serial}, 41 tahun, {'Istri' if serial == 2 else 'Anak'}")
        )
        operator.press(Qt.Key.Key_Return)
        assert form_page.form.fields["name"].read() == f"Upik Contoh {serial}"
        assert not form_page.changed, "what a list says is nothing to lose"
        operator.press(Qt.Key.Key_S, CONTROL)
        keys += 3
    assert names(operator) == ["Upik Contoh 1", "Upik Contoh 2", "Upik Contoh 3"]
    office = operator.window.office
    assert office is not None
    facts = get(office, page(office)[2].id)
    assert facts is not None
    assert (facts.nik, facts.kk, facts.jorong) == ("1303044103850003", KK, "Tapian")
    with capsys.disabled():
        print(f"\nkeys for each further member of a family in a list: {keys // 2}")


def test_alt_and_a_number_picks_and_another_pick_takes_its_place(
    operator: Operator, form_page: Any
) -> None:
    form = form_page.form
    form.fields["kk"].write(KK)
    operator.bot.waitUntil(form_page.family.isVisible)
    operator.press(Qt.Key.Key_3, ALT)
    assert form.fields["name"].read() == "Upik Contoh 3"
    operator.press(Qt.Key.Key_2, ALT)
    assert form.fields["name"].read() == "Upik Contoh 2"
    assert form.fields["nik"].read() == "1303044103850002"
    operator.press(Qt.Key.Key_9, ALT)
    assert form.fields["name"].read() == "Upik Contoh 2", "there is no ninth"


def test_what_was_typed_from_the_ktp_stays_beside_what_the_list_says(
    operator: Operator, form_page: Any
) -> None:
    form = form_page.form
    form.fields["name"].control.setFocus()
    operator.type("Upik Menurut KTP")
    form.fields["kk"].write(KK)
    operator.bot.waitUntil(form_page.family.isVisible)
    operator.press(Qt.Key.Key_2, ALT)
    assert form.fields["name"].read() == "Upik Menurut KTP"
    assert form.fields["nik"].read() == "1303044103850002"
    assert "yang Anda ketik berbeda" in form_page.frame.banner.text
    assert form_page.changed


def test_who_is_registered_opens_and_a_scanned_nik_goes_to_its_field(
    operator: Operator, form_page: Any
) -> None:
    begin(operator, form_page)
    operator.press(Qt.Key.Key_Return)
    operator.type("Upik Contoh 1")
    operator.press(Qt.Key.Key_S, CONTROL)
    operator.press(Qt.Key.Key_K, CONTROL)
    # A child whom no list names: the reader types its NIK where the cursor is.
    operator.type("1303044103850009")
    assert form_page.form.fields["nik"].read() == "1303044103850009"
    nik = form_page.form.fields["nik"].control
    assert isinstance(nik, QLineEdit)
    nik.clear()
    operator.press(Qt.Key.Key_1, ALT)
    assert form_page.frame.heading.text() == "Betulkan data pekerja"
    assert form_page.form.fields["name"].read() == "Upik Contoh 1"
    assert not form_page.family.isVisible()


def test_settings_tell_how_many_are_remembered_and_forget_them(
    operator: Operator, form_page: Any
) -> None:
    settings = operator.go("settings")
    assert "4 warga dari daftar impor diingat sampai 18 Februari 2027" in settings.remembered.text
    settings.remembered.forget_button.click()
    assert "Tidak ada warga" in settings.remembered.text
    assert not settings.remembered.forget_button.isVisible()
    operator.go("register").form.fields["kk"].write(KK)
    operator.bot.waitUntil(lambda: form_page.family._kk == KK)
    assert not form_page.family.isVisible()
