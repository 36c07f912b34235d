"""Workbooks as rows of plain values: `.xlsx`, `.xls`, `.ods` and `.csv`, known by their content.

A name proves nothing: village systems export web pages called `.xls` and CSV called `.xlsx`.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kerjadesa.domain.problem import UserError
from kerjadesa.intake.limits import MOST_BYTES, limit_sheet, too_large
from kerjadesa.intake.measure import limit_ods, limit_xlsx
from kerjadesa.intake.measure_xls import limit_xls
from kerjadesa.intake.unpack import pack, unpack

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# PDF, RTF, and web pages or XML that call themselves a workbook.
_OTHER_TEXTS = (b"%PDF", b"{\\rtf", b"<")
_DELIMITERS = ";,\t|"
_SNIFFED_LINES = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its rows can be gone through once."""

    name: str
    rows: Iterator[list[Any]]
    """Cells as text, number, bool, date, datetime, time or timedelta; the first is row 1."""


class ReadingStopped(Exception):
    """`cancelled` said so while a workbook was being read."""


def read_sheets(path: Path, cancelled: Callable[[], bool]) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order, each read when it is its turn.

    A `.csv` is one sheet without a name. Raises UserError `file_missing`, `file_unreadable`,
    `workbook_unreadable`, `workbook_too_large`, `workbook_bomb`, `workbook_password`; too many
    rows of a `.csv` show only on the way. Raises ReadingStopped when `cancelled`.
    """
    data = _read(path)
    if data.startswith(_ZIP):
        members = unpack(data)
        if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
            raise UserError("workbook_password")
        if "content.xml" in members:
            limit_ods(members["content.xml"])
        else:
            limit_xlsx(members)
        # Packed anew, for two programs may see two different things in one zip: the reader gets
        # what was measured and nothing else.
        yield from _read_binary(pack(members), cancelled)
    elif data.startswith(_OLE):
        limit_xls(data)
        yield from _read_binary(data, cancelled)
    else:
        yield Sheet("", _watched(_read_text(data), cancelled))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("file_missing") from error
    # A folder, a stick pulled out, a file that another program holds.
    except (OSError, ValueError) as error:
        raise UserError("file_unreadable") from error
    if len(data) > MOST_BYTES:
        raise too_large()
    return data


def _read_binary(data: bytes, cancelled: Callable[[], bool]) -> Iterator[Sheet]:
    book: CalamineWorkbook = _calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    for number, name in enumerate(book.sheet_names):
        if cancelled():
            raise ReadingStopped
        sheet = _calamine(lambda index=number: book.get_sheet_by_index(index))
        limit_sheet(sheet.total_height, sheet.total_width)
        yield Sheet(name, _watched(sheet.iter_rows(), cancelled))


def _calamine(step: Callable[..., Any]) -> Any:
    try:
        return step()
    except PasswordError as error:
        raise UserError("workbook_password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UserError("workbook_unreadable") from error
    except BaseException as error:
        # A damaged file may run into a panic of the Rust library, which Python sees as an
        # exception outside Exception. Its class cannot be imported, so it goes by its name.
        if type(error).__name__ == "PanicException":
            raise UserError("workbook_unreadable") from error
        raise


def _read_text(data: bytes) -> Iterator[list[Any]]:
    text = _decode(data)
    csv.field_size_limit(128 * 1024)
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1
        ):
            limit_sheet(number, len(row))
            yield row
    except csv.Error as error:
        raise UserError("workbook_unreadable") from error


def _decode(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        encoding = "utf-16"
    elif b"\0" in data or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHER_TEXTS):
        raise UserError("workbook_unreadable")
    else:
        encoding = "utf-8-sig"
    try:
        # Row ends stay as they are: the csv module tells those inside quotes from the others.
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one seen most in the first lines: 43 columns outnumber the commas of any address."""
    lines = io.StringIO(text[: 256 * 1024], newline="").readlines()[:_SNIFFED_LINES]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


def _watched(rows: Iterator[list[Any]], cancelled: Callable[[], bool]) -> Iterator[list[Any]]:
    for number, row in enumerate(rows):
        if number % 256 == 0 and cancelled():
            raise ReadingStopped
        yield row
