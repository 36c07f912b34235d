"""The heirs of a worker as rows, in the order in which they would inherit."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kerjadesa.ui.form_fields import NoWheelCombo
from kerjadesa.ui.labels import RELATIONS
from kerjadesa.ui.widgets import Note, button, column, plainly, row
from kerjadesa.words import _

MOST = 10


class HeirsEditor(QWidget):
    """As many rows as there are heirs; a row without a name does not count."""

    def __init__(self, changed: Callable[[], object], rearranged: Callable[[], object]) -> None:
        """`changed` at each keystroke, `rearranged` when rows come or go."""
        super().__init__()
        self._changed, self._rearranged = changed, rearranged
        self._rows: list[_HeirRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.note = Note()
        self.add_button = button(_("Tambah &ahli waris"), self._add, picture_name="add")
        self.setLayout(column(self._list, self.note, row(self.add_button, None)))

    def read(self) -> list[dict[str, str]]:
        """The heirs as a draft holds them."""
        return [heir for line in self._rows if any((heir := line.read()).values())]

    def write(self, heirs: list[Any]) -> None:
        """Shows these heirs."""
        for line in list(self._rows):
            self._drop(line)
        for heir in heirs:
            self._append().write(heir if isinstance(heir, dict) else heir.model_dump())
        self._changed()

    @property
    def being_typed(self) -> bool:
        """Whether the cursor is in one of the rows."""
        now = self.focusWidget()
        return now is not None and now.hasFocus() and now is not self.add_button

    def controls(self) -> list[QWidget]:
        """Every control in the order of sight."""
        return [*(part for line in self._rows for part in line.controls()), self.add_button]

    def _add(self) -> None:
        line = self._append()
        self._changed()
        line.name.setFocus()

    def _append(self) -> "_HeirRow":
        line = _HeirRow(self._changed, self._remove)
        self._rows.append(line)
        self._list.addWidget(line)
        # At once, not with the next turn of the event loop: the cursor goes there now.
        line.show()
        self._number()
        return line

    def _remove(self, line: "_HeirRow") -> None:
        self._drop(line)
        self.add_button.setFocus()
        self._changed()

    def _drop(self, line: "_HeirRow") -> None:
        self._rows.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._number()

    def _number(self) -> None:
        for position, line in enumerate(self._rows, start=1):
            line.call(position)
        self.add_button.setEnabled(len(self._rows) < MOST)
        # A new row was made after everything else: the form puts it in its place for the Tab key.
        self._rearranged()


class _HeirRow(QWidget):
    def __init__(
        self, changed: Callable[[], object], removed: Callable[["_HeirRow"], object]
    ) -> None:
        super().__init__()
        self.name = _line(_("Nama"), 100, changed)
        self._nik = _line(_("NIK"), 25, changed)
        self._phone = _line(_("Telepon"), 20, changed)
        self._relation: QComboBox = NoWheelCombo()
        self._relation.setEditable(True)
        # The register holds the Indonesian word whatever the screen speaks.
        for relation in ("", *RELATIONS):
            self._relation.addItem(_(relation) if relation else "", relation)
        line = self._relation.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Hubungan"))
            line.setMaxLength(40)
            line.editingFinished.connect(plainly(changed))
        self._relation.currentTextChanged.connect(plainly(changed))
        self._remove: QPushButton = button("", lambda: removed(self), picture_name="remove")
        self._remove.setFixedWidth(38)
        self.name.setMinimumWidth(120)
        self._relation.setFixedWidth(150)
        self._nik.setFixedWidth(170)
        self.setLayout(
            column(row(self.name, self._relation), row(self._nik, self._phone, self._remove), gap=4)
        )

    def call(self, position: int) -> None:
        for control, words in (
            (self.name, _("Nama ahli waris {position}")),
            (self._relation, _("Hubungan ahli waris {position}")),
            (self._nik, _("NIK ahli waris {position}")),
            (self._phone, _("Telepon ahli waris {position}")),
            (self._remove, _("Hapus ahli waris {position}")),
        ):
            control.setAccessibleName(words.format(position=position))
        self._remove.setToolTip(self._remove.accessibleName())

    def controls(self) -> list[QWidget]:
        return [self.name, self._relation, self._nik, self._phone, self._remove]

    def read(self) -> dict[str, str]:
        relation = self._relation.currentText().strip()
        known = self._relation.findText(relation)
        return {
            "name": self.name.text().strip(),
            "relation": relation if known < 0 else str(self._relation.itemData(known)),
            "nik": "".join(self._nik.text().split()),
            "phone": self._phone.text().strip(),
        }

    def write(self, heir: dict[str, str]) -> None:
        self.name.setText(heir.get("name", ""))
        relation = heir.get("relation", "")
        self._relation.setCurrentText(_(relation) if relation in RELATIONS else relation)
        self._nik.setText(heir.get("nik", ""))
        self._phone.setText(heir.get("phone", ""))


def _line(hint: str, longest: int, changed: Callable[[], object]) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setMaxLength(longest)
    made.textChanged.connect(plainly(changed))
    # Leaving is a change too: by then the note may be said.
    made.editingFinished.connect(plainly(changed))
    return made
