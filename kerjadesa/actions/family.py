"""The people on one family card, as lists and the register know them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.check import Rules, age_on, read_date
from kerjadesa.store import seen_residents
from kerjadesa.store.seen_residents import KEPT_DAYS, RELATION


@dataclass(frozen=True, slots=True, repr=False)
class Relative:
    """Somebody on the family card."""

    name: str
    age: int | None
    """None where no list says when they were born."""
    relation: str
    """To the head of the family, as the list has it; empty where it says nothing."""
    worker: str
    """Whom they are registered as; empty where they are not."""
    facts: dict[str, Any]
    """What the list says of them, by the names of `WorkerFacts`."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """How many people are remembered from lists, and until when."""

    count: int
    until: date | None


def family(office: Office, written_kk: str) -> list[Relative]:
    """Everybody known on this family card: who is registered first, then who might be.

    Somebody too young or too old to be enrolled today is left out. Nobody where the KK is not one.
    """
    kk = nik_rules.kk_number(written_kk)
    if kk is None:
        return []
    today, first_day = office.today, _first_day(office)
    with office.store.reading(office.now()) as unit:
        workers = unit.workers.of_family(kk)
        seen = [row for row in seen_residents.of_family(unit.session, kk)
                if row.seen_on >= first_day]  # fmt: skip
        elsewhere = {
            nik: worker.id
            for nik in {row.nik for row in seen} - {"", *(worker.nik for worker in workers)}
            if (worker := unit.workers.by_nik(nik)) is not None
        }
    relations = {row.nik: str(row.facts.get(RELATION, "")) for row in reversed(seen)}
    found = [
        Relative(w.name, age_on(today, w.birth_date), relations.get(w.nik, ""), w.id, {})
        for w in workers
    ]
    told = {worker.nik for worker in workers}
    for row in seen:
        # Two lists may name one person; who has no NIK there is told by the name.
        person = row.nik or str(row.facts["name"]).casefold()
        if person in told:
            continue
        told.add(person)
        relative = _relative(row.facts, elsewhere.get(row.nik, ""), today)
        if relative.worker or _may_enrol(relative, office.rules):
            found.append(relative)
    return found


def remembered(office: Office) -> Remembered:
    """Whom lists have named, as the settings tell it."""
    with office.store.reading(office.now()) as unit:
        count, newest = seen_residents.count(unit.session), seen_residents.newest(unit.session)
    return Remembered(count, newest + timedelta(days=KEPT_DAYS) if newest else None)


def forget_residents(office: Office) -> None:
    """Forgets everybody whom lists have named; workers stay."""
    with office.store.unit(office.now()) as unit:
        seen_residents.forget(unit.session)


def _first_day(office: Office) -> date:
    return office.today - timedelta(days=KEPT_DAYS)


def _relative(facts: dict[str, Any], worker: str, today: date) -> Relative:
    born = read_date(facts.get("birth_date") or "")
    own = {name: value for name, value in facts.items() if name != RELATION}
    if born is not None:
        own["birth_date"] = born
    return Relative(
        name=str(facts["name"]),
        age=age_on(today, born) if born is not None and born <= today else None,
        relation=str(facts.get(RELATION, "")),
        worker=worker,
        facts=own,
    )


def _may_enrol(relative: Relative, rules: Rules) -> bool:
    return relative.age is None or rules.youngest <= relative.age < rules.oldest_exclusive
