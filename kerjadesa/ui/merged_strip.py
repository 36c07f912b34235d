"""On a worker's page: which record goes on for this one, and whose records this one goes on for."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kerjadesa.actions.likely_twins import merged_with, names_of
from kerjadesa.actions.office import Office
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.words import _


class MergedStrip(QWidget):
    """A line for each merge. `go(worker)` opens the other record, `part(worker)` takes it back."""

    def __init__(
        self, office: Office, go: Callable[[str], object], part: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._office, self._go, self._part = office, go, part
        self.open_buttons: list[QPushButton] = []
        self.part_buttons: list[QPushButton] = []
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)

    def show_worker(self, worker: str) -> None:
        """Shows what was merged with this worker; nothing where nothing was."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.open_buttons, self.part_buttons = [], []
        into, others = merged_with(self._office, worker)
        names = names_of(self._office, [into, *others])
        for other in [into, *others]:
            if other in names:
                self._add(other, names[other], gone=other == into)
        self.setVisible(bool(self.open_buttons))

    def _add(self, other: str, name: str, gone: bool) -> None:
        if gone:
            text = _("Catatan ini digabung ke {name}; yang berlaku catatan itu.")
        else:
            text = _("Catatan {name} digabung ke sini.")
        said = text.format(name=name)
        show = button(_("Buka catatan itu"), lambda: self._go(other), "link")
        part = button(_("Urungkan penggabungan"), lambda: self._part(other), "link")
        for control in (show, part):
            control.setAccessibleName(f"{control.text()}. {said}")
        self.open_buttons.append(show)
        self.part_buttons.append(part)
        made = QWidget()
        made.setLayout(column(label(said, wrap=True), row(show, part, None), gap=0))
        self._list.addWidget(made)
