"""Kills the process at every durable step of a registration's life and looks what is left.

A child process lives the whole life; just before or just after its n-th commit or rename it is
ended with SIGKILL, as a power cut would. What it had confirmed until then (told through a pipe)
has to be there when the register is opened again, and going on from there has to end well.
"""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.print_cards import PrintOptions, confirm_printed, render_cards, write_pdf
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.status import status
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.hub.status import status as hub_status
from tests.office_kit import Clock, District, opened, worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, as POSIX has it")

WORKERS = 3


def live(home: Path, stick: Path, district: District, confirmed: Callable[[str], None]) -> None:
    """The whole life, going on from wherever an earlier one was cut off."""
    clock = Clock()
    with opened(home, clock) as office:
        for serial in range(1, WORKERS + 1):
            outcome = register(office, worker(serial))
            if isinstance(outcome, Registered):
                confirmed(f"registered {outcome.id}")
            else:
                assert outcome[0].code == "already_registered"
        cards = render_cards(office, "", PrintOptions(again=True))
        write_pdf(home / "cards.pdf", cards.pdf)
        if any(not listed.printed for listed in page(office)):
            confirm_printed(office, cards.cards)
            confirmed("printed")
        enrol(office, (district.folder / "invitation").read_text())
        send_to_folder(office, stick)
        confirmed("sent")
    district.collect(stick)
    confirmed("at the district")
    with opened(home, clock) as office:
        receive_from_folder(office, stick)
        confirmed("received")


def life_with_a_power_cut(
    cut_at: int, before: bool, home: Path, stick: Path, folder: Path, keys: KeyRing
) -> tuple[bool, list[str]]:
    """Lives in a child that dies at its `cut_at`-th step; (was cut, what it had confirmed)."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            _die_at(cut_at, before)
            live(home, stick, District(folder, keys), lambda word: _tell(write_end, word))
            os._exit(0)
        except BaseException:
            os._exit(3)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        words = told.read().splitlines()
    _, outcome = os.waitpid(child, 0)
    cut = os.WIFSIGNALED(outcome) and os.WTERMSIG(outcome) == signal.SIGKILL
    assert cut or os.WEXITSTATUS(outcome) == 0, "the child failed by itself"
    return cut, words


def _tell(pipe: int, word: str) -> None:
    os.write(pipe, f"{word}\n".encode())


def _die_at(cut_at: int, before: bool) -> None:
    steps = 0

    def guarded(step: Callable) -> Callable:
        def run(*arguments, **named):
            nonlocal steps
            steps += 1
            own = steps
            if own == cut_at and before:
                os.kill(os.getpid(), signal.SIGKILL)
            outcome = step(*arguments, **named)
            if own == cut_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return outcome

        return run

    Session.commit = guarded(Session.commit)
    Path.replace = guarded(Path.replace)
    os.replace = guarded(os.replace)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_whatever_was_confirmed_survives_a_power_cut_at_any_step(
    tmp_path: Path, before: bool
) -> None:
    fresh = tmp_path / "fresh"
    with opened(fresh / "home"):
        pass
    district = District(fresh / "district")
    (fresh / "district" / "invitation").write_text(district.invite())
    district.hub.engine.dispose()
    (fresh / "stick").mkdir()
    keys = district.keys

    cut, cut_at = True, 0
    while cut:
        cut_at += 1
        life = tmp_path / f"life-{cut_at}"
        shutil.copytree(fresh, life)
        home, stick, folder = life / "home", life / "stick", life / "district"
        cut, confirmed = life_with_a_power_cut(cut_at, before, home, stick, folder, keys)

        registered = {word.split()[1] for word in confirmed if word.startswith("registered")}
        with opened(home) as office:
            assert registered <= {listed.id for listed in page(office)}, f"lost at step {cut_at}"
            if "printed" in confirmed:
                assert all(listed.printed for listed in page(office))
            if "received" in confirmed:
                assert status(office).received == WORKERS

        district = District(folder, keys)
        live(home, stick, district, lambda _word: None)
        with opened(home) as office:
            assert status(office).received == status(office).workers == WORKERS
            assert all(listed.printed == 1 for listed in page(office))
            assert all(finding.ok for finding in check_house(office))
        assert hub_status(district.hub).workers == WORKERS
        district.hub.engine.dispose()
        shutil.rmtree(life)
    assert cut_at > 10, "the life has more durable steps than that"
