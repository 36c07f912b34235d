"""Another operator at the same computer: one name, and from when it counts."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from kerjadesa.actions.change_operator import change_operator, operator_name
from kerjadesa.actions.office import Office
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, row
from kerjadesa.words import _

_WIDTH = 480


class OperatorDialog(QDialog):
    """`changed(office)` is called once another name is written; the office is the same."""

    def __init__(self, owner: QWidget, office: Office, changed: Callable[[Office], object]) -> None:
        super().__init__(owner)
        self._office, self._changed = office, changed
        self.setWindowTitle(_("Ganti petugas"))
        self.name = QLineEdit(office.operator)
        self.name.setMaxLength(60)
        self.name.selectAll()
        caption = label(_("&Nama petugas"))
        name_control(self.name, caption, _("Nama petugas"))
        self.note = Note()
        self.save_button = button(_("&Simpan"), self.save, "primary", "save")
        self.setLayout(
            column(
                label(_("Ganti petugas"), role="lead"),
                label(
                    _(
                        "Nama ini tercatat pada setiap data yang dimasukkan di komputer ini mulai "
                        "sekarang. Yang sudah tercatat tidak berubah."
                    ),
                    role="quiet",
                    wrap=True,
                ),
                caption,
                self.name,
                self.note,
                row(None, button(_("&Batal"), self.reject), self.save_button),
                margin=2 * GRID,
            )
        )
        # Only inside the box does it become what Enter presses.
        self.save_button.setDefault(True)
        self.setFixedWidth(min(_WIDTH, owner.window().width() - 2 * GRID))
        self.name.setFocus()

    def save(self) -> None:
        """Writes the name; one setting, so it answers at once."""
        try:
            if operator_name(self.name.text()) == self._office.operator:
                self.reject()
                return
            office = change_operator(self._office, self.name.text())
        except UserError as trouble:
            self.note.say(sentence(trouble))
            self.name.setFocus()
            return
        self.accept()
        self._changed(office)
