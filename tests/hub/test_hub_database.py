"""The hub's database and keys: encrypted, migrated, and never mixed up with another hub's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from kerjadesa.domain.problem import UserError
from kerjadesa.hub import home as homes
from kerjadesa.hub.database import checked_url, open_engine
from kerjadesa.hub.migrations import STEPS
from kerjadesa.hub.status import status
from kerjadesa.hub.tables import HubTable
from kerjadesa.store.engine import open_database

from .conftest import KEY
from .village import Laptop, worker

PASSPHRASE = "frasa sandi contoh"


def _schema(engine: Engine) -> dict[str, Any]:
    seen = inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in seen.get_columns(table)
            },
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted((i["name"], i["column_names"]) for i in seen.get_indexes(table)),
            "unique": sorted(u["column_names"] for u in seen.get_unique_constraints(table)),
        }
        for table in sorted(seen.get_table_names())
        if table.startswith("hub_")
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives URLs of empty databases of one kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    names = iter(range(9))
    return lambda: f"sqlite:///{tmp_path / f'{next(names)}.db'}"


def test_the_newest_schema_is_the_one_the_program_uses(fresh_url: Callable[[], str]):
    migrated, modelled = open_engine(fresh_url(), KEY), open_engine(fresh_url(), KEY)
    tables = list(_schema(modelled))
    with modelled.begin() as connection:
        for table in tables:
            connection.execute(text(f"DROP TABLE {table}"))
        HubTable.metadata.create_all(connection)
    assert _schema(migrated) == _schema(modelled)
    assert set(_schema(migrated)) == set(HubTable.metadata.tables)
    for engine in (migrated, modelled):
        engine.dispose()


def test_a_database_of_a_newer_program_is_left_alone(fresh_url: Callable[[], str]):
    url = fresh_url()
    engine = open_engine(url, KEY)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE schema_version SET version = {len(STEPS) + 1}"))
    engine.dispose()
    with pytest.raises(UserError, match="database_newer"):
        open_engine(url, KEY)


def test_the_file_is_encrypted_also_when_named_by_url(tmp_path: Path):
    path = tmp_path / "elsewhere.db"
    engine = open_engine(checked_url(f"sqlite:///{path}"), KEY)
    engine.dispose()
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(UserError, match="database_unreadable"):
        open_database(path, bytes(32))


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "mysql://hub@localhost/hub", "postgresql+asyncpg://a/b", "nonsense"]
)
def test_a_database_of_another_kind_is_refused(url: str):
    with pytest.raises(UserError, match="hub_database_url"):
        checked_url(url)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(UserError, match="hub_database_unreachable"):
        open_engine(f"sqlite:///{tmp_path / 'gone' / 'hub.db'}", KEY)


def test_a_server_that_does_not_answer_is_said_without_its_password():
    with pytest.raises(UserError, match="hub_database_unreachable") as trouble:
        open_engine(checked_url("postgresql://hub:rahasia@127.0.0.1:9/hub"), KEY)
    assert "rahasia" not in repr(trouble.value)


def test_a_hub_comes_back_with_the_same_keys_and_database(tmp_path: Path):
    homes.create(tmp_path, PASSPHRASE)
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    hub = homes.open_hub(tmp_path, PASSPHRASE, elsewhere)
    Laptop(hub).enrolled().send(worker(1))
    hub.engine.dispose()
    again = homes.open_hub(tmp_path, PASSPHRASE)
    assert again.keys == hub.keys
    assert status(again).workers == 1
    again.engine.dispose()
    folder = tmp_path / "hub"
    for name in ("vault.json", "keys.sealed", "config.toml"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    sealed = (folder / "keys.sealed").read_bytes()
    assert hub.keys.age_identity.encode() not in sealed
    assert hub.keys.signing not in sealed


def test_a_wrong_passphrase_and_damaged_keys_open_nothing(tmp_path: Path):
    homes.create(tmp_path, PASSPHRASE)
    homes.open_hub(tmp_path, PASSPHRASE).engine.dispose()
    with pytest.raises(UserError, match="passphrase_wrong"):
        homes.open_hub(tmp_path, "frasa yang salah")
    keys = tmp_path / "hub" / "keys.sealed"
    keys.write_bytes(keys.read_bytes()[:-1])
    with pytest.raises(UserError, match="hub_keys_damaged"):
        homes.open_hub(tmp_path, PASSPHRASE)


def test_another_hubs_database_is_not_continued(tmp_path: Path, postgresql: Callable[[], str]):
    url = postgresql()
    for name in ("one", "other"):
        homes.create(tmp_path / name, PASSPHRASE)
    homes.open_hub(tmp_path / "one", PASSPHRASE, url).engine.dispose()
    with pytest.raises(UserError, match="hub_database_other"):
        homes.open_hub(tmp_path / "other", PASSPHRASE, url)
    # A refused database is not remembered either.
    homes.open_hub(tmp_path / "other", PASSPHRASE).engine.dispose()


def test_the_keys_are_never_in_the_database(hub: homes.Hub):
    Laptop(hub).enrolled().send(worker(1))
    with hub.reading() as session:
        held = [
            repr(row)
            for table in HubTable.metadata.sorted_tables
            for row in session.execute(table.select())
        ]
    assert held
    assert not any(hub.keys.age_identity in row for row in held)
