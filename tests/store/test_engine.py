"""Opening the encrypted database, or refusing to."""

import os
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from kerjadesa.domain.problem import UserError
from kerjadesa.store import engine
from kerjadesa.store.engine import open_database
from kerjadesa.store.files import fresh_folder, write_file
from kerjadesa.store.store import Store, copy_database, open_store
from tests.store.conftest import KEY, NOW, OWN, open_at, register


class Usage(NamedTuple):
    """What the system says of a disk."""

    free: int


def test_a_stolen_file_shows_neither_a_name_nor_a_table(store: Store, tmp_path: Path) -> None:
    with store.unit(NOW) as unit:
        register(unit, name="Upik Rahasia", notes="catatan rahasia")
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
    store.close()
    everything += (tmp_path / "register.db").read_bytes()
    for plain in (b"SQLite format", b"Upik", b"rahasia", b"1303044103850001", b"worker"):
        assert plain not in everything
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "register.db").execute("SELECT * FROM sqlite_master")


def test_another_key_opens_nothing(store: Store, tmp_path: Path) -> None:
    store.close()
    with pytest.raises(UserError, match="database_unreadable"):
        open_store(tmp_path / "register.db", bytes(32), tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(UserError, match="database_unreadable"):
        open_store(path, KEY, tmp_path)
    assert path.read_bytes() == b"not a database" * 1000


def test_without_encryption_underneath_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The standard library's SQLite takes `PRAGMA key` without a word and encrypts nothing.
    monkeypatch.setattr(engine, "dbapi2", sqlite3)
    path = tmp_path / "register.db"
    with pytest.raises(UserError, match="database_unencrypted"):
        open_database(path, KEY)
    assert not path.exists() or path.stat().st_size == 0


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_a_mistake_of_the_program(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(ValueError):
        open_database(tmp_path / "register.db", key)


def test_a_power_cut_a_second_later_finds_the_registration(store: Store) -> None:
    with store.unit(NOW) as unit:
        pragma = unit.session.connection().exec_driver_sql
        assert pragma("PRAGMA journal_mode").scalar() == "wal"
        assert pragma("PRAGMA synchronous").scalar() == 2
        assert pragma("PRAGMA foreign_keys").scalar() == 1
        assert pragma("PRAGMA busy_timeout").scalar() >= 10_000


def test_names_that_are_sorted_on_disk_are_never_written_there_in_the_clear(store: Store) -> None:
    with store.reading(NOW) as unit:
        options = unit.session.connection().exec_driver_sql("PRAGMA compile_options")
        assert {"TEMP_STORE=2", "TEMP_STORE=3"} & {row[0] for row in options}


def test_a_copy_opens_under_the_same_key_and_holds_everybody(store: Store, tmp_path: Path) -> None:
    with store.unit(NOW) as unit:
        register(unit)
    copy = tmp_path / "copy"
    copy.mkdir()
    copy_database(tmp_path / "register.db", KEY, copy / "register.db")
    assert b"Upik" not in (copy / "register.db").read_bytes()
    assert [path.name for path in copy.iterdir()] == ["register.db"]
    opened = open_at(copy)
    with opened.reading(NOW) as unit:
        assert [row.name for row in unit.page(10).rows] == ["Upik Contoh"]
    opened.close()


def test_a_copy_that_an_antivirus_holds_takes_its_place_all_the_same_or_the_trouble_is_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals, replace = [PermissionError(13, "held")], Path.replace

    def rename(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", rename)
    monkeypatch.setattr("kerjadesa.store.files.time.sleep", lambda _seconds: None)
    copy_database(tmp_path / "register.db", KEY, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").is_file()
    refusals.extend([PermissionError(13, "held")] * 99)
    with pytest.raises(UserError, match="file_not_written"):
        copy_database(tmp_path / "register.db", KEY, tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()


def test_a_whole_file_is_found_whole_and_a_spoilt_one_is_not(store: Store, tmp_path: Path) -> None:
    with store.unit(NOW) as unit:
        # So many that the end of the file holds workers, not the schema that opening reads.
        for serial in range(1, 51):
            register(unit, serial)
    assert store.integrity() == []
    store.close()
    path = tmp_path / "register.db"
    spoilt = bytearray(path.read_bytes())
    spoilt[-2000] ^= 1
    path.write_bytes(bytes(spoilt))
    again = open_at(tmp_path)
    assert again.integrity() != []
    again.close()


def test_looking_after_the_file_keeps_no_registration_waiting(store: Store, tmp_path: Path) -> None:
    other = open_at(tmp_path)
    with store.unit(NOW) as unit:
        register(unit)
        assert other.integrity() == []
    other.close()


def test_who_closes_leaves_one_file(store: Store, tmp_path: Path) -> None:
    with store.unit(NOW) as unit:
        register(unit)
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["register.db"]


def test_a_unit_that_fails_leaves_neither_entry_nor_row(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit(NOW) as unit:
        register(unit)
        raise ZeroDivisionError
    with store.reading(NOW) as unit:
        assert unit.workers.count() == 0
        assert unit.journal.vector() == {}
        assert unit.search("Upik") == ([], False)


def test_a_photo_is_kept_once_and_found_again(store: Store) -> None:
    with store.unit(NOW) as unit:
        unit.keep_photo("ab", b"jpeg")
        unit.keep_photo("ab", b"jpeg")
    with store.reading(NOW) as unit:
        assert unit.photo("ab") == b"jpeg"
        assert unit.photo("") is None and unit.photo("cd") is None


def test_settings_are_remembered(tmp_path: Path, store: Store) -> None:
    store.close()
    again = open_at(tmp_path)
    with again.reading(NOW) as unit:
        assert (unit.device, unit.setting("nothing")) == (OWN, None)
    again.close()


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vault.json"
    write_file(path, b"old")
    assert path.stat().st_mode & 0o077 == 0

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kerjadesa.store.files.os.fsync", full)
    with pytest.raises(UserError, match="disk_full"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["vault.json"]


def test_a_draft_begins_empty_and_private_whatever_was_cut_off_before(tmp_path: Path) -> None:
    draft = tmp_path / "restoring"
    draft.mkdir(mode=0o755)
    (draft / "vault.json").write_bytes(b"half")
    fresh_folder(draft)
    assert list(draft.iterdir()) == []
    assert draft.stat().st_mode & 0o077 == 0
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(UserError, match="file_not_written"):
        fresh_folder(tmp_path / "file")


def test_a_link_that_lies_in_wait_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "somebody-elses"
    other.write_bytes(b"theirs")
    (tmp_path / f".kartu.pdf.{os.getpid()}.tmp").symlink_to(other)
    write_file(tmp_path / "kartu.pdf", b"ours")
    assert (other.read_bytes(), (tmp_path / "kartu.pdf").read_bytes()) == (b"theirs", b"ours")


def test_a_full_disk_is_said_and_the_register_stays_as_it_was(store: Store) -> None:
    with store.unit(NOW) as unit:
        register(unit)
    with pytest.raises(UserError, match="disk_full"), store.unit(NOW) as unit:
        # No page more than there are: what SQLite meets on a full disk.
        unit.session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        register(unit, 2)
        unit.keep_photo("0" * 64, bytes(1024 * 1024))
    with store.reading(NOW) as unit:
        assert unit.workers.count() == 1


def test_a_disk_too_full_for_the_write_ahead_log_is_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failure(Exception):
        sqlite_errorcode = 4874  # SQLITE_IOERR_SHMSIZE

    monkeypatch.setattr(engine.shutil, "disk_usage", lambda _path: Usage(free=4096))
    assert engine._trouble(Failure(), tmp_path / "register.db") == "disk_full"
    monkeypatch.setattr(engine.shutil, "disk_usage", lambda _path: Usage(free=10**9))
    assert engine._trouble(Failure(), tmp_path / "register.db") == ""


def test_whoever_only_looks_does_not_wait_for_a_long_import(store: Store, tmp_path: Path) -> None:
    with store.unit(NOW) as unit:
        register(unit)
        other = open_at(tmp_path)
        with other.reading(NOW) as looking:
            assert looking.workers.count() == 0
            looking.session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(UserError, match="database_busy"), other.unit(NOW) as waiting:
            register(waiting, 2)
        started = time.monotonic()
        other.close()
        assert time.monotonic() - started < 5
    with store.reading(NOW) as unit:
        assert unit.workers.count() == 1


def test_a_rename_that_an_antivirus_holds_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [PermissionError(), PermissionError()]
    waited: list[float] = []
    replace = Path.replace

    def rename(self: Path, target: Path) -> Path:
        if held:
            raise held.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", rename)
    monkeypatch.setattr("kerjadesa.store.files.time.sleep", waited.append)
    write_file(tmp_path / "file", b"data")
    assert (tmp_path / "file").read_bytes() == b"data"
    assert waited == [0.05, 0.1]
