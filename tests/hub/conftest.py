"""Hubs on real databases: SQLCipher in a temporary folder, PostgreSQL in a server of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.hub.database import open_engine
from kerjadesa.hub.home import Hub
from tests.hub.private_postgresql import private_postgresql

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def hub_keys() -> KeyRing:
    """The keys of an invented hub."""
    return new_keyring()


@pytest.fixture
def hub(tmp_path: Path, hub_keys: KeyRing) -> Iterator[Hub]:
    """A hub on SQLCipher."""
    engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}", KEY)
    yield Hub(hub_keys, engine)
    engine.dispose()


@pytest.fixture
def postgresql_hub(postgresql: Callable[[], str], hub_keys: KeyRing) -> Iterator[Hub]:
    """A hub on a fresh PostgreSQL database."""
    engine = open_engine(postgresql(), KEY)
    yield Hub(hub_keys, engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_hub(request: pytest.FixtureRequest) -> Hub:
    """The same test on both databases."""
    name = {"sqlite": "hub", "postgresql": "postgresql_hub"}[request.param]
    return request.getfixturevalue(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Gives the URL of a fresh, empty database on a private server on loopback."""
    with private_postgresql() as fresh:
        if fresh is None:
            pytest.skip("PostgreSQL IS NOT INSTALLED: the hub is tested on SQLite alone")
        yield fresh
