"""Drives the window through registering: the form, one that was cut off, lists taken in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from kerjadesa.actions import drafts
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import page
from tests.screen_data import poverty_list, workbook
from tests.screen_window import Drive


def fill_in(drive: Drive, folder: Path, facts: Mapping[str, Any]) -> Iterator[str]:
    """The form: empty, with problems, filled in with a photo, saved."""
    desk = drive.window.desk
    assert desk is not None

    desk.go("register")
    yield "register-empty"
    form = desk.page("register").form
    form.fields["nik"].write("13030401019")
    form.fields["birth_date"].write("31-02-1990")
    desk.page("register").save()
    yield "register-problems"
    desk.page("register").show_what(worker="")
    desk.page("register")._load("")
    for fact, value in facts.items():
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
    drive.settle(200)
    yield "register-filled"
    form._area.verticalScrollBar().setValue(form._area.verticalScrollBar().maximum())
    yield "register-filled-below"
    desk.page("register").save()
    yield "register-saved"


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


def take_in_lists(drive: Drive, folder: Path) -> Iterator[str]:
    """A list of residents to its refused rows, a poverty list, the first list again."""
    desk, office = drive.window.desk, drive.window.office
    assert desk is not None and office is not None

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
