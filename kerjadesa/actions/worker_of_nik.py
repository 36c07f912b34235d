"""Whom a list means by a NIK."""

from kerjadesa.actions.office import Office
from kerjadesa.store import former_niks


def worker_of_nik(office: Office, nik: str) -> str:
    """The id of the worker who has this NIK, or else of one who had it; empty where nobody did."""
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_nik(nik)
        return row.id if row is not None else former_niks.holder(unit.session, nik)
