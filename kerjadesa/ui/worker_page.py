"""One worker: facts, photo, where card and data stand, and everything that ever happened."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kerjadesa.actions.end_enrolment import end_enrolment, resume_enrolment
from kerjadesa.actions.hand_over import card_at
from kerjadesa.actions.history import Event, history_of
from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.list_workers import Listed, get, listed, photo
from kerjadesa.actions.same_person import undo_decision
from kerjadesa.actions.undo_change import undo_change
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ending import MERGED, EndReason
from kerjadesa.domain.nik import mask
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.domain.worker import FACT_NAMES, WorkerFacts
from kerjadesa.sentences import sentence
from kerjadesa.ui.ending_panel import EndingPanel
from kerjadesa.ui.hand_over_words import card_words
from kerjadesa.ui.history_view import HistoryView, title
from kerjadesa.ui.labels import FACTS, issue_words, long_moment, number, value_words
from kerjadesa.ui.merged_strip import MergedStrip
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, panel, rename, row, scrolled
from kerjadesa.ui.workers_model import standing
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_FACE_HEIGHT = 160
_APART = frozenset({"photo", "name", "nagari"})
"""Facts that stand elsewhere on the page, or are the same for everybody here."""


class WorkerPage(QWidget):
    """Read only: facts are changed in the form, endings and undoing are done here."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._worker = ""
        self._has_card = False
        self.correct_button = button(
            _("&Betulkan data"), self._correct, "primary", "register", "Ctrl+E"
        )
        self.card_button = button(_("&Cetak kartu"), self._print, "", "card")
        self.compare_button = button(_("Orang yang sa&ma?"), self._compare, "", "conflict")
        self.end_button = button(_("&Akhiri kepesertaan"), self._ask_ending)
        self.resume_button = button(_("&Lanjutkan kepesertaan"), self._resume)
        self.frame = Page(
            self,
            "",
            "",
            button(_("&Daftar pekerja"), lambda: around.go("workers")),
            self.compare_button,
            self.end_button,
            self.resume_button,
            self.card_button,
            self.correct_button,
        )
        self.ending = EndingPanel(self._end)
        self.frame.add(self.ending)
        self._face = QLabel()
        self._state = label(wrap=True)
        self.merged = MergedStrip(self._office, self._go_to, self._part)
        self._card = label(wrap=True)
        self._handed = label(wrap=True)
        self._facts = QWidget()
        self._sheet = QVBoxLayout(self._facts)
        self._sheet.setContentsMargins(0, 0, 0, 0)
        words = column(self._state, self._card, self._handed, self.merged, gap=6)
        words.addStretch(1)
        top = row(self._face, words, gap=2 * GRID)
        top.setAlignment(self._face, Qt.AlignmentFlag.AlignTop)
        top.setStretch(1, 1)
        left = QWidget()
        left.setLayout(column(panel(top), panel(self._facts), gap=12))
        left.layout().addStretch(1)  # type: ignore[union-attr]
        self.history = HistoryView(self._undo)
        right = panel(label(_("Riwayat"), role="lead"), scrolled(self.history), gap=12)
        sides = row(scrolled(left), right, gap=2 * GRID)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        self.frame.add(sides, 1)

    def entered(self) -> None:
        """Shows what is known by now."""
        self.frame.banner.hide()
        if self._worker:
            self._show()

    def may_leave(self) -> bool:
        """Nothing is typed here that would be missed."""
        return True

    def show_what(self, worker: str, said: str = "") -> None:
        """Shows a worker, and what has to be known about him."""
        self._worker = worker
        self.ending.hide()
        self._show()
        if said:
            self.frame.banner.say(said, "caution")
        self.correct_button.setFocus()

    def _show(self) -> None:
        facts, found = get(self._office, self._worker), listed(self._office, [self._worker])
        if facts is None or not found:
            self._around.go("workers")
            return
        names = {known.code: known.name for known in programmes(self._office)}
        events = history_of(self._office, self._worker)
        self.frame.heading.setText(facts.name)
        self._show_face()
        self._state.setText(self._standing(found[0], events))
        self._card.setText(_card_words(found[0], events))
        held = card_at(self._office, self._worker)
        self._handed.setText(card_words(held) if held else "")
        self._handed.setVisible(bool(self._handed.text()))
        self._show_facts(facts, names)
        self.history.show_events(events, names)
        ended, merged = bool(found[0].ended), found[0].ended == MERGED
        self.merged.show_worker(self._worker)
        self.compare_button.setVisible(found[0].twin)
        self.correct_button.setVisible(not merged)
        self.end_button.setVisible(not ended)
        self.resume_button.setVisible(ended and not merged)
        self._has_card = found[0].printed > 0
        rename(self.card_button, _("&Cetak ulang…") if self._has_card else _("&Cetak kartu"))
        self.card_button.setVisible(not ended and found[0].sync != "refused")

    def _standing(self, worker: Listed, events: list[Event]) -> str:
        last = next((event for event in events if event.verb == verbs.ENDED), None)
        if worker.ended and last is not None:
            ended = _("Kepesertaan berakhir: {what}.").format(what=title(last))
            return f"{ended} {standing(replace(worker, ended=''))}"
        return standing(worker)

    def _show_face(self) -> None:
        jpeg, picture = photo(self._office, self._worker), QPixmap()
        if jpeg is not None and picture.loadFromData(jpeg):
            smooth = Qt.TransformationMode.SmoothTransformation
            self._face.setPixmap(picture.scaledToHeight(_FACE_HEIGHT, smooth))
            self._face.setAccessibleName(_("Foto pekerja"))
        self._face.setVisible(not picture.isNull())

    def _show_facts(self, facts: WorkerFacts, names: dict[str, str]) -> None:
        while item := self._sheet.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        values = facts.model_dump(mode="json")
        known = [fact for fact in FACT_NAMES if fact not in _APART and values[fact]]
        for place, fact in enumerate(known):
            caption = label(_(FACTS[fact]), role="quiet")
            told = label(_told(fact, values[fact], names), wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, place, 1)
        self._sheet.addWidget(table)

    def _correct(self) -> None:
        self._around.go("register", worker=self._worker)

    def _print(self) -> None:
        self._around.go("cards", workers=[self._worker], reprint=self._has_card)

    def _compare(self) -> None:
        self._around.go("same_person", worker=self._worker)

    def _go_to(self, worker: str) -> None:
        self._around.go("worker", worker=worker)

    def _part(self, other: str) -> None:
        """Takes back that this record and another are one person's."""
        try:
            undo_decision(self._office, self._worker, other)
        except UserError as error:
            self.frame.banner.say(sentence(error), "bad")
            return
        self._show()
        self.frame.banner.say(_("Keputusan diurungkan; keduanya kembali seperti semula."), "good")

    def _ask_ending(self) -> None:
        self.ending.open(self._office.today)

    def _end(self, reason: EndReason, day: date) -> str:
        made = end_enrolment(self._office, self._worker, reason, day)
        if isinstance(made, Problem):
            return sentence(made)
        self._show()
        self.frame.banner.say(
            _("Kepesertaan berakhir."), "good", _("Urungkan"), lambda: self._undo(made)
        )
        self._rest()
        return ""

    def _resume(self) -> None:
        entry = resume_enrolment(self._office, self._worker)
        self._show()
        self.frame.banner.say(
            _("Kepesertaan dilanjutkan."), "good", _("Urungkan"), lambda: self._undo(entry)
        )
        self._rest()

    def _rest(self) -> None:
        # On none of the buttons: the second Enter of a hasty hand would take back the first.
        self.setFocus()

    def _undo(self, entry: str) -> None:
        try:
            again = undo_change(self._office, self._worker, entry)
        except UserError as error:
            self.frame.banner.say(sentence(error), "bad")
            return
        self._show()
        self.frame.banner.say(
            _("Perubahan diurungkan."), "good", _("Kembalikan"), lambda: self._undo(again)
        )
        self.correct_button.setFocus()


def _told(fact: str, value: object, names: dict[str, str]) -> str:
    if fact in {"nik", "kk"}:
        return mask(str(value))
    if fact == "programme":
        return names.get(str(value), str(value))
    if fact == "registered_on":
        return value_words("registered_date", value)
    return value_words(fact, value)


def _card_words(worker: Listed, events: list[Event]) -> str:
    last = next((event for event in events if event.verb == verbs.CARD_PRINTED), None)
    if last is None:
        return _("Nomor kartu {card}; belum dicetak.").format(card=worker.card_number)
    if last.issue > 1:
        return _("Nomor kartu {card}. {what}, {moment}.").format(
            card=worker.card_number,
            what=issue_words(last.issue, last.reason),
            moment=long_moment(last.at),
        )
    return _("Nomor kartu {card}; dicetak {count} kali, terakhir {moment}.").format(
        card=worker.card_number, count=number(worker.printed), moment=long_moment(last.at)
    )
