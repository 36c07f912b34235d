"""Opening a workbook for review: its table, and which column of it means what."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.actions.office import Office
from kerjadesa.domain.problem import UserError
from kerjadesa.intake.match_columns import Matched, known_columns, match_columns
from kerjadesa.intake.table import Table, read_table
from kerjadesa.intake.workbook import ReadingStopped

_REMEMBERED = "import_columns."
"""Settings: this and the shape of a table → its kind and where its columns stand."""


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A table whose columns were matched, or remembered from a file of the same shape."""

    path: Path
    file: str
    """SHA-256 (hex) of the file as it was read."""
    table: Table
    matched: Matched


def open_list(office: Office, path: Path, progress: Progress, cancelled: Cancelled) -> OpenedList:
    """Reads a workbook and says where its columns stand; writes nothing.

    Raises UserError of `intake.table.read_table`, and Stopped.
    """
    try:
        table = read_table(path, progress, cancelled)
    except ReadingStopped:
        raise Stopped from None
    with office.store.reading(office.now()) as unit:
        remembered = _as_matched(unit.setting(_REMEMBERED + table.shape), len(table.headers))
    return OpenedList(path, _digest(path), table, remembered or match_columns(table))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        # The stick was pulled out a moment after the last row was read.
        raise UserError("file_unreadable") from error


def remember_columns(office: Office, table: Table, kind: str, places: dict[str, int]) -> None:
    """Keeps what an officer has said of the columns, for the next file of this shape."""
    with office.store.unit(office.now()) as unit:
        unit.set(_REMEMBERED + table.shape, {"kind": kind, "places": places})


def _as_matched(setting: Any, width: int) -> Matched | None:
    if setting is None:
        return None
    places = {
        column: place
        for column, place in setting["places"].items()
        if column in known_columns(setting["kind"]) and place < width
    }
    return Matched(setting["kind"], places, frozenset())
