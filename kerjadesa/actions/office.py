"""The opened installation: what every action needs and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kerjadesa.domain.check import Rules
from kerjadesa.domain.region import Place
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.store.home_lock import Presence
from kerjadesa.store.store import Store

KEYS = "keys"
NAGARI = "nagari"
OPERATOR = "operator"
PROGRAMME = "programme"
INVITATION = "invitation"
CLOCK_OFFSET = "clock_offset"
HEARD_DISTRICT = "heard_district"
"""When the hub last answered over the network, by this computer's clock."""
BACKED_UP = "backed_up"
BACKED_UP_AT_HOME = "backed_up_at_home"
CARD_PRINTINGS = "card_printings"
"""Cards that went to paper and that nobody has judged: `[{"at", "cards"}]`."""
EARLIER_INVITATION = "earlier_invitation"
"""What a restored register was invited by: it stays with that district."""


@dataclass(frozen=True, slots=True)
class Office:
    """One nagari's unlocked register on this computer."""

    home: Path
    store: Store
    keys: KeyRing
    place: Place
    rules: Rules
    operator: str
    now: Callable[[], datetime]
    presence: Presence

    @property
    def today(self) -> date:
        """The day on the wall calendar of this computer."""
        return self.now().astimezone().date()

    def close(self) -> None:
        """Folds the write-ahead log into the database and lets go of it, and of the home."""
        try:
            self.store.close()
        finally:
            self.presence.leave()
