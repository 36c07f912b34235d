"""An invented office and hub for tests that drive whole actions."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from kerjadesa.actions.office import Office
from kerjadesa.actions.setup import set_up
from kerjadesa.actions.unlock import open_office
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.exchange.usb import DistrictFolder
from kerjadesa.hub import devices, usb
from kerjadesa.hub.database import open_engine
from kerjadesa.hub.home import Hub
from kerjadesa.store import vault

PASSPHRASE = "empat kata yang rekaan"
PROGRAMME = "1 Nagari 100 Pekerja Rentan"
MUARO = "13.03.04.2001"
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A wall clock the test winds by hand; every look takes a millisecond."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


def worker(serial: int, **changes: Any) -> dict[str, Any]:
    """A draft as the form collects it; the NIK is made of the serial."""
    return {
        "nik": f"130304410385{serial:04d}",
        "name": f"Upik Contoh {serial}",
        "sex": "F",
        "birth_date": "1985-03-01",
        "jorong": "Tapian",
        "occupation": "9",
        **changes,
    }


CHEAP = {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}
"""What a guess costs at the vaults of tests, which are opened often and guard nobody."""


@contextmanager
def opened(
    home: Path, clock: Callable[[], datetime] | None = None, nagari: str = MUARO
) -> Iterator[Office]:
    """The office in `home`, set up first if it is new."""
    now = clock or Clock()
    if not (home / "vault.json").exists():
        _fresh_home(home, nagari, now())
    office = open_office(home, PASSPHRASE, now)
    try:
        yield office
    finally:
        office.close()


_MOULDS: dict[tuple[str, int], Path] = {}
"""What was set up once in this process, by nagari and by how many homes the test had before."""
_folder = TemporaryDirectory(prefix="kerjadesa-moulds-", ignore_cleanup_errors=True)
_homes = count()


def begin_test() -> None:
    """The homes of one test are of different devices; the next test's may be the same again."""
    global _homes  # noqa: PLW0603 -- one process runs one test at a time
    _homes = count()


def _fresh_home(home: Path, nagari: str, at: datetime) -> None:
    # Whatever is set up at another time than a new clock's is an office of its own.
    mould = (nagari, next(_homes)) if at == Clock()() else None
    made = _MOULDS.get(mould) if mould else None
    if made is None:
        made = Path(_folder.name) / str(len(_MOULDS)) if mould else home
        with mock.patch.multiple(vault, **CHEAP):
            set_up(made, nagari, "Petugas Contoh", PASSPHRASE, PROGRAMME, at)
    if mould:
        _MOULDS[mould] = made
        shutil.copytree(made, home, dirs_exist_ok=True)


@dataclass
class District:
    """A hub reached by stick: no server, the same rules."""

    folder: Path
    keys: KeyRing = field(default_factory=new_keyring)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.hub = Hub(self.keys, open_engine(f"sqlite:///{self.folder / 'hub.db'}", bytes(32)))

    def invite(self, nagari: str = MUARO) -> str:
        """An invitation's text."""
        return devices.invite(self.hub, nagari, "", START).to_text()

    def collect(self, stick: Path) -> Any:
        """Takes in what the stick holds and leaves the answers on it."""
        folder = DistrictFolder(stick)
        return usb.receive_folder(self.hub, folder, folder, START)
