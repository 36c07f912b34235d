"""Taking the list out of the register as a spreadsheet: with a reason, and on the record."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.list_workers import View, listed, members
from kerjadesa.actions.office import Office
from kerjadesa.actions.register_columns import COLUMNS, ExportReason, cell
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.papers.register_export import Cell, render_csv, render_xlsx
from kerjadesa.store.files import write_file
from kerjadesa.words import _

_CHUNK = 500


def export_register(
    office: Office,
    path: Path,
    who: View | Sequence[str],
    columns: Sequence[str],
    reason: ExportReason,
    show_nik: bool = False,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> int:
    """Writes the workers of a view, or those with these ids, to an `.xlsx` or `.csv` file.

    Returns how many rows it has. The entry, which says how many left the house, in which columns,
    why, and whether their NIKs were readable, is written before the file: what may have left is on
    record. Raises UserError `export_nobody`, `disk_full`, `file_not_written`, and Stopped.
    """
    workers = members(office, who) if isinstance(who, View) else list(who)
    if not workers:
        raise UserError("export_nobody")

    def rows() -> Iterator[list[Cell]]:
        for start in range(0, len(workers), _CHUNK):
            if cancelled():
                raise Stopped
            for worker in listed(office, workers[start : start + _CHUNK]):
                yield [cell(worker, column, show_nik) for column in columns]
            progress(min(start + _CHUNK, len(workers)), len(workers))

    headings = [(column, _(COLUMNS[column])) for column in columns]
    render = render_csv if path.suffix.lower() == ".csv" else render_xlsx
    data = render(headings, rows())
    values = {
        "reason": reason,
        "workers": len(workers),
        "columns": list(columns),
        "nik": "full" if show_nik else "masked",
    }
    with office.store.unit(office.now()) as unit:
        unit.journal.append(verbs.REGISTER_EXPORTED, unit.device, values, office.operator)
    write_file(path, data)
    return len(workers)
