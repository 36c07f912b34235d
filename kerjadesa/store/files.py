"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

import os
import time
from pathlib import Path

_RENAME_TRIES = 6


def write_file(path: Path, data: bytes, private: bool = False) -> None:
    """Writes a file whole: temporary, fsync, rename. `private` keeps other accounts out."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    mode = 0o600 if private else 0o644
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _replace(temporary: Path, path: Path) -> None:
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


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
