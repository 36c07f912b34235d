"""Drives the real window through every page and state: for photographs, and to look for faults.

The people are invented, everything else is real: the pages are driven through the same actions an
operator uses, from the first start to the district's receipt.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kerjadesa.actions import drafts
from kerjadesa.actions.correct import correct
from kerjadesa.actions.invent import people, portrait
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.window import Window
from tests.every_page import draw_in_every_page
from tests.office_kit import MUARO, PASSPHRASE, Clock, District
from tests.screen_ceremony import hand_over
from tests.screen_data import poverty_list, workbook
from tests.screen_settings import change_hands
from tests.two_laptops import disagree


def settle(milliseconds: int = 60) -> None:
    """Lets timers of the form and the PDF view run out."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Drive:
    """The window, and waiting until it has come to rest."""

    def __init__(self, window: Window) -> None:
        self.window = window
        draw_in_every_page()

    def rest(self) -> None:
        """Waits until the lane is idle and everything is drawn."""
        if self.window.lane.busy:
            loop = QEventLoop()
            self.window.lane.busy_changed.connect(lambda busy: busy or loop.quit())
            loop.exec()
        settle()


def pages(drive: Drive, folder: Path, clock: Clock) -> Iterator[str]:
    """Drives the window from the first start to the receipt; a name for each picture."""
    window = drive.window
    yield from set_up(window)
    drive.rest()
    desk, office = window.desk, window.office
    assert desk is not None and office is not None
    yield "home-empty"
    desk.go("workers")
    yield "workers-empty"

    desk.go("register")
    yield "register-empty"
    form = desk.page("register").form
    drafts = list(people("13.03.04", 40, office.today, 100))
    form.fields["nik"].write("13030401019")
    form.fields["birth_date"].write("31-02-1990")
    desk.page("register").save()
    yield "register-problems"
    desk.page("register").show_what(worker="")
    desk.page("register")._load("")
    for fact, value in drafts[0].items():
        if fact in form.fields:
            form.fields[fact].write(int(value) if fact == "occupation" else value)
    form.fields["birth_date"].write("17-08-1979")
    form.fields["kk"].write("130304")
    form.heirs.write([{"name": "Contoh Ahli Waris", "relation": "Anak"}])
    for fact in form.fields:
        desk.page("register")._left(fact)
    photo = folder / "photo.jpg"
    photo.write_bytes(portrait(3))
    form.photo.take(photo)
    drive.rest()
    settle(200)
    yield "register-filled"
    form._area.verticalScrollBar().setValue(form._area.verticalScrollBar().maximum())
    yield "register-filled-below"
    desk.page("register").save()
    yield "register-saved"
    yield from cut_off(drive, folder)

    desk.go("import")
    yield "import-choose"
    book = folder / "penduduk.csv"
    workbook(book, office.today)
    desk.page("import").load(book)
    drive.rest()
    yield "import-preview"
    desk.page("import").rows.columns.click()
    yield "import-columns"
    desk.page("import").columns.forward.click()
    drive.rest()
    desk.page("import").write()
    drive.rest()
    yield "import-written"
    desk.page("import").rows.filters["refused"].click()
    yield "import-refused"
    desk.page("import").load(poverty_list(folder, book))
    drive.rest()
    yield "import-poverty-columns"
    desk.page("import").columns.dated.setText("30-06-2026")
    desk.page("import").columns.forward.click()
    drive.rest()
    yield "import-poverty"
    desk.page("import")._restart()
    desk.page("import").load(book)
    drive.rest()
    yield "import-again"

    for position, draft in enumerate(drafts[1:30]):
        assert isinstance(register(office, draft, portrait(position)), Registered)
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
    yield from look_closely(drive)

    desk.go("cards")
    yield "cards-choose"
    yield from print_cards(drive, folder)

    desk.go("exchange")
    yield "exchange-not-invited"
    district = District(folder / "district")
    desk.page("exchange").invitation.setPlainText(district.invite(MUARO))
    desk.page("exchange").enrol()
    drive.rest()
    yield "exchange-invited"
    stick = folder / "stick"
    stick.mkdir()
    desk.page("exchange").send_to(stick)
    drive.rest()
    desk.go("home")
    yield "home-on-the-way"
    district.collect(stick)
    desk.go("exchange")
    desk.page("exchange").receive_at(stick)
    drive.rest()
    yield "exchange-received"
    desk.go("home")
    yield "home"

    yield from decide(drive, folder, district)

    yield from hand_over(window, drive.rest)

    desk.go("verify")
    yield "verify-waiting"
    yield from verify(drive, folder)

    window.show_keys()
    yield "shortcuts"
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    sheet.close()

    desk.go("settings")
    desk.page("settings").check()
    drive.rest()
    yield "settings"
    yield from change_hands(window, drive.rest)
    yield from end_programme(drive, clock)
    assert window.desk is not None
    window.desk.locked.emit()
    yield "unlock"
    assert window.unlock is not None
    window.unlock.passphrase.setText("bukan frasa sandinya")
    window.unlock.open()
    drive.rest()
    yield "unlock-wrong"
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.open()
    drive.rest()


def look_closely(drive: Drive) -> Iterator[str]:
    """The list narrowed, hidden and exported; one worker corrected, ended and brought back."""
    assert drive.window.desk is not None and drive.window.office is not None
    desk, office = drive.window.desk, drive.window.office
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


def set_up(window: Window) -> Iterator[str]:
    """The first start, step by step."""
    setup = window.setup
    assert setup is not None
    yield "setup-place"
    setup.picker.search.setText("muaro")
    yield "setup-place-found"
    setup.forward()
    setup.operator.setText("Petugas Contoh")
    setup.programme.setText("1 Nagari 100 Pekerja Rentan 2026")
    yield "setup-operator"
    setup.forward()
    setup.passphrase.setText(PASSPHRASE)
    setup.again.setText("empat kota")
    yield "setup-passphrase"
    setup.again.setText(PASSPHRASE)
    setup.forward()
    yield "setup-recovery"
    setup.written_down.setChecked(True)
    setup.forward()


def cut_off(drive: Drive, folder: Path) -> Iterator[str]:
    """A form that the power cut off, its photo, and a NIK that turns out to be known."""
    desk, office = drive.window.desk, drive.window.office
    assert desk is not None and office is not None
    known = page(office, 1)[0].nik
    drafts.keep(office, drafts.Draft("cut-off", "", {"name": "Contoh Terputus"}, None, False))
    desk.go("home")
    yield "home-unfinished"
    desk.page("home").unfinished.continue_button.click()
    form = desk.page("register").form
    form.photo.take(folder / "photo.jpg")
    drive.rest()
    form.photo.cut_button.click()
    drive.rest()
    yield "photo-cut"
    form.photo.dialog.reject()
    form.fields["nik"].write(known)
    desk.page("register")._check()
    yield "register-known"
    desk.page("register")._load("")
    desk.go("workers")
    desk.page("workers").folder_photos()
    yield "photos-of-a-folder"
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()


def print_cards(drive: Drive, folder: Path) -> Iterator[str]:
    """Cards from choosing to judged paper, the design with a refusal, a printer measured."""
    assert drive.window.desk is not None
    desk = drive.window.desk
    cards = desk.page("cards")
    cards.choice.sides.setCurrentIndex(1)
    cards.make()
    drive.rest()
    settle(600)
    yield "cards-preview"
    cards.save_to(folder / "kartu.pdf")
    drive.rest()
    yield "cards-judge"
    cards.judge.spoiled_button.click()
    cards.judge.panel.list.setCurrentRow(3)
    cards.judge.panel.list.item(3).setCheckState(Qt.CheckState.Checked)
    yield "cards-spoiled"
    cards.judge.panel.write_button.click()
    drive.rest()
    yield "cards-again"
    cards.show_what(workers=[])
    cards.choice.issued.setCurrentIndex(1)
    cards.choice.paper.setCurrentIndex(2)
    yield "cards-reprint"
    cards.choice.issued.setCurrentIndex(0)
    cards.choice.paper.setCurrentIndex(0)

    desk.go("design")
    drive.rest()
    settle(300)
    yield "design"
    form = desk.page("design").form
    form.designs["potret"].click()
    settle(300)
    drive.rest()
    form.heading.setText("Kartu dengan judul yang jauh lebih panjang daripada tempatnya di kartu")
    form.heading.textEdited.emit(form.heading.text())
    settle(300)
    drive.rest()
    yield "design-refused"
    desk.page("design").reset()
    settle(300)
    drive.rest()
    form.designs["lanskap"].click()
    settle(300)
    drive.rest()

    desk.go("printer")
    printer = desk.page("printer")
    printer.sides.setCurrentIndex(1)
    yield "printer"
    front = printer.forms["front"].rows
    front["x_mm"].measured.setText("104,6")
    front["x_mm"].measured.textEdited.emit("104,6")
    front["scale_x"].figure.setText("120")
    printer.keep()
    yield "printer-refused"


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


def end_programme(drive: Drive, clock: Clock) -> Iterator[str]:
    """The programme ends, and next year's takes its place."""
    assert drive.window.desk is not None
    desk, today = drive.window.desk, clock.at
    clock.at = today.replace(month=12, day=10)
    desk.go("home")
    yield "home-programme-ends"
    desk.page("home")._to_programmes.click()
    yield "settings-programme-ends"
    clock.at = today.replace(year=today.year + 1, month=1, day=10)
    desk.go("home")
    yield "home-programme-over"
    desk.page("home")._to_programmes.click()
    yield "settings-programme-over"
    panel = desk.page("settings").programmes
    panel.new_button.click()
    yield "programme-new"
    box = panel.dialog
    box.name.control.setText(panel.table.item(0, 0).text())
    box.first.control.setText(f"01-12-{today.year}")
    box.name.control.textEdited.emit("")
    yield "programme-doubts"
    box.last.control.setText("31-12")
    box.save()
    yield "programme-refused"
    box.last.control.setText(f"31-12-{today.year + 1}")
    box.save()
    drive.rest()
    yield "settings-programme-new"
    panel.correct_button.click()
    yield "programme-correct"
    panel.dialog.reject()
    known = panel._known
    panel.show_programmes([], None)
    yield "settings-programme-none"
    panel.show_programmes(known, None)


def verify(drive: Drive, folder: Path) -> Iterator[str]:
    """A genuine card, a forged one, and a picture without a code."""
    import pypdfium2

    window = drive.window
    assert window.desk is not None
    cards, page = window.desk.page("cards"), window.desk.page("verify")
    picture = folder / "card.png"
    cards._around.go("cards")
    cards.choice.paper.setCurrentIndex(cards.choice.paper.findData("cr80"))
    cards.choice.words.setText("alfian")
    cards.choice.issued.setCurrentIndex(cards.choice.issued.findData("again"))
    cards.make()
    drive.rest()
    pypdfium2.PdfDocument(cards._cards.pdf)[0].render(scale=6).to_pil().save(picture)
    cards._around.go("verify")
    page.take(picture)
    drive.rest()
    yield "verify-genuine"
    page.code.setText("6BF ini bukan kode kartu")
    page.check()
    yield "verify-unreadable"
    page.take(folder / "photo.jpg")
    drive.rest()
    yield "verify-no-code"
