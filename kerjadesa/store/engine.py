"""Opening the SQLCipher database, or refusing to."""

import shutil
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kerjadesa.domain.problem import UserError

_CACHE_KIB = 32 * 1024
_NEEDED_SPACE = 1024 * 1024
_CODES = {
    dbapi2.SQLITE_FULL: "disk_full",
    dbapi2.SQLITE_BUSY: "database_busy",
    dbapi2.SQLITE_READONLY: "database_readonly",
}


def open_database(path: Path, key: bytes) -> Engine:
    """An engine on the encrypted database; the file is made if it is not there.

    Fails closed: without SQLCipher underneath nothing is written. Every transaction begins as
    IMMEDIATE, so two processes on one home wait for each other instead of failing half way.
    Raises UserError `database_unreadable` where the key does not fit the file. Whatever is done
    with the engine raises UserError `disk_full`, `database_busy` (another process writes for longer
    than 15 seconds) and `database_readonly`, and has then changed nothing.
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

    @event.listens_for(engine, "handle_error")
    def _tell(context: sqlalchemy.ExceptionContext) -> None:
        code = _trouble(context.original_exception, path)
        if code:
            raise UserError(code) from context.original_exception

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


def _trouble(error: BaseException, path: Path) -> str:
    """The code for what a person can mend; empty for a fault of the program or of the file."""
    # The lowest byte is the kind, those above it say where it happened.
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind == dbapi2.SQLITE_IOERR and shutil.disk_usage(path.parent).free < _NEEDED_SPACE:
        # The files beside the database could not grow, which SQLite does not call full.
        kind = dbapi2.SQLITE_FULL
    return _CODES.get(kind, "")


def _prepare(connection: Any, key: bytes) -> None:
    cursor = connection.cursor()
    # SQLCipher would write its own view of every fault to stderr, beside the one sentence.
    cursor.execute("PRAGMA cipher_log_level = NONE")
    cursor.execute("PRAGMA busy_timeout = 15000")
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
    # Every page read from disk is decrypted anew, so a small cache makes scans suffer twice.
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()
