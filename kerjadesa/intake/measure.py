"""How large the sheets of an `.xlsx` or `.ods` are, found out before anything trusts them.

The reader (calamine) lays a sheet out as one block, from the first cell to the last, each cell
with its own copy of the text: a file of 5 KB naming the cell XFD1048576 makes it ask for hundreds
of gigabytes and takes the whole program down, which no exception handler catches.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.parsers import expat

from kerjadesa.domain.problem import UserError
from kerjadesa.intake.limits import MOST_CELLS, MOST_TEXT, limit_sheet, limit_sheets

# Every blank a space and `x:row` as `<row`, so that each tag begins in one way only.
_EVEN = bytes.maketrans(b"\t\r\n:", b"   <")
_REFERENCE = re.compile(rb'<(?:c|row) r="([A-Za-z]{0,3})(\d{1,7})"')
_COUNT = re.compile(rb"""ount\s*=\s*["']([^"']*)""")
_CELL_VALUE = re.compile(rb"<v[^>]*>[ +]*(\d{1,9})")

_STRETCH = 512 * 1024


def limit_xlsx(members: dict[str, bytes]) -> None:
    """Raises UserError for sheets that would not fit: `workbook_too_large`, `workbook_bomb`."""
    for content in members.values():
        # The reader makes room for as many texts as `uniqueCount` announces, seen or not.
        if any(_is_boast(count) for count in _COUNT.findall(content)):
            raise UserError("workbook_bomb")
    sheets = [content for content in members.values() if b"sheetData" in content]
    limit_sheets(map(_xlsx_size, sheets))
    for content in members.values():
        if b"sst" in content:
            _limit_shared_text(content, sheets)


def limit_ods(content: bytes) -> None:
    """Raises UserError for tables that would not fit: `workbook_too_large`, `workbook_bomb`."""
    counter = _OdsCounter()
    _parse(content, counter.start, counter.end, counter.text)
    limit_sheets(counter.sizes)


def _is_boast(count: bytes) -> bool:
    written = count.strip(b" +")
    return b"&" in written or (written.isdigit() and int(written[:20]) > MOST_CELLS)


def _xlsx_size(sheet: bytes) -> tuple[int, int]:
    """Rows and columns of one sheet, rather too many than too few."""
    even = sheet.translate(_EVEN)
    tags = sum(
        even.count(b"<" + name + end) for name in (b"c", b"row") for end in (b" ", b">", b"/")
    )
    found = 0
    letters: set[bytes] = set()
    digits: set[bytes] = set()
    for start, end in _stretches(even):
        references = _REFERENCE.findall(even, start, end)
        found += len(references)
        letters.update(reference[0] for reference in references)
        digits.update(reference[1] for reference in references)
    # Excel, LibreOffice and the usual libraries begin every tag with its reference. Only where
    # that is not so is the slower and exact way taken.
    if found != tags:
        counter = _XlsxCounter()
        _parse(sheet, counter.start)
        return counter.rows, counter.columns
    return max(map(int, digits), default=0), max(map(_column_number, letters), default=0)


def _stretches(even: bytes) -> Iterator[tuple[int, int]]:
    """The text from tag to tag, in pieces of which none holds up the window for long.

    One search through a whole sheet would be a single step, and nobody else runs in the midst of
    one. No reference reaches past the next `<`, so none is cut in two.
    """
    start = 0
    while start < len(even):
        end = even.find(b"<", start + _STRETCH)
        end = len(even) if end < 0 else end
        yield start, end
        start = end


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _limit_shared_text(strings: bytes, sheets: list[bytes]) -> None:
    """Refuses a long text that is kept once and shown in a million cells."""
    even = strings.translate(_EVEN)
    starts = [match.start() for match in re.finditer(rb"<si[ >]", even)]
    lengths = [end - start for start, end in pairwise([*starts, len(even)])]
    if max(lengths, default=0) * sum(sheet.count(b"<") for sheet in sheets) <= MOST_TEXT:
        return
    total = 0
    for sheet in sheets:
        if b"&#" in sheet:
            raise UserError("workbook_bomb")
        for value, times in Counter(_CELL_VALUE.findall(sheet.translate(_EVEN))).items():
            index = int(value)
            total += lengths[index] * times if index < len(lengths) else 0
    if total > MOST_TEXT:
        raise UserError("workbook_bomb")


class _XlsxCounter:
    """Rows and columns of a sheet whose rows and cells may come without a reference."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name not in {"row", "c"}:
            return
        letters = attributes.get("r", "").rstrip("0123456789")
        digits = attributes.get("r", "")[len(letters) :]
        if not letters.isascii() or len(letters) > 3 or len(digits) > 7:
            raise UserError("workbook_unreadable")
        if name == "row":
            self._row = int(digits) if digits else self._row + 1
            self._column = 0
        else:
            self._column = _column_number(letters.encode()) if letters else self._column + 1
            self._row = int(digits) if digits else self._row
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        limit_sheet(self.rows, self.columns)


class _OdsCounter:
    """Rows, columns and text of each table, with what is repeated.

    An empty cell or row counts only once something follows it: office programs close a sheet with
    a million repeated empty rows, and nobody lays those out.
    """

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self._depth = self._written = 0
        self._rows = self._empty_rows = self._widest = self._row_times = 0
        self._cells = self._empty_cells = self._cell_times = 0
        self._row_text = self._cell_text = 0
        self._filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._depth += 1
            if self._depth > 1:
                raise UserError("workbook_unreadable")
            self._rows = self._empty_rows = self._widest = 0
        elif tag == "table:table-row":
            self._cells = self._empty_cells = self._row_text = 0
            self._row_times = _times(attributes.get("table:number-rows-repeated"))
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self._cell_times = _times(attributes.get("table:number-columns-repeated"))
            values = [
                value
                for name, value in attributes.items()
                if name.startswith("office:") or name == "table:formula"
            ]
            self._filled = bool(values)
            self._cell_text = sum(map(len, values))
        elif tag == "text:p":
            self._filled = True
        elif tag == "text:s":
            self._cell_text += _times(attributes.get("text:c"))

    def text(self, text: str) -> None:
        self._cell_text += len(text)

    def end(self, tag: str) -> None:
        if tag in {"table:table-cell", "table:covered-table-cell"}:
            if self._filled:
                self._cells += self._empty_cells + self._cell_times
                self._empty_cells = 0
                self._row_text += self._cell_text * self._cell_times
            else:
                self._empty_cells += self._cell_times
        elif tag == "table:table-row":
            if self._cells:
                self._rows += self._empty_rows + self._row_times
                self._empty_rows = 0
                self._widest = max(self._widest, self._cells)
                self._written += self._row_text * self._row_times
                limit_sheet(self._rows, self._widest)
                if self._written > MOST_TEXT:
                    raise UserError("workbook_bomb")
            else:
                self._empty_rows += self._row_times
        elif tag == "table:table":
            self._depth -= 1
            self.sizes.append((self._rows, self._widest))


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 1


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise UserError("workbook_unreadable") from error
