"""The one contract over both roads: a folder on a stick, and the hub over HTTP on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from sqlmodel import select

from kerjadesa.exchange.https import HubClient
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.exchange.usb import DistrictFolder, UsbFolder
from kerjadesa.hub import devices
from kerjadesa.hub.api import create_app
from kerjadesa.hub.database import open_engine
from kerjadesa.hub.home import Hub
from kerjadesa.hub.tables import HubBatch
from kerjadesa.hub.usb import receive_folder

from .mailbox_contract import MailboxContract, Road
from .sample import MUARO


def now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


@pytest.fixture
def hub(tmp_path: Path, district) -> Iterator[Hub]:
    """A real hub on SQLCipher."""
    engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}", bytes(32))
    yield Hub(district, engine)
    engine.dispose()


@contextmanager
def served(hub: Hub) -> Iterator[str]:
    """The hub, answering on a free port of loopback."""
    config = uvicorn.Config(create_app(hub, now), log_level="error", access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # The listener queues calls until the server is up: nobody has to wait and poll.
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def arrived(hub: Hub) -> dict[tuple[str, int], str]:
    """The devices' batches the hub holds."""
    with hub.reading() as session:
        rows = session.exec(select(HubBatch)).all()
        return {(r.sender, r.number): r.id for r in rows if not r.sender.startswith(hub.id)}


class TestUsb(MailboxContract):
    """The stick carries everything; the district reads it when it gets there."""

    @pytest.fixture
    def road(self, tmp_path: Path, hub: Hub, laptop) -> Road:
        stick, fellow = tmp_path / "stick", new_keyring()
        stick.mkdir()
        folder = DistrictFolder(stick)

        def settle() -> None:
            refused = [o for o in receive_folder(hub, folder, folder, now()).outcomes if o.refused]
            assert refused == []

        return Road(
            laptop,
            fellow,
            {keys.device: UsbFolder(stick, keys, MUARO) for keys in (laptop, fellow)},
            lambda: devices.invite(hub, MUARO, "", now()),
            settle,
            lambda: arrived(hub),
        )


class TestHttps(MailboxContract):
    """The hub answers at once."""

    @pytest.fixture
    def road(self, hub: Hub, laptop) -> Iterator[Road]:
        fellow = new_keyring()
        with (
            served(hub) as url,
            HubClient(url, laptop, now) as one,
            HubClient(url, fellow, now) as other,
        ):
            yield Road(
                laptop,
                fellow,
                {laptop.device: one, fellow.device: other},
                lambda: devices.invite(hub, MUARO, url, now()),
                lambda: None,
                lambda: arrived(hub),
            )

    def test_a_batch_before_its_turn_is_told_which_one_is_missing(self, road: Road):
        road.join(road.laptop)
        first, second = road.batches(road.laptop)
        delivery = road.mailboxes[road.laptop.device].deliver(second.data, road.laptop.device, 2)
        assert (delivery.status, delivery.expected) == ("gap", 1)
        assert road.deliver(road.laptop, first) == "delivered"
        assert road.deliver(road.laptop, second) == "delivered"
        assert len(road.arrived()) == 2
