"""The hub's folder: its keys under a passphrase, its database, and opening both."""

import base64
import json
import os
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine
from sqlmodel import Session

from kerjadesa.domain.device import chain_of
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.hub.database import READING, checked_url, open_engine
from kerjadesa.hub.tables import HubSetting
from kerjadesa.store import vault
from kerjadesa.store.files import write_file, writing_trouble

_LABEL = b"kerjadesa hub keys"
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Hub:
    """An opened hub: its keys and its database."""

    keys: KeyRing
    engine: Engine
    _writer: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def id(self) -> str:
        """The hub's device id; its chains are named after it."""
        return self.keys.device

    def chain(self, scope: str) -> str:
        """The name of the hub's chain for a nagari, or of its public one."""
        return chain_of(self.id, scope)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write; it lands whole when the block ends without trouble."""
        # The database keeps writers apart by itself; within one process a lock wakes the next one
        # at once, where SQLite would poll.
        session = Session(self.engine, expire_on_commit=False)
        with self._writer, session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads and waits for no writer."""
        session = Session(self.engine.execution_options(**READING), expire_on_commit=False)
        with session, session.begin():
            yield session


def exists(home: Path) -> bool:
    """Whether a hub has been set up in this home."""
    return vault.exists(_vault(home))


def create(home: Path, passphrase: str) -> str:
    """Makes the hub's folder and vault; returns the recovery key, to be shown once.

    Raises UserError `passphrase_short`, `already_set_up`, `disk_full`, `file_not_written`.
    """
    with writing_trouble():
        _folder(home).mkdir(parents=True, exist_ok=True, mode=0o700)
    return vault.create(_vault(home), passphrase).recovery


def open_hub(home: Path, passphrase: str, database: str = "") -> Hub:
    """Unlocks the keys and opens the database; `database` (a URL) is remembered from now on.

    The keys are made at the first opening. Raises UserError `passphrase_wrong`,
    `hub_database_url`, `hub_database_unreachable`, `hub_database_other`, `hub_keys_damaged`.
    """
    key = vault.unlock(_vault(home), passphrase)
    keys = _keys(_folder(home) / "keys.sealed", key)
    url = checked_url(database) if database else _remembered(home)
    engine = open_engine(url, key)
    hub = Hub(keys, engine)
    try:
        _claim(hub)
    except BaseException:
        engine.dispose()
        raise
    if database:
        config = f"database = {json.dumps(url)}\n"
        write_file(_folder(home) / "config.toml", config.encode())
    return hub


def setting(hub: Hub, name: str, default: str) -> str:
    """One remembered setting, or the default."""
    with hub.reading() as session:
        row = session.get(HubSetting, name)
        return str(row.value) if row else default


def remember(hub: Hub, name: str, value: str) -> None:
    """Remembers one setting."""
    with hub.writing() as session:
        session.merge(HubSetting(name=name, value=value))


def _claim(hub: Hub) -> None:
    # Receipts signed with other keys than the ones the devices know would be worth nothing, so
    # a database that belongs to another hub is refused rather than continued.
    if setting(hub, "hub", "") == "":
        with hub.writing() as session:
            if session.get(HubSetting, "hub") is None:
                session.add(HubSetting(name="hub", value=hub.id))
    if setting(hub, "hub", "") != hub.id:
        raise UserError("hub_database_other")


def _remembered(home: Path) -> str:
    try:
        config = tomllib.loads((_folder(home) / "config.toml").read_text(encoding="utf-8"))
        return checked_url(str(config["database"]))
    except FileNotFoundError:
        return checked_url(f"sqlite:///{(_folder(home) / 'hub.db').absolute().as_posix()}")
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError):
        raise UserError("hub_database_url") from None


def _keys(path: Path, vault_key: bytes) -> KeyRing:
    box = ChaCha20Poly1305(_sealing_key(vault_key))
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        keys = new_keyring()
        signing = base64.b64encode(keys.signing).decode()
        plain = json.dumps({"signing": signing, "age_identity": keys.age_identity}).encode()
        nonce = os.urandom(_NONCE_BYTES)
        write_file(path, nonce + box.encrypt(nonce, plain, _LABEL))
        return keys
    try:
        plain = box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _LABEL)
    except (InvalidTag, ValueError):
        raise UserError("hub_keys_damaged") from None
    held = json.loads(plain)
    return KeyRing(base64.b64decode(held["signing"]), held["age_identity"])


def _sealing_key(vault_key: bytes) -> bytes:
    # The vault key itself opens the database; one key never serves two purposes.
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(vault_key)


def _folder(home: Path) -> Path:
    return home / "hub"


def _vault(home: Path) -> Path:
    return _folder(home) / "vault.json"
