"""Any workbook as one table: its sheet and header row found by what stands in them."""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.intake import cells
from kerjadesa.intake.column_names import column_named
from kerjadesa.intake.limits import MOST_ROWS, too_large
from kerjadesa.intake.residents import HEADER_WITHIN, header_key, header_keys, is_blank, row_name
from kerjadesa.intake.workbook import read_sheets

Cells = tuple[Any, ...]
"""One row. A tuple of plain values is nothing the garbage collector has to look through, and its
looking through a million cells would hold up the window.
"""

_LONGEST_HEADER = 100
_SHARED_WITHIN = 24
"""Texts up to this length repeat from row to row (places, jobs, codes): each is kept once."""


@dataclass(frozen=True, slots=True)
class Table:
    """The list in a workbook, every cell as it was read."""

    sheet: str
    headers: list[str]
    """As written; all empty where the list has no header row."""
    numbers: list[int]
    """Of each row, the spreadsheet's own row number."""
    rows: list[Cells]
    """Blank rows are left out."""
    parts: tuple[tuple[str, int], ...] = ()
    """Where several sheets are one list: the name of each, and the index of its first row."""
    unread: tuple[tuple[str, int], ...] = ()
    """Other sheets that name people, and how many; their columns stand otherwise."""

    def row_name(self, index: int) -> str:
        """What the operator finds this row by: its number, after its sheet if there are several."""
        number = self.numbers[index]
        if not self.parts:
            return row_name(number)
        part = bisect_right(self.parts, index, key=lambda part: part[1]) - 1
        return row_name(number, self.parts[part][0])

    @property
    def shape(self) -> str:
        """Names the header row; two files of one shape have their columns alike."""
        written = "\n".join(header_key(header) for header in self.headers)
        return hashlib.sha256(written.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place in a sheet where the list may begin."""

    known: int
    """Headers whose meaning is known."""
    people: int
    """Rows near the top that hold a possible NIK."""
    sheet: str
    headers: list[str]
    first_row: int
    nik_place: int
    rows: Iterator[list[Any]]

    def is_of_one_list_with(self, other: "_Candidate") -> bool:
        """Whether both have the same header row."""
        keys = header_keys(self.headers)
        return bool(keys) and keys == header_keys(other.headers)

    @property
    def rank(self) -> tuple[bool, int, int]:
        """A page of instructions may name a column; only a list has people below it."""
        return (self.people > 0, self.known, self.people)


def read_table(
    path: Path, progress: Callable[[int, int | None], None], cancelled: Callable[[], bool]
) -> Table:
    """The list in a workbook; sheets with the same header row (one for each RT) are one list.

    Raises UserError of `workbook.read_sheets`, `workbook_empty` (nobody is in it),
    `workbook_header_missing` (nothing looks like a list of people); ReadingStopped.
    """
    candidates: list[_Candidate] = []
    anything = False
    for sheet in read_sheets(path, cancelled):
        top = list(islice(sheet.rows, HEADER_WITHIN))
        anything = anything or not all(is_blank(row) for row in top)
        candidate = _candidate(sheet.name, top, sheet.rows)
        if candidate is not None:
            candidates.append(candidate)
    if not candidates:
        raise UserError("workbook_header_missing" if anything else "workbook_empty")
    # Of equals the first.
    best = max(candidates, key=lambda candidate: candidate.rank)
    together = [one for one in candidates if one is best or one.is_of_one_list_with(best)]
    unread = [(one.sheet, _people(one)) for one in candidates if one.people and one not in together]
    return _read(best, together, tuple(unread), progress)


def _candidate(name: str, top: list[list[Any]], rest: Iterator[list[Any]]) -> _Candidate | None:
    named = [sum(_is_known(cell) for cell in row) for row in top]
    with_people = [index for index, row in enumerate(top) if any(_is_nik(cell) for cell in row)]
    known = max(named, default=0)
    if known:
        header = named.index(known)
    elif with_people:
        # Nothing is known by name: the row above the first person, if anything stands there.
        header = with_people[0] - 1
    else:
        return None
    headers = []
    if header >= 0 and not is_blank(top[header]):
        headers = [cells.text(cell)[:_LONGEST_HEADER] for cell in top[header]]
    width = max((len(row) for row in top[header + 1 :]), default=0)
    headers += [""] * (width - len(headers))
    below = chain(top[header + 1 :], rest)
    people = sum(index > header for index in with_people)
    nik_place = _nik_place(headers, top[header + 1 :])
    return _Candidate(known, people, name, headers, header + 2, nik_place, below)


def _nik_place(headers: Sequence[str], rows: Sequence[list[Any]]) -> int:
    named = [column_named(header) for header in headers]
    if "nik" in named:
        return named.index("nik")
    found = Counter(place for row in rows for place, cell in enumerate(row) if _is_nik(cell))
    return found.most_common(1)[0][0] if found else 0


def _people(candidate: _Candidate) -> int:
    place = candidate.nik_place
    return sum(len(row) > place and _is_nik(row[place]) for row in candidate.rows)


def _read(
    best: _Candidate,
    together: Sequence[_Candidate],
    unread: tuple[tuple[str, int], ...],
    progress: Callable[[int, int | None], None],
) -> Table:
    shared: dict[Any, Any] = {}
    keep = shared.setdefault
    numbers: list[int] = []
    rows: list[Cells] = []
    parts: list[tuple[str, int]] = []
    for sheet in together:
        before = len(rows)
        for number, row in enumerate(sheet.rows, sheet.first_row):
            if number % 500 == 0:
                progress(len(rows), None)
            if not is_blank(row):
                numbers.append(number)
                rows.append(
                    tuple(
                        keep(cell, cell)
                        if type(cell) is float or (type(cell) is str and len(cell) < _SHARED_WITHIN)
                        else cell
                        for cell in row
                    )
                )
        if len(rows) > MOST_ROWS:
            raise too_large()
        if len(rows) > before:
            parts.append((sheet.sheet, before))
    if not rows:
        raise UserError("workbook_empty")
    several = tuple(parts) if len(parts) > 1 else ()
    return Table(best.sheet, best.headers, numbers, rows, several, unread)


def _is_known(cell: Any) -> bool:
    return isinstance(cell, str) and column_named(cell[:_LONGEST_HEADER]) is not None


def _is_nik(cell: Any) -> bool:
    written = cells.nik(cell)
    return len(written) <= 40 and not isinstance(nik_rules.parse(written), Problem)
