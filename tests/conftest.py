"""What every room's tests share."""

import pytest
from hypothesis import settings

from kerjadesa.store import vault
from tests.compiled_once import compile_once
from tests.office_kit import CHEAP, begin_test

# The same examples on every machine, and no clock: a slow runner is no fault of the program.
settings.register_profile("kerjadesa", deadline=None, derandomize=True, database=None)
settings.load_profile("kerjadesa")

compile_once()


@pytest.fixture(autouse=True)
def _invented_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    begin_test()
    for name, value in CHEAP.items():
        monkeypatch.setattr(vault, name, value)
