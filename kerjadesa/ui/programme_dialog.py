"""Declaring a programme or correcting one: name, who pays, from which day to which."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from kerjadesa.actions.declare_programme import correct_programme, doubts, new_programme
from kerjadesa.domain.check import clean, read_date
from kerjadesa.domain.programme import LONGEST_NAME, ProgrammeFacts
from kerjadesa.sentences import code_sentence, sentence
from kerjadesa.ui.form_fields import FormField
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import short_date
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, plainly, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_WIDTH, _CAPTION, _DAY = 560, 130, 120


class ProgrammeDialog(QDialog):
    """`saved(facts, usual)` is called once it is written; until then it stays open."""

    def __init__(
        self,
        owner: QWidget,
        around: "Around",
        facts: ProgrammeFacts,
        saved: Callable[[ProgrammeFacts, bool], object],
        new: bool = False,
        usual: bool = False,
    ) -> None:
        """A `new` programme begins with these facts; `usual` is what it offers to be."""
        super().__init__(owner)
        self._around, self._saved, self._new = around, saved, new
        self._code = "" if new else facts.code
        self._ticket: Ticket | None = None
        self._width = min(_WIDTH, owner.window().width() - 2 * GRID)
        heading = _("Program baru") if new else _("Betulkan program")
        self.setWindowTitle(heading)
        self.name = self._field("name", _("&Nama program"))
        self.payer = self._field("payer", _("&Dibayar oleh"))
        self.first = self._day("valid_from", _("&Hari pertama"))
        self.last = self._day("valid_until", _("Hari &terakhir"))
        self._fields = (self.name, self.payer, self.first, self.last)
        self.usual = QCheckBox(_("&Jadikan program utama untuk pendaftaran baru mulai sekarang"))
        self.usual.setChecked(usual)
        self.usual.setVisible(new)
        self.note = Note()
        self.save_button = button(_("&Simpan"), self.save, "primary", "save", "Ctrl+S")
        self.save_button.setDefault(True)
        says = (
            _("Pekerja yang sudah terdaftar tetap di programnya sampai dipindahkan lewat daftar "
              "Pekerja.")
            if new
            else _("Berlaku untuk semua pekerjanya, juga di laptop lain. Kartu yang sudah dicetak "
                   "tidak ikut berubah.")
        )  # fmt: skip
        self.setLayout(
            column(
                label(heading, role="lead"),
                label(says, role="quiet", wrap=True),
                *(_placed(field) for field in self._fields),
                self.usual,
                self.note,
                row(None, button(_("&Batal"), self.reject), self.save_button),
                gap=GRID,
                margin=2 * GRID,
            )
        )
        for field in self._fields:
            field.write(getattr(facts, field.fact))
        self._look()
        self._control(self.name).selectAll()
        self.name.control.setFocus()

    def save(self) -> None:
        """Writes it in the lane, or says beside each field why not."""
        wrong = self._troubles()
        for field in self._fields:
            field.say(wrong.get(field.fact, ""))
        self.note.say("")
        self._fit()
        first = next((field for field in self._fields if field.fact in wrong), None)
        if first is not None:
            first.control.setFocus()
            return
        self.save_button.setEnabled(False)
        self._ticket = self._around.lane.submit(
            self._work(), done=self._done, failed=self._failed, stopped=lambda: None
        )

    def reject(self) -> None:
        """Closes; what still waits for its turn in the lane is not written."""
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()

    def _work(self) -> Callable[[Ticket], ProgrammeFacts]:
        """The writing, with nothing in it that belongs to the window."""
        office, code, usual = self._around.office, self._code, self.usual.isChecked()
        name, payer = self.name.read(), self.payer.read()
        first, last = read_date(self.first.read()), read_date(self.last.read())
        assert first is not None and last is not None  # noqa: S101 -- looked at before saving
        if self._new:
            return lambda _ticket: new_programme(office, name, payer, first, last, usual)
        return lambda _ticket: correct_programme(office, code, name, payer, first, last)

    def _done(self, facts: ProgrammeFacts) -> None:
        self._ticket = None
        self.accept()
        self._saved(facts, self._new and self.usual.isChecked())

    def _failed(self, text: str) -> None:
        self._ticket = None
        self.save_button.setEnabled(True)
        self.note.say(text)
        self._fit()

    def _troubles(self) -> dict[str, str]:
        """Why it cannot be written, by field."""
        found: dict[str, str] = {}
        if not clean("name", self.name.read()):
            found["name"] = _("Isi nama program.")
        days = [read_date(field.read()) for field in (self.first, self.last)]
        for field, day in zip((self.first, self.last), days, strict=True):
            if day is None:
                found[field.fact] = code_sentence("end_date_unreadable")
        if days[0] and days[1] and days[1] < days[0]:
            found["valid_until"] = _("Hari ini sebelum hari pertama; betulkan salah satunya.")
        return found

    def _look(self) -> None:
        """Says what may be a mistake; a field that is still being typed is not told off."""
        first, last = read_date(self.first.read()), read_date(self.last.read())
        said: dict[str, str] = {}
        if first and last:
            found = doubts(self._around.office, self.name.read(), first, last, self._code)
            said = {problem.field: sentence(problem) for problem in found}
        for field in self._fields:
            field.say(said.get(field.fact, ""), "caution")
        self._fit()

    def _fit(self) -> None:
        """As high as its sentences need."""
        layout = self.layout()
        if layout is not None:
            self.setFixedSize(self._width, layout.totalHeightForWidth(self._width))

    def _field(self, fact: str, words: str) -> FormField:
        control = QLineEdit()
        control.setMaxLength(LONGEST_NAME)
        caption = label(words)
        caption.setFixedWidth(_CAPTION)
        name_control(control, caption, words.replace("&", ""))
        control.textEdited.connect(plainly(self._look))

        def write(value: str) -> None:
            control.setText(value)
            control.setCursorPosition(0)

        return FormField(fact, caption, control, Note(), lambda: control.text().strip(), write)

    def _day(self, fact: str, words: str) -> FormField:
        """A day, typed and shown as on a worker's form."""
        made = self._field(fact, words)
        control = self._control(made)
        control.setFixedWidth(_DAY)
        control.setPlaceholderText(_("hh-bb-tttt"))
        return FormField(
            fact, made.caption, control, made.note, made.read,
            lambda day: made.write(short_date(day)),
        )  # fmt: skip

    @staticmethod
    def _control(field: FormField) -> QLineEdit:
        assert isinstance(field.control, QLineEdit)  # noqa: S101 -- made above
        return field.control


def _placed(field: FormField) -> QWidget:
    made = QWidget()
    line = row(field.caption, field.control, gap=12)
    if field.fact in ("valid_from", "valid_until"):
        line.addStretch(1)
    below = row(field.note)
    below.setContentsMargins(_CAPTION + 12, 0, 0, 0)
    made.setLayout(column(line, below, gap=2))
    return made
