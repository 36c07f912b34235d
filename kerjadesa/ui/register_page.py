"""Registering one worker after the other, and correcting one; `register_saving` writes it."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kerjadesa.actions.conflicts import conflicts_of, photo_said
from kerjadesa.actions.drafts import Draft, drop, keep, take_up
from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.list_workers import get, jorong, photo
from kerjadesa.actions.usual_programme import usual_programme
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.fold import ENDING
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.sentences import sentence
from kerjadesa.ui.decision_panel import DecisionPanel
from kerjadesa.ui.draft_keeper import DraftKeeper
from kerjadesa.ui.family_strip import FamilyStrip
from kerjadesa.ui.form_fields import suggest
from kerjadesa.ui.form_state import PHOTO, FormState
from kerjadesa.ui.known_nik import KnownNik
from kerjadesa.ui.labels import FACTS
from kerjadesa.ui.notice_button import NoticeButton
from kerjadesa.ui.page import Page
from kerjadesa.ui.questions import ask_about_changes
from kerjadesa.ui.reason_panel import ReasonPanel
from kerjadesa.ui.register_checks import decide, notes_on
from kerjadesa.ui.register_saving import RegisterSaving
from kerjadesa.ui.unfinished import UnfinishedStrip
from kerjadesa.ui.widgets import button, yielding
from kerjadesa.ui.worker_form import WorkerForm
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

KEPT = ("jorong", "rt", "rw", "programme")
"""Facts that neighbours share: a drive goes from house to house."""

FAMILY = ("kk", "address", "jorong", "rt", "rw", "programme")
"""Facts that those of one family card share."""

_PAUSE = 120
_LOWEST = 180


class RegisterPage(QWidget):
    """A form for a new worker, or for one that is registered already."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._worker = ""
        self._seen: set[str] = set()
        self._filled: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}
        self._family: dict[str, Any] = {}
        self._draft = ""
        self.keeper = DraftKeeper(
            self,
            self._unsaved,
            lambda draft: keep(self._office, draft),
            lambda draft: drop(self._office, draft),
            lambda text: self.frame.banner.say(
                _("Isian ini belum tersimpan sementara. {trouble}").format(trouble=text), "bad"
            ),
        )
        self._same_kk = button(_("Satu &KK lagi"), self._fill_family, "", "people", "Ctrl+K")
        self._new = button(_("&Formulir baru"), self._clear)
        self._history = button(
            _("Riwayat"), lambda: around.go("worker", worker=self._worker), "", "person"
        )
        self._back = button(_("&Daftar pekerja"), lambda: around.go("workers"))
        self._save = button(_("&Simpan (Ctrl+S)"), self.save, "primary", "save", "Ctrl+S")
        self.frame = Page(
            self,
            _("Daftarkan pekerja"),
            "",
            self._same_kk,
            self._new,
            self._history,
            self._back,
            self._save,
        )
        self.unfinished = UnfinishedStrip(self._office, self._take_up)
        self.frame.add(self.unfinished)
        self._twin = KnownNik(self._office, self.frame.banner, self._open_known)
        QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(self._open_known)
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._check)
        self._turn = QTimer(self, interval=_PAUSE)
        self._turn.timeout.connect(self._save_in_turn)
        self._programmes: dict[str, str] = {}
        self._usual = ""
        self.panel = DecisionPanel(self._decide, lambda sha: photo_said(self._office, sha))
        self.form = WorkerForm(
            around.lane,
            self._changed,
            self._left,
            self.panel,
            {"consent": NoticeButton(around, self._noticed, self.frame.banner)},
        )
        self._state = FormState(self.form)
        self._offer_programmes()
        self.family = FamilyStrip(
            self._office,
            self.form,
            self._state,
            self._filled_in,
            lambda worker: around.go("register", worker=worker),
        )
        self.frame.add(self.family)
        self.reason = ReasonPanel(self.save, self.frame.banner.hide)
        self.frame.add(self.reason)
        self._saving = RegisterSaving(
            around,
            self.form,
            self._state,
            self.keeper,
            self.reason,
            self.frame.banner,
            self._go_on,
            self._look_for_known,
        )
        # Or page and form would both scroll beneath a banner.
        self.frame.add(yielding(self.form, _LOWEST), 1)
        QWidget.setTabOrder(self.form.fields["notes"].control, self._save)
        QWidget.setTabOrder(self.family.list, self.form.fields["nik"].control)
        self._load("")

    def entered(self) -> None:
        """Keeps what is being typed; offers the jorong that are known by now."""
        suggest(self.form.fields["jorong"], jorong(self._office))
        usual = self._usual
        self._offer_programmes()
        if self._usual != usual:
            # It was given to an empty form, and is another one since the form was left.
            self._kept.pop("programme", None)
            if not self._worker:
                given = self.form.give({"programme": self._usual}, frozenset({"programme"}))
                self._state.accept(given)
        self.unfinished.look(self._draft)
        if not self._worker and not self.changed:
            self.form.focus("nik")

    def show_what(self, worker: str = "", said: str = "", draft: str = "") -> None:
        """Shows a worker to correct, and why one should; or a draft; or else an empty form."""
        if draft:
            self._take_up(draft)
        elif worker or self._worker:
            self._load(worker)
        if said:
            self.frame.banner.say(said, "caution")

    @property
    def changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return self._state.changed

    def may_leave(self) -> bool:
        """Asks where something would be lost."""
        if not self.changed:
            self.keeper.forget()
            return True
        answer = ask_about_changes(self)
        if answer == "save":
            return self.save()
        if answer == "discard":
            self._load("")
            return True
        return False

    def save(self) -> bool:
        """Writes what the form holds, or says beside each field why not; whether it was written.

        While a list is being written the form is saved by itself as soon as that is through.
        """
        self._wait.stop()
        if not self._office.store.is_free():
            self._turn.start()
            self.frame.banner.say(
                _("Daftar lain sedang ditulis. Isian ini tersimpan sendiri begitu selesai."),
                "caution",
            )
            return False
        self._turn.stop()
        return self._saving.save(self._worker, self._draft, self._seen)

    def _save_in_turn(self) -> None:
        if self._office.store.is_free(within=0):
            self.frame.banner.hide()
            self.save()

    def _go_on(self, registered: dict[str, Any]) -> None:
        """Begins the next form, with what neighbours share if one was just registered."""
        if registered:
            self._kept = {fact: registered[fact] for fact in KEPT}
            whole = nik_rules.kk_number(str(registered["kk"] or ""))
            self._family = {fact: registered[fact] for fact in FAMILY} if whole else {}
        self._load("")

    def _open_known(self) -> None:
        """Opens the worker whose NIK was typed; what was typed otherwise is offered there."""
        # What was typed in the last moment differs too.
        self.form.settle()
        self._wait.stop()
        self._check()
        known = self._twin.known
        if known is None:
            return
        typed: dict[str, Any] = {}
        fresh, left = None, ""
        if not self._worker:
            draft, fresh = self.form.draft(), self.form.photo.fresh
            typed = {fact: draft[fact] for fact in known.differs}
        # A NIK alone, and what follows from it, is nothing to go on with.
        if self._worker or self._state.typed - self.form.untouched() - {"nik"}:
            if not self._set_aside():
                return
            left = self._draft
        self._load(known.id)
        self.unfinished.look(self._draft)
        if typed or fresh:
            facts = ", ".join(_(FACTS[fact]) for fact in (*typed, *(["photo"] if fresh else [])))
            self.frame.banner.say(
                _("Isian tadi berbeda dari register: {facts}.").format(facts=facts),
                "caution",
                _("Pakai isian tadi"),
                lambda: self._use(left, typed, fresh),
            )

    def _use(self, left: str, facts: dict[str, Any], fresh: bytes | None) -> None:
        """Goes on with a form that was set aside as with a correction of the one on show."""
        self.keeper.forget()
        self._draft = left
        self.keeper.adopt(left)
        self._put_in(facts, fresh, self.form.photo.removed)
        self.unfinished.look(left)

    def _set_aside(self) -> bool:
        """Keeps the form as it stands, to go on with later; whether it is on disk."""
        if not self.changed:
            return True
        if not self._office.store.is_free():
            self.frame.banner.say(sentence(UserError("register_writing")), "caution")
            return False
        return self.keeper.let_go()

    def _put_in(self, facts: dict[str, Any], fresh: bytes | None, removed: bool) -> None:
        self.form.show_draft(facts)
        if fresh or removed:
            self.form.photo.show_kept(fresh, removed)
        self._seen.update(fact for fact, value in facts.items() if value)
        self._changed()
        self._check()

    def _take_up(self, draft: str) -> None:
        """Goes on with a form that was left half-filled, and leaves the one on show for later."""
        if not self._set_aside():
            return
        kept = take_up(self._office, draft)
        if kept is None:
            self.keeper.adopt(self._draft)
        else:
            self._load(kept.worker)
            self._draft = kept.id
            self._put_in(kept.facts, kept.photo, kept.photo_removed)
            self.keeper.adopt(kept.id)
        self.unfinished.look(self._draft)
        self.form.focus("name" if self._worker else "nik")

    def _fill_family(self) -> None:
        """Fills in what the next one from this family card shares with the one before."""
        self.form.give(self._family)
        self._state.accept(FAMILY)
        self.frame.banner.say(_("Nomor KK dan alamat dipakai lagi."), "good")
        self.family.look(str(self._family["kk"]))
        if self.family.may_choose:
            self.family.list.setFocus()
        else:
            self.form.focus("nik")

    def _filled_in(self, otherwise: bool) -> None:
        self._check()
        self.frame.banner.say(
            _("Diisi dari daftar, tetapi yang Anda ketik berbeda. Cocokkan dengan KTP.")
            if otherwise
            else _("Diisi dari daftar. Cocokkan dengan KTP sebelum menyimpan."),
            "caution" if otherwise else "good",
        )

    def _noticed(self) -> tuple[str, str, str]:
        draft = self.form.draft()
        nik = nik_rules.parse(str(draft["nik"] or ""))
        known = "" if isinstance(nik, Problem) else nik.text
        return str(draft["name"] or ""), known, str(draft["programme"] or "")

    def _offer_programmes(self) -> None:
        self._programmes = {known.code: known.name for known in programmes(self._office)}
        self._usual = usual_programme(self._office)
        self.form.offer_programmes([("", ""), *self._programmes.items()], self._usual)

    def _clear(self) -> None:
        if self.may_leave():
            self._load("")

    def _load(self, worker: str) -> None:
        self._turn.stop()
        self.keeper.forget()
        self._draft = uuid4().hex
        facts = get(self._office, worker) if worker else None
        self._worker = worker if facts else ""
        self._seen, self._filled = set(), {}
        self.reason.close_up()
        self._twin.known = None
        self.family.forget()
        self._same_kk.setVisible(bool(self._family) and not self._worker)
        self._history.setVisible(bool(self._worker))
        self._show_conflicts()
        self.form.photo.show_stored(photo(self._office, worker) if facts else None)
        self.form.show_facts(facts, self._kept)
        self._state.begin()
        self._wait.stop()
        self.frame.banner.hide()
        self.frame.heading.setText(
            _("Betulkan data pekerja") if self._worker else _("Daftarkan pekerja")
        )
        if self._worker:
            self._seen = set(FACT_NAMES)
            self._check()

    def _show_conflicts(self) -> None:
        conflicts = conflicts_of(self._office, self._worker) if self._worker else []
        self.panel.show_conflicts(conflicts, {"programme": self._programmes})
        self.form.order()

    def _decide(self, fact: str, value: Any) -> str:
        """Writes the operator's choice between two laptops' words."""
        if trouble := decide(self._office, self._worker, fact, value):
            return trouble
        if fact != ENDING:
            facts = get(self._office, self._worker)
            assert facts is not None  # noqa: S101 -- corrected a moment ago
            self.form.take_over(fact, facts, photo(self._office, self._worker))
            self._state.accept([PHOTO if fact == "photo" else fact])
        self._show_conflicts()
        self._check()
        said = _("Keputusan tersimpan: {fact}.").format(fact=_(FACTS[fact]))
        if self.panel.buttons:
            self.frame.banner.say(said, "good")
            self.panel.buttons[0].setFocus()
        else:
            done = _("Tidak ada lagi yang perlu diputuskan pada pekerja ini.")
            self.frame.banner.say(f"{said} {done}", "good")
            self._back.setFocus()
        return ""

    def _unsaved(self) -> Draft | None:
        if not self.changed:
            return None
        photo_box = self.form.photo
        return Draft(
            self._draft, self._worker, self.form.draft(), photo_box.fresh, photo_box.removed
        )

    def _changed(self) -> None:
        self._wait.start()
        self.keeper.touch()

    def _left(self, fact: str) -> None:
        if not isValid(self):
            # The cursor leaves a form that is being taken down, too.
            return
        if self.form.fields[fact].read() or fact in self._seen:
            self._seen.add(fact)
        self._check()

    def _look_for_known(self, draft: dict[str, Any]) -> None:
        nik = str(draft["nik"] or "") if draft["nik"] != self._state.before.get("nik") else ""
        typed = {fact: v for fact, v in draft.items() if fact not in self.form.untouched()}
        self._twin.look(nik, typed, but=self._worker)

    def _check(self) -> None:
        draft = self.form.draft()
        nik = nik_rules.parse(str(draft["nik"] or ""))
        if not isinstance(nik, Problem):
            self._seen.add("nik")
            if not self._worker:
                self.form.fill_from_nik(nik, self._office.today, self._filled)
                draft = self.form.draft()
            self._seen |= {"birth_date", "sex"}
        self._look_for_known(draft)
        self.family.look("" if self._worker else str(draft["kk"] or ""))
        problems, warnings = notes_on(self._office, draft, self._worker, self._twin.known)
        self.form.show_notes(problems, warnings, frozenset(self._seen))
