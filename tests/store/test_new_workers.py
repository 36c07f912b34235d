"""The short way to a row gives the row that the long way gives."""

from pathlib import Path

from sqlmodel import select

from kerjadesa.actions.register import check_draft
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.worker import to_body
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow
from tests.office_kit import START, opened, worker

FULL = {
    "kk": "1303041207150001",
    "birth_place": "Sijunjung",
    "mother_name": "Salmah Contoh",
    "marital_status": "2",
    "address": "Jalan Contoh 1\nDekat surau",
    "rt": "003",
    "phone": "0800000001",
    "occupation_text": "Petani karet",
    "poverty_source": "DTSEN",
    "poverty_decile": "2",
    "poverty_date": "2026-01-31",
    "heirs": [{"name": "Anak Çontoh", "relation": "Anak", "nik": "", "phone": ""}],
    "consent_date": "20-11-2026",
    "consent_manner": "spoken",
    "notes": "Tidak ada",
}


def columns(unit: Unit) -> list[dict]:
    """Every column of every worker."""
    names = [column.name for column in WorkerRow.__table__.columns]
    rows = unit.session.exec(select(WorkerRow))
    return [{name: getattr(row, name) for name in names} for row in rows]


def test_an_imported_worker_is_the_same_as_one_folded_from_the_journal(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        drafts = [worker(1), worker(2, name="Rosmawati Ñ", **FULL)]
        with office.store.unit(START) as unit:
            bodies = [to_body(check_draft(office, draft)[0]) for draft in drafts]
            entries = unit.journal.append_many(
                ((verbs.REGISTERED, f"worker-{n}", body) for n, body in enumerate(bodies)), "op"
            )
            unit.project_new(entries)
        with office.store.reading(START) as unit:
            short = columns(unit)
            found_short = [row.id for row in unit.search("rosmawati")[0]]
        with office.store.unit(START) as unit:
            unit.refold([entry.subject for entry in entries])
        with office.store.reading(START) as unit:
            long = columns(unit)
            found_long = [row.id for row in unit.search("rosmawati")[0]]
    assert short == long
    assert found_short == found_long == ["worker-1"]
    assert len(short) == 2
