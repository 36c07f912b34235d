"""A worker's history as people read it: one block for each entry, the newest on top."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kerjadesa.actions.history import Change, Event
from kerjadesa.actions.register_columns import ending_words
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.nik import mask
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.labels import FACTS, issue_words, long_date, long_moment, value_words
from kerjadesa.ui.reason_panel import reason_words
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.words import N_, _

_TITLES = {
    verbs.REGISTERED: N_("Didaftarkan"),
    verbs.CORRECTED: N_("Data dibetulkan"),
    verbs.ENDED: N_("Kepesertaan berakhir"),
    verbs.RESUMED: N_("Kepesertaan dilanjutkan"),
    verbs.ACCEPTED: N_("Diterima dinas"),
    verbs.REFUSED: N_("Ditolak dinas"),
    verbs.CARD_HANDED: N_("Kartu diserahkan"),
    verbs.CARD_ABSENT: N_("Dipanggil, tidak hadir"),
    verbs.HANDOVER_UNDONE: N_("Serah terima dibatalkan"),
}
_LINKS = {
    "same": N_("Digabung: orang yang sama dengan pekerja lain"),
    "different": N_("Dibandingkan: orang yang berbeda dari pekerja lain"),
    "undone": N_("Keputusan tentang orang yang sama diurungkan"),
}
_UNTOLD = frozenset({"ended", "decision"})
"""What the title of the event says already."""


class HistoryView(QWidget):
    """Shows events; `undo(entry)` is called where the operator takes back the last one."""

    def __init__(self, undo: Callable[[str], None]) -> None:
        super().__init__()
        self._undo = undo
        self.undo_button: QPushButton | None = None
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)

    def show_events(self, events: Sequence[Event], programmes: Mapping[str, str]) -> None:
        """Replaces what was shown; `programmes` has the names of codes."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.undo_button = None
        for event in events:
            self._list.addWidget(self._block(event, programmes))
        self._list.addStretch(1)

    def _block(self, event: Event, programmes: Mapping[str, str]) -> QWidget:
        head = row(label(title(event), role="strong", wrap=True))
        head.setStretch(0, 1)
        if event.undoable:
            self.undo_button = button(_("&Urungkan"), lambda: self._undo(event.entry), "link")
            self.undo_button.setAccessibleName(_("Urungkan: {what}").format(what=title(event)))
            head.addWidget(self.undo_button)
        told = [
            label(change_words(change, programmes), wrap=True)
            for change in event.changes
            if change.fact not in _UNTOLD
        ]
        if event.verb == verbs.CORRECTED and event.reason:
            reason = reason_words(event.reason)
            told.append(label(_("Alasan: {reason}").format(reason=reason), wrap=True))
        if event.verb == verbs.REFUSED and event.reason:
            told.append(label(code_sentence(event.reason), wrap=True))
        made = QWidget()
        made.setLayout(column(head, *told, label(whose(event), role="caption", wrap=True), gap=2))
        return made


def title(event: Event) -> str:
    """What happened, in a few words."""
    if event.verb == verbs.ENDED and event.on:
        return _("{what}, {day}").format(what=ending_words(event.reason), day=long_date(event.on))
    if event.verb == verbs.LINKED:
        return _(_LINKS[event.reason]) if event.reason in _LINKS else _("Catatan lain")
    if event.verb == verbs.CORRECTED and event.undoes:
        return _("Perubahan diurungkan")
    if event.verb == verbs.CARD_PRINTED:
        return issue_words(event.issue, event.reason)
    known = _TITLES.get(event.verb)
    return _(known) if known else _("Catatan lain")


def whose(event: Event) -> str:
    """Who wrote it, where and when."""
    moment = long_moment(event.at)
    if not event.device:
        return _("Dinas, {moment}").format(moment=moment)
    place = _("laptop ini") if event.here else _("laptop {device}").format(device=event.device)
    return _("{operator}, {laptop}, {moment}.").format(
        operator=event.operator, laptop=place, moment=moment
    )


def change_words(change: Change, programmes: Mapping[str, str]) -> str:
    """From what to what, in the words of the form."""
    fact = _(FACTS.get(change.fact, change.fact))
    if change.fact == "photo":
        return _("Foto diganti") if change.after else _("Foto dihapus")
    after = _value(change.fact, change.after, programmes)
    if change.before in (None, "", []):
        return _("{fact}: {after}").format(fact=fact, after=after)
    return _("{fact}: {before} → {after}").format(
        fact=fact, before=_value(change.fact, change.before, programmes), after=after
    )


def _value(fact: str, value: object, programmes: Mapping[str, str]) -> str:
    if fact in {"nik", "kk"} and value:
        return mask(str(value))
    if fact == "programme" and value:
        return programmes.get(str(value), str(value))
    return value_words(fact, value)
