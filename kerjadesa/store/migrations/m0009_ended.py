"""The index of who has ended holds what it asks for: without it the counting read everybody."""

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    """Makes it anew."""
    connection.exec_driver_sql("DROP INDEX worker_ended")
    connection.exec_driver_sql("CREATE INDEX worker_ended ON worker (ended) WHERE ended > ''")
