"""The day of the ceremony: scan, look, Enter. Everything by keyboard and scanner."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kerjadesa.actions import hand_over as day
from kerjadesa.actions.ceremonies import Planned
from kerjadesa.actions.hand_over import Guest
from kerjadesa.domain.handover import AbsenceReason, Proxy
from kerjadesa.domain.problem import UserError
from kerjadesa.ui import hand_over_words as words
from kerjadesa.ui.beeps import Beeps
from kerjadesa.ui.hand_over_field import ScanField, quiet
from kerjadesa.ui.hand_over_lists import TallyTable, summed
from kerjadesa.ui.hand_over_stage import Stage
from kerjadesa.ui.labels import number
from kerjadesa.ui.style_sheet import SMALL_DAY
from kerjadesa.ui.theme import GRID, ROOMY
from kerjadesa.ui.widgets import (
    button,
    label,
    name_control,
    rename,
    row,
    set_property,
    show_keys,
)
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

SECOND_ENTER = 400
"""Milliseconds in which an Enter is still the scanner's own: some send two after every code."""
_LAST = 30
_SIDE = 440
_ROUND_THE_PHOTO, _ROUND_A_SMALL_PHOTO = 400, 300


class HandOverView(QWidget):
    """Whom it shows gets the card by Enter; a scan alone hands nothing over."""

    def __init__(self, around: "Around", left: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("day")
        self._around, self._left = around, left
        self._plan: Planned | None = None
        self._people: dict[str, Guest] = {}
        self._skipped: dict[str, Guest] = {}
        self._group = 0
        self.guest: Guest | None = None
        self._confirming = self._wary = False
        self._shown = QElapsedTimer()
        self.beeps = Beeps(self, around.office.home)
        self.title = label(role="day-lead", wrap=True)
        self.count = label(role="day-lead")
        self.leave_button = quiet(button(_("S&elesai"), self.leave))
        self.leave_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = QWidget()
        self.stage = Stage(self._picked, self._to_proxy, self._to_absent, self._resume)
        # A question takes their room on a small screen.
        self.stage.asking.connect(self._keys.setHidden)
        self.field = ScanField(self._escape, self.stage.picks.step, self._list_group)
        self.field.returnPressed.connect(self._entered)
        self._sized = False
        self._round_the_photo = _ROUND_THE_PHOTO
        self._caption = label(
            _("&Pindai kartu, atau ketik kursi (A-12), nomor kartu, atau nama"), role="day"
        )
        name_control(self.field, self._caption, self._caption.text().replace("&", ""))
        self.field.setPlaceholderText(_("Kartu, kursi, nomor, atau nama"))
        self.pending = label(role="day", wrap=True)
        set_property(self.pending, "tone", "caution")
        self.buttons = [
            self._keyed(key, text, does)
            for key, text, does in (
                ("F6", _("Wakil · F6"), self.ask_proxy),
                ("F7", _("Tidak hadir · F7"), self.ask_absent),
                ("F8", _("Sisa · F8"), self.show_remaining),
                ("F5", _("Terakhir · F5"), self.show_last),
                ("Ctrl+Z", _("Batalkan · Ctrl+Z"), self.take_back),
            )
        ]
        self.sound_button = self._keyed("F9", self._sound(), self._turn_sound)
        self.screen_button = self._keyed(
            "F11", _("Layar penuh · F11"), lambda: self.full(not self.window().isFullScreen())
        )
        self.tally = TallyTable(short=True)
        self.tally.setFixedWidth(_SIDE)
        self._lay_out()

    def start(self, plan: Planned, people: Sequence[Guest]) -> None:
        """Opens the table for a ceremony, with everybody in it as things stand."""
        self._plan = plan
        self._people = {guest.worker: guest for guest in people}
        self._skipped.clear()
        self.title.setText(plan.facts.title)
        self._wait()
        self.field.clear()
        self.field.setFocus()

    def leave(self) -> None:
        """Back to the plan; whoever was scanned and not served is said there."""
        self._put_aside()
        self.guest = None
        self.full(False)
        self._left(words.pending(list(self._skipped.values())))

    def look_up(self, text: str) -> None:
        """Shows whose card this is, or whom what was typed may mean."""
        self._put_aside()
        try:
            found = day.find_guests(self._around.office, self._now.id, text)
        except UserError as error:
            self.guest = None
            self._nobody(words.trouble(error))
            self.beeps.play("bad")
            return
        if len(found) > 1:
            self.guest = None
            self._choose_from(
                _("{count} orang cocok").format(count=number(len(found))),
                _("Panah ↑ ↓ memilih, Enter menampilkan, Esc menutup."),
                found,
                words.who_and_where,
            )
            return
        self._show(found[0])
        self.beeps.play("caution" if found[0].state == "handed" else "good")

    def serve(self) -> None:
        """Hands the card over to whoever is on show; a doubt asks for a second Enter."""
        guest = self.guest
        if guest is None or guest.state == "handed":
            return
        if (self._wary or words.doubts(guest)) and not self._confirming:
            self._confirming = True
            self.stage.person.say(words.ready(guest, confirming=True))
            self._shown.restart()
            return
        self._write(lambda: day.hand_over(self._around.office, self._now.id, guest.worker,
                                          issue=guest.issue))  # fmt: skip

    def ask_proxy(self) -> None:
        """Asks who came for the owner."""
        if self.guest is not None and self.guest.state != "handed":
            self.stage.ask_proxy(self.guest)

    def ask_absent(self) -> None:
        """Asks why the owner is not there."""
        if self.guest is not None and self.guest.state != "handed":
            self.stage.ask_absent(self.guest)

    def take_back(self) -> None:
        """Undoes the hand-over on show, else the one written last on this laptop."""
        guest = self.guest
        if guest is None or guest.state == "waiting":
            guest = next((one for one in self._last() if one.here), None)
        if guest is None:
            return
        self._put_aside()
        try:
            again = day.undo_handover(self._around.office, self._now.id, guest.worker)
        except UserError as error:
            self.stage.person.say(words.trouble(error))
            return
        self._keep(again)
        self._show(again, words.taken_back(again))
        # Nor may an Enter by habit hand over again what was taken back a moment ago.
        self._wary = again.state != "handed"

    def show_remaining(self) -> None:
        """Whose cards of a jorong are still on the table, to call them out; once more closes it."""
        if self.stage.picks.isVisible():
            self._resume()
            return
        names = [group.name for group in self._now.facts.groups]
        if self.guest is not None and self.guest.seat:
            self._group = names.index(self.guest.group)
        self._list_group(0)

    def show_last(self) -> None:
        """The last hand-overs and absences; whoever is chosen can be taken back."""
        self._put_aside()
        self._choose_from(
            _("Yang terakhir dicatat"),
            _("Enter menampilkan; sesudah itu Ctrl+Z membatalkannya."),
            self._last()[:_LAST],
            words.when_and_who,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Leaves out what stands elsewhere too where letters are enlarged."""
        super().resizeEvent(event)
        small = self.width() < ROOMY
        if small == self.tally.isHidden() and self._sized:
            self.stage.person.fit(self.height() - self._round_the_photo)
            return
        self._sized = True
        for part in (self.tally, self.title, self._caption, self.sound_button, self.screen_button):
            part.setVisible(not small)
        self.setStyleSheet(SMALL_DAY if small else "")
        self._round_the_photo = _ROUND_A_SMALL_PHOTO if small else _ROUND_THE_PHOTO
        self.stage.person.fit(self.height() - self._round_the_photo)

    @property
    def _now(self) -> Planned:
        assert self._plan is not None  # noqa: S101 -- `start` comes before anything else
        return self._plan

    def _entered(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        if text:
            self.look_up(text)
        elif not self._shown.isValid() or self._shown.elapsed() >= SECOND_ENTER:
            if self.stage.picks.isVisible():
                self.stage.picks.choose()
            else:
                self.serve()

    def _escape(self) -> None:
        if self.field.text():
            self.field.clear()
        elif self.stage.picks.isVisible():
            self._resume()
        elif self._confirming and self.guest is not None:
            self._show(self.guest)
        else:
            # Whoever was looked up by typing is let go of: that card is in nobody's hand.
            if self.guest is not None and self.guest.scanned and self.guest.seat:
                self._put_aside()
            self._wait()

    def _wait(self) -> None:
        self.guest = None
        self._nobody(words.waiting())
        self._count()

    def _picked(self, guest: Guest) -> None:
        self._put_aside()
        self._show(guest)
        self.field.setFocus()

    def _to_proxy(self, proxy: Proxy) -> None:
        guest = self.guest
        if guest is not None:
            self._write(lambda: day.hand_over(self._around.office, self._now.id, guest.worker,
                                              proxy, guest.issue))  # fmt: skip
        self._resume()

    def _to_absent(self, reason: AbsenceReason, note: str) -> None:
        guest = self.guest
        if guest is not None:
            self._write(lambda: day.mark_absent(self._around.office, self._now.id, guest.worker,
                                                reason, note))  # fmt: skip
        self._resume()

    def _write(self, action: Callable[[], Guest]) -> None:
        """One entry, committed before the screen says so."""
        self._confirming = False
        try:
            done = action()
        except UserError as error:
            self.stage.person.say(words.trouble(error))
            self.beeps.play("bad")
            return
        self._keep(done)
        self.guest = done
        say = words.called(done) if done.state == "absent" else words.handed(done, now=True)
        self._show(done, say)
        # One Enter too many after the reason must not hand over the card of who is not there.
        self._wary = done.state == "absent"
        self.beeps.play("good")

    def _keep(self, guest: Guest) -> None:
        self._people[guest.worker] = guest
        self._skipped.pop(guest.worker, None)

    def _show(self, guest: Guest, say: words.Say | None = None) -> None:
        self.guest, self._confirming, self._wary = guest, False, False
        self._skipped.pop(guest.worker, None)
        if say is None:
            say = (
                words.handed(guest, now=False)
                if guest.state == "handed"
                else words.ready(guest, confirming=False)
            )
        self.stage.show_person()
        self.stage.person.show_guest(guest, day.photo_of(self._around.office, guest), say)
        self._shown.restart()
        self._count()

    def _nobody(self, say: words.Say) -> None:
        self._confirming = False
        self.stage.show_person()
        self.stage.person.show_nobody(say)
        self._shown.restart()

    def _put_aside(self) -> None:
        """Whoever was shown and neither served nor called stays named until that is done."""
        if self.guest is not None and words.awaited(self.guest):
            self._skipped[self.guest.worker] = self.guest
        self._confirming = False
        self._say_skipped()

    def _say_skipped(self) -> None:
        self.pending.setText(words.pending(list(self._skipped.values())))
        self.pending.setVisible(bool(self._skipped))

    def _list_group(self, onward: int) -> bool:
        """Another jorong's list; False where no list is open to move in."""
        groups = self._now.facts.groups
        if not groups or (onward and not self.stage.picks.isVisible()):
            return False
        self._group = (self._group + onward) % len(groups)
        group = groups[self._group]
        left = [
            self._people[worker]
            for worker in group.workers
            if worker in self._people and self._people[worker].state != "handed"
        ]
        self._choose_from(
            _("{jorong}: sisa {count}").format(
                jorong=group.name or _("Tanpa jorong"), count=number(len(left))
            ),
            _("Panah ← → jorong lain, ↑ ↓ memilih, Enter menampilkan."),
            left,
            words.who_and_state,
        )
        return True

    def _choose_from(
        self, title: str, hint: str, people: Sequence[Guest], tell: Callable[[Guest], str]
    ) -> None:
        self.stage.choose_from(title, hint, people, tell)
        self._shown.restart()
        self.field.setFocus()

    def _last(self) -> list[Guest]:
        told = [guest for guest in self._people.values() if guest.hlc]
        return sorted(told, key=lambda guest: guest.hlc, reverse=True)

    def _count(self) -> None:
        tallies = day.tallies(self._now, list(self._people.values()))
        whole = summed(tallies)
        self.tally.show_tallies(tallies, self.guest.group if self.guest is not None else None)
        self.count.setText(
            _("{handed} diserahkan, sisa {left}").format(
                handed=number(whole.handed), left=number(whole.remaining)
            )
        )
        self._say_skipped()

    def _resume(self) -> None:
        self.stage.show_person()
        self.field.setFocus()
        if self.guest is None:
            self._wait()

    def _turn_sound(self) -> None:
        self.beeps.turn()
        rename(self.sound_button, self._sound())

    def _sound(self) -> str:
        return _("Bunyi nyala · F9") if self.beeps.wanted else _("Bunyi mati · F9")

    def full(self, full: bool) -> None:
        """Takes the whole screen, or gives it back; a window that filled it before does again."""
        window = self.window()
        if window.isFullScreen() != full:
            window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _keyed(self, key: str, text: str, does: Callable[[], object]) -> QPushButton:
        # The key is the view's own, so that it works where there is no room for the button.
        QShortcut(QKeySequence(key), self).activated.connect(does)
        return show_keys(quiet(button(text, does)), key)

    def _lay_out(self) -> None:
        top = row(self.title, self.count, self.leave_button, gap=2 * GRID)
        top.setStretch(0, 1)
        main = QVBoxLayout()
        main.setSpacing(GRID)
        for part in (self._caption, self.field, self.pending):
            main.addWidget(part)
        main.addWidget(self.stage, 1)
        body = row(gap=2 * GRID)
        body.addLayout(main, 1)
        body.addWidget(self.tally)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addLayout(body, 1)
        self._keys.setLayout(row(*self.buttons, None, self.sound_button, self.screen_button))
        layout.addWidget(self._keys)
