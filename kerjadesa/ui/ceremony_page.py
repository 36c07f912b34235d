"""The hand-over of cards: ceremonies, their plan, their papers, and the day itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from kerjadesa.actions.ceremonies import Planned, ceremonies
from kerjadesa.actions.hand_over import Guest, guests
from kerjadesa.ui.ceremony_overview import CeremonyOverview
from kerjadesa.ui.ceremony_plan import CeremonyPlan
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.hand_over_view import HandOverView
from kerjadesa.ui.labels import long_date, number
from kerjadesa.ui.page import Page
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.questions import ask_about_changes
from kerjadesa.ui.widgets import button
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_RUNNING = "ceremony_running"
"""Preference: the ceremony whose day is under way; after a power cut its table opens again."""
_LIST, _EMPTY, _PLAN, _OVERVIEW, _DAY = range(5)


class CeremonyPage(QWidget):
    """One of: the list, a plan, an opened ceremony, its day."""

    filling = Signal(bool)
    """Whether the page wants the whole window for itself."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._preferences = open_preferences(around.office.home)
        self._known: list[Planned] = []
        self._open: Planned | None = None
        self.new_button = button(_("&Rencanakan acara"), self.plan_new, "primary", "add")
        self.list_button = button(_("&Daftar acara"), self.show_list)
        self.change_button = button(_("&Ubah rencana"), self.plan_again, "", "register")
        self.open_button = button(_("&Buka"), self._open_chosen)
        self.frame = Page(
            self,
            "",
            "",
            self.list_button,
            self.change_button,
            self.open_button,
            self.new_button,
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Daftar acara serah terima"))
        self.list.setSpacing(4)
        self.list.itemActivated.connect(lambda _item: self._open_chosen())
        self.first_button = button(_("Rencanakan &acara pertama"), self.plan_new, "primary", "add")
        self.plan = CeremonyPlan(around, self.open_ceremony, self._leave_plan)
        self.overview = CeremonyOverview(around, self.frame.banner, self.begin)
        self.day = HandOverView(around, self._end)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._parts: list[QWidget] = [
            self.list,
            empty_state(
                "ceremony",
                _("Belum ada acara serah terima."),
                _("Rencanakan acaranya: undangan per jorong dengan nomor kursi, kertas, lalu "
                  "penyerahan kartu dengan pemindai. Rencana dari laptop lain datang bersama "
                  "datanya, di halaman Kirim."),
                self.first_button,
            ),
            self.plan,
            self.overview,
            self.day,
        ]  # fmt: skip
        for view in self._parts:
            self._views.addWidget(view)
        self.frame.add(held, 1)

    def entered(self) -> None:
        """Shows how things stand by now; a day that was cut off goes on."""
        if self._views.currentIndex() == _PLAN and self.plan.changed:
            return
        running = str(self._preferences.value(_RUNNING, ""))
        if running:
            self.open_ceremony(running, self.begin)
        elif self._open is not None:
            self.open_ceremony(self._open.id)
        else:
            self.show_list()

    def show_what(self, ceremony: str) -> None:
        """Opens a ceremony."""
        self.open_ceremony(ceremony)

    def may_leave(self) -> bool:
        """Asks about a plan that is not saved; a day under way just goes on later."""
        if self._views.currentIndex() != _PLAN or not self.plan.changed:
            return True
        wanted = ask_about_changes(self)
        if wanted == "discard":
            self.plan.changed = False
            self.show_list()
        elif wanted == "save":
            self.plan.save()
        return wanted == "discard"

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 -- Qt's name
        """Gives the rail back to the other pages."""
        if not event.spontaneous():
            self.day.full(False)
            self.filling.emit(False)
        super().hideEvent(event)

    def show_list(self) -> None:
        """All ceremonies, the one planned last on top."""
        self._open = None
        self._known = ceremonies(self._around.office)
        self.list.clear()
        for one in self._known:
            facts = one.facts
            parts = [long_date(facts.held_on), facts.title, facts.place,
                     _("{count} orang").format(count=number(one.count))]  # fmt: skip
            self.list.addItem(QListWidgetItem("   ·   ".join(part for part in parts if part)))
        self.list.setCurrentRow(0)
        self._turn(_LIST if self._known else _EMPTY)
        (self.list if self._known else self.first_button).setFocus()

    def plan_new(self) -> None:
        """An empty plan."""
        self._open = None
        self._turn(_PLAN)
        self.plan.open(None, self._known or ceremonies(self._around.office))

    def plan_again(self) -> None:
        """The plan of the ceremony that is open: latecomers are seated behind the others."""
        if self._open is not None:
            self._turn(_PLAN)
            self.plan.open(self._open, [])

    def open_ceremony(self, ceremony: str, then: Callable[[], None] | None = None) -> None:
        """Reads everybody of a ceremony in the lane, and shows it."""
        known = next((one for one in ceremonies(self._around.office) if one.id == ceremony), None)
        if known is None:
            self._preferences.remove(_RUNNING)
            self.show_list()
            return
        self._open = known
        office = self._around.office
        self._around.lane.submit(
            lambda _ticket: guests(office, ceremony),
            done=lambda people: self._opened(known, people, then),
            failed=lambda text: self.frame.banner.say(text, "bad"),
        )

    def begin(self) -> None:
        """The day: from now on everything belongs to the table."""
        if self._open is None:
            return
        self._preferences.setValue(_RUNNING, self._open.id)
        # At once: this is what a power cut must not lose.
        self._preferences.sync()
        self.frame.banner.hide()
        self._turn(_DAY)
        self.day.start(self._open, self.overview.people)

    def _opened(self, plan: Planned, people: list[Guest], then: Callable[[], None] | None) -> None:
        if self._open is not plan:
            return
        self.overview.show_ceremony(plan, people)
        self._turn(_OVERVIEW)
        self.overview.day_button.setFocus()
        if then is not None and people:
            then()

    def _end(self, skipped: str) -> None:
        self._preferences.remove(_RUNNING)
        self._preferences.sync()
        assert self._open is not None  # noqa: S101 -- its day has just ended
        self.open_ceremony(self._open.id)
        if skipped:
            self.frame.banner.say(skipped, "caution")

    def _leave_plan(self) -> None:
        self.plan.changed = False
        if self._open is not None:
            self.open_ceremony(self._open.id)
        else:
            self.show_list()

    def _open_chosen(self) -> None:
        self.open_ceremony(self._known[self.list.currentRow()].id)

    def _turn(self, view: int) -> None:
        if view == _PLAN:
            self.frame.banner.hide()
        # Only the view in front says how much room it needs; the day needs the most.
        for place, part in enumerate(self._parts):
            room = QSizePolicy.Policy.Preferred if place == view else QSizePolicy.Policy.Ignored
            part.setSizePolicy(room, room)
        self._views.setCurrentIndex(view)
        heading, says = {
            _PLAN: (_("Rencana serah terima"), ""),
            _OVERVIEW: (self._open.facts.title if self._open else "", ""),
        }.get(view, (_("Serah terima"), _("Acara penyerahan kartu: rencana, kertas, hari acara.")))
        self.frame.heading.setText(heading)
        self.frame.says.setText(says)
        self.frame.heading.setVisible(view != _DAY)
        self.frame.says.setVisible(bool(says) and view != _DAY)
        self.list_button.setVisible(view == _OVERVIEW)
        self.change_button.setVisible(view == _OVERVIEW)
        self.open_button.setVisible(view == _LIST)
        self.new_button.setVisible(view == _LIST)
        self.filling.emit(view == _DAY)
