"""What the first page says at a glance, and the step it offers."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from kerjadesa.actions.backup import back_up
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.print_cards import confirm_printed, render_cards
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from tests.office_kit import District, worker
from tests.ui.conftest import Operator


def offered(operator: Operator) -> list[str]:
    """The pages that the buttons of the next step lead to, the first being the advice."""
    home = operator.go("home")
    buttons = [home._buttons.itemAt(at).widget() for at in range(home._buttons.count())]
    assert all(isinstance(made, QPushButton) and made.isVisible() for made in buttons)
    return [made.accessibleName() for made in buttons]


def test_who_has_ended_is_not_counted_as_registered_and_is_named_apart(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    made = [register(office, worker(serial)) for serial in (1, 2, 3)]
    home = operator.go("home")
    assert home._figures["workers"].text() == "3"
    assert not home._ended.isVisible()
    assert isinstance(made[0], Registered)
    end_enrolment(office, made[0].id, "moved", office.today)
    operator.go("home")
    assert home._figures["workers"].text() == "2"
    assert home._ended.isVisible()
    assert home._ended.text().startswith("1 lagi")
    operator.bot.waitUntil(lambda: home._ended.height() > 0)
    QApplication.processEvents()
    lines = {figure.mapTo(home, figure.rect().topLeft()).y() for figure in home._figures.values()}
    assert len(lines) == 1, "the five figures stand on one line"


def test_printing_is_offered_until_every_card_is_on_paper(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    register(office, worker(1))
    assert offered(operator) == ["Masukkan undangan", "Cetak kartu"]
    district, stick = District(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()
    enrol(office, district.invite())
    assert offered(operator) == ["Kirim", "Cetak kartu"]
    confirm_printed(office, render_cards(office).cards)
    assert offered(operator) == ["Kirim", "Serah terima"]
    for _round in range(2):
        send_to_folder(office, stick)
        district.collect(stick)
        receive_from_folder(office, stick)
    assert "Cetak kartu" not in offered(operator)
    assert operator.desk.page("home")._step.text().startswith("Serahkan kartu")
    register(office, worker(2))
    assert offered(operator) == ["Kirim", "Cetak kartu"]


def test_the_advised_step_has_the_focus_each_time_the_page_comes_to_the_front(
    operator: Operator,
) -> None:
    for _visit in range(2):
        assert operator.go("home")._buttons.itemAt(0).widget() is operator.focus
        operator.go("settings")


def test_the_last_backup_is_named_and_a_missing_one_leads_to_where_it_is_made(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    register(office, worker(1))
    home = operator.go("home")
    assert home._backed_up.text() == "Belum pernah."
    back_up(office, tmp_path)
    operator.go("home")
    assert home._backed_up.text().startswith("Terakhir pada 20 November 2026")
    assert not home._to_backup.isVisible()
    home._to_backup.click()
    assert operator.desk.name == "settings"
