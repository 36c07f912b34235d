"""Drives the window through the workers: the list, one of them, two laptops' words on one."""

from collections.abc import Iterator
from pathlib import Path

from kerjadesa.actions.correct import correct
from kerjadesa.actions.list_workers import page
from tests.office_kit import District
from tests.screen_window import Drive
from tests.two_laptops import disagree


def look_through(drive: Drive) -> Iterator[str]:
    """The list searched, narrowed and exported; one worker corrected, ended and brought back."""
    assert drive.window.desk is not None and drive.window.office is not None
    desk, office = drive.window.desk, drive.window.office
    desk.go("workers")
    yield "workers"
    desk.page("workers").search.setText("amril")
    yield "workers-search"
    desk.page("workers").search.setText("tidak ada orang ini")
    yield "workers-no-match"
    desk.page("workers").search.setText("")
    desk.page("workers").table.selectRow(3)
    desk.page("workers")._open(desk.page("workers").model.index(3, 0))
    desk.page("worker")._correct()
    yield "register-correct"
    desk.go("workers")
    workers = desk.page("workers")
    workers.filters.choose("sex", "F")
    yield "workers-filtered"
    workers.filters.choose("ended", True)
    yield "workers-hidden"
    workers.clear()
    workers.turn_column("occupation")
    workers.turn_column("card")
    workers.acts.export_button.click()
    yield "workers-export"
    workers.acts.panel.hide()
    workers.turn_column("occupation")
    workers.turn_column("card")
    # Somebody with a photo.
    chosen = next(listed for listed in page(office, 50) if listed.photo)
    correct(office, chosen.id, {"jorong": "Pasar Lamo"}, "pindah rumah")
    desk.go("worker", worker=chosen.id)
    yield "worker"
    one = desk.page("worker")
    one.end_button.click()
    one.ending.reasons["moved"].setChecked(True)
    yield "worker-ending"
    one.ending.day.returnPressed.emit()
    yield "worker-ended"
    one.resume_button.click()


def decide(drive: Drive, folder: Path, district: District) -> Iterator[str]:
    """What two laptops said differently of one worker, and the decision."""
    assert drive.window.desk is not None and drive.window.office is not None
    desk, office = drive.window.desk, drive.window.office
    worker = page(office, 1)[0].id
    (folder / "colleague").mkdir()
    disagree(
        office,
        folder / "colleague",
        worker,
        {"jorong": "Tapian Nanto", "heirs": [{"name": "Contoh Ahli Waris", "relation": "Anak"}]},
        {"jorong": "Pasar", "heirs": [{"name": "Contoh Lain", "relation": "Istri"}]},
        district,
    )
    desk.go("home")
    yield "home-to-decide"
    desk.go("workers", to_decide=True)
    yield "workers-to-decide"
    desk.go("register", worker=worker)
    yield "register-decide"
    for _decision in range(2):
        desk.page("register").panel.buttons[0].click()
    yield "register-decided"
