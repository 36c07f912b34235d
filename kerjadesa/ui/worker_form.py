"""The form of one worker: every fact of `WorkerFacts`, its problems beside it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import WorkerFacts, section_facts
from kerjadesa.sentences import sentence
from kerjadesa.ui.form_fields import FormField, make_field, placed
from kerjadesa.ui.heirs_editor import HeirsEditor
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.labels import SECTIONS, Choice, short_date
from kerjadesa.ui.photo_box import PhotoBox
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, label, panel, row, scrolled
from kerjadesa.words import _

_LEFT = ("identity", "address", "heirs")
_RIGHT = ("photo", "programme", "work", "poverty", "consent", "notes")
_BESIDE = {"rt": "rw", "poverty_decile": "poverty_date"}
# The village is the office's own; a photo and heirs have editors of their own.
_NOT_FIELDS = frozenset({"nagari", "photo", "heirs"})


class WorkerForm(QWidget):
    """Two columns of sections; Tab goes down the left one, then down the right one."""

    def __init__(
        self,
        lane: Lane,
        programmes: Sequence[Choice],
        changed: Callable[[], object],
        left: Callable[[str], object],
    ) -> None:
        """`changed` at each keystroke; `left(fact)` when the operator is done with a field."""
        super().__init__()
        self._changed, self._left, self._programmes = changed, left, programmes
        self.fields: dict[str, FormField] = {}
        self.heirs = HeirsEditor(changed, self._order)
        self.photo = PhotoBox(lane, changed)
        content = QWidget()
        columns = row(self._column(_LEFT), self._column(_RIGHT), gap=2 * GRID)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        content.setLayout(columns)
        self._area = scrolled(content)
        self.setLayout(column(self._area))
        self._order()

    def draft(self) -> dict[str, Any]:
        """What the controls hold, as `check` takes it; None where nothing is known."""
        # An empty date or number is no date or number at all: None says so for every kind of fact.
        held = {fact: value for fact, field in self.fields.items() if (value := field.read()) != ""}
        return {**dict.fromkeys(self.fields), **held, "heirs": self.heirs.read()}

    def show_facts(self, facts: WorkerFacts | None, kept: Mapping[str, Any]) -> None:
        """Shows a worker, or an empty form with what is kept from the one before."""
        for fact, field in self.fields.items():
            field.write(getattr(facts, fact) if facts else kept.get(fact))
            field.say("")
        self.heirs.write(facts.heirs if facts else [])
        self.heirs.note.say("")
        if facts is None:
            # The one programme there is need not be chosen each time.
            if not kept.get("programme") and len(self._programmes) == 2:
                self.fields["programme"].write(self._programmes[1][0])
            self.fields["income_base"].write(None)
        self._area.verticalScrollBar().setValue(0)
        self.focus("nik" if facts is None else "name")

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

    def show_notes(
        self, problems: Sequence[Problem], warnings: Sequence[Problem], seen: frozenset[str]
    ) -> None:
        """Says problems in red and warnings in amber, each beside its field, one a field.

        `seen` are the facts the operator is done with: nobody is told off for an empty form.
        """
        said: dict[str, tuple[str, str]] = {}
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
        return panel(*parts)

    def _field(self, fact: str) -> FormField:
        known = self._programmes if fact == "programme" else ()
        return make_field(fact, self._changed, lambda: self._left(fact), known)

    def _order(self) -> None:
        """Tab follows the eye."""
        order: list[QWidget] = []
        for section in (*_LEFT, *_RIGHT):
            order += [self.fields[f].control for f in section_facts(section) if f in self.fields]
            if section == "heirs":
                order += self.heirs.controls()
            if section == "photo":
                order += self.photo.controls()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
