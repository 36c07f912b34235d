"""Finds an occupation of the KTP by the word people here use for it."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QComboBox

from kerjadesa.reference import read_rows
from kerjadesa.ui.form_fields import complete
from kerjadesa.ui.labels import occupations
from kerjadesa.ui.widgets import plainly
from kerjadesa.words import _


class OccupationPicker(QObject):
    """Lets one type *garin* in the choice of occupations, and chooses *Imam masjid*."""

    def __init__(
        self,
        control: QComboBox,
        own_word: Callable[[str], object],
        left: Callable[[], object],
    ) -> None:
        """`own_word(word)` is told the word that the KTP has another one for.

        `left()` is called when the operator is done with the choice.
        """
        super().__init__(control)
        self._control, self._own_word, self._left = control, own_word, left
        control.setEditable(True)
        control.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = control.lineEdit()
        assert line is not None  # noqa: S101 -- an editable choice has one
        line.setPlaceholderText(_("ketik pekerjaannya: petani, garin, ojek…"))
        completer = complete(line, [*(label for _code, label in occupations()), *_offered()])
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.editingFinished.connect(plainly(self._leave))
        suggestions = completer.popup()
        assert suggestions is not None  # noqa: S101 -- made when it is asked for
        self._suggestions = suggestions
        # With its suggestions open the line does not tell that it was left.
        suggestions.installEventFilter(self)
        # The line takes over what was chosen after it has told us.
        completer.activated.connect(lambda _text: QTimer.singleShot(0, self.resolve))

    def resolve(self) -> None:
        """Turns a word that people use into the KTP's, where it is one."""
        self._suggestions.hide()
        text = self._control.currentText().strip()
        if self._control.findText(text, Qt.MatchFlag.MatchFixedString) >= 0:
            return
        known = _known().get(text.casefold())
        if known is not None:
            word, code = known
            self._control.setCurrentIndex(self._control.findData(code))
            self._own_word(word)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Takes the word as typed when the cursor has gone elsewhere."""
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self._look_away)
        return super().eventFilter(watched, event)

    def _look_away(self) -> None:
        if not self._control.hasFocus():
            self._leave()

    def _leave(self) -> None:
        self.resolve()
        self._left()


@cache
def _synonyms() -> list[tuple[str, int]]:
    return [(row["word"], int(row["code"])) for row in read_rows("occupation_synonyms.csv")]


@cache
def _offered() -> list[str]:
    """What the list of suggestions says for each word."""
    labels = dict(occupations())
    return sorted(f"{word.capitalize()} ({labels[code]})" for word, code in _synonyms())


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Word and code, by the word itself and by its suggestion."""
    labels = dict(occupations())
    found: dict[str, tuple[str, int]] = {}
    for word, code in _synonyms():
        found[word.casefold()] = found[f"{word} ({labels[code]})".casefold()] = (word, code)
    return found
