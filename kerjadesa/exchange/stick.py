"""Files on a stick: written whole or not at all, and read as what a stranger may have put there.

A stick is pulled, full, write-protected, or was in other hands: folders and files count only when
they are plain ones under exactly the expected names, and nothing is read without a limit.
"""

import contextlib
import errno
import itertools
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kerjadesa.domain.problem import UserError

_MOST_NAMES = 20_000
_PAUSES = (0.05, 0.1, 0.2, 0.4)
_NOT_READY = 21
"""Windows' ERROR_NOT_READY, which Python reports as a denied permission."""

_CODES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "usb_full"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "usb_readonly"),
    **dict.fromkeys(
        (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE),
        "usb_missing",
    ),
    # ELOOP: a link appeared where O_NOFOLLOW expects a file.
    **dict.fromkeys((errno.ELOOP, errno.EISDIR, errno.EEXIST), "usb_strange"),
}


@contextlib.contextmanager
def stick_trouble() -> Iterator[None]:
    """Turns what the operating system says of a stick into a UserError.

    Codes: `usb_missing`, `usb_full`, `usb_readonly`, `usb_strange`, `usb_failed` for all else.
    """
    try:
        yield
    except OSError as error:
        if getattr(error, "winerror", None) == _NOT_READY:
            raise UserError("usb_missing") from error
        raise UserError(_CODES.get(error.errno or 0, "usb_failed")) from error


def existing_folder(root: Path, *parts: str) -> Path | None:
    """The plain folder below the root, None where it is not there.

    Raises UserError: `usb_missing` without the root, `usb_strange` where a link or a file lies.
    """
    with stick_trouble():
        if not root.is_dir():
            raise UserError("usb_missing")
        folder = root
        for part in parts:
            folder = folder / part
            try:
                status = folder.lstat()
            except FileNotFoundError:
                return None
            if not _is_plain(status) or not stat.S_ISDIR(status.st_mode):
                raise UserError("usb_strange")
    return folder


def made_folder(root: Path, *parts: str) -> Path:
    """The same, made where it is not there; never the root itself.

    A stick that is gone leaves its mount point or a wrong path behind: making the root would
    write the district's batches onto the laptop's own disk.
    """
    for depth in range(1, len(parts) + 1):
        if existing_folder(root, *parts[:depth]) is None:
            with stick_trouble():
                root.joinpath(*parts[:depth]).mkdir(exist_ok=True)
    folder = existing_folder(root, *parts)
    if folder is None:
        raise UserError("usb_missing")
    return folder


def names_in(folder: Path) -> list[str]:
    """The names in a folder, sorted; raises UserError("usb_strange") when it is flooded."""
    with stick_trouble(), os.scandir(folder) as found:
        names = [entry.name for entry in itertools.islice(found, _MOST_NAMES + 1)]
    if len(names) > _MOST_NAMES:
        raise UserError("usb_strange")
    return sorted(names)


def read_file(path: Path, most: int) -> bytes | None:
    """The bytes of a plain file, cut at `most`; None where no plain file lies."""
    # O_NONBLOCK: a pipe under a batch's name must not hold the program for ever.
    flags = os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY")
    with stick_trouble():
        try:
            status = path.lstat()
        except FileNotFoundError:
            return None
        if not _is_plain(status) or not stat.S_ISREG(status.st_mode):
            return None
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:  # noqa: PTH123 -- a descriptor, opened without links
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            return file.read(most)


def write_file(folder: Path, name: str, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all, even when the stick is pulled."""
    part = folder / f"{name}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flag("O_NOFOLLOW") | _flag("O_BINARY")
    with stick_trouble():
        part.unlink(missing_ok=True)
        try:
            with open(os.open(part, flags, 0o600), "wb") as file:  # noqa: PTH123 -- as above
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _replace(part, folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        _flush_folder(folder)


def _replace(part: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            part.replace(target)
        except PermissionError:
            # Antivirus programs open a fresh file for a moment, and Windows then refuses the move.
            time.sleep(pause)
        else:
            return
    part.replace(target)


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # Windows knows no such call; its rename is journalled by the file system
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_plain(status: os.stat_result) -> bool:
    reparse = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    return not reparse and not stat.S_ISLNK(status.st_mode)


def _flag(name: str) -> int:
    return int(getattr(os, name, 0))
