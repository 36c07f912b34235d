"""Batches sealed here or applied here, receipts, and the four states of sending they add up to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, not_
from sqlmodel import Session, col, func, select

from kerjadesa.store import sync_states
from kerjadesa.store.sync_states import SyncCounts, SyncState
from kerjadesa.store.tables import BatchRow, ReceiptRow
from kerjadesa.store.workers import ListedRow


class Batches:
    """What was sealed, delivered, receipted and applied, within one transaction.

    `former` are devices this register was before it was restored: what they left unsent is sent
    from here.
    """

    def __init__(self, session: Session, device: str, former: Iterable[str] = ()) -> None:
        self._session = session
        self._device = device
        self._former = tuple(former)

    def own_numbers(self, former: str = "") -> list[int]:
        """The numbers of this device's batches, or of those sealed here for a former, in order."""
        statement = select(BatchRow.number).where(BatchRow.sender == (former or self._device))
        if former and former != self._device:
            statement = statement.where(col(BatchRow.sealed).is_not(None))
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

    def delivered(self, number: int, at: datetime, former: str = "") -> None:
        """Remembers that an own batch, or a former device's, left the house."""
        row = self._session.get_one(BatchRow, (former or self._device, number))
        row.delivered_at = row.delivered_at or at
        self._session.flush()

    def have(self) -> dict[str, int]:
        """`{sender: last batch number}` of every other sender.

        What a former device sealed counts once the hub has receipted it: until then the hub may
        hold another batch under the number, sealed by the computer that was believed lost.
        """
        unheard = and_(
            col(BatchRow.sender).in_(self._former),
            col(BatchRow.sealed).is_not(None),
            col(BatchRow.id).not_in(select(ReceiptRow.batch)),
        )
        rows = self._session.exec(
            select(BatchRow.sender, func.max(BatchRow.number))
            .where(BatchRow.sender != self._device, not_(unheard))
            .group_by(BatchRow.sender)
        )
        return dict(rows.all())

    def give_way(self, former: str, number: int, batch: str) -> None:
        """Forgets what was sealed here for a former device from a number on, unless receipted.

        For when another batch than the one sealed here turns up under that number: its entries
        are held, and those that are not in it are sealed again after it.
        """
        held = self.get(former, number)
        if former not in self._former or held is None or held.id == batch:
            return
        for later in self.without_receipt(former):
            if later >= number:
                self._session.delete(self._session.get_one(BatchRow, (former, later)))
        self._session.flush()

    def without_receipt(self, former: str = "") -> list[int]:
        """Numbers of batches the hub has not receipted: what a send has to carry.

        This device's, or those sealed for a former one; what came from elsewhere is no concern.
        """
        statement = select(BatchRow.number).where(
            BatchRow.sender == (former or self._device),
            col(BatchRow.sealed).is_not(None),
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
            .where(col(BatchRow.sender).in_(self._chains))
            .order_by(col(ReceiptRow.hlc).desc())
            .limit(1)
        ).first()

    def counts(self) -> SyncCounts:
        """The four states over all workers: asked, never stored."""
        return sync_states.count_states(self._session, *self._ends())

    def states(self, workers: Sequence[ListedRow]) -> dict[str, SyncState]:
        """The state of each of these workers, by id."""
        return sync_states.states_of(self._session, *self._ends(), workers)

    def in_state(self, state: SyncState) -> tuple[str, dict[str, Any]]:
        """The condition that a worker is in this state, and the values it names."""
        return sync_states.in_state(self._session, *self._ends(), state)

    def sealed_upto(self, former: str = "") -> int:
        """The last entry of this device, or of a former one, that lies in a batch."""
        return (
            self._session.exec(
                select(func.max(BatchRow.last)).where(BatchRow.sender == (former or self._device))
            ).one()
            or 0
        )

    @property
    def _chains(self) -> tuple[str, ...]:
        return (self._device, *self._former)

    def _ends(self) -> tuple[dict[str, int], dict[str, int]]:
        """What `sync_states` calls `own` and `unreceipted`, in one question for all batches."""
        rows = self._session.connection().exec_driver_sql(
            "SELECT sender, max(last), "
            "max(CASE WHEN delivered_at IS NOT NULL THEN last ELSE 0 END), "
            # By the batch and not by what the receipt says of the chain: in a copied database the
            # hub has receipted the other copy's entries, and those of this one never arrived.
            "max(CASE WHEN id IN (SELECT batch FROM receipt) THEN last ELSE 0 END) "
            "FROM batch GROUP BY sender"
        )
        own = dict.fromkeys(self._chains, 0)
        unreceipted = dict.fromkeys(self._chains, 0)
        for sender, last, delivered, receipted in rows:
            if sender in own:
                # A plug pulled after the posting leaves no note of it; the receipt knows better.
                own[sender] = max(delivered, receipted)
                unreceipted[sender] = receipted
            elif "." not in sender and last > receipted:
                # The hub's own chains, the ones with a dot, need no receipt.
                unreceipted[sender] = receipted
        return own, unreceipted
