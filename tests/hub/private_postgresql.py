"""A PostgreSQL server of one's own on loopback, thrown away afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kerjadesa.hub.database import checked_url

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@contextmanager
def private_postgresql(durable: bool = False) -> Iterator[Callable[[], str] | None]:
    """Yields a function that gives the URL of a fresh database; None without PostgreSQL.

    `durable` keeps fsync on, as a real server has it.
    """
    programs = {name: _program(name) for name in ("initdb", "postgres")}
    if None in programs.values():
        yield None
        return
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
    hurry = [] if durable else ["-F"]
    place = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder]
    server = subprocess.Popen([programs["postgres"], *hurry, *place], user=user, **quiet)
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
