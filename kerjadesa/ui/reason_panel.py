"""Why a NIK is another one now: asked before it is written."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton

from kerjadesa.domain.correction import LONGEST_REASON, NikReason
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.words import N_, _

REASONS: dict[NikReason, str] = {
    "typo": N_("Salah ketik di sini"),
    "new_card": N_("KTP baru dengan NIK lain"),
}


def reason_words(reason: str) -> str:
    """A reason as people read it: a code's words, or the operator's own."""
    return next((_(words) for code, words in REASONS.items() if code == reason), reason)


class ReasonPanel(QFrame):
    """A sheet above the form; `save()` is called once a reason is given."""

    def __init__(self, save: Callable[[], object], opened: Callable[[], object]) -> None:
        """`opened()` once it asks."""
        super().__init__()
        self.setProperty("role", "panel")
        self._save, self._opened = save, opened
        self._group = QButtonGroup(self)
        self.reasons = {code: QRadioButton(_(words)) for code, words in REASONS.items()}
        self.other = QRadioButton(_("Alasan lain:"))
        for made in (*self.reasons.values(), self.other):
            made.toggled.connect(lambda _on: self._ready())
            self._group.addButton(made)
        self.own_words = QLineEdit()
        self.own_words.setMaxLength(LONGEST_REASON)
        self.own_words.setAccessibleName(_("Alasan lain NIK diganti"))
        self.own_words.textEdited.connect(lambda _text: self.other.setChecked(True))
        self.own_words.textChanged.connect(lambda _text: self._ready())
        self.own_words.returnPressed.connect(self._write)
        self._confirm = button(_("S&impan dengan alasan ini"), self._write, "primary")
        asked = label(_("Mengapa NIK-nya diganti?"), role="lead")
        offered = row(*self.reasons.values(), self.other, None, gap=12)
        line = row(self.own_words, self._confirm, button(_("Ba&tal"), self.close_up), gap=12)
        line.setStretch(0, 1)
        self.setLayout(column(asked, offered, line, gap=GRID, margin=12))
        self.close_up()

    @property
    def given(self) -> str:
        """The reason that was given, a code or words; empty while there is none."""
        for code, one in self.reasons.items():
            if one.isChecked():
                return code
        return self.own_words.text().strip() if self.other.isChecked() else ""

    def open(self) -> None:
        """Asks."""
        self.show()
        self.reasons["typo"].setFocus()
        self._opened()

    def close_up(self) -> None:
        """Forgets what was given, for the next worker."""
        self._group.setExclusive(False)
        for one in (*self.reasons.values(), self.other):
            one.setChecked(False)
        self._group.setExclusive(True)
        self.own_words.clear()
        self.hide()
        self._ready()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Escape closes; Enter on a reason takes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._on_a_reason():
            self._write()
        else:
            super().keyPressEvent(event)

    def _on_a_reason(self) -> bool:
        return isinstance(self.focusWidget(), QRadioButton)

    def _ready(self) -> None:
        self._confirm.setEnabled(bool(self.given))

    def _write(self) -> None:
        if self.given:
            self._save()
        elif self.other.isChecked():
            self.own_words.setFocus()
