"""The report on a list: every row that did not simply go in, and why, for whoever made it."""

from collections.abc import Iterator
from pathlib import Path

from kerjadesa.actions.row_verdicts import Preview
from kerjadesa.actions.verdict_words import outcome_words, reasons
from kerjadesa.intake import cells
from kerjadesa.papers.import_report import ReportRow, render
from kerjadesa.store.files import write_file


def reported(preview: Preview) -> list[int]:
    """The rows somebody has to look at: refused, unknown, or with a warning."""
    return [index for index, verdict in enumerate(preview.verdicts) if verdict.codes]


def report_workbook(preview: Preview) -> bytes:
    """The report as `.xlsx`; the cells are the file's own, whatever was typed over them since."""
    return render(preview.table.headers, _rows(preview))


def write_report(path: Path, preview: Preview) -> int:
    """Writes the report and returns its rows. Raises UserError `disk_full`, `file_not_written`."""
    write_file(path, report_workbook(preview))
    return len(reported(preview))


def _rows(preview: Preview) -> Iterator[ReportRow]:
    for index in reported(preview):
        verdict = preview.verdicts[index]
        yield ReportRow(
            preview.table.numbers[index],
            outcome_words(verdict),
            reasons(verdict),
            [cells.plain(cell) for cell in preview.table.rows[index]],
        )
