"""Ending an enrolment: which of three reasons, and since when."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton

from kerjadesa.actions.register_columns import ENDINGS
from kerjadesa.domain.check import read_date
from kerjadesa.domain.ending import END_REASONS, EndReason
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.labels import short_date
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, row
from kerjadesa.words import _


class EndingPanel(QFrame):
    """`end(reason, day)` writes it, or answers with a sentence why it cannot."""

    def __init__(self, end: Callable[[EndReason, date], str]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._end = end
        self._group = QButtonGroup(self)
        self.reasons: dict[EndReason, QRadioButton] = {}
        for code in END_REASONS:
            made = QRadioButton(_(ENDINGS[code]))
            made.toggled.connect(lambda _on: self._ready())
            self._group.addButton(made)
            self.reasons[code] = made
        self.day = QLineEdit()
        self.day.setPlaceholderText(_("hh-bb-tttt"))
        self.day.setMaximumWidth(140)
        self.day.returnPressed.connect(self._write)
        caption = label(_("&Sejak tanggal"))
        name_control(self.day, caption, _("Sejak tanggal"))
        self.note = Note()
        self._confirm = button(_("&Ya, akhiri"), self._write, "primary")
        says = label(
            _("Data dan riwayatnya tetap disimpan. Kartunya tidak dicetak lagi."), role="quiet"
        )
        line = row(*self.reasons.values(), caption, self.day, None, gap=12)
        line.addWidget(self._confirm)
        line.addWidget(button(_("Ba&tal"), self.hide))
        self.setLayout(
            column(
                label(_("Akhiri kepesertaan"), role="lead"), says, line, self.note,
                gap=GRID, margin=12,
            )
        )  # fmt: skip
        self.hide()

    def open(self, today: date) -> None:
        """Asks, with today as the day."""
        self._group.setExclusive(False)
        for one in self.reasons.values():
            one.setChecked(False)
        self._group.setExclusive(True)
        self.day.setText(short_date(today))
        self.note.say("")
        self._ready()
        self.show()
        self.reasons[END_REASONS[0]].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> EndReason | None:
        return next((code for code, one in self.reasons.items() if one.isChecked()), None)

    def _ready(self) -> None:
        self._confirm.setEnabled(self._chosen() is not None)

    def _write(self) -> None:
        reason, day = self._chosen(), read_date(self.day.text())
        if reason is None:
            return
        if day is None:
            self.note.say(code_sentence("end_date_unreadable"))
            self.day.setFocus()
            return
        self.note.say(self._end(reason, day))
        if not self.note.text:
            self.hide()
