"""Batches sealed here or applied here, receipts, and the four states of sending they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from kerjadesa.store.tables import BatchRow, ReceiptRow, WorkerRow

SyncState = Literal["waiting", "sent", "received", "refused"]


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """How many workers stand where on the way to the district."""

    waiting: int
    sent: int
    received: int
    refused: int


class Batches:
    """What was sealed, delivered, receipted and applied, within one transaction."""

    def __init__(self, session: Session, device: str) -> None:
        self._session = session
        self._device = device

    def own_numbers(self) -> list[int]:
        """The numbers of this device's batches, in order."""
        statement = select(BatchRow.number).where(BatchRow.sender == self._device)
        return list(self._session.exec(statement.order_by(col(BatchRow.number))))

    def last(self, sender: str) -> BatchRow | None:
        """The newest batch of a sender that was sealed or applied here."""
        return self._session.exec(
            select(BatchRow)
            .where(BatchRow.sender == sender)
            .order_by(col(BatchRow.number).desc())
            .limit(1)
        ).first()

    def get(self, sender: str, number: int) -> BatchRow | None:
        """One batch."""
        return self._session.get(BatchRow, (sender, number))

    def keep(self, row: BatchRow) -> None:
        """Remembers a batch."""
        self._session.add(row)
        self._session.flush()

    def delivered(self, number: int, at: datetime) -> None:
        """Remembers that an own batch left the house."""
        row = self._session.get_one(BatchRow, (self._device, number))
        row.delivered_at = row.delivered_at or at
        self._session.flush()

    def have(self) -> dict[str, int]:
        """`{sender: last batch number}` of every other sender."""
        rows = self._session.exec(
            select(BatchRow.sender, func.max(BatchRow.number))
            .where(BatchRow.sender != self._device)
            .group_by(BatchRow.sender)
        )
        return dict(rows.all())

    def without_receipt(self) -> list[int]:
        """Numbers of own batches the hub has not receipted: what a send has to carry."""
        statement = select(BatchRow.number).where(
            BatchRow.sender == self._device,
            col(BatchRow.id).not_in(select(ReceiptRow.batch)),
        )
        return list(self._session.exec(statement.order_by(col(BatchRow.number))))

    def add_receipt(self, receipt: ReceiptRow) -> None:
        """Remembers the hub's receipt; a repeat changes nothing."""
        if self._session.get(ReceiptRow, receipt.batch) is None:
            self._session.add(receipt)
            self._session.flush()

    def last_receipt(self) -> ReceiptRow | None:
        """The newest receipt for a batch of this device."""
        return self._session.exec(
            select(ReceiptRow)
            .where(ReceiptRow.device == self._device)
            .order_by(col(ReceiptRow.hlc).desc())
            .limit(1)
        ).first()

    def counts(self) -> SyncCounts:
        """The four states over all workers: asked, never stored."""
        total = self._session.exec(select(func.count()).select_from(WorkerRow)).one()
        refused = self._session.exec(
            select(func.count()).select_from(WorkerRow).where(WorkerRow.decision == "refused")
        ).one()
        waiting = self._undelivered(self._delivered_upto())
        on_the_way = self._undelivered(self._received_upto())
        received = total - refused - on_the_way
        return SyncCounts(waiting, on_the_way - waiting, received, refused)

    def states(self, workers: Sequence[WorkerRow]) -> dict[str, SyncState]:
        """The state of each of these workers, by id."""
        ids = [worker.id for worker in workers]
        waiting = self._undelivered_of(ids, self._delivered_upto())
        on_the_way = self._undelivered_of(ids, self._received_upto())
        states: dict[str, SyncState] = {}
        for worker in workers:
            if worker.decision == "refused":
                states[worker.id] = "refused"
            elif worker.id in waiting:
                states[worker.id] = "waiting"
            else:
                states[worker.id] = "sent" if worker.id in on_the_way else "received"
        return states

    def sealed_upto(self) -> int:
        """The last own entry that lies in a sealed batch."""
        return (
            self._session.exec(
                select(func.max(BatchRow.last)).where(BatchRow.sender == self._device)
            ).one()
            or 0
        )

    def _delivered_upto(self) -> int:
        return (
            self._session.exec(
                select(func.max(BatchRow.last)).where(
                    BatchRow.sender == self._device, col(BatchRow.delivered_at).is_not(None)
                )
            ).one()
            or 0
        )

    def _received_upto(self) -> int:
        return (
            self._session.exec(
                select(func.max(ReceiptRow.last)).where(ReceiptRow.device == self._device)
            ).one()
            or 0
        )

    # A colleague's entries are the colleague's to send: only this device's own chain counts.
    def _undelivered(self, upto: int) -> int:
        return int(
            self._session.execute(
                text(
                    "SELECT count(DISTINCT entry.subject) FROM entry "
                    "JOIN worker ON worker.id = entry.subject "
                    "WHERE entry.device = :device AND entry.seq > :upto "
                    "AND worker.decision <> 'refused'"
                ),
                {"device": self._device, "upto": upto},
            ).scalar_one()
        )

    def _undelivered_of(self, ids: Sequence[str], upto: int) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(ids), 500):
            chunk = ids[start : start + 500]
            marks = ", ".join(f":i{n}" for n in range(len(chunk)))
            rows = self._session.execute(
                text(
                    f"SELECT DISTINCT subject FROM entry WHERE subject IN ({marks}) "  # noqa: S608
                    "AND device = :device AND seq > :upto"
                ),
                {"device": self._device, "upto": upto}
                | {f"i{n}": subject for n, subject in enumerate(chunk)},
            )
            found.update(row[0] for row in rows)
        return found
