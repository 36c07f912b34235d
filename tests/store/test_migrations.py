"""Bringing an old database to today's schema, or leaving it as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.store import migrations, tables
from kerjadesa.store.engine import open_database
from kerjadesa.store.migrations import STEPS, migrate
from kerjadesa.store.projection import project
from kerjadesa.store.store import open_store
from tests.domain.said import Laptop
from tests.store.conftest import KEY, NOW, open_at, register


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty encrypted file."""
    opened = open_database(tmp_path / "register.db", KEY)
    yield opened
    opened.dispose()


def schema(engine: Engine) -> dict[str, Any]:
    """Columns and indexes of every plain table, as SQLite sees them."""
    with engine.begin() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' "
            "ESCAPE '\\'"
        ).scalars()
        return {name: _table(connection, name) for name in names}


def _table(connection: Connection, name: str) -> dict[str, Any]:
    pragma = connection.exec_driver_sql
    columns = sorted(tuple(row)[1:] for row in pragma(f"PRAGMA table_info({name})"))
    indexes = {}
    for row in pragma(f"PRAGMA index_list({name})").all():
        sql = pragma("SELECT sql FROM sqlite_master WHERE name = ?", (row[1],)).scalar() or ""
        where = sql.partition("WHERE ")[2]
        members = tuple(part[2] for part in pragma(f"PRAGMA index_info({row[1]})"))
        key = members if row[3] != "c" else row[1]
        indexes[key] = (members, row[2], row[3], row[4], where)
    return {"columns": columns, "indexes": indexes}


def test_the_migrations_end_where_the_tables_stand(engine: Engine, tmp_path: Path) -> None:
    assert migrate(engine, STEPS) == 0
    live = open_database(tmp_path / "live.db", KEY)
    SQLModel.metadata.create_all(
        live, [row.__table__ for row in vars(tables).values() if hasattr(row, "__table__")]
    )
    migrated, declared = schema(engine), schema(live)
    live.dispose()
    assert set(migrated) == set(declared) and len(declared) >= 8
    for name, table in declared.items():
        assert migrated[name] == table, name


def test_the_first_schema_with_workers_in_it_comes_up_to_date(engine: Engine) -> None:
    migrate(engine, STEPS[:1])
    with engine.begin() as connection:
        columns = {
            row[1]: "1985-03-01" if row[2] == "DATE" else 1 if row[2] == "INTEGER" else "[]"
            for row in connection.exec_driver_sql("PRAGMA table_info(worker)")
        }
        marks = ", ".join(f":{name}" for name in columns)
        connection.execute(
            text(f"INSERT INTO worker ({', '.join(columns)}) VALUES ({marks})"), columns
        )
    assert migrate(engine, STEPS) == 1
    with engine.begin() as connection:
        held = connection.exec_driver_sql("SELECT * FROM worker").mappings().one()
    assert {name: held[name] for name in columns} == columns


def test_a_database_of_a_newer_program_is_refused_and_left_alone(engine: Engine) -> None:
    migrate(engine, STEPS)
    with engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    before = schema(engine)
    with pytest.raises(UserError, match="database_newer"):
        migrate(engine, STEPS)
    assert schema(engine) == before


def test_migrating_again_changes_nothing_and_backs_up_nothing(engine: Engine) -> None:
    migrate(engine, STEPS)
    kept: list[int] = []
    assert migrate(engine, STEPS, kept.append) == len(STEPS)
    assert kept == []


def test_a_copy_is_made_before_the_first_step(engine: Engine) -> None:
    order: list[str] = []

    def step(connection: Connection) -> None:
        order.append("step")
        connection.exec_driver_sql("ALTER TABLE photo ADD COLUMN taken_at VARCHAR")

    migrate(engine, STEPS)
    migrate(engine, [*STEPS, step], lambda version: order.append(f"backup {version}"))
    assert order == [f"backup {len(STEPS)}", "step"]


def test_a_new_database_needs_no_copy(engine: Engine) -> None:
    kept: list[int] = []
    migrate(engine, STEPS, kept.append)
    assert kept == []


@pytest.mark.parametrize("trouble", ["step", "backup"])
def test_a_step_or_a_copy_that_fails_leaves_the_old_schema(engine: Engine, trouble: str) -> None:
    migrate(engine, STEPS)
    before = schema(engine)

    def fails(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE worker ADD COLUMN shoe_size INTEGER")
        connection.exec_driver_sql("DROP TABLE photo")
        if trouble == "step":
            raise OSError("disk full")

    def backup(version: int) -> None:
        if trouble == "backup":
            raise OSError("disk full")

    with pytest.raises(OSError):
        migrate(engine, [*STEPS, fails], backup)
    assert schema(engine) == before
    assert migrate(engine, STEPS) == len(STEPS)


def test_opening_an_old_register_leaves_a_copy_of_it_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_at(tmp_path)
    with store.unit(NOW) as unit:
        unit.set("device", "a" * 20)
    with store.unit(NOW) as unit:
        register(unit)
    store.close()

    def step(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE errand (id VARCHAR PRIMARY KEY)")

    monkeypatch.setattr(migrations, "STEPS", (*STEPS, step))
    newer = open_at(tmp_path)
    with newer.reading(NOW) as unit:
        assert unit.workers.count() == 1
    newer.close()
    monkeypatch.undo()

    with pytest.raises(UserError, match="database_newer"):
        open_at(tmp_path)
    copy = tmp_path / "backups" / f"before-schema-{len(STEPS) + 1}.db"
    assert b"Upik" not in copy.read_bytes()
    old = open_store(copy, KEY, tmp_path / "nowhere")
    with old.reading(NOW) as unit:
        assert [row.name for row in unit.page(5).rows] == ["Upik Contoh"]
    old.close()


def test_a_nik_corrected_long_ago_is_still_known_after_the_program_is_brought_up_to_date(
    tmp_path: Path,
) -> None:
    store = open_at(tmp_path)
    with store.unit(NOW) as unit:
        unit.set("device", "a" * 20)
    with store.unit(NOW) as unit:
        made = register(unit)
        row = unit.workers.by_id(made.subject)
        assert row is not None
        before = row.nik
        values = {"set": {"nik": "1303044103850099"}, "replaces": {"nik": [made.id]}}
        project(unit, [unit.journal.append(verbs.CORRECTED, made.subject, values, "Petugas")])
        kept = unit.workers.known_niks([before, "1303044103850099", "1303044103850098"])
        assert kept == {before: "former", "1303044103850099": "enrolled"}
        sql = unit.session.connection().exec_driver_sql
        sql("DROP TABLE former_nik")
        sql("UPDATE schema_version SET version = 9")
    store.close()

    store = open_at(tmp_path)
    with store.reading(NOW) as unit:
        assert unit.workers.known_niks([*kept, "1303044103850098"]) == kept
    store.close()


def test_a_correction_heard_before_the_program_was_brought_up_to_date_counts_afterwards(
    tmp_path: Path,
) -> None:
    programme = {"name": "Salah", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    plan = {"title": "Salah", "held_on": "2026-12-01", "groups": []}
    ahead, sound = Laptop("b" * 20, 7_000_000_000_000), Laptop("c" * 20)
    for verb, subject, values in (
        (verbs.PROGRAMME_DECLARED, "PR2026", programme),
        (verbs.CEREMONY_PLANNED, "c1", plan),
    ):
        right = {name: "Benar" if value == "Salah" else value for name, value in values.items()}
        frozen = ahead.say(verb, values, subject)
        sound.say(verb, right | {"replaces": [frozen.id]}, subject)
    store = open_at(tmp_path)
    with store.unit(NOW) as unit:
        for laptop in (ahead, sound):
            unit.journal.take_in(laptop.entries)
        # What the program of before made of it: the newest stamp.
        project(unit, ahead.entries)
        sql = unit.session.connection().exec_driver_sql
        sql("UPDATE programme SET name = 'Salah'")
        sql("UPDATE ceremony SET facts = json_set(facts, '$.title', 'Salah')")
        sql("DROP INDEX worker_ended")
        sql("DROP TABLE former_nik")
        sql("UPDATE schema_version SET version = 6")
    store.close()

    store = open_at(tmp_path)
    with store.reading(NOW) as unit:
        assert [(row.name, row.hlc) for row in unit.programmes()] == [
            ("Benar", sound.entries[0].hlc)
        ]
        (held,) = unit.ceremonies()
        assert (held.facts["title"], held.hlc) == ("Benar", sound.entries[1].hlc)
    store.close()
