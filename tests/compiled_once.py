"""Lets all the databases of one process share their compiled statements.

Each engine compiles for itself, which a program with one register never notices and a thousand
tests with a register each do. Nothing but the text of statements is shared.
"""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache = LRUCache(2000)


def compile_once() -> None:
    """From now on every engine of one kind looks among the statements of all."""
    # A compiled statement is found under its dialect, of which every engine has its own.
    SQLiteDialect.__eq__ = lambda own, other: type(own) is type(other)
    SQLiteDialect.__hash__ = lambda own: hash(type(own))

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=_COMPILED)
