"""Who has a home open: many programs at a time, or a single one that replaces what lies in it.

An open window would go on writing into files that were moved aside, and on Linux nothing keeps
them from being moved. SQLite's own file locks, on an empty file beside the register, say who is
there: they are the same on every system and end with the program, so a crash leaves none behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kerjadesa.domain.problem import UserError

LOCK = "in-use.lock"
WORKSHOPS = "backing-up.lock"
"""Shared by all who are making a backup; whoever finds it free may clear what was cut off."""
_PATIENCE_S = 2.0
"""Whoever opens waits so long: somebody may just be asking whether a home is free."""


class Presence:
    """Keeps a home from being replaced until it is left."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def leave(self) -> None:
        """Lets the home be replaced again; leaving twice does no harm."""
        self._connection.close()


def enter(home: Path, lock: str = LOCK) -> Presence:
    """Says that this program has the home open, beside any others.

    Raises UserError `home_being_replaced`, `database_readonly`.
    """
    connection = _connected(home / lock, _PATIENCE_S)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        raise _trouble(error, "home_being_replaced") from error
    return Presence(connection)


@contextmanager
def alone(home: Path, lock: str = LOCK) -> Iterator[None]:
    """Nobody else has the home open until the block ends.

    Raises UserError `home_in_use`, `database_readonly`.
    """
    connection = _connected(home / lock, 0)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _trouble(error, "home_in_use") from error
        yield
    finally:
        connection.close()


def _connected(lock: Path, patience: float) -> sqlite3.Connection:
    try:
        # A window opens its register in one thread and closes it in another.
        return sqlite3.connect(
            lock, timeout=patience, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise UserError("database_readonly") from error


def _trouble(error: sqlite3.OperationalError, when_locked: str) -> UserError:
    busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return UserError(when_locked if busy else "database_readonly")
