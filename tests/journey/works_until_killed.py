"""Works at a register until it is killed: `import|crop|mend HOME FILE`.

Each line it says is something that has happened, again and again while it waits.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kerjadesa.actions.lane import never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.actions.open_list import open_list
from kerjadesa.actions.preview_import import preview_residents, register_chosen
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.desk import Desk
from kerjadesa.ui.jobs import Lane
from tests.office_kit import opened, worker


def say(word: str) -> None:
    print(word, flush=True)


def take_in(office: Office, book: Path) -> None:
    """Registers somebody by hand, then a whole list."""
    made = register(office, worker(9999, nik="1303045207810001", birth_date="1981-07-12"))
    assert isinstance(made, Registered)
    say(f"registered {made.id}")
    found = open_list(office, book, unwatched, never)
    preview = preview_residents(
        office, found.table, found.matched.places, office.today, {}, unwatched, never
    )
    chosen = preview.with_outcome("new", "warned")
    say(f"writing {len(chosen)}")
    register_chosen(
        office, preview, office.today, chosen, lambda done, _whole: say(f"wrote {done}"), never
    )
    say("written")


def crop(office: Office, picture: Path) -> None:
    """Takes a photo into a new form and moves the frame over it, unsaved."""
    desk = Desk(office, Lane())
    desk.show()
    desk.go("register")
    form = desk.page("register").form
    form.fields["name"].write("Upik Contoh")
    box = form.photo
    box.take(picture)

    def cutting() -> None:
        if box.dialog is None:
            if box.fresh is not None and not box.busy:
                box.cut_button.click()
            return
        box.dialog.view.turn()
        say("cropping" if box.fresh else "lost")

    _often(cutting)
    QApplication.exec()


def mend(office: Office, book: Path) -> None:
    """Puts one cell right, takes one tick away and is still typing into another cell."""
    desk = Desk(office, Lane())
    desk.show()
    desk.go("import")
    page = desk.page("import")
    page.load(book)
    done = False

    def mending() -> None:
        nonlocal done
        rows = page.rows
        if rows.model.preview is None or page.busy.isVisible():
            return
        if not done:
            done = True
            rows.model.setData(rows.model.index(0, 3), "Upik Dibetulkan")
            rows.model.toggle([1])
            rows.table.setCurrentIndex(rows.model.index(2, 3))
            rows.table.edit(rows.model.index(2, 3))
            editor = rows.table.findChild(QLineEdit)
            editor.clear()
            QTest.keyClicks(editor, "Upik Diketik")
        say("mended")

    _often(mending)
    QApplication.exec()


def _often(work) -> None:
    timer = QTimer(QApplication.instance(), interval=50)
    timer.timeout.connect(work)
    timer.start()


if __name__ == "__main__":
    what, home, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    application = QApplication([])
    with opened(home, lambda: datetime.now(UTC)) as its_office:
        {"import": take_in, "crop": crop, "mend": mend}[what](its_office, file)
