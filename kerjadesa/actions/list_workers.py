"""Questions about the register: pages of a view of it, search, one worker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from kerjadesa.actions.office import Office
from kerjadesa.domain.nik import mask
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.store import twins
from kerjadesa.store.listing import EVERYBODY, Key, Order, View, key_of
from kerjadesa.store.store import Unit
from kerjadesa.store.sync_states import SyncState
from kerjadesa.store.workers import ListedRow, facts_of

__all__ = ["EVERYBODY", "Key", "Listed", "Order", "Seen", "SyncState", "Totals", "View"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One worker as lists show it."""

    id: str
    name: str
    nik: str
    nik_masked: str
    kk: str
    kk_masked: str
    sex: str
    birth_date: date
    jorong: str
    occupation: int | None
    occupation_text: str
    programme: str
    photo: bool
    registered_on: date | None
    card_number: str
    sync: SyncState
    ended: str
    """Why the enrolment has ended; empty while it goes on."""
    conflicts: bool
    twin: bool
    """Whether another record may be the same person's."""
    printed: int
    refused_reason: str
    key: Key
    """Hand this of the last worker seen to `look` for the ones after it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page of a view."""

    workers: list[Listed]
    more: bool
    rough: bool
    """More fit the words than are worth gathering: these are some of them, and no page follows."""
    count: int | None
    """How many the view shows, where the first page knows it without counting."""


def look(office: Office, view: View, limit: int = 200, after: Key | None = None) -> Seen:
    """One page of a view of the register, from the worker after `after`."""
    with office.store.reading(office.now()) as unit:
        found = unit.page(limit, after, view)
        workers = _listed(unit, found.rows, view.order)
        return Seen(workers, found.more, found.rough, found.count)


def count(office: Office, view: View) -> int | None:
    """How many workers a view shows; None where they are too many to count while typing."""
    with office.store.reading(office.now()) as unit:
        return unit.count(view)


def active_count(office: Office, view: View) -> int | None:
    """How many of a view have not ended; None as for `count`."""
    return 0 if view.ended else count(office, replace(view, ended=False))


def members(office: Office, view: View) -> list[str]:
    """The ids of everybody a view shows, in its order."""
    with office.store.reading(office.now()) as unit:
        return unit.ids(view)


def listed(office: Office, workers: list[str]) -> list[Listed]:
    """These workers as lists show them, in the order given."""
    with office.store.reading(office.now()) as unit:
        return _listed(unit, unit.listed(workers), "name")


def born_between(today: date, youngest: int, oldest: int) -> tuple[date, date]:
    """The first and the last birthday of those who are `youngest` to `oldest` years old today."""
    # Who was born on 29 February turns on 1 March.
    return _years_before(today, oldest + 1) + timedelta(days=1), _years_before(today, youngest)


def page(office: Office, limit: int = 200, to_decide: bool = False) -> list[Listed]:
    """The first workers by name; `to_decide`: of those who wait for a person."""
    return look(office, View(to_decide=to_decide), limit).workers


def find(office: Office, words: str, limit: int = 200) -> tuple[list[Listed], bool]:
    """Workers with every word somewhere in name, NIK, KK or jorong; and whether there are more."""
    seen = look(office, View(words), limit)
    return seen.workers, seen.more


class Totals(NamedTuple):
    """Counts of the whole register; a person with two merged records counts once."""

    workers: int
    """Everybody the list shows, those who have ended among them."""
    to_decide: int
    """Those who wait for a person."""
    ended: int


def totals(office: Office) -> Totals:
    """How many there are, wait for a person, and have ended."""
    with office.store.reading(office.now()) as unit:
        workers = unit.workers
        return Totals(workers.count(), workers.to_decide_count(), workers.ended_count())


def jorong(office: Office) -> list[str]:
    """Every jorong that somebody in the register lives in, in order."""
    with office.store.reading(office.now()) as unit:
        return unit.workers.jorong()


def occupations(office: Office) -> list[int]:
    """The KTP codes of every occupation that somebody in the register has."""
    with office.store.reading(office.now()) as unit:
        return unit.workers.occupations()


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


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _listed(unit: Unit, rows: Sequence[ListedRow], order: Order) -> list[Listed]:
    states = unit.batches.states(rows)
    paired = twins.in_pairs(unit.session, (row.number for row in rows))
    return [
        Listed(
            id=row.id,
            name=row.name,
            nik=row.nik,
            nik_masked=mask(row.nik),
            kk=row.kk,
            kk_masked=mask(row.kk),
            sex=row.sex,
            birth_date=row.birth_date,
            jorong=row.jorong,
            occupation=row.occupation,
            occupation_text=row.occupation_text,
            programme=row.programme,
            photo=bool(row.photo),
            registered_on=row.registered_on,
            card_number=row.card_number,
            sync=states[row.id],
            ended=row.ended,
            conflicts=bool(row.conflicts),
            twin=row.number in paired,
            printed=row.cards_printed,
            refused_reason=row.decision_reason if row.decision == "refused" else "",
            key=key_of(row, order),
        )
        for row in rows
    ]
