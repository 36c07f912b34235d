"""Indexes that hold all a list filters by: no row is decrypted only to be left out."""

from sqlalchemy import Connection

# What follows the order is there to be looked at, not sought.
_FILTERED = "sex, occupation, programme, ended, cards_printed, id"

_STATEMENTS = (
    "DROP INDEX worker_by_name",
    "DROP INDEX worker_by_jorong",
    f"CREATE INDEX worker_by_name ON worker (name_key, number, jorong, birth_date, {_FILTERED})",
    f"CREATE INDEX worker_by_jorong ON worker (jorong, name_key, number, birth_date, {_FILTERED})",
    f"CREATE INDEX worker_by_birth ON worker (birth_date, name_key, number, jorong, {_FILTERED})",
    "CREATE INDEX worker_with_photo ON worker (number) WHERE photo <> ''",
)


def up(connection: Connection) -> None:
    """Makes the three orders of the list answer filters by themselves."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
