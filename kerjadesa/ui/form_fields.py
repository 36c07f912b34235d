"""One field of the form for one fact: its control, its caption, and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.actions.tables import rules
from kerjadesa.domain.worker import WorkerFacts
from kerjadesa.ui.labels import FACTS, HINTS, Choice, choices, short_date
from kerjadesa.ui.style_sheet import lists_sheet
from kerjadesa.ui.theme import LABEL_WIDTH, colours
from kerjadesa.ui.widgets import Note, column, label, name_control, plainly, row, set_property
from kerjadesa.words import _

_LINES = frozenset({"notes"})
_SHORT = {"nik": 190, "kk": 190, "birth_date": 120, "poverty_date": 120, "consent_date": 120,
          "rt": 70, "rw": 70, "poverty_decile": 70, "phone": 190, "income_base": 190}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormField:
    """A control and the ways to read and write it, whatever kind it is."""

    fact: str
    caption: QLabel
    control: QWidget
    note: Note
    read: Callable[[], Any]
    """The value as a draft holds it: text, a number from a choice, or empty text."""
    write: Callable[[Any], None]
    """Shows a value of `WorkerFacts`."""

    def say(self, text: str, tone: str = "bad") -> None:
        """Shows what is wrong, or nothing."""
        self.note.say(text, tone)
        set_property(self.control, "tone", tone if text else "")


def make_field(
    fact: str,
    changed: Callable[[], object],
    left: Callable[[], object],
    known: Sequence[Choice] = (),
) -> FormField:
    """The field for a fact; `changed` at each keystroke, `left` when the operator is done with it.

    `known` are choices that only the register knows, such as its programmes.
    """
    caption = label(_(FACTS[fact]))
    caption.setWordWrap(True)
    offered = [*known] or choices(fact)
    if fact in _LINES:
        made = _lines(fact, caption, changed)
    elif offered:
        made = _choice(fact, caption, offered, changed, left)
    else:
        made = _line(fact, caption, changed, left)
    name_control(made.control, caption, _(FACTS[fact]))
    if fact in _SHORT:
        made.control.setFixedWidth(_SHORT[fact])
    return made


def suggest(field: FormField, words: Sequence[str]) -> None:
    """Offers words that were typed before, without holding anybody to them."""
    if isinstance(field.control, QLineEdit):
        complete(field.control, words)


def complete(line: QLineEdit, words: Sequence[str]) -> QCompleter:
    """Has a line suggest words while somebody types; Enter takes the chosen one and goes on."""
    completer = QCompleter(list(words), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    line.setCompleter(completer)
    suggestions = completer.popup()
    assert suggestions is not None  # noqa: S101 -- made when it is asked for
    # The list stands in no window, and so has nothing of the window's style sheet.
    suggestions.setStyleSheet(lists_sheet(colours))
    suggestions.installEventFilter(_EnterGoesOn(completer, line))
    return completer


def offer(field: FormField, known: Sequence[Choice]) -> None:
    """Offers other choices than before; what is chosen stays, under the name it has by now."""
    assert isinstance(field.control, QComboBox)  # noqa: S101 -- what `make_field` makes of choices
    chosen = field.read()
    with QSignalBlocker(field.control):
        field.control.clear()
        for value, words in known:
            field.control.addItem(words, value)
        field.write(chosen)


def placed(*fields: FormField) -> QVBoxLayout:
    """A line of the form: one field, or a few short ones side by side under one caption each."""
    first, *others = fields
    first.caption.setFixedWidth(LABEL_WIDTH)
    line = row(first.caption, first.control, gap=12)
    for other in others:
        line.addWidget(other.caption)
        line.addWidget(other.control)
    if all(field.fact in _SHORT for field in fields):
        line.addStretch(1)
    line.setAlignment(first.caption, Qt.AlignmentFlag.AlignVCenter)
    notes: list[QHBoxLayout] = []
    for field in fields:
        below = row(field.note)
        below.setContentsMargins(LABEL_WIDTH + 12, 0, 0, 0)
        notes.append(below)
    return column(line, *notes, gap=2)


def _line(
    fact: str, caption: QLabel, changed: Callable[[], object], left: Callable[[], object]
) -> FormField:
    control = QLineEdit()
    control.setMaxLength(_longest(fact))
    if fact in HINTS:
        control.setPlaceholderText(_(HINTS[fact]))
    elif fact == "income_base":
        # Nobody's income is asked for: it is what the contribution is reckoned from.
        lowest = _text(rules().lowest_income_base)
        control.setPlaceholderText(_("kosong = {rupiah}").format(rupiah=lowest))
    control.textChanged.connect(plainly(changed))
    control.editingFinished.connect(plainly(left))

    def write(value: Any) -> None:
        control.setText(_text(value))
        control.setCursorPosition(0)

    return FormField(fact, caption, control, Note(), lambda: control.text().strip(), write)


def _lines(fact: str, caption: QLabel, changed: Callable[[], object]) -> FormField:
    control = _Lines(_longest(fact))
    control.setTabChangesFocus(True)
    control.setFixedHeight(64)
    control.textChanged.connect(plainly(changed))
    return FormField(
        fact,
        caption,
        control,
        Note(),
        lambda: control.toPlainText().strip(),
        lambda value: control.setPlainText(_text(value)),
    )


def _choice(
    fact: str,
    caption: QLabel,
    offered: Sequence[Choice],
    changed: Callable[[], object],
    left: Callable[[], object],
) -> FormField:
    control = NoWheelCombo()
    for value, words in offered:
        control.addItem(words, value)
    control.currentTextChanged.connect(plainly(changed))
    control.activated.connect(plainly(left))

    def read() -> Any:
        text = control.currentText().strip()
        if not text:
            return ""
        index = control.currentIndex()
        # Two programmes may have one name; only what is typed is looked for by its words.
        if control.itemText(index) != text:
            index = control.findText(text, Qt.MatchFlag.MatchFixedString)
        # What is no choice stays as typed, so that the check names the field.
        return control.itemData(index) if index >= 0 else text

    def write(value: Any) -> None:
        index = control.findData("" if value is None else value)
        if index < 0 and value:
            # A value from another program or an older list is shown, never lost.
            control.addItem(str(value), value)
            index = control.count() - 1
        control.setCurrentIndex(max(index, 0))

    return FormField(fact, caption, control, Note(), read, write)


class _Lines(QPlainTextEdit):
    """Takes of a paste what fits: whole books would hold up every key that follows."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self._longest = longest

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 -- Qt's name
        """Pastes plain text."""
        kept = len(self.toPlainText()) - len(self.textCursor().selectedText())
        self.insertPlainText(source.text()[: max(0, self._longest - kept)])


class _EnterGoesOn(QObject):
    """Lets Enter in a list of suggestions take the chosen one and reach the form.

    Left to itself the list keeps that Enter, and the next fact is typed behind this one.
    """

    def __init__(self, completer: QCompleter, line: QLineEdit) -> None:
        super().__init__(completer)
        self._line = line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Takes what the arrows chose, or else the word as typed."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        assert isinstance(watched, QAbstractItemView)  # noqa: S101 -- what a completer opens
        chosen = watched.currentIndex()
        if chosen.isValid():
            self._line.setText(chosen.data())
        watched.hide()
        QCoreApplication.sendEvent(
            self._line, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
        )
        return True


class NoWheelCombo(QComboBox):
    """A choice that scrolling the form over it does not change."""

    def wheelEvent(self, event: Any) -> None:  # noqa: N802 -- Qt's name
        """Leaves the wheel to the form."""
        event.ignore()


def _longest(fact: str) -> int:
    # Room for the blanks and dots that people put between digits, and for "Rp".
    for limit in WorkerFacts.model_fields[fact].metadata:
        length = getattr(limit, "max_length", None)
        if length is not None:
            return int(length) + (9 if fact in ("nik", "kk", "phone") else 0)
    return 24


def _text(value: Any) -> str:
    if isinstance(value, date):
        return short_date(value)
    # A number in a line is money; months and children are chosen from lists. Rupiah are parted by
    # dots whatever the screen speaks: that is how they are typed and how the check reads them.
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value or "")
