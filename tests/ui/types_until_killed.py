"""Types a name into the form of a register until it is killed: `HOME LETTERS`.

Says after each letter how many there are.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kerjadesa.actions.invent import portrait
from kerjadesa.ui.desk import Desk
from kerjadesa.ui.jobs import Lane
from tests.office_kit import opened


def main(home: Path, letters: int) -> None:
    """Types one letter every 50 milliseconds, as a quick secretary does."""
    application = QApplication([])
    with opened(home, lambda: datetime.now(UTC)) as office:
        desk = Desk(office, Lane())
        desk.show()
        desk.go("register")
        form = desk.page("register").form
        form.photo.show_kept(portrait(1), removed=False)
        name = form.fields["name"].control
        count = 0

        def type_one() -> None:
            nonlocal count
            if count < letters:
                count += 1
                QTest.keyClicks(name, "u")
                print(count, flush=True)

        timer = QTimer(interval=50)
        timer.timeout.connect(type_one)
        timer.start()
        application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
