"""Backups that come back: written, read again, restored as a device of its own."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from kerjadesa.actions.backup import (
    back_up,
    backup_state,
    copy_at_home,
    copy_at_home_due,
)
from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.lane import Stopped
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.restore import look_at_backup, restore
from kerjadesa.actions.setup import set_up
from kerjadesa.domain.problem import UserError
from kerjadesa.store import backup_file, migrations
from tests.backup_kit import damaged, fill, names, nothing_in, saved
from tests.office_kit import MUARO, PASSPHRASE, START, Clock, opened, worker


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_a_backup_opens_with_the_passphrase_and_brings_everybody_back(
    tmp_path: Path, stick: Path
) -> None:
    fill(tmp_path / "home", 1, 2, 3)
    file = saved(tmp_path / "home", stick)
    shutil.rmtree(tmp_path / "home")

    offered = look_at_backup(file)
    assert offered.place is not None
    assert offered.place.code == MUARO
    restored = restore(tmp_path / "other", file, PASSPHRASE, START)

    assert restored.workers == 3
    assert names(tmp_path / "other") == [f"Upik Contoh {n}" for n in (1, 2, 3)]
    with opened(tmp_path / "other") as office:
        assert all(finding.ok for finding in check_house(office))
        assert office.keys.device == restored.device
        assert isinstance(register(office, worker(4)), Registered)
    assert not list((tmp_path / "other").glob("restoring*"))


def test_the_recovery_key_opens_a_backup_whose_passphrase_is_forgotten(
    tmp_path: Path, stick: Path
) -> None:
    home = tmp_path / "home"
    made = set_up(home, MUARO, "Petugas Contoh", PASSPHRASE, "", START)
    fill(home, 1)
    file = saved(home, stick)

    assert restore(tmp_path / "other", file, made.recovery, START).workers == 1


def test_a_backup_shows_nobody_and_its_name_says_only_place_and_time(
    tmp_path: Path, stick: Path
) -> None:
    fill(tmp_path / "home", 1)
    file = saved(tmp_path / "home", stick)

    assert file.name.startswith("KerjaDesa-1303042001-2026")
    data = file.read_bytes()
    for secret in (b"Upik", b"1303044103850001", b"Petugas", b"signing"):
        assert secret not in data
    with zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == ["kerjadesa.db", "manifest.json", "vault.json"]
        assert not packed.read("kerjadesa.db").startswith(b"SQLite format 3")


def test_the_newest_ten_backups_of_this_computer_stay_and_nothing_else_is_touched(
    tmp_path: Path, stick: Path
) -> None:
    clock = Clock()
    fill(tmp_path / "colleague", 9)
    others = saved(tmp_path / "colleague", stick)
    (stick / "KerjaDesa-1303042001-20200101-000000.kdbackup").write_bytes(b"not a backup")
    (stick / "surat.docx").write_bytes(b"a letter")
    fill(tmp_path / "home", 1)
    written = []
    with opened(tmp_path / "home", clock) as office:
        for _ in range(12):
            clock.at += timedelta(days=1)
            written.append(back_up(office, stick).file)

    assert [file.exists() for file in written] == [False] * 2 + [True] * 10
    assert others.exists()
    assert len(list(stick.iterdir())) == 13


def test_the_operator_is_reminded_after_a_week_in_which_something_changed(
    tmp_path: Path, stick: Path
) -> None:
    clock = Clock()
    with opened(tmp_path / "home", clock) as office:
        assert backup_state(office).last is None
        assert not backup_state(office).due
        register(office, worker(1))
        clock.at += timedelta(days=8)
        assert backup_state(office).due

        back_up(office, stick)
        assert backup_state(office).last is not None
        assert backup_state(office).folder == stick
        clock.at += timedelta(days=30)
        assert not backup_state(office).due
        register(office, worker(2))
        assert backup_state(office).due


def test_a_copy_at_home_is_due_once_a_day_and_three_stay(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path / "home", clock) as office:
        register(office, worker(1))
        assert not copy_at_home_due(office)
        for serial in range(2, 7):
            clock.at += timedelta(days=1)
            register(office, worker(serial))
            assert copy_at_home_due(office)
            copy_at_home(office)
            assert not copy_at_home_due(office)
    assert len(list((tmp_path / "home" / "backups").glob("*.kdbackup"))) == 3


def test_stopping_a_backup_leaves_nothing_and_keeps_the_ones_before(
    tmp_path: Path, stick: Path
) -> None:
    fill(tmp_path / "home", 1)
    before = saved(tmp_path / "home", stick)
    looks = iter([False, False, True])
    with opened(tmp_path / "home") as office, pytest.raises(Stopped):
        back_up(office, stick, cancelled=lambda: next(looks, True))
    assert list(stick.iterdir()) == [before]
    assert not (tmp_path / "home" / "backing-up").exists()


def test_backups_made_at_the_same_time_do_not_spoil_each_other(tmp_path: Path, stick: Path) -> None:
    home = tmp_path / "home"
    fill(home, 1)
    beside: list[Path] = []

    def another(_done: int, _whole: int) -> None:
        if len(beside) < 8:
            beside.append(saved(home, stick))

    with opened(home) as office:
        first = back_up(office, stick, another).file
        assert copy_at_home(office, another).file.is_file()
    assert len(beside) > 4
    assert len({first, *beside}) == 1 + len(beside), "each has a name of its own"
    for number, file in enumerate((first, *beside)):
        assert restore(tmp_path / f"other-{number}", file, PASSPHRASE, START).workers == 1
    assert [path.name for path in home.glob("backing-up*")] == ["backing-up.lock"]


def test_what_a_backup_that_was_cut_off_left_at_home_goes_with_the_next(
    tmp_path: Path, stick: Path
) -> None:
    home = tmp_path / "home"
    fill(home, 1)
    for left in ("backing-up", "backing-up-x1y2"):
        (home / left).mkdir()
        (home / left / "kerjadesa.db").write_bytes(b"half")
    saved(home, stick)
    assert [path.name for path in home.glob("backing-up*")] == ["backing-up.lock"]


def test_a_name_that_another_computer_takes_at_the_last_moment_stays_theirs(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "home", 1)
    write, theirs = backup_file.write, []

    def overtaken(target: Path, *more: Any) -> None:
        if not theirs:
            target.write_bytes(b"theirs")
            theirs.append(target)
        write(target, *more)

    monkeypatch.setattr(backup_file, "write", overtaken)
    file = saved(tmp_path / "home", stick)
    assert theirs[0].read_bytes() == b"theirs"
    assert restore(tmp_path / "other", file, PASSPHRASE, START).workers == 1


def test_what_a_pulled_stick_left_half_written_goes_a_day_later_and_nobody_elses(
    tmp_path: Path, stick: Path
) -> None:
    fill(tmp_path / "home", 1)
    ours = backup_file.file_name(MUARO, START - timedelta(days=1, seconds=1)) + ".part"
    kept = {
        backup_file.file_name(MUARO, START - timedelta(hours=23)) + ".part",
        backup_file.file_name("13.03.04.2002", START - timedelta(days=9)) + ".part",
        "surat.docx.part",
    }
    for name in (ours, *kept):
        (stick / name).write_bytes(b"half")
    file = saved(tmp_path / "home", stick)
    assert {path.name for path in stick.iterdir()} == {*kept, file.name}


def test_a_stick_that_is_gone_or_locked_is_named(tmp_path: Path, stick: Path) -> None:
    fill(tmp_path / "home", 1)
    with opened(tmp_path / "home") as office:
        with pytest.raises(UserError, match="usb_missing"):
            back_up(office, tmp_path / "gone")
        assert not (tmp_path / "gone").exists()
        for trouble, code in ((30, "usb_readonly"), (28, "usb_full"), (5, "usb_missing")):
            with (
                mock.patch.object(
                    backup_file.os, "posix_fadvise", create=True, side_effect=OSError(trouble, "")
                ),
                pytest.raises(UserError, match=code),
            ):
                back_up(office, stick)
        assert backup_state(office).last is None
    assert not list(stick.iterdir())


def test_a_stick_that_gives_back_other_bytes_gets_no_backup(tmp_path: Path, stick: Path) -> None:
    fill(tmp_path / "home", 1)
    honest = backup_file.opened

    def lying(path: Path) -> object:
        damaged(path, path.stat().st_size // 2)
        return honest(path)

    with (
        opened(tmp_path / "home") as office,
        mock.patch.object(backup_file, "opened", lying),
        pytest.raises(UserError, match="backup_unfaithful"),
    ):
        back_up(office, stick)
    assert not list(stick.iterdir())


def test_a_wrong_passphrase_restores_nothing(tmp_path: Path, stick: Path) -> None:
    fill(tmp_path / "home", 1)
    file = saved(tmp_path / "home", stick)
    with pytest.raises(UserError, match="passphrase_wrong"):
        restore(tmp_path / "other", file, "tiga kata lain", START)
    assert nothing_in(tmp_path / "other")


def test_damage_anywhere_in_a_backup_is_found_before_anything_is_put_back(
    tmp_path: Path, stick: Path
) -> None:
    fill(tmp_path / "home", 1)
    file = saved(tmp_path / "home", stick)
    whole = file.read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole)
        damaged(file, at)
        with pytest.raises(UserError):
            restore(tmp_path / "other", file, PASSPHRASE, START)
        assert nothing_in(tmp_path / "other")
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="backup_damaged"):
        restore(tmp_path / "other", file, PASSPHRASE, START)
    file.write_bytes(whole)
    assert restore(tmp_path / "other", file, PASSPHRASE, START).workers == 1


def rewritten(file: Path, change: Callable[[dict[str, bytes]], object], **how: int) -> None:
    """The same backup with other parts."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w", **how) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def said(**facts: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest.update(facts)
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


def bomb(parts: dict[str, bytes]) -> None:
    parts["kerjadesa.db"] = bytes(20_000_000)


@pytest.mark.parametrize(
    ("change", "how", "code"),
    [
        (said(version=2), {}, "backup_newer"),
        (said(schema=len(migrations.STEPS) + 1), {}, "database_newer"),
        (said(format="other"), {}, "backup_damaged"),
        (said(files={"../../evil": {"sha256": "00", "size": 1}}), {}, "backup_damaged"),
        (said(files=[[]] * 9), {}, "backup_damaged"),
        (said(created="yesterday"), {}, "backup_damaged"),
        (lambda parts: parts.update({"../evil": b"x"}), {}, "backup_damaged"),
        (lambda parts: parts.pop("vault.json"), {}, "backup_damaged"),
        (bomb, {"compression": zipfile.ZIP_DEFLATED}, "backup_damaged"),
        (lambda parts: parts.update({"vault.json": bytes(200_000)}), {}, "backup_damaged"),
    ],
)
def test_what_a_stranger_made_is_refused_and_writes_nowhere(
    tmp_path: Path, stick: Path, change: Callable, how: dict[str, int], code: str
) -> None:
    fill(tmp_path / "home", 1)
    file = saved(tmp_path / "home", stick)
    rewritten(file, change, **how)
    with pytest.raises(UserError, match=code):
        restore(tmp_path / "a" / "other", file, PASSPHRASE, START)
    assert not list(tmp_path.rglob("*evil*"))
    assert nothing_in(tmp_path / "a" / "other")


def test_a_restore_never_writes_over_a_register_that_is_there(tmp_path: Path, stick: Path) -> None:
    fill(tmp_path / "home", 1)
    file = saved(tmp_path / "home", stick)
    fill(tmp_path / "home", 2)
    with pytest.raises(UserError, match="restore_over"):
        restore(tmp_path / "home", file, PASSPHRASE, START)
    assert len(names(tmp_path / "home")) == 2

    restore(tmp_path / "home", file, PASSPHRASE, START, replace=True)
    assert len(names(tmp_path / "home")) == 1
    aside = next((tmp_path / "home" / "backups").glob("before-restore-*"))
    assert len(names(aside)) == 2
