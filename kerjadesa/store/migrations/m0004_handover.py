"""Issues of cards, their hand-over, and the ceremonies. Frozen."""

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE worker ADD COLUMN card_issue INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE worker ADD COLUMN handover VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE worker ADD COLUMN handover_hlc VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE worker ADD COLUMN handover_facts JSON NOT NULL DEFAULT '{}'",
    # Every card printed so far was the first of its owner.
    "UPDATE worker SET card_issue = 1 WHERE cards_printed > 0",
    "CREATE INDEX worker_by_card ON worker (card_number)",
    "CREATE INDEX worker_handed_over ON worker (id) WHERE handover <> ''",
    "CREATE TABLE ceremony ("
    "id VARCHAR NOT NULL, facts JSON NOT NULL, hlc VARCHAR NOT NULL, PRIMARY KEY (id))",
    "CREATE TABLE replaced_card ("
    "number VARCHAR NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (number))",
)


def up(connection: Connection) -> None:
    """Adds what is known of each worker's card, and two tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
