"""The report on a list: every row that did not simply go in, and why, for whoever made it."""

from collections.abc import Iterator
from pathlib import Path

from kerjadesa.actions.row_verdicts import Preview, Verdict
from kerjadesa.intake import cells
from kerjadesa.papers.import_report import ReportRow, render
from kerjadesa.sentences import code_sentence
from kerjadesa.store.files import write_file
from kerjadesa.words import _


def outcome_words(verdict: Verdict) -> str:
    """What would become, or became, of a row: two or three words."""
    if verdict.outcome == "done" and verdict.codes:
        return _("Tertulis, periksa")
    return {
        "new": _("Siap ditulis"),
        "warned": _("Perlu diperiksa"),
        "unchanged": _("Sudah ada"),
        "unknown": _("Belum terdaftar"),
        "refused": _("Ditolak"),
        "done": _("Tertulis"),
    }[verdict.outcome]


def reasons(verdict: Verdict) -> str:
    """The sentences for everything that is said of a row."""
    return " ".join(code_sentence(code) for code in verdict.codes)


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
