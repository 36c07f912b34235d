"""Says that a list was left half-reviewed, and offers to go on with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from kerjadesa.actions.list_review import Review, drop_review, newest_review
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import number
from kerjadesa.ui.questions import ask
from kerjadesa.ui.widgets import button, column, label, picture_label, row, set_property
from kerjadesa.words import _


class ReviewStrip(QFrame):
    """One line about the list that was worked on last; hidden where there is none."""

    def __init__(self, office: Office, go_on: Callable[[Review], object]) -> None:
        """`go_on(review)` opens its file again."""
        super().__init__()
        self._office, self._go_on = office, go_on
        self._review: Review | None = None
        self.setProperty("role", "banner")
        set_property(self, "tone", "caution")
        self._text = label(role="strong")
        self._what = label(role="caption")
        self.continue_button = button(_("&Lanjutkan"), self._continue, picture_name="import")
        self.drop_button = button(_("Buan&g"), self._drop)
        line = row(
            picture_label("import", "caution", 20),
            column(self._text, self._what, gap=0),
            None,
            self.continue_button,
            self.drop_button,
        )
        line.setContentsMargins(12, 8, 12, 8)
        self.setLayout(line)
        self.hide()

    def look(self) -> None:
        """Asks whether there is one."""
        self._review = newest_review(self._office)
        if self._review is not None:
            self._text.setText(_("Daftar {file} belum selesai").format(file=self._review.path.name))
            self._what.setText(_done_to(self._review))
        self.setVisible(self._review is not None)

    @property
    def text(self) -> str:
        """What the line says, empty where it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def _continue(self) -> None:
        if self._review is not None:
            self._go_on(self._review)

    def _drop(self) -> None:
        if self._review is None:
            return
        question = _("Perbaikan di daftar ini dibuang dan tidak dapat dikembalikan. Buang?")
        if ask(self.window(), question, yes=_("&Buang"), no=_("&Kembali")):
            drop_review(self._office, self._review.id)
            self.look()


def _done_to(review: Review) -> str:
    """What an officer has done to a list, as far as it was anything."""
    cells, ticks = sum(map(len, review.fixes.values())), len(review.taken) + len(review.left)
    said = []
    if cells:
        said.append(_("{count} sel diperbaiki").format(count=number(cells)))
    if ticks:
        said.append(_("{count} centang diubah").format(count=number(ticks)))
    return ", ".join(said)
