"""Says that a form was left half-filled, and offers to go on with it."""

from collections.abc import Callable

from kerjadesa.actions.drafts import Unfinished, drop, unfinished
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.resume_strip import ResumeStrip
from kerjadesa.words import _


class UnfinishedStrip(ResumeStrip):
    """One line about the newest draft, or the one before the one in the form; else hidden."""

    def __init__(self, office: Office, go_on: Callable[[str], object]) -> None:
        """`go_on(id)` opens the form with what was kept."""
        question = _("Isian ini dibuang dan tidak dapat dikembalikan. Buang?")
        super().__init__("register", question, self._continue, self._forget)
        self._office, self._go_on = office, go_on
        self._open = ""
        self._next: Unfinished | None = None

    def look(self, open_now: str = "") -> None:
        """Asks which drafts there are; the one in the form that is `open_now` is no news."""
        self._open = open_now
        known = unfinished(self._office)
        # After the one in the form comes an older one, so that all are reached in turn.
        place = next((place for place, draft in enumerate(known) if draft.id == open_now), -1)
        left = known[place + 1 :] + known[: max(place, 0)]
        self._next = left[0] if left else None
        if self._next is None:
            self.tell("")
        else:
            text = _("{count} isian belum selesai").format(count=number(len(left)))
            self.tell(text, _whose(self._next))

    def _continue(self) -> None:
        if self._next is not None:
            self._go_on(self._next.id)

    def _forget(self) -> None:
        if self._next is not None:
            drop(self._office, self._next.id)
            self.look(self._open)


def _whose(draft: Unfinished) -> str:
    facts = {"name": draft.name, "moment": long_moment(draft.kept_at)}
    if draft.worker:
        return _("Perbaikan data {name}, terakhir diketik {moment}").format(**facts)
    if draft.name:
        return _("{name}, terakhir diketik {moment}").format(**facts)
    return _("Belum bernama, terakhir diketik {moment}").format(**facts)
