"""Backing up and restoring as a script does it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.office_kit import opened


def test_a_register_is_backed_up_and_restored_by_two_commands(
    village: Command, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    assert village("backup").code == 1
    made = village("backup", str(tmp_path / "stick"))
    assert made.code == 0
    assert village("backup").code == 0, "the folder is remembered"
    file = sorted((tmp_path / "stick").glob("*.kdbackup"))[0]
    assert file.name in made.out

    refused = village("restore", str(file))
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    before = village("status", "--json").json
    assert village("restore", str(file), home="other").code == 0
    after = village("status", "--json", home="other").json
    assert after["device"] != before["device"]
    assert village("restore", str(file), "--replace").code == 0


def test_a_copied_register_becomes_a_device_of_its_own(village: Command) -> None:
    before = village("status", "--json").json["device"]
    assert village("new-device").code == 0
    assert village("status", "--json").json["device"] != before


def test_a_restore_beside_an_open_window_says_to_close_it_and_commands_go_on(
    village: Command, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    with opened(tmp_path / "home"):
        assert village("backup", str(tmp_path / "stick")).code == 0
        (file,) = (tmp_path / "stick").glob("*.kdbackup")
        refused = village("restore", str(file), "--replace")
        assert (refused.code, "tutup jendela itu" in refused.err) == (1, True)
        assert village("status").code == 0
    assert village("restore", str(file), "--replace").code == 0


def test_a_lost_recovery_key_is_replaced_by_one_command(
    village: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = village("recovery-key")
    key = made.out.splitlines()[-1]
    assert made.code == 0
    monkeypatch.setenv("KERJADESA_PASSPHRASE", key)
    assert village("status").code == 0
    monkeypatch.setenv("KERJADESA_PASSPHRASE", "salah sama sekali")
    assert village("recovery-key").code == 1
    monkeypatch.setenv("KERJADESA_PASSPHRASE", key)
    assert village("status").code == 0, "a refusal leaves the key in force"
