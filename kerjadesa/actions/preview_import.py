"""Looking at a resident list row by row before anything of it is registered."""

from collections.abc import Iterable, Sequence
from datetime import date

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.actions.register_many import Eligible, register_many
from kerjadesa.actions.row_verdicts import Fixes, Preview, Verdict, judge_rows
from kerjadesa.domain.entry import canonical
from kerjadesa.domain.worker import to_body
from kerjadesa.intake.assess import Assessed, assess_row
from kerjadesa.intake.residents import Plan, Row, draft_of, plan_of
from kerjadesa.intake.table import Cells, Table
from kerjadesa.store.workers import Known

_CODES: dict[Known, tuple[str, ...]] = {
    "enrolled": (),
    "ended": ("ended_here",),
    "merged": ("merged_here",),
    "former": ("nik_former",),
}
"""What is said of somebody whom the register knows already."""


def preview_residents(
    office: Office,
    table: Table,
    places: dict[str, int],
    day: date,
    fixes: Fixes,
    progress: Progress,
    cancelled: Cancelled,
) -> Preview:
    """Judges every row as the import would; writes nothing.

    `day` is the day of registration, on which age counts; `fixes` is what was typed over cells of
    this table before. Somebody known already is `unchanged`, with a code where the membership is
    not simply going on: `ended_here merged_here nik_former`. Raises Stopped.
    """
    plan = plan_of(places)

    def alone(cells: Cells) -> Verdict:
        assessed = _assess(office, cells, plan, day)
        if assessed.facts is None:
            return Verdict("refused", (assessed.code,))
        codes = tuple(problem.code for problem in assessed.warnings)
        return Verdict("warned" if codes else "new", codes, assessed.facts.nik)

    def beside(rows: Sequence[tuple[Verdict, Cells]]) -> Iterable[Verdict]:
        with office.store.reading(office.now()) as unit:
            known = unit.workers.known_niks(verdict.nik for verdict, _ in rows)
        return [
            Verdict("unchanged", _CODES[known[verdict.nik]], verdict.nik)
            if verdict.nik in known
            else verdict
            for verdict, _ in rows
        ]

    return judge_rows(
        Preview("residents", table, places, alone, beside, fixes), progress, cancelled
    )


def register_chosen(
    office: Office,
    preview: Preview,
    day: date,
    chosen: Sequence[int],
    progress: Progress,
    cancelled: Cancelled,
) -> dict[int, Verdict]:
    """Registers the chosen rows in one transaction; returns what became of each.

    `unchanged` where a colleague has registered the NIK since the rows were judged. Raises
    Stopped, having written nothing.
    """
    with office.store.reading(office.now()) as unit:
        programme = str(unit.setting(PROGRAMME) or "")
    plan = plan_of(preview.places)
    eligible: dict[int, Eligible] = {}
    for done, index in enumerate(chosen):
        if done % 200 == 0:
            if cancelled():
                raise Stopped
            progress(done, len(chosen))
        facts = _assess(office, preview.cells(index), plan, day).facts
        if facts is not None:
            facts.programme = programme
            eligible[index] = (facts.nik, canonical(to_body(facts)))
    known = register_many(office, list(eligible.values()), progress, cancelled)
    return {
        index: preview.own[index]._replace(outcome="unchanged" if nik in known else "done")
        for index, (nik, _) in eligible.items()
    }


def _assess(office: Office, cells: Cells, plan: Plan, day: date) -> Assessed:
    draft = draft_of(cells, plan, office.place.code)
    return assess_row(Row(0, draft, draft.get("kk", "")), day, office.rules)
