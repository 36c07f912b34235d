"""A page that was never visited draws in what only it needs, and the window goes on meanwhile."""

import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from kerjadesa import ui
from kerjadesa.ui import desk
from tests.ui.conftest import Operator

ROOT = Path(__file__).resolve().parents[2]
VERIFY = "kerjadesa.ui.verify_page"


class Slowly:
    """An old disk: what a page needs is read when the test says so."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked, self.arrived, self.threads = threading.Event(), threading.Event(), []
        # Undone afterwards: no other test may meet two modules of that name.
        patch.setattr(ui, "verify_page", sys.modules[VERIFY])
        patch.delitem(sys.modules, VERIFY)
        patch.setattr(desk, "import_module", self._import)

    def _import(self, name: str) -> Any:
        if name == VERIFY and not self.threads:
            self.threads.append(threading.current_thread())
            self.asked.set()
            assert self.arrived.wait(10)
        return import_module(name)


@pytest.fixture
def slowly(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> Slowly:
    return Slowly(monkeypatch)


def test_a_first_visit_leaves_the_window_usable_until_the_page_is_there(
    operator: Operator, slowly: Slowly
) -> None:
    operator.press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert slowly.asked.wait(10)
    assert operator.desk.name == "home"
    assert operator.desk._buttons["verify"].isChecked(), "who pressed sees that it was heard"
    with operator.bot.waitSignal(operator.desk.arrived, timeout=10_000):
        slowly.arrived.set()
    assert operator.desk.name == "verify"
    assert threading.main_thread() not in slowly.threads


def test_whoever_goes_elsewhere_before_the_page_is_there_stays_there(
    operator: Operator, slowly: Slowly
) -> None:
    operator.desk.go("verify")
    assert slowly.asked.wait(10)
    operator.desk.go("workers")
    slowly.arrived.set()
    operator.bot.waitUntil(lambda: VERIFY in sys.modules and not operator.window.lane._quiet)
    assert operator.desk.name == "workers"
    assert operator.desk._buttons["workers"].isChecked()


def test_locking_before_the_page_is_there_leaves_the_lock_in_front(
    operator: Operator, slowly: Slowly
) -> None:
    left = operator.desk
    left.go("verify")
    assert slowly.asked.wait(10)
    threading.Timer(0.05, slowly.arrived.set).start()
    operator.window._lock()
    operator.bot.waitUntil(lambda: not isValid(left) and not operator.window.lane._quiet)
    assert operator.window.desk is None
    assert operator.window.unlock is not None


def test_while_the_lane_has_long_work_a_page_does_not_wait_for_it(
    operator: Operator, slowly: Slowly
) -> None:
    slowly.arrived.set()
    go_on = threading.Event()
    operator.window.lane.submit(
        lambda _ticket: go_on.wait(10), done=lambda _in_time: None, failed=pytest.fail
    )
    operator.desk.go("verify")
    assert operator.desk.name == "verify"
    operator.wait(go_on.set)


def test_an_import_does_not_read_and_keep_the_source_of_what_it_imports() -> None:
    code = "import kerjadesa.ui.home_page, linecache; print(*linecache.cache, sep='\\n')"
    kept = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.splitlines()
    assert not [path for path in kept if path.endswith(".py") and "sqlalchemy" in path]


def test_whoever_looks_at_beranda_finds_list_and_form_already_built(operator: Operator) -> None:
    operator.desk.go("exchange")
    operator.desk.go("home")
    operator.bot.waitUntil(
        lambda: {"workers", "register"} <= operator.desk._pages.keys(), timeout=20_000
    )
    assert operator.desk.name == "home"
    operator.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    operator.type("1303")
    form = operator.desk.page("register").form
    assert form.fields["nik"].read() == "1303"


def test_nothing_is_built_any_more_for_a_desk_that_was_locked(operator: Operator) -> None:
    left = operator.desk
    left._pages.clear()
    operator.window._lock()
    left._build_ahead()
    assert not left._pages
