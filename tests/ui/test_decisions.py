"""What only a person can settle: seen from the first page, decided in the form, gone afterwards."""

from pathlib import Path

from PySide6.QtCore import Qt

from kerjadesa.actions.conflicts import conflicts_of
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.list_workers import get
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.setup import set_up
from kerjadesa.actions.unlock import open_office
from tests.office_kit import PASSPHRASE, START, Clock, District, worker
from tests.two_laptops import colleague, disagree, swap
from tests.ui.conftest import Operator


def _registered(operator: Operator, serial: int, **facts: str) -> str:
    assert operator.window.office is not None
    made = register(operator.window.office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def test_a_conflict_is_found_from_the_first_page_and_decided_by_keyboard(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    _registered(operator, 1, name="Aisyah Contoh")
    upik = _registered(operator, 2)
    disagree(
        office,
        tmp_path,
        upik,
        {"phone": "0811", "birth_date": "1985-03-02"},
        {"phone": "0822", "birth_date": "1985-03-03"},
    )
    home = operator.go("home")
    assert home._show_them.isVisible()
    home._show_them.click()
    workers = operator.desk.current
    assert workers.model.rowCount() == 1
    assert "1 dari 2 pekerja" in workers.count.text()
    operator.press(Qt.Key.Key_Return)

    page = operator.desk.page("register")
    assert operator.desk.current is page
    assert [one.field for one in conflicts_of(office, upik)] == ["birth_date", "phone"]
    assert operator.focus is page.panel.buttons[0]
    assert "03-03-1985" in operator.focus.accessibleName()
    operator.press(Qt.Key.Key_Tab)
    assert "02-03-1985" in operator.focus.accessibleName()
    page.form.fields["address"].control.setText("Jalan Contoh")
    operator.press(Qt.Key.Key_Return)
    assert page.form.fields["birth_date"].read() == "02-03-1985"
    assert "Tanggal lahir" in page.frame.banner.text
    assert "0822" in operator.focus.accessibleName(), "the cursor goes on to the next one"
    operator.press(Qt.Key.Key_Space)
    assert page.panel.isHidden()
    assert "Tidak ada lagi" in page.frame.banner.text
    assert conflicts_of(office, upik) == []

    assert page.form.fields["address"].read() == "Jalan Contoh", "what was typed is not lost"
    assert page.save()
    facts = get(office, upik)
    assert facts is not None
    assert (facts.phone, facts.birth_date.day, facts.address) == ("0822", 2, "Jalan Contoh")
    assert operator.desk.page("workers").model.rowCount() == 0
    assert "(0)" in operator.desk.page("workers").to_decide.text()


def test_one_person_on_two_laptops_is_said_and_listed(operator: Operator, tmp_path: Path) -> None:
    office = operator.window.office
    assert office is not None
    with colleague(office, tmp_path) as other:
        _registered(operator, 1)
        assert isinstance(register(other, worker(1, name="Upik C.")), Registered)
        swap(tmp_path / "stick", office, other)
    home = operator.go("home")
    notes = [home._decide.itemAt(place).widget().text for place in range(home._decide.count())]
    assert notes == ["1 pasang pekerja sangat mirip. Apakah orangnya sama?"]
    assert home._compare.isVisible() and not home._show_them.isVisible()
    workers = operator.go("workers", to_decide=True)
    assert workers.model.rowCount() == 2
    assert "sangat mirip" in workers.standing.text()
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.current is operator.desk.page("same_person")
    operator.go("workers")
    workers.to_decide.click()
    workers.search.setText("tidak ada")
    assert workers.model.rowCount() == 0


def test_whoever_is_refused_is_listed_with_the_districts_reason(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    district, stick, theirs = District(tmp_path / "district"), tmp_path / "stick", tmp_path / "next"
    stick.mkdir()
    set_up(theirs, "13.03.04.2002", "Petugas Sebelah", PASSPHRASE, "", START)
    neighbour = open_office(theirs, PASSPHRASE, Clock())
    for one in (neighbour, office):
        assert isinstance(register(one, worker(1)), Registered)
        enrol(one, district.invite(one.place.code))
        send_to_folder(one, stick)
        district.collect(stick)
    neighbour.close()
    receive_from_folder(office, stick)
    home = operator.go("home")
    home._show_them.click()
    workers = operator.desk.current
    assert "sudah terdaftar di nagari lain" in workers.standing.text()
    operator.press(Qt.Key.Key_Return)
    page = operator.desk.page("register")
    assert "sudah terdaftar di nagari lain" in page.frame.banner.text
    assert page.panel.isHidden()
