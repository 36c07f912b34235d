"""The resident export of a village information system, row by row as drafts of workers."""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kerjadesa.domain.problem import UserError
from kerjadesa.domain.worker import import_columns
from kerjadesa.intake import cells
from kerjadesa.intake.workbook import read_sheets
from kerjadesa.reference import read_text

NEEDED_COLUMNS = ("nik", "nama", "tanggallahir")

HEADER_WITHIN = 50
"""Rows looked at for the header: letterheads above a list are long, but not that long."""
_NO_HEADER_CHARACTER = re.compile(r"[\W_]+")
# How this region and people say what the export calls otherwise; none of them is a needed column.
_OTHER_WORDS = {"jorong": "dusun", "jeniskelamin": "sex"}

_STATUS_FACTS = {"status_dasar": "life_status", "warganegara_id": "citizenship"}
_READERS: dict[str, Callable[[Any], Any]] = {
    "nik": cells.nik,
    "no_kk": cells.kk,
    "sex": cells.sex,
    "tanggallahir": cells.birth_date,
    "status_kawin": cells.marital_status,
    "pekerjaan_id": cells.occupation,
    "rt": cells.area_number,
    "rw": cells.area_number,
    "status_dasar": cells.status("status_dasar"),
    "warganegara_id": cells.status("warganegara_id"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One resident as the workbook has them."""

    number: int
    """The spreadsheet's own row number: header and title rows count."""
    draft: dict[str, Any]
    """For `domain.check.check`."""
    written_kk: str
    """The KK as written, for a warning: the draft's is dropped where it cannot be a KK."""
    sheet: str = ""
    """Its sheet, where several are one list."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet whose header row was found: the places of its columns and the rows below."""

    sheet: str
    columns: dict[str, int]
    headers: list[str]
    first_row: int
    rows: Iterator[list[Any]]


def read_residents(
    path: Path,
    nagari: str,
    cancelled: Callable[[], bool],
    tell_unread: Callable[[list[str]], object] = lambda _sheets: None,
) -> Iterator[Row]:
    """The residents in a workbook, in its order; blank rows are left out.

    Sheets with the same header row (one for each RT) are one list; `tell_unread` hears of other
    sheets that look like a list of residents too.

    `nagari` is the code of the village the list is of. Raises UserError of
    `workbook.read_sheets`, and `workbook_empty`, `workbook_header_missing` (no row looks like the
    header), `workbook_column_missing` (column, nearest: the header most like it); ReadingStopped.
    """
    together, others = _find_headers(path, cancelled)
    found = together[0]
    for column in NEEDED_COLUMNS:
        if column not in found.columns:
            nearest = _nearest(column, found)
            raise UserError("workbook_column_missing", column=column, nearest=nearest)
    tell_unread([one.sheet for one in others if one.columns.keys() >= set(NEEDED_COLUMNS)])
    plan = plan_of(found.columns)
    for one in together:
        sheet = one.sheet if len(together) > 1 else ""
        for number, row in enumerate(one.rows, one.first_row):
            if not is_blank(row):
                draft = draft_of(row, plan, nagari)
                yield Row(number, draft, draft.get("kk", ""), sheet)


def _find_headers(path: Path, cancelled: Callable[[], bool]) -> tuple[list[_Found], list[_Found]]:
    """The sheet with the most known columns and those that agree with it, and all others."""
    known = known_headers()
    found: list[_Found] = []
    anything = False
    for sheet in read_sheets(path, cancelled):
        top = list(islice(sheet.rows, HEADER_WITHIN))
        anything = anything or not all(is_blank(row) for row in top)
        best: _Found | None = None
        for index, row in enumerate(top):
            headers = [cells.text(cell)[:100] for cell in row]
            columns: dict[str, int] = {}
            for place, header in enumerate(headers):
                if column := known.get(header_key(header)):
                    columns.setdefault(column, place)
            if columns and (best is None or len(columns) > len(best.columns)):
                # Row 1 of the sheet is the first of `top`; the data begin below the header.
                below = chain(top[index + 1 :], sheet.rows)
                best = _Found(sheet.name, columns, headers, index + 2, below)
        if best is not None:
            found.append(best)
    if not found:
        raise UserError("workbook_header_missing" if anything else "workbook_empty")
    # Of equals the first.
    most = max(found, key=lambda one: len(one.columns))
    shape = header_keys(most.headers)
    together = [one for one in found if one is most or header_keys(one.headers) == shape]
    return together, [one for one in found if one not in together]


def row_name(number: int, sheet: str = "") -> str:
    """What the operator finds a row by; the sheet is told where several are one list."""
    return f"{sheet} · {number}" if sheet else str(number)


def header_keys(headers: Sequence[str]) -> list[str]:
    """A header row by which sheets are told to be one list; empty ends do not count."""
    keys = [header_key(header) for header in headers]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def known_headers() -> dict[str, str]:
    """Every way a column's header may be written → the column."""
    known = dict(_OTHER_WORDS)
    for column in read_text("resident_columns.txt").split():
        key = header_key(column)
        known[key] = column
        # `pekerjaan_id` is headed PEKERJAAN once an office puts labels for its codes.
        known.setdefault(key.removesuffix("id"), column)
    return known


def header_key(header: str) -> str:
    """A header without case, blanks and marks."""
    return _NO_HEADER_CHARACTER.sub("", header).casefold()


def _nearest(column: str, found: _Found) -> str:
    """The header most like a missing column; one that is another known column only as a last
    resort.
    """
    taken = set(found.columns.values())
    written = [(place, header) for place, header in enumerate(found.headers) if header]
    free = [header for place, header in written if place not in taken]
    return max(
        free or [header for _, header in written],
        key=lambda header: difflib.SequenceMatcher(None, column, header_key(header)).ratio(),
    )


Plan = list[tuple[int, str, Callable[[Any], Any]]]


def filling_columns() -> dict[str, str]:
    """Every column that fills a fact → the fact, in the order of the facts."""
    return {**import_columns(), **_STATUS_FACTS}


def plan_of(columns: dict[str, int]) -> Plan:
    """Place, fact and reader of each column that fills a fact, in the order of the facts."""
    return [
        (columns[column], fact, _READERS.get(column, cells.text))
        for column, fact in filling_columns().items()
        if column in columns
    ]


def draft_of(row: Sequence[Any], plan: Plan, nagari: str) -> dict[str, Any]:
    """One row as a draft for `domain.check.check`."""
    draft: dict[str, Any] = {}
    width = len(row)
    for place, fact, read in plan:
        value = read(row[place]) if place < width else read(None)
        # Two columns may fill one fact (`alamat`, then `alamat_sekarang`): the first that does.
        if value not in (None, "") and fact not in draft:
            draft[fact] = value
    # A job the KTP's list does not know is kept in the person's own words.
    if isinstance(draft.get("occupation"), str):
        draft["occupation_text"] = draft.pop("occupation")
    draft["nagari"] = nagari
    return draft


def is_blank(row: list[Any]) -> bool:
    """Whether nothing is written in any cell."""
    return all(cell is None or (type(cell) is str and not cell.strip()) for cell in row)
