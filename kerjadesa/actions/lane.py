"""What long work and its watcher say to each other: how far, and stop."""

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Called with what is done and the whole, None where the whole is not known yet."""

Cancelled = Callable[[], bool]
"""Asked now and then; True means stop and leave nothing half done."""


class Stopped(Exception):
    """The operator cancelled; nothing was written."""


def unwatched(done: int, whole: int | None) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    """Work that nobody cancels."""
    return False
