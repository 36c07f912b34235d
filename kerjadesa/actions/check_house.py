"""Looking after the register itself: the database file, the chains, the batches."""

import hashlib
from dataclasses import dataclass

from kerjadesa.actions.lane import Progress, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.entry import ChainBroken, verify_chain
from kerjadesa.domain.fold import fold
from kerjadesa.store.store import Unit

_STEP = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `name` is a code; `amount` how many of it there are."""

    name: str
    ok: bool
    amount: int
    wrong: int


def check_house(office: Office, progress: Progress = unwatched) -> list[Finding]:
    """Reads everything there is and says, thing by thing, whether it is whole."""
    damage = office.store.integrity()
    findings = [Finding("database", not damage, 1, len(damage))]
    if damage:
        # What lies on a damaged page cannot be read, and guessing helps nobody.
        return findings
    with office.store.reading(office.now()) as unit:
        findings.append(_chains(unit, progress))
        findings.append(_workers(unit))
        findings.append(_photos(unit))
        findings.append(_batches(unit))
    return findings


def _chains(unit: Unit, progress: Progress) -> Finding:
    vector = unit.journal.vector()
    whole, done, broken = sum(vector.values()), 0, 0
    for device, last in vector.items():
        prev = bytes(32)
        try:
            for first in range(1, last + 1, _STEP):
                run = unit.journal.run(device, first, min(first + _STEP - 1, last))
                if len(run) != min(_STEP, last - first + 1):
                    raise ChainBroken("entries are missing")
                prev = verify_chain(run, first - 1, prev)
                done += len(run)
                progress(done, whole)
        except ChainBroken:
            broken += 1
    return Finding("journal", broken == 0, whole, broken)


def _workers(unit: Unit) -> Finding:
    """Every registered worker is listed, and folds up to the row that lists show."""
    rows = unit.workers.in_print_order()
    wrong = len(unit.journal.registered() - {row.id for row in rows})
    for start in range(0, len(rows), _STEP):
        chunk = rows[start : start + _STEP]
        entries = unit.journal.of_subjects([row.id for row in chunk])
        for row in chunk:
            state = fold(entries[row.id], unit.hub)
            wrong += state is None or state.value("nik") != row.nik
    return Finding("workers", wrong == 0, len(rows), wrong)


def _photos(unit: Unit) -> Finding:
    """Every photo is what its name says; only a colleague's may be missing."""
    here = device_code(unit.device)
    rows = [row for row in unit.workers.in_print_order() if row.photo]
    wrong = 0
    for row in rows:
        jpeg = unit.photo(row.photo)
        own = row.card_number.split("-")[1] == here
        wrong += own if jpeg is None else hashlib.sha256(jpeg).hexdigest() != row.photo
    return Finding("photos", wrong == 0, len(rows), wrong)


def _batches(unit: Unit) -> Finding:
    """Own batches are numbered without a gap, cover the chain in order and still have bytes.

    A receipt for a batch that was never sealed here is wrong too: this register is a copy.
    """
    numbers = unit.batches.own_numbers()
    last, wrong = 0, unit.batches.receipted_elsewhere()
    for expected, number in enumerate(numbers, start=1):
        row = unit.batches.get(unit.device, number)
        whole = number == expected and row is not None and row.first == last + 1
        wrong += not (whole and row is not None and row.sealed)
        last = row.last if row else last
    return Finding("batches", wrong == 0, len(numbers), wrong)
