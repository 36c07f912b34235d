"""Hubs on real databases: SQLCipher in a temporary folder, PostgreSQL in a server of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.hub.database import checked_url, open_engine
from kerjadesa.hub.home import Hub

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
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
    programs = {name: _program(name) for name in ("initdb", "postgres")}
    if None in programs.values():
        pytest.skip("PostgreSQL IS NOT INSTALLED: the hub is tested on SQLite alone")
    folder = Path(tempfile.mkdtemp(prefix="kd-pg-"))
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    initdb = [programs["initdb"], "-D", data, "-U", "hub", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C", "--no-sync"], check=True, user=user, **quiet)
    server = subprocess.Popen(
        [programs["postgres"], "-F", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder],
        user=user,
        **quiet,
    )
    try:
        _await_server(port)

        def fresh() -> str:
            name = f"hub_{uuid.uuid4().hex}"
            with _connect(port) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return checked_url(f"postgresql://hub@127.0.0.1:{port}/{name}")

        yield fresh
    finally:
        server.send_signal(signal.SIGQUIT)  # its data is thrown away
        server.wait(30)
        shutil.rmtree(folder)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join(map(str, _DEBIAN))) or shutil.which(name)


def _connect(port: int):
    import psycopg

    return psycopg.connect(
        host="127.0.0.1", port=port, user="hub", dbname="postgres", autocommit=True
    )


def _await_server(port: int) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            _connect(port).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
