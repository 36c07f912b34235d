"""One cell of a resident workbook: from what spreadsheets make of it to what was meant."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from kerjadesa.domain.check import read_date
from kerjadesa.reference import read_rows

Cell = Any
"""Text, int, float, bool, date, datetime, time, timedelta or None."""

# What village systems write where they know nothing, and what a broken formula leaves behind.
_NOTHING = frozenset(
    {"", "-", "--", "0", "NULL", "00-00-0000", "0000-00-00", "00/00/0000"}
    | {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
)
_CONTROL_AND_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_SERIAL = re.compile(r"^[1-9]\d{4}$")
_AREA_PREFIX = re.compile(r"^R[TW][\s.:]*(?=\d)", re.IGNORECASE)
_WHOLE_FLOAT = re.compile(r"^(\d+)[.,]0+$")
_LAST_SERIAL = 80_000
"""15 January 2119: a number above is no date of anybody's life."""


def text(cell: Cell) -> str:
    """The cell as text, empty where it means nothing: a whole number has no `.0`."""
    written = plain(cell)
    return "" if written.upper() in _NOTHING else written


def plain(cell: Cell) -> str:
    """The cell as text, blanks around it taken off and nothing judged."""
    if type(cell) is str:
        return cell if cell.isalnum() else _CONTROL_AND_BLANK.sub(" ", cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = math.isfinite(cell) and cell == int(cell) and abs(cell) < 1e17
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def nik(cell: Cell) -> str:
    """The NIK as written. Of a number with 16 digits the last ones are gone, and `nik.parse` is
    to say so: it gets the text of a float.
    """
    # A short number has lost nothing (a spreadsheet keeps 15 digits), it is merely too short.
    if isinstance(cell, (int, float)) and 10**15 <= cell < 10**17:
        return f"{int(cell)}.0"
    return plain(cell)


def kk(cell: Cell) -> str:
    """The KK number as written, or empty; one kept as a number fails as a KK, like a NIK does."""
    return nik(cell) if text(cell) else ""


def birth_date(cell: Cell) -> date | str:
    """The date where the cell holds one, else what is written there.

    Numbers, and texts of five digits, are days since 1900 as Excel counts them; a number of seven
    or eight is `07071971`, its nought lost.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = plain(cell)
    # `_SERIAL` needs five digits, a number may have fewer: 1 is 1 January 1900.
    if isinstance(cell, (int, float)) or _SERIAL.match(written):
        as_digits = read_date(written.zfill(8)) if len(written) in {7, 8} else None
        return as_digits or _from_serial(written)
    return read_date(written.strip("'")) or written


def _from_serial(written: str) -> date | str:
    try:
        days = math.floor(float(written))
    except (ValueError, OverflowError):
        return written
    # Excel believes in 29 February 1900, day 60: before it every day is one off.
    if not 1 <= days <= _LAST_SERIAL or days == 60:
        return written
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


def area_number(cell: Cell) -> str:
    """An RT or RW: three digits, whether written `004`, `4` or `RT 04`."""
    written = _AREA_PREFIX.sub("", text(cell))
    return written.zfill(3) if written.isascii() and written.isdigit() else written


@cache
def _codes(column: str) -> dict[str, str]:
    """Codes and labels of a column, as `_key` writes them → code."""
    known: dict[str, str] = {}
    for row in read_rows("resident_codes.csv"):
        if row["column"] != column:
            continue
        label = row["label"]
        outside, _, inside = label.rstrip(")").partition("(")
        for name in (row["code"], label, outside, inside):
            if name:
                known.setdefault(_key(name), row["code"])
    return known


def _key(written: str) -> str:
    return _NOT_LETTER_OR_DIGIT.sub("", written).casefold()


@lru_cache(maxsize=4096)
def _code_of_text(column: str, written: str) -> str | None:
    known = _codes(column)
    whole = _WHOLE_FLOAT.match(written)
    key = _key(whole[1] if whole else written)
    if key.isdigit():
        return known.get(key.lstrip("0"))
    return known.get(key)


def code(column: str, cell: Cell) -> str | None:
    """The code a cell means, given as code or label in any case; None where it is neither."""
    written = text(cell)
    # No label is longer, and what is remembered must not fill the memory.
    return _code_of_text(column, written) if len(written) <= 60 else None


_SEX_WORDS = {"l": "M", "lk": "M", "m": "M", "p": "F", "pr": "F", "f": "F"}
_SEX_CODES = {"1": "M", "2": "F"}
# Registers since 2019 say whether a marriage is on record: KAWIN TERCATAT, KAWIN BELUM TERCATAT.
_MARITAL_WORDS = (("belumkawin", 1), ("kawin", 2), ("ceraihidup", 3), ("ceraimati", 4))


def sex(cell: Cell) -> str:
    """`M` or `F`; empty where nobody can tell, then the NIK says it."""
    found = code("sex", cell)
    return _SEX_CODES[found] if found else _SEX_WORDS.get(_key(text(cell)), "")


def marital_status(cell: Cell) -> int | None:
    """The code 1 to 4, or None."""
    if found := code("status_kawin", cell):
        return int(found)
    key = _key(text(cell))
    return next((number for word, number in _MARITAL_WORDS if key.startswith(word)), None)


def relation(cell: Cell) -> str:
    """What somebody is to the head of the family, *Istri*; empty where nobody can tell."""
    found = code("kk_level", cell)
    return _relations()[found] if found else ""


@cache
def _relations() -> dict[str, str]:
    rows = read_rows("resident_codes.csv")
    return {row["code"]: row["label"].capitalize() for row in rows if row["column"] == "kk_level"}


def occupation(cell: Cell) -> int | str | None:
    """The KTP occupation code; the text itself where it is none, None where there is nothing."""
    found = code("pekerjaan_id", cell)
    return int(found) if found else text(cell) or None


def status(column: str) -> Callable[[Cell], str]:
    """Reads `status_dasar` or `warganegara_id`: a code, or the text where it is unknown.

    An empty cell counts as "1" (alive, Indonesian): many villages fill in only the others.
    """

    def read(cell: Cell) -> str:
        return code(column, cell) or text(cell) or "1"

    return read
