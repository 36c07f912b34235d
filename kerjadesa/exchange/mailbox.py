"""What every way to the district offers: a folder on a stick, or the hub over HTTPS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Delivery:
    """What became of one batch: taken, held already, or out of order (`expected` comes first)."""

    status: Literal["delivered", "known", "gap"]
    expected: int | None = None


class Mailbox(Protocol):
    """The contract of a transport. Each call is repeatable; trouble is a UserError."""

    def enrol(self, request: bytes, device: str) -> None:
        """Hands in a sealed enrolment request."""

    def deliver(self, sealed: bytes, sender: str, number: int) -> Delivery:
        """Hands in one sealed batch. Delivered means handed over; only a receipt means received."""

    def collect(self, have: Mapping[str, int]) -> Iterator[bytes]:
        """The sealed batches this device lacks, in order per sender.

        `have` is `{sender: last batch number held}`.
        """
