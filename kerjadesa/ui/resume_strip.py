"""One line about work that was left unfinished, to go on with or to throw away."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from kerjadesa.ui.questions import ask
from kerjadesa.ui.widgets import button, column, label, picture_label, row, set_property
from kerjadesa.words import _


class ResumeStrip(QFrame):
    """Hidden where there is nothing to go on with; asks `question` before it throws away."""

    def __init__(
        self,
        picture: str,
        question: str,
        go_on: Callable[[], object],
        throw_away: Callable[[], object],
    ) -> None:
        super().__init__()
        self._question, self._throw_away = question, throw_away
        self.setProperty("role", "banner")
        set_property(self, "tone", "caution")
        self._text = label(role="strong")
        self._what = label(role="caption")
        self.continue_button = button(_("&Lanjutkan"), go_on, picture_name=picture)
        self.drop_button = button(_("Buan&g"), self._drop)
        line = row(
            picture_label(picture, "caution", 20),
            column(self._text, self._what, gap=0),
            None,
            self.continue_button,
            self.drop_button,
        )
        line.setContentsMargins(12, 8, 12, 8)
        self.setLayout(line)
        self.hide()

    def tell(self, text: str, what: str = "") -> None:
        """Says that there is something, and what it is; an empty text hides the line."""
        self._text.setText(text)
        self._what.setText(what)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """What the line says, empty where it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def _drop(self) -> None:
        if ask(self.window(), self._question, yes=_("&Buang"), no=_("&Kembali")):
            self._throw_away()
