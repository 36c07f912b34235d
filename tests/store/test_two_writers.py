"""Two windows, or a window and a command, on one home."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kerjadesa.domain.entry import verify_chain
from kerjadesa.domain.problem import UserError
from kerjadesa.store import store as module
from kerjadesa.store.store import Store
from tests.store.conftest import NOW, OWN, open_at, register

_REGISTERS = """
import sys
from pathlib import Path
from tests.store.conftest import NOW, open_at, register
store = open_at(Path(sys.argv[1]))
for serial in range(int(sys.argv[2]), int(sys.argv[2]) + 15):
    with store.unit(NOW) as unit:
        register(unit, serial)
store.close()
"""


def whole(store: Store, count: int) -> None:
    """Every registration is there, in one unbroken chain."""
    with store.reading(NOW) as unit:
        run = unit.journal.run(OWN, 1, 10_000)
        assert verify_chain(run) == run[-1].hash
        assert len(run) == count == unit.workers.count()
        numbers = {row.card_number for row in unit.page(1000).rows}
        assert len(numbers) == count


def test_two_processes_that_register_at_once_both_succeed(store: Store, tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _REGISTERS, str(tmp_path), str(first)],
            cwd=Path(__file__).parents[2],
            stderr=subprocess.PIPE,
        )
        for first in (1, 101)
    ]
    for writer in writers:
        _, trouble = writer.communicate(timeout=120)
        assert writer.returncode == 0, trouble.decode()
    whole(store, 30)


def test_two_threads_of_one_window_that_register_at_once_both_succeed(store: Store) -> None:
    troubles: list[BaseException] = []

    def registers(first: int) -> None:
        try:
            for serial in range(first, first + 15):
                with store.unit(NOW) as unit:
                    register(unit, serial)
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=registers, args=(first,)) for first in (1, 101)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert troubles == []
    whole(store, 30)


def test_who_reads_sees_the_register_as_it_was_and_waits_for_nobody(
    store: Store, tmp_path: Path
) -> None:
    other = open_at(tmp_path)
    with store.unit(NOW) as writing:
        register(writing, 1)
        with other.reading(NOW) as reading:
            assert reading.workers.count() == 0
            assert reading.search("upik")[0] == []
    with other.reading(NOW) as reading:
        assert reading.workers.count() == 1
        with store.unit(NOW) as writing:
            register(writing, 2)
        assert reading.workers.count() == 1
    other.close()


def test_the_window_is_told_to_wait_while_a_list_is_written_and_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    begun, go_on = threading.Event(), threading.Event()

    def write_a_list() -> None:
        with store.unit(NOW) as unit:
            register(unit, 1)
            begun.set()
            assert go_on.wait(60)

    lane = threading.Thread(target=write_a_list)
    lane.start()
    assert begun.wait(60)
    assert not store.is_free()
    with pytest.raises(UserError, match="register_writing"), store.unit(NOW) as unit:
        register(unit, 2)
    go_on.set()
    lane.join(60)
    assert store.is_free()
    with store.unit(NOW) as unit:
        register(unit, 2)
    whole(store, 2)
