"""Small lists of invented people, as workbooks."""

from pathlib import Path

import xlsxwriter

from kerjadesa.actions.row_verdicts import Preview

HEADERS = ["NIK", "Nama", "Tanggal Lahir", "Pekerjaan"]


def row(serial: int, **changes: str) -> list[str]:
    """One invented woman as her village lists her."""
    made = {"nik": f"130304410385{serial:04d}", "name": f"Upik Contoh {serial}",
            "born": "01-03-1985", "job": "9", **changes}  # fmt: skip
    return list(made.values())


def workbook(path: Path, *rows: list[str], headers: list[str] = HEADERS) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate((headers, *rows)):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
    return path


def outcomes(preview: Preview) -> list[str]:
    """What would become of each row."""
    return [verdict.outcome for verdict in preview.verdicts]
