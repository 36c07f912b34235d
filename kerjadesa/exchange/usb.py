"""The folder on a stick (signatures first)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Delivery


class UsbFolder:
    """A laptop's side of the stick, a Mailbox."""

    def __init__(self, root: Path, keys: KeyRing, nagari: str) -> None:
        raise NotImplementedError

    def enrol(self, request: bytes, device: str) -> None:
        raise NotImplementedError

    def deliver(self, sealed: bytes, sender: str, number: int) -> Delivery:
        raise NotImplementedError

    def collect(self, have: Mapping[str, int]) -> Iterator[bytes]:
        raise NotImplementedError


@dataclass(frozen=True)
class Found:
    """A file on the stick: its name below the root (safe to show), whose it is, its number."""

    name: str
    sender: str
    number: int


class DistrictFolder:
    """The hub's side of the same stick (for hub/usb.py)."""

    def __init__(self, root: Path) -> None:
        raise NotImplementedError

    def requests(self) -> list[Found]:
        """Enrolment requests, by device (number 0)."""
        raise NotImplementedError

    def batches(self) -> list[Found]:
        """Batches handed in, per device in order of number."""
        raise NotImplementedError

    def read(self, found: Found) -> bytes:
        """The bytes, capped; raises UserError (BatchRefused("batch_too_large") for giants)."""
        raise NotImplementedError

    def reply(self, nagari: str, sender: str, number: int, sealed: bytes) -> None:
        """Writes one batch for a nagari: from-district/<nagari>/<sender>/<number>.kdb."""
        raise NotImplementedError
