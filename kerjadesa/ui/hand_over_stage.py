"""The middle of the day's screen: a person, a list to choose from, or a question. One at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kerjadesa.actions.hand_over import Guest
from kerjadesa.domain.handover import AbsenceReason, Proxy
from kerjadesa.ui.hand_over_asks import AbsentAsk, ProxyAsk
from kerjadesa.ui.hand_over_lists import PickList
from kerjadesa.ui.hand_over_person import PersonView
from kerjadesa.ui.widgets import scrolled, yielding

_LOWEST = 120


class Stage(QWidget):
    """Whatever comes on takes the place of what was there."""

    asking = Signal(bool)
    """Whether a question has the keyboard."""

    def __init__(
        self,
        picked: Callable[[Guest], object],
        to_proxy: Callable[[Proxy], object],
        to_absent: Callable[[AbsenceReason, str], object],
        closed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.person = PersonView()
        self.picks = PickList(picked)
        self.proxy = ProxyAsk(to_proxy, closed)
        self.absent = AbsentAsk(to_absent, closed)
        self._holder = yielding(scrolled(self.person), _LOWEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.proxy)
        layout.addWidget(self.absent)
        layout.addWidget(self.picks, 100)
        layout.addWidget(self._holder, 100)
        layout.addStretch(1)

    def show_person(self) -> None:
        """Whoever is on show, or the sentence about nobody."""
        self._clear()
        self._holder.show()

    def choose_from(
        self, title: str, hint: str, people: Sequence[Guest], tell: Callable[[Guest], str]
    ) -> None:
        """A list of people; `tell` gives the line of each."""
        self._clear()
        self.picks.open(title, hint, people, tell)

    def ask_proxy(self, guest: Guest) -> None:
        """Who came for this guest?"""
        self._clear(asking=True)
        self.proxy.open(guest)

    def ask_absent(self, guest: Guest) -> None:
        """Why is this guest not there?"""
        self._clear(asking=True)
        self.absent.open(guest)

    def _clear(self, asking: bool = False) -> None:
        for part in (self.proxy, self.absent, self.picks, self._holder):
            part.hide()
        self.asking.emit(asking)
