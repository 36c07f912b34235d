"""Says that a form was left half-filled, and offers to go on with it."""

from collections.abc import Callable

from kerjadesa.actions.drafts import Unfinished, drop, unfinished
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.resume_strip import ResumeStrip
from kerjadesa.words import _


class UnfinishedStrip(ResumeStrip):
    """One line about the newest draft; hidden where there is none."""

    def __init__(self, office: Office, go_on: Callable[[str], object]) -> None:
        """`go_on(id)` opens the form with what was kept."""
        question = _("Isian ini dibuang dan tidak dapat dikembalikan. Buang?")
        super().__init__("register", question, self._continue, self._forget)
        self._office, self._go_on = office, go_on
        self._open = ""
        self._newest: Unfinished | None = None

    def look(self, open_now: str = "") -> None:
        """Asks which drafts there are; the one in the form that is `open_now` is no news."""
        self._open = open_now
        left = [draft for draft in unfinished(self._office) if draft.id != open_now]
        self._newest = left[0] if left else None
        if self._newest is None:
            self.tell("")
        else:
            text = _("{count} isian belum selesai").format(count=number(len(left)))
            self.tell(text, _whose(self._newest))

    def _continue(self) -> None:
        if self._newest is not None:
            self._go_on(self._newest.id)

    def _forget(self) -> None:
        if self._newest is not None:
            drop(self._office, self._newest.id)
            self.look(self._open)


def _whose(draft: Unfinished) -> str:
    facts = {"name": draft.name, "moment": long_moment(draft.kept_at)}
    if draft.worker:
        return _("Perbaikan data {name}, terakhir diketik {moment}").format(**facts)
    if draft.name:
        return _("{name}, terakhir diketik {moment}").format(**facts)
    return _("Belum bernama, terakhir diketik {moment}").format(**facts)
