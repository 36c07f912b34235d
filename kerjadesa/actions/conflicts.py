"""What two laptops said differently of one worker, for a person to decide between.

The decision itself is `kerjadesa.actions.correct`: stating a fact in conflict replaces both words.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.fold import ENDING, fold
from kerjadesa.domain.worker import FACT_NAMES


@dataclass(frozen=True, slots=True)
class Said:
    """One standing word on a fact, and whose it is."""

    value: Any
    """As the journal has it: text, number, list of heirs; None or empty where it was emptied."""
    at: datetime
    operator: str
    device: str
    """The six characters that stand for the laptop in its card numbers."""
    here: bool
    """Whether it was said on this computer."""
    displayed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact with more than one standing word."""

    field: str
    """A fact's name, or `ended` or `decision`."""
    values: list[Said]
    """Newest first; the first is the one on display."""

    @property
    def decided_here(self) -> bool:
        """Whether this office can decide it: not the district's word, nor the day of entry."""
        return self.field == ENDING or (self.field in FACT_NAMES and self.field != "registered_on")


def conflicts_of(office: Office, worker: str) -> list[Conflict]:
    """What waits for a person's decision on this worker, in the order of the form."""
    with office.store.reading(office.now()) as unit:
        entries = unit.journal.of_subjects([worker])[worker]
        state, own = fold(entries, unit.hub), unit.device
    if state is None:
        return []
    wrote = {entry.id: entry for entry in entries}
    order = {name: place for place, name in enumerate(FACT_NAMES)}
    return [
        Conflict(
            name,
            [
                Said(
                    value=head.value,
                    at=datetime.fromtimestamp(Stamp.parse(head.hlc).milliseconds / 1000, tz=UTC),
                    operator=wrote[head.entry].operator,
                    device=device_code(wrote[head.entry].device),
                    here=wrote[head.entry].device == own,
                    displayed=place == 0,
                )
                for place, head in enumerate(state.heads[name])
            ],
        )
        for name in sorted(state.conflicts, key=lambda name: order.get(name, len(order)))
    ]


def photo_said(office: Office, sha256: str) -> bytes | None:
    """The JPEG that a word on the photo means; None where it is not, or not yet, here."""
    with office.store.reading(office.now()) as unit:
        return unit.photo(sha256)
