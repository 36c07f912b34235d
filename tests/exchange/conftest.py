"""Keys are slow enough to make once."""

import pytest

from kerjadesa.exchange.keys import KeyRing, new_keyring


@pytest.fixture(scope="session")
def laptop() -> KeyRing:
    """The keys of a laptop."""
    return new_keyring()


@pytest.fixture(scope="session")
def district() -> KeyRing:
    """The keys of the hub."""
    return new_keyring()


@pytest.fixture(scope="session")
def stranger() -> KeyRing:
    """Keys nobody has heard of."""
    return new_keyring()
