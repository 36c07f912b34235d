"""Numbered migrations: lock, refuse a newer database, back up, migrate in one transaction."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, inspect, text

from kerjadesa.domain.problem import UserError
from kerjadesa.store.migrations import (
    m0001_initial,
    m0002_filters,
    m0003_drafts,
    m0004_handover,
    m0005_twins,
    m0006_lists,
    m0007_declared,
    m0008_ended,
    m0009_ended,
    m0010_former_niks,
)

_TABLE = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"

Step = Callable[[Connection], None]

STEPS: tuple[Step, ...] = (
    m0001_initial.up,
    m0002_filters.up,
    m0003_drafts.up,
    m0004_handover.up,
    m0005_twins.up,
    m0006_lists.up,
    m0007_declared.up,
    m0008_ended.up,
    m0009_ended.up,
    m0010_former_niks.up,
)
"""The steps of a device's own database. A step is frozen once released: no live models in it."""


def migrate(
    engine: Engine, steps: Sequence[Step], backup: Callable[[int], None] | None = None
) -> int:
    """Brings a database to the newest schema and returns the version it came from.

    All steps land in one transaction, so a power cut leaves the old schema or the new one.
    `backup(version)` runs under the lock, before the first step, unless the database is new.
    Raises UserError `database_newer` where the file is ahead of this program.
    """
    with engine.connect().execution_options(reading=True) as connection:
        # Nearly always there is nothing to do, and whoever only asks must not wait for a writer.
        if _version(connection) == len(steps):
            return len(steps)
    with engine.begin() as connection:
        connection.execute(text(_TABLE))
        version = _version(connection)
        if version > len(steps):
            raise UserError("database_newer")
        if version == len(steps):
            return version
        if version and backup is not None:
            backup(version)
        for step in steps[version:]:
            step(connection)
        connection.execute(text("DELETE FROM schema_version"))
        connection.execute(
            text("INSERT INTO schema_version (version) VALUES (:version)"),
            {"version": len(steps)},
        )
    return version


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table("schema_version"):
        return 0
    return connection.execute(text("SELECT max(version) FROM schema_version")).scalar() or 0
