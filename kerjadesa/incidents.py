"""The logs, and the short number on screen for trouble nobody foresaw.

A log lies in a shared account for years and is sent to helpers by mail, so no value ever enters
it: an exception is logged by its type and the lines it passed, never by its text.
"""

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

WINDOW_LOG, HUB_LOG = Path("logs", "kerjadesa.log"), Path("hub", "hub.log")
"""Where they lie in a home."""

_LARGEST, _KEPT = 512 * 1024, 4
# No 0/O and no 1/I: the number is read out over the phone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_log = logging.getLogger("kerjadesa")


def start_log(home: Path, log: Path = WINDOW_LOG) -> RotatingFileHandler:
    """Opens a rotating log below `home`, for this program's own messages only."""
    path = home / log
    # A window that is opened for the first time writes here before it is set up.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    # Other libraries' messages may hold values; only what this program says reaches the file.
    _log.propagate = False
    return handler


def stop_log(handler: RotatingFileHandler) -> None:
    """Closes what `start_log` opened."""
    _log.removeHandler(handler)
    _log.propagate = True
    handler.close()


def record(error: BaseException) -> str:
    """Writes an unforeseen error to the log and returns its number, `K7Q2MX`."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    _log.error("incident %s\n%s", number, "".join(_without_values(error)))
    return number


def _without_values(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
        lines.extend(traceback.format_tb(error.__traceback__))
        error = error.__cause__ or error.__context__
    return lines
