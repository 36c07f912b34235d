"""Registering many workers whose facts are checked already, in one transaction."""

from collections.abc import Sequence

from kerjadesa.actions.lane import Cancelled, Progress, Stopped
from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.identifier import worker_id
from kerjadesa.store.twins import Sought

_CHUNK = 1000
_SOUGHT = 20_000
"""So many are looked for at a time: each search walks through all who bear the same names."""

Eligible = tuple[str, bytes]
"""A NIK, and the canonical journal body of its worker.

Bytes, not objects: 200,000 rows have to fit beside everything else into 4 GB.
"""


def register_many(
    office: Office, eligible: Sequence[Eligible], progress: Progress, cancelled: Cancelled
) -> set[str]:
    """Registers everybody whose NIK is not registered yet; returns the NIKs that were.

    A NIK that was corrected since counts as registered: an old list must not register its worker
    a second time. All of them land or none. Each NIK may occur once. Raises Stopped, having
    written nothing.
    """
    now = office.now()
    born = int(now.timestamp() * 1000)
    with office.store.unit(now) as unit:
        known = unit.workers.known_niks(nik for nik, _ in eligible)
        fresh = [body for nik, body in eligible if nik not in known]
        sought: list[Sought] = []
        for start in range(0, len(fresh), _CHUNK):
            if cancelled():
                raise Stopped
            chunk = enumerate(fresh[start : start + _CHUNK], unit.journal.next_seq())
            entries = unit.journal.append_many(
                (
                    (verbs.REGISTERED, worker_id(born, f"{unit.device}:{seq}"), body)
                    for seq, body in chunk
                ),
                office.operator,
            )
            sought += unit.project_new(entries)
            if len(sought) >= _SOUGHT:
                unit.seek_twins(sought)
                sought = []
            progress(start, len(fresh))
        unit.seek_twins(sought)
    progress(len(fresh), len(fresh))
    return set(known)
