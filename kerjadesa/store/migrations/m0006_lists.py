"""Lists under review, and the people they name. Frozen."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE list_review (
        id VARCHAR NOT NULL,
        facts JSON NOT NULL,
        kept_on DATE NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE seen_resident (
        number INTEGER NOT NULL,
        shape VARCHAR NOT NULL,
        seen_on DATE NOT NULL,
        kk VARCHAR NOT NULL,
        nik VARCHAR NOT NULL,
        facts JSON NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX seen_resident_by_kk ON seen_resident (kk)",
    "CREATE INDEX seen_resident_by_day ON seen_resident (seen_on)",
)


def up(connection: Connection) -> None:
    """Adds two tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
