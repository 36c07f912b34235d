"""Saving the form of a worker: a new one is registered, another corrected, or it says why not."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.former_cards import former_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.undo_change import undo_change
from kerjadesa.domain.problem import Problem
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.sentences import sentence
from kerjadesa.ui.draft_keeper import DraftKeeper
from kerjadesa.ui.form_state import FormState
from kerjadesa.ui.reason_panel import ReasonPanel
from kerjadesa.ui.widgets import Banner
from kerjadesa.ui.worker_form import WorkerForm
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class RegisterSaving:
    """Writes what the form holds, and goes on to the next worker or back to the list."""

    def __init__(
        self,
        around: "Around",
        form: WorkerForm,
        state: FormState,
        keeper: DraftKeeper,
        reason: ReasonPanel,
        banner: Banner,
        go_on: Callable[[dict[str, Any]], None],
        look_for_known: Callable[[dict[str, Any]], None],
    ) -> None:
        """`go_on` empties the form, given the facts of the worker who was just registered, if any.

        `look_for_known` says whose the NIK of these facts is already.
        """
        self._around, self._office = around, around.office
        self._form, self._state, self._keeper = form, state, keeper
        self._reason, self._banner = reason, banner
        self._go_on, self._look_for_known = go_on, look_for_known

    def save(self, worker: str, kept: str, seen: set[str]) -> bool:
        """Corrects `worker`, or registers one if there is none; returns whether it was written.

        `kept` is the draft that is dropped with it. The fields that are refused join `seen`.
        """
        self._form.settle()
        if self._form.photo.busy:
            self._banner.say(_("Foto masih diolah; simpan sesaat lagi."), "caution")
            return False
        draft = self._form.draft()
        # The NIK and the name of one chosen from the family are typed by nobody, and are saved.
        if not (worker or self._state.changed or draft["nik"] or draft["name"]):
            # A second Ctrl+S must not turn what was said of the first into a refusal.
            if self._banner.isHidden():
                self._banner.say(_("Belum ada isian untuk disimpan."))
            return False
        # Or the write that is under way could keep again what is about to be dropped.
        self._keeper.settle()
        problems = self._correct(worker, draft, kept) if worker else self._register(draft, kept)
        if problems:
            self._refuse(problems, seen)
        return not problems

    def _register(self, draft: dict[str, Any], kept: str) -> list[Problem]:
        result = register(self._office, draft, self._form.photo.fresh, kept)
        if not isinstance(result, Registered):
            return result
        self._go_on(draft)
        self._say_registered(str(draft["name"]), result)
        return []

    def _say_registered(self, name: str, made: Registered) -> None:
        said = _("Tersimpan: {name}, nomor kartu {card}. Silakan isi orang berikutnya.").format(
            name=name, card=made.card_number
        )
        # The form is empty by now, and who saved at once never saw a note beside a field.
        said = " ".join([said, *map(sentence, made.warnings)])
        tone = "caution" if made.resembles or made.warnings else "good"
        again = partial(self._around.go, "register", worker=made.id)
        if made.resembles:
            said += " " + _("Ada pekerja lain yang sangat mirip.")
            compare = partial(self._around.go, "same_person", worker=made.id)
            other = _("Buka lagi") if made.warnings else ""
            self._banner.say(said, tone, _("Bandingkan"), compare, other, again)
        else:
            self._banner.say(said, tone, _("Buka lagi"), again)

    def _correct(self, worker: str, draft: dict[str, Any], kept: str) -> list[Problem]:
        changes = {
            fact: value
            for fact, value in draft.items()
            if fact in FACT_NAMES and value != self._state.before[fact]
        }
        photo = self._form.photo
        if photo.removed:
            changes["photo"] = ""
        result = correct(
            self._office, worker, changes, self._reason.given, photo=photo.fresh, kept=kept
        )
        if not isinstance(result, Corrected):
            return result
        self._go_on({})
        if result.changed:
            undo = partial(undo_change, self._office, result.id, result.entry)
            said = _("Perubahan data {name} tersimpan.").format(name=str(draft["name"]))
            if "programme" in changes and former_cards(self._office, [worker]):
                said += " " + _(
                    "Kartunya masih menyebut program sebelumnya; cetak ulang kartu itu."
                )
            self._around.go("workers", said=said, undo=undo)
        else:
            self._around.go("workers")
        return []

    def _refuse(self, problems: list[Problem], seen: set[str]) -> None:
        # Saving has put off the write that was due.
        self._keeper.touch()
        seen.update(problem.field for problem in problems)
        self._form.show_notes(problems, [], frozenset(seen))
        first = next((f for f in self._form.fields if any(p.field == f for p in problems)), "")
        self._form.focus(first or problems[0].field)
        self._banner.say(
            _("Belum tersimpan: {count} isian perlu dibetulkan.").format(count=len(problems)),
            "bad",
        )
        codes = {problem.code for problem in problems}
        if "already_registered" in codes:
            self._look_for_known(self._form.draft())
        if "nik_reason_missing" in codes:
            self._reason.open()
