"""The vault file: the database key, wrapped once by the passphrase and once by the recovery key.

The database key itself is 32 random bytes and never changes with the passphrase. Each wrap is
ChaCha20-Poly1305 under an Argon2id key; the file may be copied freely, it opens with neither.
"""

import base64
import json
import os
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kerjadesa.domain.problem import UserError
from kerjadesa.store.files import write_file

FORMAT = "kerjadesa-vault"
VERSION = 1
SHORTEST_PASSPHRASE = 8

# RFC 9106's second recommendation: 64 MiB, three passes, four lanes; under a second on an old
# office PC with 4 GB.
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
_LARGEST_FILE = 64 * 1024
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A fresh vault: the database key, and the recovery key to print once."""

    key: bytes
    recovery: str

    def __repr__(self) -> str:
        return "Unlocked(…)"


def exists(path: Path) -> bool:
    """Whether there is a vault to unlock."""
    return path.is_file()


def create(path: Path, passphrase: str) -> Unlocked:
    """Makes a database key and the vault around it. Raises UserError `passphrase_short`."""
    if path.exists():
        raise UserError("already_set_up")
    _refuse_short(passphrase)
    key = secrets.token_bytes(32)
    recovery = _new_recovery()
    wraps = [_wrap("passphrase", passphrase, key), _wrap("recovery", _plain(recovery), key)]
    _write(path, {"format": FORMAT, "version": VERSION, "wraps": wraps})
    return Unlocked(key, recovery)


def change_passphrase(
    path: Path, former: str, passphrase: str, wait: Callable[[float], None] = time.sleep
) -> None:
    """Wraps the same database key by another passphrase; `former` may be the recovery key.

    The recovery key stays, and a power cut leaves the old file or the new one. Raises as `unlock`
    does, and UserError `passphrase_short`, `disk_full`, `file_not_written`.
    """
    _refuse_short(passphrase)
    key = unlock(path, former, wait)
    _rewrap(path, _wrap("passphrase", passphrase, key))


def renew_recovery(path: Path, passphrase: str, wait: Callable[[float], None] = time.sleep) -> str:
    """A new recovery key, to print once, in the place of the former; the passphrase stays.

    Raises as `unlock` does, and UserError `disk_full`, `file_not_written`: the former stands then.
    """
    key = unlock(path, passphrase, wait)
    recovery = _new_recovery()
    _rewrap(path, _wrap("recovery", _plain(recovery), key))
    return recovery


def unlock(path: Path, passphrase: str, wait: Callable[[float], None] = time.sleep) -> bytes:
    """The database key, by passphrase or recovery key.

    Raises UserError `passphrase_wrong` (never saying what was wrong with it), `vault_damaged`,
    `database_newer`. After the second wrong try each further one waits twice as long, up to 30 s,
    also in a new process.
    """
    vault = _load(path)
    attempts = path.with_name("attempts")
    failures = _failures(attempts)
    if failures > 1:
        wait(min(2.0 ** (failures - 2), _LONGEST_WAIT))
    for wrap in vault["wraps"]:
        secret = _plain(passphrase) if wrap["kind"] == "recovery" else passphrase
        # A recovery key has a shape; trying every passphrase as one would double the waiting.
        if wrap["kind"] == "recovery" and len(secret) != 32:
            continue
        key = _unwrap(wrap, secret)
        if key is not None:
            attempts.unlink(missing_ok=True)
            return key
    write_file(attempts, str(failures + 1).encode())
    raise UserError("passphrase_wrong")


def _refuse_short(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError("passphrase_short", shortest=SHORTEST_PASSPHRASE)


def _rewrap(path: Path, wrap: dict[str, Any]) -> None:
    """Puts a wrap in the place of those of its kind; every other one stays as it is."""
    vault = _load(path)
    kept = [other for other in vault["wraps"] if other["kind"] != wrap["kind"]]
    _write(path, {**vault, "wraps": [wrap, *kept]})


def _write(path: Path, vault: dict[str, Any]) -> None:
    write_file(path, json.dumps(vault, indent=1).encode())


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            vault = json.loads(file.read(_LARGEST_FILE))
        if vault["format"] != FORMAT:
            raise ValueError("another format")
        version = int(vault["version"])
        kinds = [wrap["kind"] for wrap in vault["wraps"]]
    except FileNotFoundError:
        raise UserError("not_set_up") from None
    except (ValueError, KeyError, TypeError):
        raise UserError("vault_damaged") from None
    if version > VERSION:
        raise UserError("database_newer")
    if not kinds:
        raise UserError("vault_damaged")
    loaded: dict[str, Any] = vault
    return loaded


def _failures(attempts: Path) -> int:
    try:
        return min(int(attempts.read_text()[:4]), 10)
    except (FileNotFoundError, ValueError):
        return 0


def _wrap(kind: str, secret: str, key: bytes) -> dict[str, Any]:
    salt, nonce = os.urandom(16), os.urandom(12)
    cost = {"memory_kib": _MEMORY_KIB, "passes": _PASSES, "lanes": _LANES}
    box = ChaCha20Poly1305(_derive(secret, salt, cost)).encrypt(nonce, key, kind.encode())
    return {"kind": kind, **cost, "salt": _b64(salt), "nonce": _b64(nonce), "box": _b64(box)}


def _unwrap(wrap: dict[str, Any], secret: str) -> bytes | None:
    try:
        if int(wrap["memory_kib"]) > 1024 * 1024 or int(wrap["passes"]) > 20:
            raise UserError("vault_damaged")
        derived = _derive(secret, base64.b64decode(wrap["salt"]), wrap)
        nonce, box = base64.b64decode(wrap["nonce"]), base64.b64decode(wrap["box"])
        return ChaCha20Poly1305(derived).decrypt(nonce, box, str(wrap["kind"]).encode())
    except InvalidTag:
        return None
    except (ValueError, KeyError, TypeError, HashingError, OverflowError):
        raise UserError("vault_damaged") from None


def _derive(secret: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    # One keyboard writes é as one character, another as two; a script may hand over bytes that are
    # no text at all.
    typed = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        typed,
        salt,
        time_cost=int(cost["passes"]),
        memory_cost=int(cost["memory_kib"]),
        parallelism=int(cost["lanes"]),
        hash_len=32,
        type=Type.ID,
    )


def _new_recovery() -> str:
    digits = "".join(secrets.choice(_ALPHABET) for _ in range(32))
    return "-".join(digits[i : i + 4] for i in range(0, 32, 4))


def _plain(recovery: str) -> str:
    # People copy it from paper: case, blanks and look-alike letters must not matter.
    kept = "".join(c for c in recovery.upper() if c.isalnum())
    return kept.replace("O", "0").replace("I", "1").replace("L", "1")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
