"""The log, and the short number on screen for trouble nobody foresaw.

A log lies in a shared account for years and is sent to helpers by mail, so no value ever enters
it: an exception is logged by its type and the lines it passed, never by its text.
"""

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_FOLDER, LOG_FILE = "logs", "kerjadesa.log"

_LARGEST, _KEPT = 512 * 1024, 4
# No 0/O and no 1/I: the number is read out over the phone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_log = logging.getLogger("kerjadesa.ui")


def start_log(home: Path) -> RotatingFileHandler:
    """Opens the rotating log below `home`, for this program's own messages only."""
    folder = home / LOG_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("kerjadesa")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    # Other libraries' messages may hold values; only what this program says reaches the file.
    logger.propagate = False
    return handler


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
