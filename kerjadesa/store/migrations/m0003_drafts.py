"""Half-filled forms. Frozen."""

from sqlalchemy import Connection

_STATEMENT = """
    CREATE TABLE draft (
        id VARCHAR NOT NULL,
        worker VARCHAR NOT NULL,
        facts JSON NOT NULL,
        photo BLOB,
        photo_removed BOOLEAN NOT NULL,
        kept_at DATETIME NOT NULL,
        PRIMARY KEY (id)
    )
"""


def up(connection: Connection) -> None:
    """Adds the table of drafts."""
    connection.exec_driver_sql(_STATEMENT)
