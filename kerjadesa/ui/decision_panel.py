"""What two laptops said differently of one worker, side by side, for the operator to choose."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from kerjadesa.actions.conflicts import Conflict, Said
from kerjadesa.ui.labels import FACTS, long_moment, value_words
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, panel, row
from kerjadesa.words import _

_FACE_HEIGHT = 112


class DecisionPanel(QWidget):
    """Shows nothing while there is nothing to decide."""

    def __init__(
        self,
        decide: Callable[[str, Any], str],
        photo: Callable[[str], bytes | None],
    ) -> None:
        """`decide(fact, value)` writes a decision, or answers with a sentence why it cannot."""
        super().__init__()
        self._decide, self._photo = decide, photo
        self.buttons: list[QPushButton] = []
        """Every *Pakai ini*, in the order of sight."""
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.setLayout(self._list)
        self.hide()

    def show_conflicts(
        self, conflicts: Sequence[Conflict], names: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Shows what waits; `names` has, per fact, the words for codes only the register knows."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if conflicts:
            head = label(_("Perlu diputuskan"), role="lead")
            says = label(
                _("Dua laptop mengubah isian ini tanpa saling tahu. Pilih isi yang benar."),
                role="quiet",
                wrap=True,
            )
            sheets = [self._sheet(conflict, names) for conflict in conflicts]
            made = panel(head, says, *sheets, gap=12)
            made.setProperty("tone", "caution")
            self._list.addWidget(made)
        self.setVisible(bool(conflicts))

    def _sheet(self, conflict: Conflict, names: Mapping[str, Mapping[str, str]]) -> QWidget:
        fact = _(FACTS.get(conflict.field, conflict.field))
        note = Note()
        sides = row(gap=2 * GRID)
        for said in conflict.values:
            sides.addWidget(self._side(conflict, said, fact, note, names), 1)
        parts: list[Any] = [label(fact, role="quiet"), sides, note]
        if not conflict.decided_here:
            parts.append(label(_("Hubungi dinas untuk memutuskan isian ini."), role="caption"))
        made = QWidget()
        made.setLayout(column(*parts, gap=4))
        return made

    def _side(
        self,
        conflict: Conflict,
        said: Said,
        fact: str,
        note: Note,
        names: Mapping[str, Mapping[str, str]],
    ) -> QFrame:
        shown = names.get(conflict.field, {}).get(str(said.value))
        words = shown or value_words(conflict.field, said.value)
        face = self._face(said) if conflict.field == "photo" and said.value else None
        value = face or label(words, role="strong", wrap=True)
        parts: list[Any] = [value, label(whose(said), role="caption", wrap=True)]
        if conflict.decided_here:
            use = button(_("Pakai ini"), lambda: self._use(conflict.field, said.value, note))
            spoken = _("Foto dari {laptop}").format(laptop=laptop(said)) if face else words
            use.setAccessibleName(
                _("Pakai untuk {fact}: {value}. {whose}").format(
                    fact=fact, value=spoken, whose=whose(said)
                )
            )
            self.buttons.append(use)
            parts.append(row(use, None))
        made = QFrame()
        made.setProperty("role", "side")
        layout = column(*parts, gap=4, margin=GRID)
        layout.insertStretch(2, 1)
        made.setLayout(layout)
        return made

    def _face(self, said: Said) -> QLabel | None:
        jpeg = self._photo(str(said.value))
        picture = QPixmap()
        if jpeg is None or not picture.loadFromData(jpeg):
            return None
        made = QLabel()
        made.setPixmap(
            picture.scaledToHeight(_FACE_HEIGHT, Qt.TransformationMode.SmoothTransformation)
        )
        made.setAccessibleName(_("Foto dari {laptop}").format(laptop=laptop(said)))
        return made

    def _use(self, fact: str, value: Any, note: Note) -> None:
        note.say(self._decide(fact, value))


def laptop(said: Said) -> str:
    """Which laptop it was said on."""
    return _("laptop ini") if said.here else _("laptop {device}").format(device=said.device)


def whose(said: Said) -> str:
    """Who said it when and where, and whether it is the value on display."""
    text = _("{operator}, {laptop}, {moment}.").format(
        operator=said.operator, laptop=laptop(said), moment=long_moment(said.at)
    )
    return text + " " + _("Sedang ditampilkan.") if said.displayed else text
