"""Registering everybody eligible in a village's resident workbook."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.actions.register_many import Eligible, register_many
from kerjadesa.domain.entry import canonical
from kerjadesa.domain.worker import to_body
from kerjadesa.intake.assess import assess
from kerjadesa.intake.residents import read_residents
from kerjadesa.intake.workbook import ReadingStopped


@dataclass(frozen=True, slots=True)
class RowNote:
    """One thing said of one row; `row` is the spreadsheet's own row number."""

    row: int
    code: str
    sheet: str = ""
    """Its sheet, where several are one list."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row that was read: `read = registered + unchanged + refused`."""

    read: int
    registered: int
    unchanged: int
    refused: list[RowNote]
    warned: list[RowNote]
    unread: list[str] = field(default_factory=list)
    """Sheets that look like a list of residents too, but whose columns stand otherwise."""


def import_workbook(
    office: Office,
    path: Path,
    on: date | None = None,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> ImportReport:
    """Registers the eligible rows in one transaction, so that all of them land or none.

    `on` is the day of registration, today if not given. A row whose NIK is registered already, or
    was before it was corrected, is `unchanged`: a village's old list never overwrites what an
    officer has corrected since. Raises UserError of `intake.workbook`, and Stopped, having written
    nothing.
    """
    day = on or office.today
    eligible: list[Eligible] = []
    refused: list[RowNote] = []
    warned: list[RowNote] = []
    unread: list[str] = []
    read = 0
    with office.store.reading(office.now()) as unit:
        programme = str(unit.setting(PROGRAMME) or "")
    # Reading and checking come first and hold no lock: a colleague may register meanwhile.
    rows = read_residents(path, office.place.code, cancelled, unread.extend)
    try:
        for assessed in assess(rows, day, office.rules):
            read += 1
            if read % 100 == 0:
                progress(read, None)
            if assessed.facts is None:
                refused.append(RowNote(assessed.row.number, assessed.code, assessed.row.sheet))
                continue
            row = assessed.row
            warned.extend(RowNote(row.number, p.code, row.sheet) for p in assessed.warnings)
            assessed.facts.programme = programme
            eligible.append((assessed.facts.nik, canonical(to_body(assessed.facts))))
    except ReadingStopped:
        raise Stopped from None

    known = register_many(office, eligible, progress, cancelled)
    return ImportReport(
        read=read,
        registered=len(eligible) - len(known),
        unchanged=len(known),
        refused=refused,
        warned=warned,
        unread=unread,
    )
