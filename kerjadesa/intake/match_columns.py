"""Which column of a table holds which fact: by its header, and where that says nothing, by content.

A guess by content is only ever an offer: the officer sees it, with examples, before anything is
read from it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.nik import Nik
from kerjadesa.intake import cells
from kerjadesa.intake.column_names import DECILE, column_named
from kerjadesa.intake.residents import NEEDED_COLUMNS, filling_columns, header_key
from kerjadesa.intake.table import Cells, Table

POVERTY_COLUMNS = ("nik", DECILE)
"""What a poverty list cannot be without."""

_SAMPLED = 300
_MOST = 0.6
_NEARLY_ALL = 0.8
_EARLIEST = date(1900, 1, 1)
# "NIK IBU" is full of possible NIKs and is not the person's own.
_SOMEBODY_ELSE = ("ibu", "ayah", "kepala", "suami", "istri", "pasangan", "anak")


@dataclass(frozen=True, slots=True)
class Matched:
    """Where each column of the list stands in a table."""

    kind: str
    """`residents`, or `poverty` where a column of deciles was found."""
    places: dict[str, int]
    guessed: frozenset[str]
    """Those found by their content."""

    @property
    def missing(self) -> list[str]:
        """The needed columns that were not found."""
        return [column for column in needed_columns(self.kind) if column not in self.places]

    @property
    def sure(self) -> bool:
        """Whether nobody has to look before rows are judged."""
        return not self.guessed and not self.missing


def needed_columns(kind: str) -> tuple[str, ...]:
    """The columns without which nothing can be said of a row."""
    return POVERTY_COLUMNS if kind == "poverty" else NEEDED_COLUMNS


def known_columns(kind: str) -> list[str]:
    """The columns a table of this kind may have, in the order of the facts."""
    return ["nik", "nama", DECILE] if kind == "poverty" else [*filling_columns()]


def match_columns(table: Table, kind: str = "") -> Matched:
    """Where the columns stand, by name first and then by content.

    Without a `kind`, a column of deciles makes it a poverty list.
    """
    named = [column_named(header) for header in table.headers]
    kind = kind or ("poverty" if DECILE in named else "residents")
    wanted = known_columns(kind)
    places: dict[str, int] = {}
    for place, column in enumerate(named):
        if column in wanted:
            places.setdefault(column, place)
    # A header known for something else (a father's NIK, a blood group) is no mystery to solve.
    free = [place for place, column in enumerate(named) if column is None]
    guessed = _by_content(table, wanted, places, free)
    return Matched(kind, {**places, **guessed}, frozenset(guessed))


def examples(table: Table, place: int, count: int = 3) -> list[str]:
    """The first cells of a column in which something stands."""
    found: list[str] = []
    for row in table.rows[:_SAMPLED]:
        written = cells.text(row[place]) if place < len(row) else ""
        if written and written not in found:
            found.append(written)
            if len(found) == count:
                break
    return found


def _by_content(
    table: Table, wanted: Sequence[str], known: dict[str, int], free: list[int]
) -> dict[str, int]:
    rows = table.rows[:_SAMPLED]
    columns = {place: [row[place] if place < len(row) else None for row in rows] for place in free}
    columns = {place: cells_ for place, cells_ in columns.items() if any(map(cells.text, cells_))}
    found: dict[str, int] = {}

    def take(column: str, place: int | None) -> None:
        if column in wanted and column not in known and place is not None:
            found[column] = place
            columns.pop(place)

    own = {p: c for p, c in columns.items() if not _is_of_somebody_else(table.headers[p])}
    take("nik", _best(own, _nik_score))
    niks = _niks(rows, known.get("nik", found.get("nik")))
    take("no_kk", _best(columns, _kk_score))
    take("tanggallahir", _best(columns, lambda column: _date_score(column, niks)))
    take("sex", _best(columns, lambda column: _sex_score(column, niks)))
    for column in ("pekerjaan_id", "status_kawin"):
        take(column, _best(columns, partial(_label_score, column)))
    own = {p: c for p, c in columns.items() if not _is_of_somebody_else(table.headers[p])}
    take("nama", _best(own, _name_score))
    return found


def _best(columns: dict[int, list[Any]], score: Callable[[list[Any]], float]) -> int | None:
    """The place of the column with the highest score; the leftmost of equals; None if all are 0."""
    scores = {place: score(column) for place, column in columns.items()}
    best = max(scores, key=lambda place: scores[place], default=None)
    return best if best is not None and scores[best] > 0 else None


def _is_of_somebody_else(header: str) -> bool:
    key = header_key(header)
    return any(word in key for word in _SOMEBODY_ELSE)


def _parsed(cell: Any) -> Nik | None:
    written = cells.nik(cell)
    parsed = nik_rules.parse(written) if len(written) <= 40 else None
    return parsed if isinstance(parsed, Nik) else None


def _niks(rows: Sequence[Cells], place: int | None) -> list[Nik | None]:
    if place is None:
        return [None] * len(rows)
    return [_parsed(row[place]) if place < len(row) else None for row in rows]


def _nik_score(column: list[Any]) -> float:
    niks = [nik for cell in column if (nik := _parsed(cell)) is not None]
    if len(niks) < _MOST * _written(column):
        return 0
    # A KK number may pass for a man's NIK. Only NIKs are women's, and a family shares its KK.
    women = sum(nik.sex == "F" for nik in niks)
    return women / len(niks) + len({nik.text for nik in niks}) / len(niks)


def _kk_score(column: list[Any]) -> float:
    # The date in a KK number is a day of issue: one with a woman's birthday is somebody's NIK.
    if any(nik.sex == "F" for cell in column if (nik := _parsed(cell)) is not None):
        return 0
    possible = sum(nik_rules.kk_number(cells.kk(cell)) is not None for cell in column)
    return _share(possible, _written(column), _NEARLY_ALL)


def _date_score(column: list[Any], niks: Sequence[Nik | None]) -> float:
    fits = 0
    real = 0
    for cell, nik in zip(column, niks, strict=True):
        born = cells.birth_date(cell)
        if isinstance(born, date) and born >= _EARLIEST:
            # Any number may be a day since 1900; by itself only a written date counts.
            real += not isinstance(cell, (int, float)) and not str(cell).strip().isdigit()
            fits += nik is not None and nik.birth_date(born, born) == born
    read = sum(nik is not None for nik in niks)
    agreeing = _share(fits, read, 0.5)
    return 1 + agreeing if agreeing else _share(real, _written(column), _MOST)


def _sex_score(column: list[Any], niks: Sequence[Nik | None]) -> float:
    read = [cells.sex(cell) for cell in column]
    if sum(map(bool, read)) < _NEARLY_ALL * _written(column):
        return 0
    # 1 and 2 are the codes of many things; words are the sexes', and so is what the NIKs say.
    both = [(sex, nik) for sex, nik in zip(read, niks, strict=True) if sex and nik is not None]
    agreeing = _share(sum(sex == nik.sex for sex, nik in both), len(both), _NEARLY_ALL)
    words = sum(not cells.text(cell).isdigit() for cell in column if cells.text(cell))
    return agreeing or _share(words, _written(column), _NEARLY_ALL)


def _label_score(name: str, column: list[Any]) -> float:
    labels = sum(
        cells.code(name, cell) is not None and not cells.text(cell).isdigit() for cell in column
    )
    return _share(labels, _written(column), _NEARLY_ALL)


def _name_score(column: list[Any]) -> float:
    texts = [text for cell in column if (text := cells.text(cell))]
    names = [text for text in texts if text.replace(" ", "").replace(".", "").isalpha()]
    if not names or len(names) < _NEARLY_ALL * len(texts):
        return 0
    # Places repeat, names hardly do, and many have two words.
    distinct = len(set(names)) / len(names)
    return distinct if distinct >= _MOST or len(names) < 10 else 0


def _written(column: Iterable[Any]) -> int:
    return sum(bool(cells.text(cell)) for cell in column)


def _share(part: int, whole: int, least: float) -> float:
    share = part / whole if whole else 0.0
    return share if share >= least else 0.0
