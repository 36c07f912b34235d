"""The people of one family card, to be chosen by one key instead of typed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from kerjadesa.actions.family import Relative, family
from kerjadesa.actions.office import Office
from kerjadesa.domain.check import clean, read_date
from kerjadesa.ui.form_state import FormState
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import number
from kerjadesa.ui.widgets import column, label, tone_colour
from kerjadesa.ui.worker_form import WorkerForm
from kerjadesa.words import _

_KEYS = 9
_ROW, _MOST_ROWS = 28, 4


class FamilyStrip(QFrame):
    """Hidden while nobody is known on the family card in the form."""

    def __init__(
        self,
        office: Office,
        form: WorkerForm,
        state: FormState,
        filled: Callable[[bool], object],
        open_worker: Callable[[str], object],
    ) -> None:
        """`filled(otherwise)` once somebody was put in; whether something was typed otherwise."""
        super().__init__()
        self._office, self._form, self._state = office, form, state
        self._filled, self._open_worker = filled, open_worker
        self._given: frozenset[str] = frozenset()
        self._kk = ""
        self.people: list[Relative] = []
        self.setProperty("role", "panel")
        self._words = label(role="strong", wrap=True)
        self.list = _Relatives(self._choose, self._type_nik)
        self.list.setAccessibleName(_("Orang di KK ini"))
        self.setLayout(column(self._words, self.list, gap=6, margin=10))
        for key in range(_KEYS):
            shortcut = QShortcut(QKeySequence(f"Alt+{key + 1}"), self)
            shortcut.activated.connect(lambda place=key: self._choose(place))
        self.hide()

    @property
    def may_choose(self) -> bool:
        """Whether somebody here is not registered yet."""
        return any(not relative.worker for relative in self.people)

    def look(self, kk: str) -> None:
        """Shows who is known on this family card."""
        if kk == self._kk:
            return
        self._kk, self.people = kk, family(self._office, kk) if kk else []
        self.list.clear()
        for place, relative in enumerate(self.people):
            item = QListWidgetItem(_line(place, relative))
            look = ("ok", "good") if relative.worker else ("person", "accent")
            item.setIcon(icon(look[0], tone_colour(look[1]), 16))
            self.list.addItem(item)
        fresh = [place for place, relative in enumerate(self.people) if not relative.worker]
        self._words.setText(
            _("{count} orang di KK ini belum terdaftar. Pilih dengan Alt+angka, atau panah dan "
              "Enter.").format(count=number(len(fresh)))
            if fresh
            else _("Semua yang dikenal di KK ini sudah terdaftar. Alt+angka membuka datanya.")
        )  # fmt: skip
        self.list.setCurrentRow(fresh[0] if fresh else 0)
        rows = min(len(self.people), _MOST_ROWS)
        self.list.setFixedHeight(rows * _ROW + 2 * self.list.frameWidth())
        self.setVisible(bool(self.people))

    def forget(self) -> None:
        """Begins anew: somebody of this family may have been registered since."""
        self._kk, self.people, self._given = "", [], frozenset()
        self.hide()

    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self.people):
            return
        relative = self.people[place]
        if relative.worker:
            self._open_worker(relative.worker)
            return
        typed = self._state.typed
        self._given = self._form.give(relative.facts, instead=self._given)
        self._filled(any(self._differs(fact, relative) for fact in typed))
        self._state.accept(set(self._state.before) - typed)
        self._form.focus("nik")
        if self._form.fields["nik"].read():
            self._form.go_on()

    def _differs(self, fact: str, relative: Relative) -> bool:
        """Whether somebody has typed otherwise than the list has it."""
        listed = relative.facts.get(fact)
        if not listed:
            return False
        typed = self._form.fields[fact].read()
        read = read_date(typed) if isinstance(listed, date) else clean(fact, typed)
        return bool(read != listed)

    def _type_nik(self, digit: str) -> None:
        """Somebody has a KTP to read from instead: the digit is the first of its NIK."""
        self._form.focus("nik")
        control = self._form.fields["nik"].control
        assert isinstance(control, QLineEdit)  # noqa: S101 -- what `make_field` makes of it
        control.insert(digit)


class _Relatives(QListWidget):
    def __init__(self, choose: Callable[[int], object], typed: Callable[[str], object]) -> None:
        super().__init__()
        self._choose, self._typed = choose, typed
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(lambda item: choose(self.row(item)))

    def sizeHintForRow(self, _row: int) -> int:  # noqa: N802 -- Qt's name
        """One height for all."""
        return _ROW

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter chooses; a digit is the first of a NIK."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentRow())
        elif event.text().isdigit() and not event.modifiers():
            self._typed(event.text())
        else:
            super().keyPressEvent(event)


def _line(place: int, relative: Relative) -> str:
    parts = [relative.name]
    if relative.age is not None:
        parts.append(_("{age} tahun").format(age=relative.age))
    if relative.relation:
        parts.append(relative.relation)
    if relative.worker:
        parts.append(_("sudah terdaftar"))
    said = ", ".join(parts)
    return f"{place + 1}   {said}" if place < _KEYS else f"     {said}"
