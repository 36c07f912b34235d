"""How large the sheets of an old `.xls` (OLE2 around BIFF records) are, before it is read.

Like an `.xlsx` (see `kerjadesa.intake.measure`): two bytes of row and two of column may ask the
reader for a block of four thousand million cells.
"""

import io
import struct
from collections.abc import Iterator

import olefile

from kerjadesa.domain.problem import UserError
from kerjadesa.intake.limits import MOST_CELLS, limit_sheets, too_large

_RECORD = struct.Struct("<HH")
_SHEET, _END, _PASSWORD = 0x0085, 0x000A, 0x002F
_DIMENSIONS, _SHARED_TEXT = 0x0200, 0x00FC
# FORMULA, BLANK, NUMBER, LABEL, BOOLERR, RSTRING, LABELSST, RK.
_CELLS = frozenset({0x0006, 0x0206, 0x0406, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
_NUMBER_RUN = 0x00BD


def limit_xls(data: bytes) -> None:
    """Refuses an `.xls` that cannot be read or would not fit.

    Raises UserError `workbook_unreadable`, `workbook_too_large`, and `workbook_password` (a
    workbook of any Excel since 2007 turns into an OLE2 file when a password is put on it).
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise UserError("workbook_password")
            name = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
            if name is None:
                raise UserError("workbook_unreadable")
            stream = ole.openstream(name).read()
        limit_sheets(_sizes(stream))
    # What a damaged OLE2 file makes olefile stumble over.
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise UserError("workbook_unreadable") from error


def _sizes(stream: bytes) -> Iterator[tuple[int, int]]:
    sheets = []
    for kind, at, length in _records(stream, 0):
        if kind == _PASSWORD:
            raise UserError("workbook_password")
        if kind == _SHARED_TEXT:
            _believe_shared_text(stream, at, length)
        if kind == _SHEET and length >= 4:
            sheets.append(struct.unpack_from("<I", stream, at)[0])
    steps = 0
    for start in sheets:
        rows = columns = 0
        for kind, at, length in _records(stream, start):
            steps += 1
            # A thousand sheets may all begin at the same byte, so the steps are counted together.
            if steps > MOST_CELLS:
                raise too_large()
            if kind == _DIMENSIONS:
                _believe_dimensions(stream, at, length)
            if (kind in _CELLS or kind == _NUMBER_RUN) and length >= 4:
                row, column = _RECORD.unpack_from(stream, at)
                # A run holds 6 bytes a number between its first and its last column.
                last = column + length // 6 if kind == _NUMBER_RUN else column
                rows, columns = max(rows, row + 1), max(columns, last + 1)
        yield rows, columns


# The reader makes room by what these two records announce, before it has seen a single cell.


def _believe_dimensions(stream: bytes, at: int, length: int) -> None:
    layout = {10: "<4H", 14: "<2I2H"}.get(length)
    if layout is None:
        raise UserError("workbook_unreadable")
    first_row, end_row, first_column, end_column = struct.unpack_from(layout, stream, at)
    if not (first_row <= end_row <= 65_536 and first_column <= end_column <= 256):
        raise UserError("workbook_unreadable")


def _believe_shared_text(stream: bytes, at: int, length: int) -> None:
    # A text takes three bytes at least.
    if length < 8 or struct.unpack_from("<I", stream, at + 4)[0] > len(stream) // 3:
        raise UserError("workbook_unreadable")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of the records of one substream, to its end mark."""
    at = start
    while at + 4 <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        at += 4
        if kind == _END or at + length > len(stream):
            return
        yield kind, at, length
        at += length
