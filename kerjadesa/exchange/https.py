"""The way to the district over the internet (signatures first)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import httpx

from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Delivery


class HubClient:
    """The hub's HTTP interface as a Mailbox."""

    def __init__(
        self,
        url: str,
        keys: KeyRing,
        now: Callable[[], datetime],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        raise NotImplementedError

    def enrol(self, request: bytes, device: str) -> None:
        raise NotImplementedError

    def deliver(self, sealed: bytes, sender: str, number: int) -> Delivery:
        raise NotImplementedError

    def collect(self, have: Mapping[str, int]) -> Iterator[bytes]:
        raise NotImplementedError
