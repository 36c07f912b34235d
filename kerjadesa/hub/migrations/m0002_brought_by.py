"""Who brought a former device along. Frozen."""

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    """Adds it; of devices certified before nobody knows."""
    connection.exec_driver_sql(
        "ALTER TABLE hub_device ADD COLUMN brought_by VARCHAR NOT NULL DEFAULT ''"
    )
