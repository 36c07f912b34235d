"""What is asked while somebody waits: who came for the owner, or why the owner is not there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget

from kerjadesa.actions.hand_over import Guest
from kerjadesa.domain.check import clean
from kerjadesa.domain.handover import AbsenceReason, Proxy
from kerjadesa.domain.nik import mask, parse
from kerjadesa.domain.problem import Problem
from kerjadesa.sentences import sentence
from kerjadesa.ui.form_fields import complete
from kerjadesa.ui.hand_over_words import REASONS, where
from kerjadesa.ui.labels import RELATIONS
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, row
from kerjadesa.words import _

_NAME, _RELATION, _NOTE = 100, 40, 100
_ROOM_FOR_A_CODE = 600
"""A scanner types into whatever has the focus: its code must arrive whole to be known as one."""
_MOST_DIGITS = 3


class ProxyAsk(QFrame):
    """Name, relation and, if there is one at hand, the NIK, of which only a part is kept."""

    def __init__(self, done: Callable[[Proxy], object], closed: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._done, self._closed = done, closed
        self.title = label(role="day-lead", wrap=True)
        self.name = _Field(self._close)
        self.relation = _Field(self._close)
        self.nik = _Field(self._close)
        self.nik.setPlaceholderText(_("boleh kosong"))
        complete(self.relation, [_(words) for words in RELATIONS])
        self.note = Note()
        rows = []
        for field, caption in (
            (self.name, _("&Nama wakil")),
            (self.relation, _("Hu&bungan")),
            (self.nik, _("N&IK wakil")),
        ):
            words = label(caption, role="day")
            words.setFixedWidth(180)
            name_control(field, words, caption.replace("&", ""))
            rows.append(row(words, field, gap=12))
        self.name.returnPressed.connect(lambda: self._next(self.name, self.relation))
        self.relation.returnPressed.connect(lambda: self._next(self.relation, self.nik))
        self.nik.returnPressed.connect(self._finish)
        actions = row(
            button(_("&Serahkan kepada wakil (Enter)"), self._finish, "primary"),
            button(_("Ba&tal (Esc)"), self._close),
            None,
        )
        self.setLayout(column(self.title, *rows, self.note, actions, gap=GRID, margin=2 * GRID))
        self.hide()

    def open(self, guest: Guest) -> None:
        """Asks about the card of this guest."""
        self.title.setText(_("Wakil untuk {who}").format(who=where(guest)))
        for field in (self.name, self.relation, self.nik):
            field.clear()
        self.note.say("")
        self.show()
        self.name.setFocus()

    def _next(self, here: QLineEdit, there: QLineEdit) -> None:
        if self._plain(here):
            there.setFocus()

    def _plain(self, field: QLineEdit) -> bool:
        """Whether a person typed this; what a scanner typed is taken out again."""
        digits = sum(letter.isdigit() for letter in field.text())
        longest = _RELATION if field is self.relation else _NAME
        if field is self.nik or (len(field.text()) <= longest and digits <= _MOST_DIGITS):
            return True
        field.clear()
        field.setFocus()
        self.note.say(_("Itu kode kartu, bukan nama; kartu yang tadi belum diserahkan."))
        return False

    def _finish(self) -> None:
        if not (self._plain(self.name) and self._plain(self.relation)):
            return
        name, relation = (str(clean("name", f.text())) for f in (self.name, self.relation))
        if not name or not relation:
            self.note.say(_("Isi nama wakil dan hubungannya dengan pemilik kartu."))
            (self.relation if name else self.name).setFocus()
            return
        masked = ""
        if self.nik.text().strip():
            read = parse(self.nik.text())
            if isinstance(read, Problem):
                self.note.say(sentence(read))
                self.nik.selectAll()
                self.nik.setFocus()
                return
            masked = mask(read.text)
        self.hide()
        self._done(Proxy(name=name, relation=relation, nik_masked=masked))

    def _close(self) -> None:
        self.hide()
        self._closed()


class AbsentAsk(QFrame):
    """A reason by the arrow keys, a word about it if need be."""

    def __init__(
        self, done: Callable[[AbsenceReason, str], object], closed: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._done, self._closed = done, closed
        self.title = label(role="day-lead", wrap=True)
        self.reasons = QListWidget()
        self.reasons.setAccessibleName(_("Alasan"))
        # The arrow keys come by way of the note: what is typed or scanned never picks a reason.
        self.reasons.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for words in REASONS.values():
            self.reasons.addItem(_(words))
        self.reasons.itemDoubleClicked.connect(lambda _item: self._finish())
        self.words = _Field(self._close, self._step)
        caption = label(_("&Keterangan"), role="day")
        name_control(self.words, caption, _("Keterangan, boleh kosong; panah memilih alasan"))
        self.words.setPlaceholderText(_("boleh kosong"))
        self.words.returnPressed.connect(self._finish)
        self.note = Note()
        actions = row(
            button(_("&Catat tidak hadir (Enter)"), self._finish, "primary"),
            button(_("Ba&tal (Esc)"), self._close),
            None,
        )
        self.setLayout(
            column(
                self.title,
                self.reasons,
                row(caption, self.words, gap=12),
                self.note,
                actions,
                gap=GRID,
                margin=2 * GRID,
            )
        )
        self.hide()

    def open(self, guest: Guest) -> None:
        """Asks why this guest is not there."""
        self.title.setText(
            _("{who} tidak hadir; pilih alasannya dengan ↑ ↓").format(who=where(guest))
        )
        self.words.clear()
        self.note.say("")
        self.reasons.setCurrentRow(list(REASONS).index("unknown"))
        # As high as its lines: none hides behind a scroll bar.
        self.reasons.setFixedHeight(
            self.reasons.sizeHintForRow(0) * self.reasons.count() + 2 * GRID
        )
        self.show()
        self.words.setFocus()

    def _step(self, down: int) -> None:
        count = self.reasons.count()
        self.reasons.setCurrentRow((self.reasons.currentRow() + down) % count)

    def _finish(self) -> None:
        text = self.words.text()
        if len(text) > _NOTE:
            self.words.clear()
            self.note.say(_("Itu kode kartu atau terlalu panjang; belum ada yang dicatat."))
            return
        self.hide()
        reason = list(REASONS)[self.reasons.currentRow()]
        self._done(reason, str(clean("address", text)))

    def _close(self) -> None:
        self.hide()
        self._closed()


class _Field(QLineEdit):
    """A line that Esc closes, and whose arrow keys may choose in a list beside it."""

    def __init__(
        self, close: Callable[[], object], step: Callable[[int], object] | None = None
    ) -> None:
        super().__init__()
        self.setMaxLength(_ROOM_FOR_A_CODE)
        self._close, self._step = close, step

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Esc and the arrows; everything else is typing."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._close()
        elif self._step is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
