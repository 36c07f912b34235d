"""Rows of workers registered a moment ago by this device, ten thousand at a time.

What one registration folds up to is its own body, so an import need not fold, validate and map
every worker anew; that would take as long as reading the workbook. A test holds these rows and
those of `Workers.refold` together, column by column.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, func, select

from kerjadesa.domain.card_number import card_number
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.worker import FACT_NAMES, WorkerFacts
from kerjadesa.store.tables import WorkerRow
from kerjadesa.store.twins import Sought
from kerjadesa.store.workers import SEARCHED, sort_key

# "heirs" is the one fact that is no plain value.
_PLAIN = tuple(name for name in FACT_NAMES if name != "heirs")
_COMPUTED = ("number", "id", "name_key", "card_number", "registered_hlc")
_NONE_YET = {"cards_printed": 0, "card_issue": 0, "handover_facts": "{}"}
_NOT_YET = ("ended", "decision", "decision_reason", "conflicts", "handover", "handover_hlc")
_COLUMNS = (*_PLAIN, "heirs", *_COMPUTED, *_NONE_YET, *_NOT_YET)
_DEFAULTS = {
    name: field.get_default(call_default_factory=True)
    for name, field in WorkerFacts.model_fields.items()
    if not field.is_required()
}


def insert_new(session: Session, entries: Sequence[Entry]) -> list[Sought]:
    """Makes the rows of these `worker.registered` entries, the only ones about their subjects.

    What it returns has to be handed to `twins.add_new` before the transaction ends.
    """
    first = (session.exec(select(func.max(WorkerRow.number))).one() or 0) + 1
    bodies = [{**_DEFAULTS, **entry.values()} for entry in entries]
    numbered = list(enumerate(zip(entries, bodies, strict=True), first))
    rows = [
        (
            *(body[name] for name in _PLAIN),
            json.dumps(body["heirs"]),
            number,
            entry.subject,
            sort_key(body["name"]),
            card_number(body["nagari"], entry.device, entry.seq),
            entry.hlc,
            *_NONE_YET.values(),
            *("" for _ in _NOT_YET),
        )
        for number, (entry, body) in numbered
    ]
    _insert(session, "worker", _COLUMNS, rows)
    searched = [(number, *(body[name] for name in SEARCHED)) for number, (_, body) in numbered]
    _insert(session, "worker_search", ("rowid", *SEARCHED), searched)
    return [
        Sought(
            number,
            body["nik"],
            sort_key(body["name"]),
            *(body[name] for name in ("birth_date", "sex", "jorong")),
        )
        for number, (_, body) in numbered
    ]


def _insert(
    session: Session, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        marks = ", ".join("?" * len(columns))
        session.connection().exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            list(rows),
        )
