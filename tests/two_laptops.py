"""Two laptops of one nagari that know each other and disagree about somebody."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.office import Office
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.send import send_to_folder
from tests.office_kit import District, opened


def swap(stick: Path, *offices: Office) -> None:
    """Every laptop writes to the stick, then every one reads it."""
    stick.mkdir(exist_ok=True)
    for office in offices:
        send_to_folder(office, stick)
    for office in offices:
        receive_from_folder(office, stick)


@contextmanager
def colleague(office: Office, folder: Path, district: District | None = None) -> Iterator[Office]:
    """A second laptop with the same register; both are certified by one district."""
    district, stick = district or District(folder / "district"), folder / "stick"
    stick.mkdir()
    with opened(folder / "colleague", office.now) as other:
        for one in (office, other):
            enrol(one, district.invite())
            send_to_folder(one, stick)
        district.collect(stick)
        for one in (office, other):
            receive_from_folder(one, stick)
        yield other


def disagree(
    office: Office,
    folder: Path,
    worker: str,
    here: Any,
    there: Any,
    district: District | None = None,
) -> None:
    """Both change facts of one worker unseen by each other; then they meet."""
    with colleague(office, folder, district) as other:
        assert isinstance(correct(office, worker, here), Corrected)
        assert isinstance(correct(other, worker, there), Corrected)
        swap(folder / "stick", office, other)
