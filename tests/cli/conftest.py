"""Runs commands in this process, as `python -m kerjadesa` would."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from kerjadesa.app import run
from kerjadesa.store import vault

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
) -> Command:
    """`command("status", "--json")` on a home of its own; `home=` names another."""
    monkeypatch.setenv("KERJADESA_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("KERJADESA_HOME", raising=False)

    def call(*words: str, home: str = "home") -> Ran:
        code = run(["--home", str(tmp_path / home), *words])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


@pytest.fixture
def village(command: Command) -> Command:
    """The same, with Muaro set up in `home`."""
    # The cost of a guess is written into the vault; tests open it often and guard nobody.
    with mock.patch.object(vault, "_MEMORY_KIB", 64), mock.patch.object(vault, "_PASSES", 1):
        made = command("setup", "--nagari", "13.03.04.2001", "--operator", "Petugas Contoh")
    assert made.code == 0
    return command
