"""Opening the SQLCipher database, or refusing to."""

from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kerjadesa.domain.problem import UserError

_CACHE_KIB = 32 * 1024


def open_database(path: Path, key: bytes) -> Engine:
    """An engine on the encrypted database; the file is made if it is not there.

    Fails closed: without SQLCipher underneath nothing is written. Every transaction begins as
    IMMEDIATE, so two processes on one home wait for each other instead of failing half way.
    Raises UserError `database_unreadable` where the key does not fit the file.
    """
    if len(key) != 32:
        raise ValueError("the database key has 32 bytes")

    def connect() -> Any:
        connection = dbapi2.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sqlalchemy.create_engine(
        "sqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        # A failing statement's exception reaches the log; the NIK in its parameters must not.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sqlalchemy.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    try:
        with engine.connect():
            pass
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(connection: Any, key: bytes) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    version = cursor.execute("PRAGMA cipher_version").fetchone()
    if not version or not version[0]:
        raise UserError("database_unencrypted")
    try:
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.OperationalError:
        # Locked, or the disk fails: the key may well be the right one.
        raise
    except dbapi2.DatabaseError:
        raise UserError("database_unreadable") from None
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL, for a confirmed registration must survive the power cut a second later.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 15000")
    # Every page read from disk is decrypted anew, so a small cache makes scans suffer twice.
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()
