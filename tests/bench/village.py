"""Registers of a wanted size, made once and kept in build/bench."""

import inspect
import os
import random
import shutil
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.actions.seek_twins import seek_on
from kerjadesa.actions.setup import set_up
from kerjadesa.actions.unlock import open_office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.identifier import new_id
from kerjadesa.reference import read_toml
from kerjadesa.store.migrations import STEPS

FOLDER = Path("build/bench")
PASSPHRASE = "ukuran dan timbangan"
NAGARI = "13.03.04.2001"


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def bodies(count: int) -> Iterator[dict[str, Any]]:
    """Journal bodies of invented workers: every NIK possible and different."""
    names = read_toml("demo.toml")["names"]
    chance = random.Random(count)
    for index in range(count):
        day, month, year = index % 28 + 1, index // 28 % 12 + 1, 1965 + index // 336 % 40
        serial = index // 13440 + 1
        yield {
            "nik": f"130304{day:02d}{month:02d}{year % 100:02d}{serial:04d}",
            "kk": f"1303041207{index:06d}",
            "name": f"{chance.choice(names['men'])} {chance.choice(names['families'])}",
            "sex": "M",
            "birth_place": chance.choice(names["birth_places"]),
            "birth_date": f"{year}-{month:02d}-{day:02d}",
            "mother_name": f"{chance.choice(names['women'])} {chance.choice(names['families'])}",
            "nagari": NAGARI,
            "jorong": chance.choice(names["jorong"]),
            "rt": "003",
            "rw": "001",
            "occupation": 9,
            "income_base": 1_000_000,
            "programme": "1N100PR2026",
        }


def folder_of(count: int) -> Path:
    """Where a register of that size is kept; another schema means another folder."""
    schema = "".join(inspect.getsource(step) for step in map(inspect.getmodule, STEPS) if step)
    return FOLDER / f"register-{count}-{zlib.crc32(schema.encode()):08x}"


def opened(count: int) -> Office:
    """An office with `count` workers."""
    home = folder_of(count)
    done = home / "filled"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        set_up(home, NAGARI, "Petugas Contoh", PASSPHRASE, "1 Nagari 100 Pekerja Rentan", now())
        office = open_office(home, PASSPHRASE, now)
        _fill(office, count)
        while seek_on(office) is not None:
            pass
        office.close()
        done.touch()
    return open_office(home, PASSPHRASE, now)


def _fill(office: Office, count: int) -> None:
    everybody = bodies(count)
    moment = now()
    for start in range(0, count, 5000):
        with office.store.unit(moment) as unit:
            some = [next(everybody) for _ in range(min(5000, count - start))]
            milliseconds = int(moment.timestamp() * 1000)
            unit.project_new(
                unit.journal.append_many(
                    (
                        (verbs.REGISTERED, new_id(milliseconds, os.urandom(10)), body)
                        for body in some
                    ),
                    office.operator,
                )
            )
