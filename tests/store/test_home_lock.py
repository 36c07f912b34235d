"""A home that somebody has open is not replaced under their hands, and a crash blocks nobody."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kerjadesa.domain.problem import UserError
from kerjadesa.store import home_lock
from kerjadesa.store.home_lock import alone, enter

_STAYS = """
import sys
from pathlib import Path
from kerjadesa.store.home_lock import alone, enter
home, manner = Path(sys.argv[1]), sys.argv[2]
replacing = alone(home)
there = enter(home) if manner == "enter" else replacing.__enter__()
print("here", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_lock, "_PATIENCE_S", 0)


def test_many_may_have_a_home_open_and_the_last_to_leave_sets_it_free(tmp_path: Path) -> None:
    one, two = enter(tmp_path), enter(tmp_path)
    for there in (one, two):
        with pytest.raises(UserError, match="home_in_use"), alone(tmp_path):
            pytest.fail("somebody is there")
        there.leave()
        there.leave()
    with alone(tmp_path):
        pass


def test_nobody_opens_a_home_that_is_being_replaced(tmp_path: Path) -> None:
    with alone(tmp_path):
        with pytest.raises(UserError, match="home_being_replaced"):
            enter(tmp_path)
        with pytest.raises(UserError, match="home_in_use"), alone(tmp_path):
            pytest.fail("two replace one home")
    enter(tmp_path).leave()


def test_a_home_is_left_where_replacing_it_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk"), alone(tmp_path):
        raise OSError("disk")
    enter(tmp_path).leave()


def test_who_opens_in_one_thread_may_leave_in_another(tmp_path: Path) -> None:
    there = enter(tmp_path)
    thread = threading.Thread(target=there.leave)
    thread.start()
    thread.join()
    with alone(tmp_path):
        pass


@pytest.mark.parametrize("manner", ["enter", "alone"])
def test_a_program_that_dies_leaves_no_lock_behind(tmp_path: Path, manner: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STAYS, str(tmp_path), manner],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"here"
        with pytest.raises(UserError, match="home_in_use"), alone(tmp_path):
            pytest.fail("the other program is there")
        other.kill()
        other.wait()
    with alone(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_to_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="database_readonly"):
        enter(tmp_path / "nowhere")
    with pytest.raises(UserError, match="database_readonly"), alone(tmp_path / "nowhere"):
        pytest.fail("there is no such folder")
