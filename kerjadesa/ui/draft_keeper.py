"""Keeps what is being typed, so that a power cut costs less than a second of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kerjadesa.domain.problem import UserError
from kerjadesa.ui.trouble import sentence_for

# With the write itself well below the second that may be lost.
_PAUSE = 300
# Until a full disk has room again, or another program is through.
_AGAIN = 1000
# Seconds the window waits until a draft is gone; while a list is written it goes a little later.
_SOON = 0.3


class Unsaved(Protocol):
    """A form, or a list under review, as it stands."""

    @property
    def id(self) -> str:
        """By which it is kept."""


class DraftKeeper(QObject):
    """Writes what is open, on a thread of its own and one write at a time.

    Not in the lane: there a draft would wait until an import is through. Not on the UI thread:
    there an old disk would be felt in every tenth letter.
    """

    _trouble = Signal()

    def __init__(
        self,
        owner: QObject,
        now: Callable[[], Unsaved | None],
        keep: Callable[[Any], None],
        drop: Callable[[str], None],
        failed: Callable[[str], object],
    ) -> None:
        """`now` gives what is open as it stands, None while there is nothing worth keeping.

        `keep` writes what `now` gave, `drop` forgets it by its id. What could not be written is
        tried again by itself; `failed` is told why, once for each kind of trouble.
        """
        super().__init__(owner)
        self._now, self._keep, self._drop, self._failed = now, keep, drop, failed
        self._threads = ThreadPoolExecutor(1, "drafts")
        self._writing: Future[None] | None = None
        self._kept = self._said = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)
        self._trouble.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def touch(self) -> None:
        """Says that something was typed; it is written soon, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start(_PAUSE)

    def adopt(self, draft: str) -> None:
        """Goes on with a draft that is kept already, as it stands now."""
        self._timer.stop()
        self._kept = draft

    def forget(self) -> None:
        """Drops what was kept: it was saved, or its operator threw it away."""
        self._timer.stop()
        kept, self._kept, self._writing = self._kept, "", None
        if kept:
            # Behind the write that is under way, which would keep it again.
            dropping = self._threads.submit(self._drop, kept)
            if wait([dropping], _SOON).done:
                dropping.result()

    def let_go(self) -> bool:
        """Leaves what is open kept as it stands, for another to be opened; whether it is kept."""
        self._said = ""
        self.finish()
        if self._failure() is not None:
            return False
        self._kept, self._writing = "", None
        return True

    def settle(self) -> None:
        """Writes nothing more, and waits for the write that is under way."""
        self._timer.stop()
        if self._writing is not None:
            wait([self._writing])

    def finish(self) -> None:
        """Writes at once what is due, or could not be written: the window may be closing."""
        due = self._timer.isActive()
        self.settle()
        if due or self._failure() is not None:
            self._write()
            self.settle()

    def _write(self) -> None:
        if self._writing is not None and not self._writing.done():
            self._timer.start(_PAUSE)
            return
        if self._failure() is None:
            self._said = ""
        draft = self._now()
        if draft is None:
            self.forget()
        else:
            self._kept = draft.id
            self._writing = self._threads.submit(self._keep, draft)
            self._writing.add_done_callback(self._ended)

    def _ended(self, writing: Future[None]) -> None:
        # On the thread that writes.
        if writing.exception() is not None:
            self._trouble.emit()

    def _failure(self) -> BaseException | None:
        """Why the newest write failed; None if it did not, or is under way."""
        if self._writing is None or not self._writing.done():
            return None
        return self._writing.exception()

    def _say(self) -> None:
        error = self._failure()
        if error is None:
            # Saved or thrown away since, or being written again.
            return
        kind = error.code if isinstance(error, UserError) else type(error).__qualname__
        if kind != self._said:
            self._said = kind
            self._failed(sentence_for(error))
        if not self._timer.isActive():
            self._timer.start(_AGAIN)
