"""How things stand, at a glance."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kerjadesa.actions.district import invitation_of, is_certified
from kerjadesa.actions.office import CARD_PRINTINGS, CLOCK_OFFSET, Office
from kerjadesa.domain.clock import Stamp, stands_behind
from kerjadesa.store import twins
from kerjadesa.store.listing import View

_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of workers by state of sending, and what waits for a person."""

    workers: int
    """All who were ever registered here; the district counts them without those who `ended`."""
    ended: int
    """A record merged into another is none of them, nor of the `workers`."""
    unprinted: int
    """Workers not ended whose card nobody has confirmed as printed."""
    unjudged: int
    """Cards that went to paper and that nobody has looked at yet."""
    waiting: int
    sent: int
    received: int
    refused: int
    device: str
    batches: int
    enrolled: bool
    invited: bool
    hub_url: str
    undecided: int
    """Workers with a fact that two laptops changed unseen by each other."""
    twins: int
    """Pairs of records that may be one person's."""
    last_receipt: datetime | None
    clock_behind: bool
    """The wall clock stands behind the register's own last entry, or a day off the hub's."""


def status(office: Office) -> Status:
    """Asked of journal, batches and receipts each time; nothing of it is stored."""
    now = office.now()
    invitation = invitation_of(office)
    certified = is_certified(office)
    with office.store.reading(now) as unit:
        counts = unit.batches.counts()
        last = unit.batches.last_receipt()
        behind = stands_behind(unit.journal.last_stamp(), int(now.timestamp() * 1000))
        offset = abs(int(unit.setting(CLOCK_OFFSET) or 0))
        return Status(
            workers=unit.workers.count(),
            ended=unit.workers.ended_count(),
            unprinted=unit.count(View(ended=False, printed=False)) or 0,
            unjudged=sum(len(row["cards"]) for row in unit.setting(CARD_PRINTINGS) or ()),
            waiting=counts.waiting,
            sent=counts.sent,
            received=counts.received,
            refused=counts.refused,
            device=unit.device,
            batches=len(unit.batches.own_numbers()),
            enrolled=certified,
            invited=invitation is not None,
            hub_url=invitation.url if invitation else "",
            undecided=unit.workers.undecided_count(),
            twins=twins.waiting_count(unit.session),
            last_receipt=_moment(last.hlc) if last else None,
            clock_behind=behind or offset > _DAY_SECONDS,
        )


def _moment(hlc: str) -> datetime:
    return datetime.fromtimestamp(Stamp.parse(hlc).milliseconds / 1000, tz=UTC)
