"""Keeps what is being typed, so that a power cut costs less than a second of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kerjadesa.actions.drafts import Draft, drop, keep
from kerjadesa.actions.office import Office
from kerjadesa.ui.trouble import sentence_for

# With the write itself well below the second that may be lost.
_PAUSE = 300


class DraftKeeper(QObject):
    """Writes the form that is open, on a thread of its own and one write at a time.

    Not in the lane: there a draft would wait until an import is through. Not on the UI thread:
    there an old disk would be felt in every tenth letter.
    """

    _trouble = Signal(str)

    def __init__(
        self,
        owner: QObject,
        office: Office,
        now: Callable[[], Draft | None],
        failed: Callable[[str], object],
    ) -> None:
        """`now` gives the form as it stands, None while there is nothing worth keeping."""
        super().__init__(owner)
        self._office, self._now, self._failed = office, now, failed
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
        """Drops what was kept: the form was saved, or its operator threw it away."""
        self.settle()
        if self._kept:
            drop(self._office, self._kept)
            self._kept = ""

    def settle(self) -> None:
        """Writes nothing more, and waits for the write that is under way."""
        self._timer.stop()
        if self._writing is not None:
            wait([self._writing])

    def _write(self) -> None:
        if self._writing is not None and not self._writing.done():
            self._timer.start()
            return
        draft = self._now()
        if draft is None:
            self.forget()
        else:
            self._kept = draft.id
            self._writing = self._threads.submit(self._keep, draft)

    def _keep(self, draft: Draft) -> None:
        try:
            keep(self._office, draft)
        except Exception as error:  # noqa: BLE001 -- said in the window, or nobody would know
            self._trouble.emit(sentence_for(error))

    def _say(self, text: str) -> None:
        self._failed(text)
