"""What the hub holds, counted."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from kerjadesa.hub.home import Hub
from kerjadesa.hub.tables import HubAlarm, HubBatch, HubDevice, HubWorker

_KECAMATAN = 8
"""`13.03.04`: so many characters of a nagari's code name its kecamatan."""


@dataclass(frozen=True)
class Status:
    """Counts for the district. Workers are those registered and not ended, refused ones included.

    `kecamatan` has those with at least one worker. `same_person` is the number of NIKs that stand
    twice within one nagari and that nobody has linked; `alarms` that of forked chains.
    """

    workers: int
    batches: int
    devices: int
    refused: int
    same_person: int
    alarms: int
    kecamatan: dict[str, int]


def status(hub: Hub) -> Status:
    """Counts everything within one reading transaction."""
    with hub.reading() as session:
        per_nagari = session.exec(
            select(HubWorker.scope, func.count())
            .where(HubWorker.ended == "")
            .group_by(HubWorker.scope)
            .order_by(HubWorker.scope)
        ).all()
        kecamatan: dict[str, int] = {}
        for nagari, count in per_nagari:
            code = nagari[:_KECAMATAN]
            kecamatan[code] = kecamatan.get(code, 0) + count
        twice = (
            select(HubWorker.nik)
            .where(HubWorker.ended == "", HubWorker.refused == "", ~col(HubWorker.linked))
            .group_by(HubWorker.scope, HubWorker.nik)
            .having(func.count() > 1)
            .subquery()
        )
        from_devices = (
            select(func.count())
            .select_from(HubBatch)
            .join(HubDevice, col(HubBatch.sender) == col(HubDevice.device))
        )
        refused = (HubWorker.ended == "", HubWorker.refused != "")
        return Status(
            workers=sum(kecamatan.values()),
            batches=session.exec(from_devices).one(),
            devices=session.exec(select(func.count()).select_from(HubDevice)).one(),
            refused=session.exec(select(func.count()).select_from(HubWorker).where(*refused)).one(),
            same_person=session.exec(select(func.count()).select_from(twice)).one(),
            alarms=session.exec(select(func.count()).select_from(HubAlarm)).one(),
            kecamatan=kecamatan,
        )
