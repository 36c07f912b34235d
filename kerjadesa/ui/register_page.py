"""Registering one worker after the other, and correcting one."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.list_workers import find, get, page, photo
from kerjadesa.actions.register import Registered, check_draft, register
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.ui.form_fields import suggest
from kerjadesa.ui.labels import Choice
from kerjadesa.ui.page import Page
from kerjadesa.ui.questions import ask_about_changes
from kerjadesa.ui.widgets import button
from kerjadesa.ui.worker_form import WorkerForm
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

KEPT = ("jorong", "rt", "rw", "programme")
"""Facts that neighbours share: a drive goes from house to house."""

_PAUSE = 120


class RegisterPage(QWidget):
    """A form for a new worker, or for one that is registered already."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._worker = ""
        self._seen: set[str] = set()
        self._filled: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        self._twin: Problem | None = None
        self._new = button(_("&Formulir baru"), self._clear)
        self._back = button(_("&Daftar pekerja"), lambda: around.go("workers"))
        self._save = button(_("&Simpan (Ctrl+S)"), self.save, "primary", "save", "Ctrl+S")
        self.frame = Page(self, _("Daftarkan pekerja"), "", self._new, self._back, self._save)
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._check)
        self.form = WorkerForm(around.lane, self._programmes(), self._changed, self._left)
        self.frame.add(self.form, 1)
        QWidget.setTabOrder(self.form.fields["notes"].control, self._save)
        self._load("")

    def entered(self) -> None:
        """Keeps what is being typed; offers the jorong that are known by now."""
        known = sorted({listed.jorong for listed in page(self._office) if listed.jorong})
        suggest(self.form.fields["jorong"], known)
        if not self._worker and not self.changed:
            self.form.focus("nik")

    def show_what(self, worker: str, said: str = "") -> None:
        """Shows a worker to correct, and why one should; an empty id means a new one."""
        if worker or self._worker:
            self._load(worker)
        if said:
            self.frame.banner.say(said, "caution")

    @property
    def changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return self._now() != self._before

    def may_leave(self) -> bool:
        """Asks where something would be lost."""
        if not self.changed:
            return True
        answer = ask_about_changes(self)
        if answer == "save":
            return self.save()
        if answer == "discard":
            self._load("")
            return True
        return False

    def save(self) -> bool:
        """Writes what the form holds, or says beside each field why not; whether it was written."""
        self._wait.stop()
        if self.form.photo.busy:
            self.frame.banner.say(_("Foto masih diolah; simpan sesaat lagi."), "caution")
            return False
        draft = self.form.draft()
        if self._worker:
            return self._correct(draft)
        result = register(self._office, draft, self.form.photo.fresh)
        if not isinstance(result, Registered):
            self._refuse(result)
            return False
        kept = {fact: draft[fact] for fact in KEPT}
        self._load("", kept)
        self.frame.banner.say(
            _("Tersimpan: {name}, nomor kartu {card}. Silakan isi orang berikutnya.").format(
                name=draft["name"], card=result.card_number
            ),
            "good",
            _("Buka lagi"),
            lambda: self._around.go("register", worker=result.id),
        )
        return True

    def _correct(self, draft: dict[str, Any]) -> bool:
        changes = {
            fact: value
            for fact, value in draft.items()
            if fact in FACT_NAMES and value != self._before[fact]
        }
        if self.form.photo.removed:
            changes["photo"] = ""
        result = correct(self._office, self._worker, changes, photo=self.form.photo.fresh)
        if not isinstance(result, Corrected):
            self._refuse(result)
            return False
        self._load("")
        self._around.go("workers", said=_("Perubahan tersimpan.") if result.changed else "")
        return True

    def _refuse(self, problems: list[Problem]) -> None:
        self._seen.update(problem.field for problem in problems)
        self.form.show_notes(problems, [], frozenset(self._seen))
        first = next((f for f in self.form.fields if any(p.field == f for p in problems)), "")
        self.form.focus(first or problems[0].field)
        self.frame.banner.say(
            _("Belum tersimpan: {count} isian perlu dibetulkan.").format(count=len(problems)),
            "bad",
        )
        for problem in problems:
            if problem.code == "already_registered":
                self._say_twin(problem)

    def _say_twin(self, problem: Problem) -> None:
        twin = str(problem.facts["worker"])
        self.frame.banner.say(
            _("NIK ini sudah terdaftar."),
            "bad",
            _("Buka data itu"),
            lambda: self._open_twin(twin),
        )

    def _open_twin(self, twin: str) -> None:
        if self.may_leave():
            self._load(twin)

    def _clear(self) -> None:
        if self.may_leave():
            self._load("")

    def _load(self, worker: str, kept: dict[str, Any] | None = None) -> None:
        facts = get(self._office, worker) if worker else None
        self._worker = worker if facts else ""
        self._seen, self._filled, self._twin = set(), {}, None
        self.form.photo.show_stored(photo(self._office, worker) if facts else None)
        self.form.show_facts(facts, kept or {})
        self._before = self._now()
        self._wait.stop()
        self.frame.banner.hide()
        self.frame.heading.setText(
            _("Betulkan data pekerja") if self._worker else _("Daftarkan pekerja")
        )
        if self._worker:
            self._seen = set(FACT_NAMES)
            self._check()

    def _now(self) -> dict[str, Any]:
        photo_box = self.form.photo
        return {**self.form.draft(), "_photo": (photo_box.fresh, photo_box.removed)}

    def _changed(self) -> None:
        self._wait.start()

    def _left(self, fact: str) -> None:
        if self.form.fields[fact].read() or fact in self._seen:
            self._seen.add(fact)
        if fact == "nik":
            self._look_for_twin()
        self._check()

    def _look_for_twin(self) -> None:
        """Says at once that a NIK is known, before the rest is typed in vain."""
        if self._twin is not None:
            self.frame.banner.hide()
        self._twin = None
        nik = nik_rules.parse(str(self.form.fields["nik"].read()))
        if isinstance(nik, Problem):
            return
        for listed in find(self._office, nik.text, 2)[0]:
            if listed.nik == nik.text and listed.id != self._worker:
                self._twin = Problem("nik", "already_registered", {"worker": listed.id})
                self._say_twin(self._twin)

    def _check(self) -> None:
        draft = self.form.draft()
        nik = nik_rules.parse(str(draft["nik"] or ""))
        if not isinstance(nik, Problem):
            self._seen.add("nik")
            if not self._worker:
                self.form.fill_from_nik(nik, self._office.today, self._filled)
                draft = self.form.draft()
            self._seen |= {"birth_date", "sex"}
        facts, warnings = check_draft(self._office, draft)
        problems = facts if isinstance(facts, list) else []
        if self._worker:
            # Age counted on the day of registration; a correction years later is no new one.
            problems = [p for p in problems if p.code not in {"too_young", "too_old"}]
        if self._twin is not None:
            problems = [self._twin, *problems]
        self.form.show_notes(problems, warnings, frozenset(self._seen))

    def _programmes(self) -> list[Choice]:
        with self._office.store.reading(self._office.now()) as unit:
            return [("", ""), *((p.code, p.name) for p in unit.programmes())]
