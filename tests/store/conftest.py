"""A real encrypted database in a folder of its own, and people who never lived."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.store.projection import project
from kerjadesa.store.store import DEVICE, HUB, Store, Unit, open_store
from tests.domain.said import HUB as HUB_ID
from tests.domain.said import body

KEY = bytes(range(32))
OWN = "0" * 19 + "a"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def open_at(folder: Path) -> Store:
    """The database in this folder, made if it is not there."""
    return open_store(folder / "register.db", KEY, folder / "backups")


@contextmanager
def empty_register(folder: Path) -> Iterator[Store]:
    """A device's empty register in this folder."""
    opened = open_at(folder)
    with opened.unit(NOW) as unit:
        unit.set(DEVICE, OWN)
        unit.set(HUB, HUB_ID)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A device's empty register."""
    with empty_register(tmp_path) as opened:
        yield opened


def register(unit: Unit, serial: int = 1, **changes: Any) -> Entry:
    """Registers one invented worker on this device; her id is `w<serial>`."""
    values = body(nik=f"130304410385{serial:04d}", **changes)
    entry = unit.journal.append(verbs.REGISTERED, f"w{serial}", values, "Petugas Contoh")
    project(unit, [entry])
    return entry
