"""The form of one worker: every fact of `WorkerFacts`, its problems beside it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import WorkerFacts, section_facts
from kerjadesa.sentences import sentence
from kerjadesa.ui.decision_panel import DecisionPanel
from kerjadesa.ui.form_fields import FormField, make_field, offer, placed
from kerjadesa.ui.heirs_editor import HeirsEditor
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.labels import SECTIONS, Choice, short_date
from kerjadesa.ui.occupation_picker import OccupationPicker
from kerjadesa.ui.photo_box import PhotoBox
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, fold, label, panel, row, scrolled
from kerjadesa.words import _

_LEFT = ("identity", "address", "heirs")
_RIGHT = ("photo", "programme", "work", "poverty", "consent", "notes")
_TWO_COLUMNS = 880
_BESIDE = {"rt": "rw", "poverty_decile": "poverty_date"}
# The village is the office's own; a photo and heirs have editors of their own.
_NOT_FIELDS = frozenset({"nagari", "photo", "heirs"})


class WorkerForm(QWidget):
    """Two columns of sections; Tab goes down the left one, then down the right one."""

    def __init__(
        self,
        lane: Lane,
        changed: Callable[[], object],
        left: Callable[[str], object],
        above: DecisionPanel,
        extras: Mapping[str, QWidget],
    ) -> None:
        """`changed` at each keystroke; `left(fact)` when the operator is done with a field.

        `above` scrolls with the form and comes before its fields, for the eye and for Tab;
        `extras` close the section they are named by.
        """
        super().__init__()
        self._extras = extras
        self.given: dict[str, Any] = {}
        """What stands in the form though nobody typed it: from the NIK, from the neighbour."""
        self._order: list[QWidget] = []
        self._above = above
        self._changed, self._left, self._usual = changed, left, ""
        self.fields: dict[str, FormField] = {}
        self.heirs = HeirsEditor(changed, self.order)
        self.photo = PhotoBox(lane, changed)
        content = QWidget()
        self._columns = row(self._column(_LEFT), self._column(_RIGHT), gap=2 * GRID)
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        whole = column(above, self._columns, gap=12)
        whole.setContentsMargins(0, 0, 12, 0)
        content.setLayout(whole)
        self._area = scrolled(content)
        self.setLayout(column(self._area))
        occupation = self.fields["occupation"].control
        assert isinstance(occupation, QComboBox)  # noqa: S101 -- what `make_field` makes of it
        self._occupation = OccupationPicker(
            occupation, self._keep_own_word, lambda: self._left("occupation")
        )
        self.order()

    def draft(self) -> dict[str, Any]:
        """What the controls hold, as `check` takes it; None where nothing is known."""
        # An empty date or number is no date or number at all: None says so for every kind of fact.
        held = {fact: value for fact, field in self.fields.items() if (value := field.read()) != ""}
        return {**dict.fromkeys(self.fields), **held, "heirs": self.heirs.read()}

    def show_facts(self, facts: WorkerFacts | None, kept: Mapping[str, Any]) -> None:
        """Shows a worker, or an empty form with what is kept from the one before."""
        self.given = {}
        for fact, field in self.fields.items():
            field.write(getattr(facts, fact) if facts else kept.get(fact))
            field.say("")
        self.heirs.write(facts.heirs if facts else [])
        self.heirs.note.say("")
        if facts is None:
            if not kept.get("programme"):
                self.fields["programme"].write(self._usual)
            self.fields["income_base"].write(None)
            self.given = {fact: field.read() for fact, field in self.fields.items() if field.read()}
        self._area.verticalScrollBar().setValue(0)
        if self._above.buttons:
            self._above.buttons[0].setFocus()
        else:
            self.focus("nik" if facts is None else "name")

    def offer_programmes(self, programmes: Sequence[Choice], usual: str) -> None:
        """Offers the programmes there are by now; the `usual` one need not be chosen."""
        offer(self.fields["programme"], programmes)
        self._usual = usual

    def show_draft(self, draft: Mapping[str, Any]) -> None:
        """Shows what a draft holds, over what is shown; facts that it leaves out stay."""
        for fact, value in draft.items():
            if fact in self.fields:
                self.fields[fact].write(value)
        if "heirs" in draft:
            self.heirs.write(draft["heirs"])
        self.settle()

    def give(
        self, facts: Mapping[str, Any], instead: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Fills facts that are empty so far, and returns which; what was typed stays.

        `instead` was given before for somebody else, and goes where nobody has touched it.
        """
        for fact in self.untouched() & instead:
            self.fields[fact].write(None)
            del self.given[fact]
        filled = set()
        for fact, value in facts.items():
            if value and fact in self.fields and not self.fields[fact].read():
                self.fields[fact].write(value)
                self.given[fact] = self.fields[fact].read()
                filled.add(fact)
        return frozenset(filled)

    def untouched(self) -> frozenset[str]:
        """Facts that stand as they were given."""
        return frozenset(
            fact for fact, value in self.given.items() if self.fields[fact].read() == value
        )

    def settle(self) -> None:
        """Takes a word that is still being typed as typed."""
        self._occupation.resolve()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """One column where letters are enlarged, so that nobody scrolls sideways."""
        super().resizeEvent(event)
        fold(self._columns, self.width(), _TWO_COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter goes on, past buttons and past what nobody has to type."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """To the next control where something is to be typed."""
        now = self.focusWidget()
        # A widget around a button hands the cursor on to it.
        hands = [control.focusProxy() or control for control in self._order]
        place = hands.index(now) if now in hands else -1
        passed = {id(self.fields[fact].control) for fact in self.untouched()}
        for control in hands[place + 1 :]:
            if id(control) not in passed and not isinstance(control, QAbstractButton):
                control.setFocus(Qt.FocusReason.TabFocusReason)
                self._area.ensureWidgetVisible(control)
                return
        self.focusNextChild()

    def _keep_own_word(self, word: str) -> None:
        """The KTP says *Imam masjid*, its holder *garin*: both are kept."""
        field = self.fields["occupation_text"]
        if not field.read() or "occupation_text" in self.untouched():
            field.write(word)
            self.given["occupation_text"] = word

    def take_over(self, fact: str, facts: WorkerFacts, photo: bytes | None) -> None:
        """Shows one fact as it stands by now and leaves alone what is being typed elsewhere."""
        if fact == "photo":
            self.photo.show_stored(photo)
        elif fact == "heirs":
            self.heirs.write(facts.heirs)
        elif fact in self.fields:
            self.fields[fact].write(getattr(facts, fact))

    def focus(self, fact: str) -> None:
        """Puts the cursor into a field and brings it into view."""
        control = self.fields[fact].control if fact in self.fields else self.heirs.add_button
        control.setFocus()
        self._area.ensureWidgetVisible(control)

    def fill_from_nik(self, nik: nik_rules.Nik, today: date, filled: dict[str, Any]) -> None:
        """Fills birth date and sex from the NIK where nobody has typed another.

        `filled` remembers what came from a NIK, so that a corrected NIK may correct it too.
        """
        for fact, shown in (("birth_date", short_date(nik.birth_date(today))), ("sex", nik.sex)):
            field = self.fields[fact]
            if field.read() in ("", filled.get(fact)) and field.read() != shown:
                filled[fact] = shown
                field.write(shown)
                self.given[fact] = shown

    def show_notes(
        self, problems: Sequence[Problem], warnings: Sequence[Problem], seen: frozenset[str]
    ) -> None:
        """Says problems in red and warnings in amber, each beside its field, one a field.

        `seen` are the facts the operator is done with: nobody is told off for an empty form.
        """
        said: dict[str, tuple[str, str]] = {}
        if not self.heirs.being_typed:
            seen |= {"heirs"}
        for problem, tone in [(p, "bad") for p in problems] + [(w, "caution") for w in warnings]:
            if problem.field in seen and problem.field not in said:
                said[problem.field] = (sentence(problem), tone)
        for fact, field in self.fields.items():
            field.say(*said.get(fact, ("", "bad")))
        self.heirs.note.say(*said.get("heirs", ("", "bad")))

    def _column(self, sections: Sequence[str]) -> QWidget:
        sheets = [self._section(section) for section in sections]
        made = QWidget()
        layout = column(*sheets, gap=12)
        layout.addStretch(1)
        made.setLayout(layout)
        return made

    def _section(self, section: str) -> QWidget:
        parts: list[Any] = [label(_(SECTIONS[section]), role="lead")]
        beside = set(_BESIDE.values())
        for fact in section_facts(section):
            if fact in _NOT_FIELDS:
                continue
            self.fields[fact] = self._field(fact)
        for fact in section_facts(section):
            if fact in self.fields and fact not in beside:
                second = _BESIDE.get(fact)
                pair = [self.fields[fact], *([self.fields[second]] if second else [])]
                parts.append(placed(*pair))
        if section == "heirs":
            parts.append(self.heirs)
        if section == "photo":
            parts.append(self.photo)
        if section in self._extras:
            parts.append(row(self._extras[section], None))
        return panel(*parts)

    def _field(self, fact: str) -> FormField:
        known = [("", "")] if fact == "programme" else ()
        return make_field(fact, self._changed, lambda: self._left(fact), known)

    def order(self) -> None:
        """Tab follows the eye."""
        order: list[QWidget] = [*self._above.buttons]
        for section in (*_LEFT, *_RIGHT):
            order += [self.fields[f].control for f in section_facts(section) if f in self.fields]
            if section == "heirs":
                order += self.heirs.controls()
            if section == "photo":
                order += self.photo.controls()
            if section in self._extras:
                order.append(self._extras[section])
        self._order = order
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
