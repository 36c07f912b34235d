"""One serial lane for work that takes longer than a blink, so that the window never freezes.

Work is plain Python and knows no Qt. Its results come back on the UI thread, through one queued
signal. One lane, one job at a time: two writers would only wait for each other's transaction.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")

_BETWEEN_REPORTS = 0.05


def _nothing(*_: Any) -> None:
    """What happens where a job's caller does not care."""


class Ticket:
    """What running work holds in its hand: how far it is, and whether it should stop."""

    def __init__(self, report: Callable[[int, int | None], None]) -> None:
        self._report = report
        self._stop = threading.Event()
        self._last = 0.0

    def progress(self, done: int, whole: int | None = None) -> None:
        """Says how far the work is; too frequent reports are dropped, not queued."""
        moment = time.monotonic()
        if moment - self._last >= _BETWEEN_REPORTS or done == whole:
            self._last = moment
            self._report(done, whole)

    def cancelled(self) -> bool:
        """Whether the operator wants it to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Asks the work to stop at its next look."""
        self._stop.set()


@dataclass(slots=True)
class _Job(Generic[T]):
    work: Callable[[Ticket], T]
    done: Callable[[T], None]
    failed: Callable[[str], None]
    stopped: Callable[[], None]
    ticket: Ticket
    quiet: bool
    ended: threading.Event


class Lane(QObject):
    """Runs jobs one after the other on a thread of its own.

    `busy_changed` tells when the lane begins to work and when it has nothing left to do.
    """

    busy_changed = Signal(bool)
    _arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._jobs: queue.Queue[_Job[Any] | None] = queue.Queue()
        self._results: queue.SimpleQueue[tuple[_Job[Any] | None, Callable[[], None]]] = (
            queue.SimpleQueue()
        )
        self._open: list[_Job[Any]] = []
        self._quiet: list[_Job[Any]] = []
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="lane", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits that somebody has asked for."""
        return bool(self._open)

    def submit(
        self,
        work: Callable[[Ticket], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        progress: Callable[[int, int | None], None] = _nothing,
        stopped: Callable[[], None] = _nothing,
        quiet: bool = False,
    ) -> Ticket:
        """Queues work; exactly one of `done`, `failed` (a sentence) and `stopped` is called back.

        All callbacks, `progress` included, are called on the UI thread. `quiet` work takes moments,
        nobody has asked for it and nobody waits for it: the lane does not count as busy.
        """
        ticket = Ticket(lambda count, whole: self._tell(lambda: progress(count, whole)))
        job = _Job(work, done, failed, stopped, ticket, quiet, threading.Event())
        (self._quiet if quiet else self._open).append(job)
        self._jobs.put(job)
        if len(self._open) == 1 and not quiet:
            self.busy_changed.emit(True)
        return ticket

    def cancel(self) -> None:
        """Asks every job that runs or waits to stop."""
        for job in self._open:
            job.ticket.cancel()

    def hush(self) -> None:
        """Takes quiet work out of the queue, and waits for the moment that is running."""
        for job in self._quiet:
            job.ticket.cancel()
        if not self._open:
            for job in self._quiet:
                job.ended.wait()

    def close(self) -> None:
        """Waits for the job that runs, then ends the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            outcome = _outcome(job)
            job.ended.set()
            self._results.put((job, outcome))
            # Let go of here first: what hangs on them, a dialog that was closed say, may only end
            # on the UI thread.
            del job, outcome
            self._arrived.emit()

    def _tell(self, progress: Callable[[], None]) -> None:
        self._results.put((None, progress))
        self._arrived.emit()

    def _deliver(self) -> None:
        while not self._results.empty():
            ended, callback = self._results.get()
            if ended is not None:
                (self._quiet if ended.quiet else self._open).remove(ended)
            try:
                callback()
            finally:
                if ended is not None and not ended.quiet and not self._open:
                    self.busy_changed.emit(False)


def _outcome(job: _Job[T]) -> Callable[[], None]:
    # Imported with the first job, not with the window: it draws in the actions.
    from kerjadesa.actions.lane import Stopped
    from kerjadesa.ui.trouble import sentence_for

    try:
        if job.ticket.cancelled():
            raise Stopped
        result = job.work(job.ticket)
    except Stopped:
        return job.stopped
    except Exception as error:  # noqa: BLE001 -- the one place that turns any failure into words
        text = sentence_for(error)
        return lambda: job.failed(text)
    return lambda: job.done(result)
