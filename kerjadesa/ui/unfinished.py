"""Says that a form was left half-filled, and offers to go on with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from kerjadesa.actions.drafts import Unfinished, drop, unfinished
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.questions import ask
from kerjadesa.ui.widgets import button, column, label, picture_label, row, set_property
from kerjadesa.words import _


class UnfinishedStrip(QFrame):
    """One line about the newest draft; hidden where there is none."""

    def __init__(self, office: Office, go_on: Callable[[str], object]) -> None:
        """`go_on(id)` opens the form with what was kept."""
        super().__init__()
        self._office, self._go_on = office, go_on
        self._open = ""
        self._newest: Unfinished | None = None
        self.setProperty("role", "banner")
        set_property(self, "tone", "caution")
        self._text = label(role="strong")
        self._whose = label(role="caption")
        self.continue_button = button(_("&Lanjutkan"), self._continue, picture_name="register")
        self.drop_button = button(_("Buan&g"), self._drop)
        line = row(
            picture_label("register", "caution", 20),
            column(self._text, self._whose, gap=0),
            None,
            self.continue_button,
            self.drop_button,
        )
        line.setContentsMargins(12, 8, 12, 8)
        self.setLayout(line)
        self.hide()

    def look(self, open_now: str = "") -> None:
        """Asks which drafts there are; the one in the form that is `open_now` is no news."""
        self._open = open_now
        left = [draft for draft in unfinished(self._office) if draft.id != open_now]
        self._newest = left[0] if left else None
        if self._newest is not None:
            self._text.setText(_("{count} isian belum selesai").format(count=number(len(left))))
            self._whose.setText(_whose(self._newest))
        self.setVisible(self._newest is not None)

    @property
    def text(self) -> str:
        """What the line says, empty where it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def _continue(self) -> None:
        if self._newest is not None:
            self._go_on(self._newest.id)

    def _drop(self) -> None:
        if self._newest is None:
            return
        question = _("Isian ini dibuang dan tidak dapat dikembalikan. Buang?")
        if ask(self.window(), question, yes=_("&Buang"), no=_("&Kembali")):
            drop(self._office, self._newest.id)
            self.look(self._open)


def _whose(draft: Unfinished) -> str:
    facts = {"name": draft.name, "moment": long_moment(draft.kept_at)}
    if draft.worker:
        return _("Perbaikan data {name}, terakhir diketik {moment}").format(**facts)
    if draft.name:
        return _("{name}, terakhir diketik {moment}").format(**facts)
    return _("Belum bernama, terakhir diketik {moment}").format(**facts)
