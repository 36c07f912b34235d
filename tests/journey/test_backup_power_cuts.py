"""Kills a backup and a restore at every durable step: a register is there whole, or still safe."""

import os
import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kerjadesa.actions.backup import back_up
from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import register
from kerjadesa.actions.restore import restore
from kerjadesa.actions.setup import is_set_up
from tests.journey.test_power_cuts import _die_at
from tests.office_kit import PASSPHRASE, START, Clock, opened, worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, as POSIX has it")


def cut_off(cut_at: int, before: bool, work: Callable[[], object]) -> bool:
    """Does the work in a child that dies at its `cut_at`-th step; whether it died."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(cut_at, before)
            work()
            os._exit(0)
        except BaseException:
            os._exit(3)
    _, outcome = os.waitpid(child, 0)
    cut = os.WIFSIGNALED(outcome) and os.WTERMSIG(outcome) == signal.SIGKILL
    assert cut or os.WEXITSTATUS(outcome) == 0, "the child failed by itself"
    return cut


def registered(home: Path) -> int:
    with opened(home) as office:
        assert all(finding.ok for finding in check_house(office))
        return len(page(office))


def fill(home: Path, *serials: int) -> None:
    with opened(home) as office:
        for serial in serials:
            register(office, worker(serial))


def save(home: Path, stick: Path, at: datetime = START) -> Path:
    with opened(home, Clock(at)) as office:
        return back_up(office, stick).file


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_plug_pulled_during_a_backup_leaves_whole_backups_only(
    tmp_path: Path, before: bool
) -> None:
    fill(tmp_path / "fresh", 1)
    cut, cut_at, half_written = True, 0, 0
    while cut:
        cut_at += 1
        home, stick = tmp_path / f"home-{cut_at}", tmp_path / f"stick-{cut_at}"
        shutil.copytree(tmp_path / "fresh", home)
        stick.mkdir()
        cut = cut_off(cut_at, before, lambda home=home, stick=stick: save(home, stick))

        for number, file in enumerate(stick.glob("*.kdbackup")):
            restore(tmp_path / f"other-{cut_at}-{number}", file, PASSPHRASE, START)
        assert registered(home) == 1
        half_written += len(list(stick.glob("*.part")))
        assert save(home, stick, START + timedelta(days=2)).is_file()
        assert not list(stick.glob("*.part"))
        assert not list(home.glob("backing-up-*"))
    assert cut_at > 2
    assert half_written or not before, "no cut fell into the writing"


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_plug_pulled_during_a_restore_costs_neither_the_old_register_nor_the_new(
    tmp_path: Path, before: bool
) -> None:
    fill(tmp_path / "fresh", 1)
    (tmp_path / "stick").mkdir()
    file = save(tmp_path / "fresh", tmp_path / "stick")
    fill(tmp_path / "fresh", 2)
    cut, cut_at = True, 0
    while cut:
        cut_at += 1
        home = tmp_path / f"home-{cut_at}"
        shutil.copytree(tmp_path / "fresh", home)
        cut = cut_off(
            cut_at, before, lambda home=home: restore(home, file, PASSPHRASE, START, replace=True)
        )

        if is_set_up(home):
            assert registered(home) in (1, 2)
        else:
            restore(home, file, PASSPHRASE, START)
            assert registered(home) == 1
        # What was there before is whole too, here or where it was moved to.
        aside = (home / "backups").glob("before-restore-*")
        kept = [one for one in (home, *aside) if is_set_up(one)]
        assert 2 in [registered(one) for one in kept]
    assert cut_at > 4
