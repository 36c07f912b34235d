"""Runs commands in this process, as `python -m kerjadesa` would."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import stamina

from kerjadesa.app import run

PASSPHRASE = "empat kata yang rekaan"


@dataclass
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one line of JSON."""
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture
def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Command]:
    """`command("status", "--json")` on a home of its own; `home=` names another."""
    monkeypatch.setenv("KERJADESA_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("KERJADESA_HOME", raising=False)

    def call(*words: str, home: str = "home") -> Ran:
        code = run(["--home", str(tmp_path / home), *words])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    # As often as ever, but nobody waits in between for a hub that is not there.
    with stamina.set_testing(True, attempts=10, cap=True):
        yield call


@pytest.fixture
def village(command: Command) -> Command:
    """The same, with Muaro set up in `home`."""
    made = command("setup", "--nagari", "13.03.04.2001", "--operator", "Petugas Contoh")
    assert made.code == 0
    return command
