"""Who has ended, as an index that is counted in no time. Frozen."""

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    """Adds it."""
    connection.exec_driver_sql("CREATE INDEX worker_ended ON worker (number) WHERE ended > ''")
