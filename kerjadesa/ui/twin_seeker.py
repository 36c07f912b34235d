"""Seeks pairs of records that may be one person, in the lane, while the operator works."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from kerjadesa.actions.office import Office
from kerjadesa.actions.seek_twins import seek_on
from kerjadesa.ui.jobs import Lane

_PAUSE = 50


class TwinSeeker(QObject):
    """One moment's work after the other, so that whatever the operator asks for comes first."""

    def __init__(self, office: Office, lane: Lane, tell: Callable[[int | None], None]) -> None:
        """`tell` hears the per cent done, and None once all pairs are found."""
        super().__init__()
        self._office, self._lane, self._tell = office, lane, tell
        self._stopped = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._submit)
        self._pause.start()

    def stop(self) -> None:
        """Ends it for today; another day goes on from here."""
        self._stopped = True
        self._pause.stop()
        self._lane.hush()

    def _submit(self) -> None:
        if self._lane.busy:
            self._pause.start()
            return
        # Who fails, on a full disk say, tries again when the register is opened next.
        self._lane.submit(
            lambda _ticket: seek_on(self._office),
            done=self._go_on,
            failed=lambda _text: self._tell(None),
            quiet=True,
        )

    def _go_on(self, percent: int | None) -> None:
        if self._stopped:
            return
        self._tell(percent)
        if percent is not None:
            self._pause.start()
