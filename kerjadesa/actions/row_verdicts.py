"""The rows of a list and what would become of each: judged, mended cell by cell, judged again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.intake import cells
from kerjadesa.intake.assess import DUPLICATE
from kerjadesa.intake.table import Cells, Table

Outcome = Literal["new", "warned", "unchanged", "unknown", "refused", "done"]
"""`new` and `warned` may be chosen, `unchanged` stands in the register that way already,
`unknown` is somebody a poverty list names and the register does not, `done` is written."""

CHOOSABLE = frozenset({"new", "warned"})


class Verdict(NamedTuple):
    """What would become of one row."""

    outcome: Outcome
    codes: tuple[str, ...] = ()
    """Why it is refused, or what a person should look at."""
    nik: str = ""
    """Empty where the row is refused for a fault of its own."""


Fixes = dict[int, dict[int, str]]
"""By row and place what was typed in place of the file's own cell."""
Alone = Callable[[Cells], Verdict]
"""Judges a row's cells by themselves."""
Beside = Callable[[Sequence[tuple[Verdict, Cells]]], Iterable[Verdict]]
"""Judges rows, each with a NIK of its own, beside what the register holds."""


@dataclass(slots=True)
class Preview:
    """A list under review. Nothing of it is written before somebody says so."""

    kind: str
    """`residents` or `poverty`."""
    table: Table
    places: dict[str, int]
    """Where each column of the list stands in the table."""
    alone: Alone
    beside: Beside
    fixes: Fixes = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    """One a row, in the order of the table."""
    searched: list[str] = field(default_factory=list)
    """What words are looked for in: row number, name and NIK of each row."""
    own: list[Verdict] = field(default_factory=list)
    """Each row's verdict by itself, whoever else is on the list."""

    def cells(self, index: int) -> Cells:
        """A row as it is judged: the file's cells, and what was typed over them."""
        row = self.table.rows[index]
        if typed := self.fixes.get(index):
            width = max(len(row), *(place + 1 for place in typed))
            mended = [*row, *[""] * (width - len(row))]
            for place, written in typed.items():
                mended[place] = written
            return tuple(mended)
        return row

    def written(self, index: int, column: str) -> str:
        """One cell as text, empty where the list has no such column."""
        place = self.places.get(column)
        row = self.cells(index)
        return cells.plain(row[place]) if place is not None and place < len(row) else ""

    def with_outcome(self, *outcomes: str) -> list[int]:
        """The rows of these outcomes."""
        return [index for index, verdict in enumerate(self.verdicts) if verdict[0] in outcomes]


def judge_rows(preview: Preview, progress: Progress, cancelled: Cancelled) -> Preview:
    """Judges every row; of several with one NIK the first that can stand does."""
    whole = len(preview.table.rows)
    seen: set[str] = set()
    standing: list[int] = []
    for index in range(whole):
        if index % 200 == 0:
            if cancelled():
                raise Stopped
            progress(index, whole)
        verdict = preview.alone(preview.cells(index))
        preview.own.append(verdict)
        preview.searched.append(_searched(preview, index))
        if verdict.nik in seen:
            verdict = Verdict("refused", (DUPLICATE,))
        elif verdict.nik:
            seen.add(verdict.nik)
            standing.append(index)
        preview.verdicts.append(verdict)
    _compare(preview, standing)
    progress(whole, whole)
    return preview


def fix_cell(preview: Preview, index: int, column: str, written: str) -> list[int]:
    """Puts text in place of a cell and judges anew; returns the rows whose verdict may differ.

    Those are the row itself and the others with its NIK, the one it had before included.
    """
    before = preview.own[index].nik
    preview.fixes.setdefault(index, {})[preview.places[column]] = written
    verdict = preview.own[index] = preview.alone(preview.cells(index))
    preview.verdicts[index] = verdict
    preview.searched[index] = _searched(preview, index)
    touched = {index}
    for nik in {before, verdict.nik} - {""}:
        sharing = [other for other, own in enumerate(preview.own) if own.nik == nik]
        touched.update(sharing)
        # What is written stands, wherever in the list it comes.
        sharing.sort(key=lambda other: preview.verdicts[other].outcome != "done")
        for other in sharing[1:]:
            preview.verdicts[other] = Verdict("refused", (DUPLICATE,))
        _compare(preview, [i for i in sharing[:1] if preview.verdicts[i].outcome != "done"])
    return sorted(touched)


def judge_unmended(preview: Preview, indexes: Sequence[int]) -> dict[int, Verdict]:
    """What these rows would have come to without anything that was typed over them."""
    rows = {index: preview.table.rows[index] for index in indexes}
    found = {index: preview.alone(row) for index, row in rows.items()}
    standing = [index for index in indexes if found[index].nik]
    beside = preview.beside([(found[index], rows[index]) for index in standing])
    found.update(zip(standing, beside, strict=True))
    first: dict[str, int] = {}
    for index, own in enumerate(preview.own):
        if own.nik:
            first.setdefault(own.nik, index)
    for index in standing:
        if first.get(found[index].nik, index) < index:
            found[index] = Verdict("refused", (DUPLICATE,))
    return found


def _compare(preview: Preview, indexes: Sequence[int]) -> None:
    rows = [(preview.own[index], preview.cells(index)) for index in indexes]
    for index, verdict in zip(indexes, preview.beside(rows), strict=True):
        preview.verdicts[index] = verdict


def _searched(preview: Preview, index: int) -> str:
    name, nik = preview.written(index, "nama"), preview.written(index, "nik")
    return f"{preview.table.row_name(index)} {name} {nik}".casefold()
