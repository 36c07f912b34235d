"""How large a workbook may be, and the refusals of one that is larger."""

from collections.abc import Iterable

from kerjadesa.domain.problem import UserError

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 512
MOST_CELLS = 12_000_000
"""Of all sheets together, empty ones between two others counted: about 300 MB once laid out."""
MOST_TEXT = 1024 * 1024 * 1024
"""Bytes of text once every cell holds its own copy."""


def too_large() -> UserError:
    """The refusal of an honest but oversized workbook, with what would still be read."""
    return UserError(
        "workbook_too_large",
        megabytes=MOST_BYTES // 1024**2,
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def limit_sheet(rows: int, columns: int) -> None:
    """Raises UserError `workbook_too_large` for a sheet that is too long or too wide."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise too_large()


def limit_sheets(sizes: Iterable[tuple[int, int]]) -> None:
    """Raises UserError `workbook_too_large` for sheets (rows, columns) too large together."""
    left = MOST_CELLS
    for rows, columns in sizes:
        limit_sheet(rows, columns)
        left -= rows * columns
        if left < 0:
            raise too_large()
