"""Questions about the register: pages, search, one worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kerjadesa.actions.office import Office
from kerjadesa.domain.nik import mask
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.store.batches import SyncState
from kerjadesa.store.store import Unit
from kerjadesa.store.workers import ListedRow, facts_of


@dataclass(frozen=True, slots=True)
class Listed:
    """One worker as lists show it."""

    id: str
    name: str
    nik: str
    nik_masked: str
    sex: str
    birth_date: date
    jorong: str
    card_number: str
    sync: SyncState
    conflicts: bool
    printed: int
    refused_reason: str
    key: tuple[str, int]
    """Hand this of the last worker seen to `page` for the ones after it."""


def page(office: Office, limit: int = 200, after: tuple[str, int] | None = None) -> list[Listed]:
    """Workers by name, from the one after `after`."""
    with office.store.reading(office.now()) as unit:
        return _listed(unit, unit.workers.page(limit, after))


def find(office: Office, words: str, limit: int = 200) -> tuple[list[Listed], bool]:
    """Workers with every word somewhere in name, NIK, KK or jorong; and whether there are more."""
    with office.store.reading(office.now()) as unit:
        rows, more = unit.search(words, limit)
        return _listed(unit, rows), more


def get(office: Office, worker: str) -> WorkerFacts | None:
    """One worker's facts."""
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_id(worker)
        return None if row is None else facts_of(row)


def photo(office: Office, worker: str) -> bytes | None:
    """One worker's photo, JPEG."""
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_id(worker)
        return None if row is None else unit.photo(row.photo)


def _listed(unit: Unit, rows: Sequence[ListedRow]) -> list[Listed]:
    states = unit.batches.states(rows)
    return [
        Listed(
            id=row.id,
            name=row.name,
            nik=row.nik,
            nik_masked=mask(row.nik),
            sex=row.sex,
            birth_date=row.birth_date,
            jorong=row.jorong,
            card_number=row.card_number,
            sync=states[row.id],
            conflicts=bool(row.conflicts),
            printed=row.cards_printed,
            refused_reason=row.decision_reason if row.decision == "refused" else "",
            key=(row.name_key, row.number),
        )
        for row in rows
    ]
