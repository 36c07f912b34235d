"""Attaching a poverty list (DTSEN, P3KE …) to the workers it names."""

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.actions.office import Office
from kerjadesa.actions.row_verdicts import Fixes, Preview, Verdict, judge_rows
from kerjadesa.domain import entry as verbs
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.fold import fold
from kerjadesa.domain.problem import Problem
from kerjadesa.intake import cells
from kerjadesa.intake.column_names import DECILE
from kerjadesa.intake.table import Cells, Table
from kerjadesa.store.poverty import Poverty, poverty_of
from kerjadesa.store.projection import project
from kerjadesa.store.workers import sort_key

SOURCES = ("DTSEN", "P3KE", "DTKS")

_CHUNK = 500
_DECILE = re.compile(r"^(?:desil|d)?[\s.:]*0?([1-9]|10)$", re.IGNORECASE)
_ALIKE = 0.6
"""Names less alike than this are probably two people's; spellings and titles differ by less."""


def source_named(*texts: str) -> str:
    """The source that a file or sheet name or a header mentions, else DTSEN, which is in force."""
    found = (source for text in texts for source in SOURCES if source in text.upper())
    return next(found, SOURCES[0])


def preview_poverty(
    office: Office,
    table: Table,
    places: dict[str, int],
    source: str,
    dated: date,
    fixes: Fixes,
    progress: Progress,
    cancelled: Cancelled,
) -> Preview:
    """Compares every row with the register; writes nothing.

    `dated` is the day the list was drawn up; `fixes` is what was typed over cells of this table
    before. Codes: those of `nik.parse`, `decile_missing
    decile_invalid duplicate_in_file poverty_undecided not_registered`, and the warning
    `name_differs`. Raises Stopped.
    """

    def cell(row: Cells, column: str) -> Any:
        place = places.get(column)
        return row[place] if place is not None and place < len(row) else None

    def alone(row: Cells) -> Verdict:
        nik = nik_rules.parse(cells.nik(cell(row, "nik")))
        if isinstance(nik, Problem):
            return Verdict("refused", (nik.code,))
        raw = cell(row, DECILE)
        if _decile(cells.text(raw)) is None:
            # Elsewhere a nought stands for nothing; a decile of nought is out of range.
            written = cells.text(raw) or cells.plain(raw) == "0"
            return Verdict("refused", ("decile_invalid" if written else "decile_missing",))
        return Verdict("new", (), nik.text)

    def beside(rows: Sequence[tuple[Verdict, Cells]]) -> Iterable[Verdict]:
        with office.store.reading(office.now()) as unit:
            known = poverty_of(unit.session, (verdict.nik for verdict, _ in rows))
        for verdict, row in rows:
            workers = known.get(verdict.nik)
            if workers is None:
                yield Verdict("unknown", ("not_registered",), verdict.nik)
            elif any(worker.undecided for worker in workers):
                yield Verdict("refused", ("poverty_undecided",), verdict.nik)
            elif all(_said(worker) == (source, _decile_of(row), dated) for worker in workers):
                yield Verdict("unchanged", (), verdict.nik)
            elif (name := cells.text(cell(row, "nama"))) and not _alike(name, workers[0]):
                yield Verdict("warned", ("name_differs",), verdict.nik)
            else:
                yield verdict

    def _decile_of(row: Cells) -> int | None:
        return _decile(cells.text(cell(row, DECILE)))

    return judge_rows(Preview("poverty", table, places, alone, beside, fixes), progress, cancelled)


def attach_chosen(
    office: Office,
    preview: Preview,
    source: str,
    dated: date,
    chosen: Sequence[int],
    progress: Progress,
    cancelled: Cancelled,
) -> dict[int, Verdict]:
    """Corrects the poverty status of the chosen rows' workers; returns what became of each row.

    One entry a worker, which names what it replaces; all land or none. Raises Stopped, having
    written nothing.
    """
    by_nik = {preview.own[index].nik: index for index in chosen}
    with office.store.unit(office.now()) as unit:
        known = poverty_of(unit.session, by_nik)
        # A conflict that arrived since the rows were judged waits for a person like any other.
        workers = {
            worker.worker: _decile(preview.written(by_nik[nik], DECILE))
            for nik, found in known.items()
            if not any(worker.undecided for worker in found)
            for worker in found
        }
        subjects = list(workers)
        for start in range(0, len(subjects), _CHUNK):
            if cancelled():
                raise Stopped
            chunk = subjects[start : start + _CHUNK]
            items = []
            for subject, entries in unit.journal.of_subjects(chunk).items():
                state = fold(entries, unit.hub)
                said = {
                    "poverty_source": source,
                    "poverty_decile": workers[subject],
                    "poverty_date": dated.isoformat(),
                }
                if state is not None:
                    changed = {k: v for k, v in said.items() if state.value(k) != v}
                    values = {"set": changed, "replaces": state.replaces(changed)}
                    if changed:
                        items.append((verbs.CORRECTED, subject, values))
            project(unit, unit.journal.append_many(items, office.operator))
            progress(start, len(subjects))
    progress(len(subjects), len(subjects))
    attached = {nik for nik, found in known.items() if all(w.worker in workers for w in found)}
    return {
        index: Verdict("done", (), nik)
        if nik in attached
        else Verdict("refused", ("poverty_undecided",), nik)
        for nik, index in by_nik.items()
        if nik in known
    }


def _said(worker: Poverty) -> tuple[str, int | None, date | None]:
    return (worker.source, worker.decile, worker.dated)


def _decile(written: str) -> int | None:
    found = _DECILE.match(written)
    return int(found[1]) if found else None


def _alike(name: str, worker: Poverty) -> bool:
    return difflib.SequenceMatcher(None, sort_key(name), worker.name_key).ratio() >= _ALIKE
