"""Keeps what is being typed, so that a power cut costs less than a second of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kerjadesa.ui.trouble import sentence_for

# With the write itself well below the second that may be lost.
_PAUSE = 300


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

    _trouble = Signal(str)

    def __init__(
        self,
        owner: QObject,
        now: Callable[[], Unsaved | None],
        keep: Callable[[Any], None],
        drop: Callable[[str], None],
        failed: Callable[[str], object],
    ) -> None:
        """`now` gives what is open as it stands, None while there is nothing worth keeping.

        `keep` writes what `now` gave, `drop` forgets it by its id.
        """
        super().__init__(owner)
        self._now, self._keep, self._drop, self._failed = now, keep, drop, failed
        self._threads = ThreadPoolExecutor(1, "drafts")
        self._writing: Future[None] | None = None
        self._kept = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._write)
        self._trouble.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def touch(self) -> None:
        """Says that something was typed; it is written soon, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start()

    def adopt(self, draft: str) -> None:
        """Goes on with a draft that is kept already."""
        self._kept = draft

    def forget(self) -> None:
        """Drops what was kept: it was saved, or its operator threw it away."""
        self.settle()
        if self._kept:
            self._drop(self._kept)
            self._kept = ""

    def settle(self) -> None:
        """Writes nothing more, and waits for the write that is under way."""
        self._timer.stop()
        if self._writing is not None:
            wait([self._writing])

    def finish(self) -> None:
        """Writes at once what is still to be written: the window may be closing."""
        if self._timer.isActive():
            self.settle()
            self._write()
            self.settle()

    def _write(self) -> None:
        if self._writing is not None and not self._writing.done():
            self._timer.start()
            return
        draft = self._now()
        if draft is None:
            self.forget()
        else:
            self._kept = draft.id
            self._writing = self._threads.submit(self._keep_now, draft)

    def _keep_now(self, draft: Unsaved) -> None:
        try:
            self._keep(draft)
        except Exception as error:  # noqa: BLE001 -- said in the window, or nobody would know
            self._trouble.emit(sentence_for(error))

    def _say(self, text: str) -> None:
        self._failed(text)
