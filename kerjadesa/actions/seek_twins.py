"""Seeking pairs of records that may be one person in a register filled under other rules."""

from kerjadesa.actions.office import Office
from kerjadesa.store import seek_twins


def seek_on(office: Office) -> int | None:
    """Seeks on for a moment; returns how many per cent are done, None once all pairs are found.

    Each call lands by itself, and another day goes on where the last one stopped.
    """
    # Finding takes the time, and nobody has to wait for it: only keeping locks the register.
    with office.store.reading(office.now()) as unit:
        step = seek_twins.next_step(unit.session)
    if step is not None:
        with office.store.unit(office.now()) as unit:
            seek_twins.keep(unit.session, step)
            return seek_twins.percent(unit.session)
    return None
