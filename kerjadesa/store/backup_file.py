"""The file a backup is: the database and the vault, side by side in a zip that stores.

```
manifest.json     whose backup it is, and the SHA-256 and size of the other two
vault.json        the wrapped key, as it lies beside the register
kerjadesa.db      the encrypted database
```

Nothing in it can be read without the passphrase or the recovery key. The manifest guards against
damage, not against forgery: that the database fits the key of the vault is what SQLCipher checks.
"""

import errno
import hashlib
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from kerjadesa.domain.problem import UserError

FORMAT = "kerjadesa-backup"
VERSION = 1
SUFFIX = ".kdbackup"
MOST_BYTES = 2 * 1024**3 - 2**20
"""What a zip holds without the extensions for giants, and a hundred times a large nagari."""

VAULT_PART = "vault.json"
DATABASE_PART = "kerjadesa.db"

_MANIFEST = "manifest.json"
_MOST_OF = {_MANIFEST: 16 * 1024, VAULT_PART: 64 * 1024, DATABASE_PART: MOST_BYTES}
_MOST_DIRECTORY = 1024
_END = struct.Struct("<4s4H2LH")
_CHUNK = 1024 * 1024

Step = Callable[[int], None]
"""Told how many more bytes were worked through; raises to stop."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup says of itself without being unlocked."""

    nagari: str
    device: str
    schema: int
    created: datetime
    files: dict[str, tuple[str, int]]
    """Name of a part → its SHA-256 and size."""


def file_name(nagari: str, created: datetime) -> str:
    """The name of a backup: place and moment, nothing of anybody."""
    return f"KerjaDesa-{nagari.replace('.', '')}-{created.astimezone():%Y%m%d-%H%M%S}{SUFFIX}"


def measure(path: Path, step: Step) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    with path.open("rb") as file:
        return _measure(file, step)


def write(target: Path, head: Head, parts: dict[str, Path], step: Step) -> None:
    """Writes a backup under a name nobody holds yet, flushes it, and reads it back.

    Raises OSError, and UserError `backup_unfaithful` where other bytes come back.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(target, flags, 0o600), "wb") as file:  # noqa: PTH123 -- a descriptor
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as packed:
            packed.writestr(_MANIFEST, _manifest(head))
            for name in (VAULT_PART, DATABASE_PART):
                with parts[name].open("rb") as source, packed.open(name, "w") as kept:
                    for chunk in _chunks(source):
                        kept.write(chunk)
                        step(len(chunk))
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            # What is read back has to come from the stick, not out of the computer's memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    try:
        with opened(target) as (found, members):
            same = all(
                _measure(members[name], step) == (digest, size)
                for name, (digest, size) in head.files.items()
            )
            if found != head or not same:
                raise UserError("backup_unfaithful")
    except UserError as error:
        if error.code == "file_missing":
            raise FileNotFoundError(errno.ENOENT, "the backup is gone") from error
        raise UserError("backup_unfaithful") from error


def head_of(path: Path) -> Head:
    """What a file says of itself; raises UserError `backup_damaged`, `backup_newer` and
    `file_missing`."""
    with opened(path) as (head, _):
        return head


@contextmanager
def opened(path: Path) -> Iterator[tuple[Head, dict[str, IO[bytes]]]]:
    """A backup and its parts to read from, none of which has been compared with the manifest.

    The file may be anybody's: everything is measured before it is read, names in it are compared
    and never used as paths. Raises UserError `backup_damaged`, `backup_newer`, `file_missing`.
    """
    try:
        if not path.is_file():
            raise UserError("file_missing")
        file = path.open("rb")
    except OSError:
        raise UserError("file_missing") from None
    with file:
        try:
            _check_end(file)
            packed = zipfile.ZipFile(file)
            sizes = _sizes(packed)
            head = _read_manifest(packed.read(_MANIFEST))
            if {name: size for name, (_, size) in head.files.items()} != sizes:
                raise ValueError("other parts than stated")
            members = {name: packed.open(name) for name in sizes}
        except _DAMAGE:
            raise UserError("backup_damaged") from None
        except OSError:
            raise UserError("file_missing") from None
        yield head, members


def take_out(
    members: dict[str, IO[bytes]], head: Head, name: str, target: Path, step: Step
) -> None:
    """Copies one part to a new file, flushed; raises OSError and UserError `backup_damaged`."""
    digest, _size = head.files[name]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    seen = hashlib.sha256()
    with open(os.open(target, flags, 0o600), "wb") as file:  # noqa: PTH123 -- a descriptor
        for chunk in _readable(members[name]):
            file.write(chunk)
            seen.update(chunk)
            step(len(chunk))
        file.flush()
        os.fsync(file.fileno())
    if seen.hexdigest() != digest:
        raise UserError("backup_damaged")


_DAMAGE = (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, AttributeError,
           struct.error, NotImplementedError, RuntimeError, OverflowError)  # fmt: skip


def _check_end(file: IO[bytes]) -> None:
    """The directory at the end is small, before anything reads it."""
    size = file.seek(0, io.SEEK_END)
    if not _END.size < size <= MOST_BYTES + 2**20:
        raise ValueError("no backup has this size")
    file.seek(size - _END.size)
    mark, disk, start, here, entries, directory, _at, comment = _END.unpack(file.read(_END.size))
    if mark != b"PK\5\6" or disk or start or comment or not here == entries == len(_MOST_OF):
        raise ValueError("no end of a backup")
    if directory > _MOST_DIRECTORY:
        raise ValueError("a directory larger than three names need")
    file.seek(0)


def _sizes(packed: zipfile.ZipFile) -> dict[str, int]:
    found = {info.filename: info for info in packed.infolist()}
    if set(found) != set(_MOST_OF):
        raise ValueError("other parts than a backup has")
    for name, info in found.items():
        stored = info.compress_type == zipfile.ZIP_STORED and info.file_size == info.compress_size
        if not stored or info.file_size > _MOST_OF[name]:
            raise ValueError("a part that is packed or too large")
    return {name: info.file_size for name, info in found.items() if name != _MANIFEST}


def _manifest(head: Head) -> bytes:
    files = {name: {"sha256": digest, "size": size} for name, (digest, size) in head.files.items()}
    said = {
        "format": FORMAT,
        "version": VERSION,
        "nagari": head.nagari,
        "device": head.device,
        "schema": head.schema,
        "created": head.created.astimezone(UTC).isoformat(timespec="seconds"),
        "files": files,
    }
    return json.dumps(said, indent=1).encode()


def _read_manifest(data: bytes) -> Head:
    said: Any = json.loads(data)
    if said["format"] != FORMAT:
        raise ValueError("another format")
    if int(said["version"]) > VERSION:
        raise UserError("backup_newer")
    created = datetime.fromisoformat(str(said["created"]))
    if created.tzinfo is None:
        raise ValueError("a moment without a place")
    return Head(
        nagari=str(said["nagari"])[:13],
        device=str(said["device"])[:24],
        schema=int(said["schema"]),
        created=created,
        files={
            str(name): (str(file["sha256"]), int(file["size"]))
            for name, file in said["files"].items()
        },
    )


def _measure(file: IO[bytes], step: Step) -> tuple[str, int]:
    seen, size = hashlib.sha256(), 0
    try:
        for chunk in _chunks(file):
            seen.update(chunk)
            size += len(chunk)
            step(len(chunk))
    except zipfile.BadZipFile:
        return "", size
    return seen.hexdigest(), size


def _readable(file: IO[bytes]) -> Iterator[bytes]:
    """The chunks of a part; trouble is that of the stick it comes from, not of the disk."""
    try:
        yield from _chunks(file)
    except (zipfile.BadZipFile, EOFError):
        raise UserError("backup_damaged") from None
    except OSError:
        raise UserError("file_missing") from None


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
