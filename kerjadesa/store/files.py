"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

import contextlib
import errno
import io
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kerjadesa.domain.problem import UserError

_RENAME_TRIES = 6
_COPIED_AT_A_TIME = 1024 * 1024
_BINARY = getattr(os, "O_BINARY", 0)


def write_file(path: Path, data: bytes) -> None:
    """Writes a file whole: temporary, fsync, rename. Other accounts cannot read it.

    Raises UserError `disk_full`, `file_not_written`; what was there before then still is.
    """
    write_stream(path, io.BytesIO(data))


def write_stream(path: Path, source: BinaryIO) -> None:
    """Writes what is left of `source` as `write_file` does, however long it is."""
    with writing_trouble():
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.unlink(missing_ok=True)
        # Exclusive: in a folder that others write to, a link may lie in wait under the name.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        # Names and keys, on a computer that several people use.
        descriptor = os.open(temporary, flags, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(source, file, _COPIED_AT_A_TIME)
                file.flush()
                os.fsync(file.fileno())
            replace_file(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def made_home(home: Path) -> None:
    """Makes a home that keeps other accounts out; one that is there stays as it is.

    Raises UserError `disk_full`, `file_not_written`.
    """
    with writing_trouble():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)


def fresh_folder(path: Path) -> None:
    """Makes an empty folder that keeps other accounts out; what lay there before is deleted.

    For drafts: what an attempt that was cut off has left is no use to the next. Raises UserError
    `disk_full`, `file_not_written`.
    """
    with writing_trouble():
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o700)


@contextlib.contextmanager
def writing_trouble() -> Iterator[None]:
    """Turns a full disk, and a place that cannot be written to, into a UserError."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise UserError("disk_full" if full else "file_not_written") from error


def replace_file(temporary: Path, path: Path) -> None:
    """Renames, trying again for a second where another program holds the file."""
    # An antivirus that has just opened the new file makes Windows refuse the rename for a moment.
    for attempt in range(_RENAME_TRIES):
        try:
            temporary.replace(path)
        except PermissionError:
            if attempt == _RENAME_TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder outlast a power cut."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
