"""Drives the real window through every page and state: for photographs, and to look for faults.

The people are invented, everything else is real: the pages are driven through the same actions an
operator uses, from the first start to the district's receipt. Here is their order; the longer
stretches have a `screen_*.py` of their own.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kerjadesa.actions.invent import people, portrait
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.window import Window
from tests.office_kit import MUARO, PASSPHRASE, Clock, District
from tests.screen_cards import print_cards, verify
from tests.screen_ceremony import hand_over
from tests.screen_register import cut_off, fill_in, take_in_lists
from tests.screen_settings import change_hands, end_programme
from tests.screen_window import Drive
from tests.screen_workers import decide, look_through


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

    invented = list(people("13.03.04", 40, office.today, 100))
    yield from fill_in(drive, folder, invented[0])
    yield from cut_off(drive, folder)
    yield from take_in_lists(drive, folder)

    for position, draft in enumerate(invented[1:30]):
        assert isinstance(register(office, draft, portrait(position)), Registered)
    yield from look_through(drive)
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
