"""What was said of two records, and pairs that may be one person. Frozen.

The pairs themselves are sought when the register is opened: how alike two records are is a rule of
the program and no part of a schema.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE worker_link (
        worker VARCHAR NOT NULL,
        other VARCHAR NOT NULL,
        outcome VARCHAR NOT NULL,
        kept VARCHAR NOT NULL,
        PRIMARY KEY (worker, other)
    )
    """,
    """
    CREATE TABLE likely_twin (
        first INTEGER NOT NULL,
        second INTEGER NOT NULL,
        score INTEGER NOT NULL,
        PRIMARY KEY (first, second)
    )
    """,
    "CREATE INDEX likely_twin_by_second ON likely_twin (second)",
    "CREATE INDEX worker_merged ON worker (number) WHERE ended = 'merged'",
)


def up(connection: Connection) -> None:
    """Adds the two tables, and an index of the few that have gone into another record."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
