"""Opening the hub's database: SQLCipher by default, PostgreSQL by URL."""

from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from kerjadesa.domain.problem import UserError
from kerjadesa.hub.migrations import STEPS
from kerjadesa.store.engine import open_database
from kerjadesa.store.migrations import migrate

READING = {"reading": True}
"""Execution options of a transaction that writes nothing and therefore waits for nobody."""

_ADVISORY_LOCK = 0x4B44_4855_42
_CONNECT_SECONDS = 10
_LOCK_SECONDS = 60


def checked_url(text_url: str) -> str:
    """The URL as it is remembered: driver named, path absolute.

    Raises UserError `hub_database_url` for anything but `sqlite:///PATH` and `postgresql://...`.
    """
    try:
        url = make_url(text_url)
    except ArgumentError:
        raise UserError("hub_database_url") from None
    if url.drivername == "sqlite" and url.database:
        return f"sqlite:///{Path(url.database).absolute().as_posix()}"
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        named = url.set(drivername="postgresql+psycopg")
        return named.render_as_string(hide_password=False)
    raise UserError("hub_database_url")


def open_engine(text_url: str, key: bytes) -> Engine:
    """An engine on the migrated database, one writer at a time on either kind.

    SQLite is always encrypted with `key`. On PostgreSQL every writing transaction takes one
    advisory lock: two senders of one nagari append to the same chain of the hub, and the same NIK
    from two nagari must be seen by whichever comes second. Raises UserError
    `hub_database_unreachable`, `database_unreadable`, `database_newer`.
    """
    url = make_url(text_url)
    if url.drivername == "sqlite":
        try:
            engine = open_database(Path(url.database or ""), key)
        except OperationalError:
            raise UserError("hub_database_unreachable") from None
    else:
        engine = _open_postgresql(url)
    # The values of a failing statement are people's; they must not travel in the exception.
    engine.hide_parameters = True
    try:
        migrate(engine, STEPS)
    except OperationalError:
        engine.dispose()
        raise UserError("hub_database_unreachable") from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def _open_postgresql(url: URL) -> Engine:
    # A writer that hangs must not take all others with it: they fail, and the laptops ask again.
    connect = {"connect_timeout": _CONNECT_SECONDS, "options": f"-c lock_timeout={_LOCK_SECONDS}s"}
    engine = sqlalchemy.create_engine(url, pool_pre_ping=True, connect_args=connect)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading", False):
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))

    return engine
