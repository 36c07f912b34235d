"""Registering many workers whose facts are checked already, in one transaction."""

import os
from collections.abc import Sequence
from datetime import datetime

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.identifier import new_id

_CHUNK = 1000

Eligible = tuple[str, bytes]
"""A NIK, and the canonical journal body of its worker.

Bytes, not objects: 200,000 rows have to fit beside everything else into 4 GB.
"""


def register_many(
    office: Office, eligible: Sequence[Eligible], progress: Progress, cancelled: Cancelled
) -> set[str]:
    """Registers everybody whose NIK is not registered yet; returns the NIKs that were.

    All of them land or none. Each NIK may occur once. Raises Stopped, having written nothing.
    """
    now = office.now()
    with office.store.unit(now) as unit:
        known = unit.workers.known_niks(nik for nik, _ in eligible)
        fresh = [body for nik, body in eligible if nik not in known]
        for start in range(0, len(fresh), _CHUNK):
            if cancelled():
                raise Stopped
            entries = unit.journal.append_many(
                ((verbs.REGISTERED, _id(now), body) for body in fresh[start : start + _CHUNK]),
                office.operator,
            )
            unit.project_new(entries)
            progress(start, len(fresh))
    progress(len(fresh), len(fresh))
    return known


def _id(now: datetime) -> str:
    return new_id(int(now.timestamp() * 1000), os.urandom(10))
