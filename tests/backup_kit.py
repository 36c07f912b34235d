"""What the tests of backup and restore share: registers, sticks and visits to the district."""

import shutil
from pathlib import Path

from kerjadesa.actions.backup import (
    back_up,
)
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.store.home_lock import LOCK
from tests.office_kit import District, opened, worker


def fill(home: Path, *serials: int) -> None:
    with opened(home) as office:
        for serial in serials:
            assert isinstance(register(office, worker(serial)), Registered)


def saved(home: Path, stick: Path) -> Path:
    with opened(home) as office:
        return back_up(office, stick).file


def names(home: Path) -> list[str]:
    with opened(home) as office:
        return sorted(listed.name for listed in page(office))


def join(home: Path, stick: Path, district: District) -> None:
    """An invitation, a stick there and a stick back."""
    with opened(home) as office:
        enrol(office, district.invite())
    visit(home, stick, district)


def visit(home: Path, stick: Path, district: District) -> list[str]:
    """One stick to the district and back; what the laptop did not take of the answer."""
    with opened(home) as office:
        send_to_folder(office, stick)
    district.collect(stick)
    with opened(home) as office:
        return receive_from_folder(office, stick).refusals


def damaged(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)


def clean(stick: Path) -> Path:
    """The stick, emptied of batches, as another one would be."""
    shutil.rmtree(stick / "kerjadesa", ignore_errors=True)
    return stick


def nothing_in(home: Path) -> bool:
    """Whether a home holds nothing but the empty file by which programs see each other."""
    left = list(home.iterdir())
    return [path.name for path in left] == [LOCK] and left[0].stat().st_size == 0
