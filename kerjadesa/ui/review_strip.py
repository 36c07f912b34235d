"""Says that a list was left half-reviewed, and offers to go on with it."""

from collections.abc import Callable

from kerjadesa.actions.list_review import Review, drop_review, newest_review
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import number
from kerjadesa.ui.resume_strip import ResumeStrip
from kerjadesa.words import _


class ReviewStrip(ResumeStrip):
    """One line about the list that was worked on last; hidden where there is none."""

    def __init__(self, office: Office, go_on: Callable[[Review], object]) -> None:
        """`go_on(review)` opens its file again."""
        question = _("Perbaikan di daftar ini dibuang dan tidak dapat dikembalikan. Buang?")
        super().__init__("import", question, self._continue, self._forget)
        self._office, self._go_on = office, go_on
        self._review: Review | None = None

    def look(self) -> None:
        """Asks whether there is one."""
        self._review = newest_review(self._office)
        if self._review is None:
            self.tell("")
        else:
            text = _("Daftar {file} belum selesai").format(file=self._review.path.name)
            self.tell(text, _done_to(self._review))

    def _continue(self) -> None:
        if self._review is not None:
            self._go_on(self._review)

    def _forget(self) -> None:
        if self._review is not None:
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
