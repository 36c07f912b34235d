"""Batches sealed here or applied here, receipts, and the four states of sending they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from kerjadesa.store.tables import IS_REFUSED, BatchRow, ReceiptRow, WorkerRow
from kerjadesa.store.workers import ListedRow

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

    def receipted_elsewhere(self) -> int:
        """How many batches the hub has had from this device's keys that were never sealed here.

        More than none means that this register is a copy, or was put back from an older one, while
        another goes on writing under the same name.
        """
        return self._session.exec(
            select(func.count())
            .select_from(ReceiptRow)
            .where(
                ReceiptRow.device == self._device,
                col(ReceiptRow.batch).not_in(
                    select(BatchRow.id).where(BatchRow.sender == self._device)
                ),
            )
        ).one()

    def last_receipt(self) -> ReceiptRow | None:
        """The newest receipt for a batch of this device."""
        return self._session.exec(
            select(ReceiptRow)
            .join(BatchRow, col(BatchRow.id) == col(ReceiptRow.batch))
            .where(BatchRow.sender == self._device)
            .order_by(col(ReceiptRow.hlc).desc())
            .limit(1)
        ).first()

    def counts(self) -> SyncCounts:
        """The four states over all workers: asked, never stored."""
        total = self._session.exec(select(func.count()).select_from(WorkerRow)).one()
        refused = self._session.exec(
            select(func.count()).select_from(WorkerRow).where(IS_REFUSED)
        ).one()
        own, chains = self._own_undelivered(), self._unreceipted()
        on_the_way = self._subjects_after(chains)
        waiting = on_the_way if own == chains else self._subjects_after(own)
        received = total - refused - on_the_way
        return SyncCounts(waiting, on_the_way - waiting, received, refused)

    def states(self, workers: Sequence[ListedRow]) -> dict[str, SyncState]:
        """The state of each of these workers, by id."""
        ids = [worker.id for worker in workers]
        waiting = self._touched_after(ids, self._own_undelivered())
        on_the_way = self._touched_after(ids, self._unreceipted())
        states: dict[str, SyncState] = {}
        for worker in workers:
            if worker.decision == "refused":
                states[worker.id] = "refused"
            elif worker.id in waiting:
                states[worker.id] = "waiting"
            else:
                states[worker.id] = "sent" if worker.id in on_the_way else "received"
        return states

    def in_state(self, state: SyncState) -> tuple[str, dict[str, Any]]:
        """The condition that a worker is in this state, and the values it names."""
        if state == "refused":
            return "worker.number IN (SELECT number FROM worker WHERE decision = 'refused')", {}
        own, chains = self._own_undelivered(), self._unreceipted()
        waiting, values = _subjects(own, "own")
        on_the_way, more = _subjects(chains, "any")
        if state == "waiting":
            found = f"worker.id IN ({waiting})"
        elif state == "received":
            found, values = f"worker.id NOT IN ({on_the_way})", more
        elif own == chains:
            found, values = "FALSE", {}
        else:
            found = f"worker.id IN ({on_the_way}) AND worker.id NOT IN ({waiting})"
            values |= more
        return (
            f"({found} AND worker.number NOT IN "  # noqa: S608
            "(SELECT number FROM worker WHERE decision = 'refused'))",
            values,
        )

    def sealed_upto(self) -> int:
        """The last own entry that lies in a sealed batch."""
        return (
            self._session.exec(
                select(func.max(BatchRow.last)).where(BatchRow.sender == self._device)
            ).one()
            or 0
        )

    def _own_undelivered(self) -> dict[str, int]:
        """This device's chain and its last entry that has left the house."""
        delivered = self._session.exec(
            select(func.max(BatchRow.last)).where(
                BatchRow.sender == self._device, col(BatchRow.delivered_at).is_not(None)
            )
        ).one()
        # A plug pulled after the posting leaves no note of it; the receipt knows better.
        return {self._device: max(delivered or 0, self._receipted().get(self._device, 0))}

    def _unreceipted(self) -> dict[str, int]:
        """Laptops' chains with entries the hub has not receipted, and its last receipted one."""
        receipted = self._receipted()
        found = {self._device: receipted.get(self._device, 0)}
        rows = self._session.exec(
            select(BatchRow.sender, func.max(BatchRow.last)).group_by(BatchRow.sender)
        )
        for sender, last in rows:
            # The hub's own chains, the ones with a dot, need no receipt.
            if "." not in sender and sender != self._device and last > receipted.get(sender, 0):
                found[sender] = receipted.get(sender, 0)
        return found

    def _receipted(self) -> dict[str, int]:
        # By the batch and not by what the receipt says of the chain: in a copied database the hub
        # has receipted the other copy's entries, and those of this one have never arrived.
        rows = self._session.exec(
            select(BatchRow.sender, func.max(BatchRow.last))
            .where(col(BatchRow.id).in_(select(ReceiptRow.batch)))
            .group_by(BatchRow.sender)
        )
        return dict(rows.all())

    def _subjects_after(self, chains: Mapping[str, int]) -> int:
        """How many workers, the refused ones aside, have entries after these places."""
        places, values = _places(chains)
        # First the subjects, out of an index alone, then the workers: the other way round every
        # entry of a long chain would be read and decrypted.
        subjects = " UNION ".join(
            f"SELECT DISTINCT subject FROM entry WHERE {place}"  # noqa: S608
            for place in places
        )
        everybody = f"SELECT count(*) FROM ({subjects}) JOIN worker ON worker.id = subject"  # noqa: S608
        refused = (
            "SELECT count(*) FROM worker WHERE decision = 'refused' AND EXISTS "  # noqa: S608
            "(SELECT 1 FROM entry INDEXED BY entry_by_subject "
            f"WHERE subject = worker.id AND ({' OR '.join(places)}))"
        )
        # Two questions: as one, SQLite takes three times as long over the first.
        return int(
            self._session.execute(text(everybody), values).scalar_one()
            - self._session.execute(text(refused), values).scalar_one()
        )

    def _touched_after(self, ids: Sequence[str], chains: Mapping[str, int]) -> set[str]:
        """Those of the workers that have entries after these places."""
        places, values = _places(chains)
        found: set[str] = set()
        for start in range(0, len(ids), 500):
            chunk = ids[start : start + 500]
            marks = ", ".join(f":i{n}" for n in range(len(chunk)))
            rows = self._session.execute(
                text(
                    # Left to itself SQLite walks the whole chain for every page of a list.
                    "SELECT DISTINCT subject FROM entry INDEXED BY entry_by_subject "  # noqa: S608
                    f"WHERE subject IN ({marks}) AND ({' OR '.join(places)})"
                ),
                values | {f"i{n}": subject for n, subject in enumerate(chunk)},
            )
            found.update(row[0] for row in rows)
        return found


def _subjects(chains: Mapping[str, int], prefix: str) -> tuple[str, dict[str, Any]]:
    """The subjects after these places, out of an index alone."""
    places, values = _places(chains, prefix)
    return (
        " UNION ALL ".join(f"SELECT subject FROM entry WHERE {place}" for place in places),  # noqa: S608
        values,
    )


def _places(chains: Mapping[str, int], prefix: str = "") -> tuple[list[str], dict[str, Any]]:
    places: list[str] = []
    values: dict[str, Any] = {}
    for n, (device, upto) in enumerate(chains.items()):
        places.append(f"(device = :{prefix}device{n} AND seq > :{prefix}upto{n})")
        values |= {f"{prefix}device{n}": device, f"{prefix}upto{n}": upto}
    return places, values
