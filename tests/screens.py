"""Photographs every page of the window at 1366 × 768: `python -m tests.screens [FOLDER [en]]`.

The people are invented, everything else is real: the pages are driven through the same actions an
operator uses, from the first start to the district's receipt.
"""

import csv
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kerjadesa.actions import drafts
from kerjadesa.actions.correct import correct
from kerjadesa.actions.invent import people, portrait
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.start import PREFERENCES, open_window
from kerjadesa.ui.window import Window
from tests.office_kit import MUARO, PASSPHRASE, Clock, District
from tests.two_laptops import disagree

WIDTH, HEIGHT = 1366, 768


class Camera:
    """Takes numbered pictures of a window once it has come to rest."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window, self.folder, self.taken = window, folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def rest(self) -> None:
        """Waits until the lane is idle and everything is drawn."""
        if self.window.lane.busy:
            loop = QEventLoop()
            self.window.lane.busy_changed.connect(lambda busy: busy or loop.quit())
            loop.exec()
        settle()

    def take(self, name: str) -> None:
        """One picture."""
        self.rest()
        self.taken += 1
        path = self.folder / f"{self.taken:02d}-{name}.png"
        shown = QApplication.activeModalWidget() or self.window
        shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).save(str(path))
        print(path)


def settle(milliseconds: int = 60) -> None:
    """Lets timers of the form and the PDF view run out."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def workbook(path: Path, today: date) -> None:
    """A resident export with invented people and the faults such exports have."""
    names = ("no_kk", "nama", "nik", "sex", "tempatlahir", "tanggallahir", "dusun", "rt", "rw",
             "pekerjaan_id", "status_kawin", "status_dasar", "warganegara_id")  # fmt: skip
    facts = ("kk", "name", "nik", "sex", "birth_place", "birth_date", "jorong", "rt", "rw",
             "occupation", "marital_status")  # fmt: skip
    faults: dict[int, Callable[[dict[str, str]], object]] = {
        4: lambda row: row.update(nik=""),
        9: lambda row: row.update(nik="130304410385"),
        15: lambda row: row.update(tanggallahir=""),
        21: lambda row: row.update(tanggallahir="07-03-1931"),
        22: lambda row: row.update(tanggallahir="1986-02-14"),
        30: lambda row: row.update(status_dasar="2"),
        37: lambda row: row.update(nama=""),
        41: lambda row: row.update(pekerjaan_id="5"),
        52: lambda row: row.update(no_kk="130304"),
        60: lambda row: row.update(nik=f"0{row['nik'][1:]}"),
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for position, person in enumerate(people("13.03.04", 120, today, 4000)):
            row = {name: str(person[fact]) for name, fact in zip(names, facts, strict=False)}
            row |= {"sex": "2" if person["sex"] == "F" else "1", "status_dasar": "1",
                    "warganegara_id": "1"}  # fmt: skip
            faults.get(position, lambda _row: None)(row)
            writer.writerow(row)


def poverty_list(folder: Path, book: Path) -> Path:
    """A list of deciles of some people in the resident export, and of two nobody knows."""
    with book.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))[45:75]
    path = folder / "P3KE Muaro.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("No", "NIK", "Nama KRT", "Desil Kesejahteraan"))
        for number, row in enumerate(known, start=1):
            writer.writerow((number, row["nik"], row["nama"].upper(), number % 12))
        writer.writerow((31, "1303044107700801", "ORANG LAIN CONTOH", 2))
        writer.writerow((32, "1303041207700802", "TETANGGA REKAAN", 1))
    return path


def pages(camera: Camera, folder: Path, clock: Clock) -> Iterator[str]:
    """Drives the window from the first start to the receipt; a name for each picture."""
    window = camera.window
    yield from set_up(window)
    camera.rest()
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
    camera.rest()
    settle(200)
    yield "register-filled"
    form._area.verticalScrollBar().setValue(form._area.verticalScrollBar().maximum())
    yield "register-filled-below"
    desk.page("register").save()
    yield "register-saved"
    yield from cut_off(camera, folder)

    desk.go("import")
    yield "import-choose"
    book = folder / "penduduk.csv"
    workbook(book, office.today)
    desk.page("import").load(book)
    camera.rest()
    yield "import-preview"
    desk.page("import").rows.columns.click()
    yield "import-columns"
    desk.page("import").columns.forward.click()
    camera.rest()
    desk.page("import").write()
    camera.rest()
    yield "import-written"
    desk.page("import").rows.filters["refused"].click()
    yield "import-refused"
    desk.page("import").load(poverty_list(folder, book))
    camera.rest()
    yield "import-poverty-columns"
    desk.page("import").columns.dated.setText("30-06-2026")
    desk.page("import").columns.forward.click()
    camera.rest()
    yield "import-poverty"
    desk.page("import")._restart()
    desk.page("import").load(book)
    camera.rest()
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
    yield from look_closely(camera)

    desk.go("cards")
    yield "cards-choose"
    desk.page("cards").words.setText("amril")
    desk.page("cards").make()
    camera.rest()
    settle(600)
    yield "cards-preview"
    desk.page("cards").confirm()
    camera.rest()
    settle(400)
    yield "cards-confirmed"

    desk.go("exchange")
    yield "exchange-not-invited"
    district = District(folder / "district")
    desk.page("exchange").invitation.setPlainText(district.invite(MUARO))
    desk.page("exchange").enrol()
    camera.rest()
    yield "exchange-invited"
    stick = folder / "stick"
    stick.mkdir()
    desk.page("exchange").send_to(stick)
    camera.rest()
    desk.go("home")
    yield "home-on-the-way"
    district.collect(stick)
    desk.go("exchange")
    desk.page("exchange").receive_at(stick)
    camera.rest()
    yield "exchange-received"
    desk.go("home")
    yield "home"

    yield from decide(camera, folder, district)

    desk.go("verify")
    yield "verify-waiting"
    yield from verify(camera, folder)

    desk.go("settings")
    desk.page("settings").check()
    camera.rest()
    yield "settings"
    desk.locked.emit()
    yield "unlock"
    assert window.unlock is not None
    window.unlock.passphrase.setText("bukan frasa sandinya")
    window.unlock.open()
    camera.rest()
    yield "unlock-wrong"
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.open()
    camera.rest()


def look_closely(camera: Camera) -> Iterator[str]:
    """The list narrowed, hidden and exported; one worker corrected, ended and brought back."""
    assert camera.window.desk is not None and camera.window.office is not None
    desk, office = camera.window.desk, camera.window.office
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


def cut_off(camera: Camera, folder: Path) -> Iterator[str]:
    """A form that the power cut off, its photo, and a NIK that turns out to be known."""
    desk, office = camera.window.desk, camera.window.office
    assert desk is not None and office is not None
    known = page(office, 1)[0].nik
    drafts.keep(office, drafts.Draft("cut-off", "", {"name": "Contoh Terputus"}, None, False))
    desk.go("home")
    yield "home-unfinished"
    desk.page("home").unfinished.continue_button.click()
    form = desk.page("register").form
    form.photo.take(folder / "photo.jpg")
    camera.rest()
    form.photo.cut_button.click()
    camera.rest()
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


def decide(camera: Camera, folder: Path, district: District) -> Iterator[str]:
    """What two laptops said differently of one worker, and the decision."""
    assert camera.window.desk is not None and camera.window.office is not None
    desk, office = camera.window.desk, camera.window.office
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


def verify(camera: Camera, folder: Path) -> Iterator[str]:
    """A genuine card, a forged one, and a picture without a code."""
    import pypdfium2

    window = camera.window
    assert window.desk is not None
    cards, page = window.desk.page("cards"), window.desk.page("verify")
    picture = folder / "card.png"
    cards._around.go("cards")
    cards.single.setChecked(True)
    cards.words.setText("amril")
    cards.make()
    camera.rest()
    pypdfium2.PdfDocument(cards._cards.pdf)[0].render(scale=6).to_pil().save(picture)
    cards._around.go("verify")
    page.take(picture)
    camera.rest()
    yield "verify-genuine"
    page.code.setText("6BF ini bukan kode kartu")
    page.check()
    yield "verify-unreadable"
    page.take(folder / "photo.jpg")
    camera.rest()
    yield "verify-no-code"


def photograph(target: Path, language: str = "id") -> int:
    """Takes all pictures and returns how many there are."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        preferences = QSettings(str(folder / "home" / PREFERENCES), QSettings.Format.IniFormat)
        preferences.setValue("language", language)
        preferences.sync()
        window = open_window(application, folder / "home", clock)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.activateWindow()
        settle()
        camera = Camera(window, target)
        for picture in pages(camera, folder, clock):
            camera.take(picture)
        window.close()
        return camera.taken


if __name__ == "__main__":
    target, language = (*sys.argv[1:], *("build/screens", "id")[len(sys.argv) - 1 :])
    photograph(Path(target), language)
