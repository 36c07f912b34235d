"""The report on a list: every row that did not simply go in, and why, for whoever made it."""

from collections.abc import Iterator
from pathlib import Path

from kerjadesa.actions.row_verdicts import Preview, judge_unmended
from kerjadesa.actions.verdict_words import code_sentences, outcome_words, reasons
from kerjadesa.intake import cells
from kerjadesa.papers.import_report import ReportRow, render
from kerjadesa.store.files import write_file
from kerjadesa.words import _


def reported(preview: Preview) -> list[int]:
    """The rows somebody has to look at: refused, unknown, with a warning, or put right by hand."""
    return [
        index
        for index, verdict in enumerate(preview.verdicts)
        if verdict.codes or index in preview.fixes
    ]


def report_workbook(preview: Preview) -> bytes:
    """The report as `.xlsx`; the cells are the file's own, whatever was typed over them since."""
    return render(preview.table.headers, _rows(preview))


def write_report(path: Path, preview: Preview) -> int:
    """Writes the report and returns its rows. Raises UserError `disk_full`, `file_not_written`."""
    write_file(path, report_workbook(preview))
    return len(reported(preview))


def _rows(preview: Preview) -> Iterator[ReportRow]:
    unmended = judge_unmended(preview, sorted(preview.fixes))
    for index in reported(preview):
        verdict = preview.verdicts[index]
        said = reasons(verdict)
        if index in unmended:
            # The file's own cells stand beside it, so their reason comes first.
            left = tuple(code for code in verdict.codes if code not in unmended[index].codes)
            parts = (reasons(unmended[index]), _mended(preview, index), code_sentences(left))
            said = " ".join(part for part in parts if part)
        yield ReportRow(
            preview.table.row_name(index),
            outcome_words(verdict),
            said,
            [cells.plain(cell) for cell in preview.table.rows[index]],
        )


def _mended(preview: Preview, index: int) -> str:
    headers = preview.table.headers
    mended = "; ".join(
        f"{headers[place] if place < len(headers) else ''} {written or '-'}".strip()
        for place, written in sorted(preview.fixes[index].items())
    )
    return _("Diperbaiki petugas: {mended}.").format(mended=mended)
