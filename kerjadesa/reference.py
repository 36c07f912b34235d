"""Finds and reads the data in `resources/`: regions, occupations, rates, designs, fonts."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    # In a wheel the data travels inside the package; in a checkout it stands beside it.
    packaged = _PACKAGE / "resources"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of one file or folder of `resources/`."""
    return _root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """The UTF-8 text of one file of `resources/`."""
    return resource_path(*parts).read_text(encoding="utf-8")


def read_rows(*parts: str) -> list[dict[str, str]]:
    """The rows of one CSV of `resources/`, by column name."""
    with resource_path(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(*parts: str) -> dict[str, Any]:
    """The tables of one TOML file of `resources/`."""
    return tomllib.loads(read_text(*parts))
