"""Planning a ceremony: what, when and where, who signs, and which jorong are invited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.actions.ceremonies import (
    Invitable,
    Planned,
    invitable,
    plan_ceremony,
    seat,
    with_latecomers,
)
from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.office import Office
from kerjadesa.domain.ceremony import MOST_WORKERS, CeremonyFacts, Signer
from kerjadesa.domain.check import clean, read_date
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.form_fields import NoWheelCombo
from kerjadesa.ui.labels import number, short_date
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    Note,
    button,
    column,
    label,
    name_control,
    panel,
    row,
    scrolled,
    yielding,
)
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_CAPTION, _SECOND_CAPTION = 120, 80
_SIDE = 300
_LOWEST = 120
_MOST_BASES = 8
_BASIS = 240
_HEADS = {"nagari": "Wali Nagari", "desa": "Kepala Desa", "kelurahan": "Lurah"}
"""Who leads a place; papers are signed in Indonesian."""


@dataclass(frozen=True, slots=True)
class _SignerFields:
    name: QLineEdit
    position: QLineEdit
    staff_number: QLineEdit
    on_behalf_of: QLineEdit

    def write(self, signer: Signer) -> None:
        self.name.setText(signer.name)
        self.position.setText(signer.position)
        self.staff_number.setText(signer.staff_number)
        self.on_behalf_of.setText(signer.on_behalf_of)

    def read(self) -> Signer:
        digits = "".join(c for c in self.staff_number.text() if c.isascii() and c.isdigit())
        return Signer(
            name=_cleaned(self.name),
            position=_cleaned(self.position),
            staff_number=digits[:18],
            on_behalf_of=_cleaned(self.on_behalf_of),
        )


class CeremonyPlan(QWidget):
    """Saving answers with the ceremony's id; printed seats never move."""

    def __init__(
        self, around: "Around", saved: Callable[[str], object], back: Callable[[], object]
    ) -> None:
        super().__init__()
        self._around, self._saved, self._back = around, saved, back
        self._before: Planned | None = None
        self._places: list[Invitable] = []
        self.ticks: dict[str, QCheckBox] = {}
        self.changed = False
        self.title = self._line(160)
        self.programme = NoWheelCombo()
        self.programme.currentIndexChanged.connect(self._programme_chosen)
        self.held_on = self._line(10)
        self.held_on.setPlaceholderText(_("hh-bb-tttt"))
        self.starts_at = self._line(20)
        self.starts_at.setPlaceholderText(_("misalnya 09.00 WIB"))
        self.place = self._line(160)
        self.number = self._line(80)
        self.number.setPlaceholderText(_("boleh diisi nanti dengan tangan"))
        self.basis = QPlainTextEdit()
        self.basis.setTabChangesFocus(True)
        self.basis.setFixedHeight(64)
        self.basis.setPlaceholderText(_("satu dasar sebaris, misalnya SK Wali Nagari dan nomornya"))
        self.basis.textChanged.connect(self._touch)
        self.note = Note()
        self.signers = {
            name: _SignerFields(self._line(100), self._line(160), self._line(24), self._line(160))
            for name in ("handing", "receiving", "first", "second")
        }
        left = QWidget()
        left.setLayout(
            column(
                panel(label(_("Acara"), role="lead"), *self._event(), self.note),
                panel(label(_("Berita acara"), role="lead"), *self._record()),
                gap=12,
            )
        )
        left.layout().addStretch(1)  # type: ignore[union-attr]
        self.counted = label(role="lead", wrap=True)
        self.lacking = Note()
        self._list = QWidget()
        self._boxes = QVBoxLayout(self._list)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._boxes.setSpacing(2)
        self.all_button = button(_("Cen&tang semua"), self._tick_all, "link")
        self.save_button = button(_("&Simpan rencana"), self.save, "primary", "save", "Ctrl+S")
        places = yielding(scrolled(self._list), _LOWEST)
        right = panel(
            row(label(_("Yang diundang"), role="lead"), None, self.all_button),
            places,
            self.counted,
            self.lacking,
            row(button(_("Batal"), back), None, self.save_button),
        )
        right.layout().setStretchFactor(places, 1)  # type: ignore[union-attr]
        right.setFixedWidth(_SIDE)
        both = row(yielding(scrolled(left), _LOWEST), right, gap=2 * GRID)
        both.setStretch(0, 1)
        self.setLayout(both)

    def open(self, before: Planned | None, earlier: Sequence[Planned]) -> None:
        """An empty form, or that of a plan; who signed the last time is offered again."""
        self._before = before
        office = self._around.office
        facts = before.facts if before else None
        self._offer_programmes(facts)
        self.title.setText(facts.title if facts else _first_title(office))
        self.held_on.setText(short_date(facts.held_on if facts else office.today))
        self.starts_at.setText(facts.starts_at if facts else "")
        last = facts or (earlier[0].facts if earlier else None)
        self.place.setText(last.place if last else "")
        self.number.setText(facts.number if facts else "")
        self.basis.setPlainText("\n".join(last.legal_basis) if last else "")
        place = office.place
        heads = f"{_HEADS[place.nagari.level]} {place.nagari.name}"
        unsigned = (Signer(), Signer())
        witnesses = (*(last.witnesses if last else ()), *unsigned)[:2]
        self.signers["handing"].write(last.handing if last else Signer())
        self.signers["receiving"].write(last.receiving if last else Signer(position=heads))
        self.signers["first"].write(witnesses[0])
        self.signers["second"].write(witnesses[1])
        self.note.say("")
        self.changed = False
        self._look()
        for line in self.findChildren(QLineEdit):
            line.setCursorPosition(0)
        self.title.setFocus()

    def save(self) -> None:
        """Writes the plan in the lane, or says which line keeps it from being one."""
        day = read_date(self.held_on.text())
        wanted = [place for place, tick in self.ticks.items() if tick.isChecked()]
        for wrong, text, control in (
            (not _cleaned(self.title), _("Isi judul acara."), self.title),
            (day is None, code_sentence("end_date_unreadable"), self.held_on),
        ):
            if wrong:
                self.note.say(text)
                control.setFocus()
                return
        if not wanted:
            self.lacking.say(code_sentence("ceremony_empty"), "bad")
            return
        self.note.say("")
        office, before = self._around.office, self._before
        programme = self.programme.currentData()
        facts = CeremonyFacts.model_validate({
            "title": _cleaned(self.title),
            "programme": programme,
            "held_on": day,
            "starts_at": _cleaned(self.starts_at),
            "place": _cleaned(self.place),
            "number": _cleaned(self.number),
            "legal_basis": self._bases(),
            "handing": self.signers["handing"].read(),
            "receiving": self.signers["receiving"].read(),
            "witnesses": [
                signer for name in ("first", "second")
                if (signer := self.signers[name].read()) != Signer()
            ],
            "groups": before.facts.groups if before else (),
        })  # fmt: skip
        self.save_button.setEnabled(False)
        self._around.lane.submit(
            lambda _ticket: _write(office, facts, before, wanted),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, ceremony: str) -> None:
        self.save_button.setEnabled(True)
        self.changed = False
        self._saved(ceremony)

    def _failed(self, text: str) -> None:
        self.save_button.setEnabled(True)
        self.note.say(text)

    def _bases(self) -> list[str]:
        lines = (str(clean("address", line)) for line in self.basis.toPlainText().splitlines())
        return [line[:_BASIS] for line in lines if line][:_MOST_BASES]

    def _offer_programmes(self, facts: CeremonyFacts | None) -> None:
        known = programmes(self._around.office)
        self.programme.blockSignals(True)
        self.programme.clear()
        self.programme.addItem(_("Semua program"), "")
        for one in known:
            self.programme.addItem(one.name, one.code)
        wanted = facts.programme if facts else known[0].code if len(known) == 1 else ""
        self.programme.setCurrentIndex(max(self.programme.findData(wanted), 0))
        self.programme.blockSignals(False)

    def _programme_chosen(self) -> None:
        self._touch()
        self._look()

    def _look(self) -> None:
        office, programme = self._around.office, self.programme.currentData() or None
        self.counted.setText(_("Menghitung…"))
        self._around.lane.submit(
            lambda _ticket: invitable(office, programme),
            done=self._show_places,
            failed=self.note.say,
        )

    def _show_places(self, places: list[Invitable]) -> None:
        while item := self._boxes.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._places, self.ticks = places, {}
        seated = {g.name for g in self._before.facts.groups} if self._before else set()
        for place in places:
            words = _("{jorong}: {count} orang").format(
                jorong=place.jorong or _("Tanpa jorong"), count=number(place.people)
            )
            tick = QCheckBox(words)
            tick.setAccessibleName(words)
            tick.setChecked(place.jorong in seated or self._before is None)
            # Whoever has a seat keeps it.
            tick.setEnabled(place.jorong not in seated)
            tick.toggled.connect(self._ticked)
            self.ticks[place.jorong] = tick
            self._boxes.addWidget(tick)
        self._boxes.addStretch(1)
        self._count()

    def _tick_all(self) -> None:
        free = [tick for tick in self.ticks.values() if tick.isEnabled()]
        wanted = not all(tick.isChecked() for tick in free)
        for tick in free:
            tick.setChecked(wanted)

    def _ticked(self) -> None:
        self._touch()
        self._count()

    def _count(self) -> None:
        chosen = [place for place in self._places if self.ticks[place.jorong].isChecked()]
        people = sum(place.people for place in chosen)
        words = _("{count} orang diundang").format(count=number(people))
        if self._before is not None:
            words = _("{count} orang, {seated} di antaranya sudah berkursi").format(
                count=number(people), seated=number(self._before.count)
            )
        self.counted.setText(words)
        cards = sum(place.without_card for place in chosen)
        photos = sum(place.without_photo for place in chosen)
        if people > MOST_WORKERS:
            self.lacking.say(code_sentence("ceremony_full", {"most": MOST_WORKERS}), "bad")
            return
        parts = [
            (cards, _("{count} belum tercatat punya kartu")),
            (photos, _("{count} belum punya foto")),
        ]
        said = ", ".join(words.format(count=number(count)) for count, words in parts if count)
        self.lacking.say(f"{said}." if said else "", "caution")

    def _touch(self) -> None:
        self.changed = True

    def _line(self, longest: int) -> QLineEdit:
        made = QLineEdit()
        made.setMaxLength(longest)
        made.textEdited.connect(self._touch)
        return made

    def _event(self) -> list[QWidget]:
        return [
            _captioned(_("&Judul acara"), self.title),
            _captioned(_("&Program"), self.programme),
            _captioned(_("Tan&ggal"), self.held_on, _("Mu&lai pukul"), self.starts_at),
            _captioned(_("T&empat"), self.place),
        ]

    def _record(self) -> list[QWidget]:
        parts = [_captioned(_("&Nomor"), self.number), _captioned(_("&Dasar"), self.basis)]
        for name, words in (
            ("handing", _("Pihak kesatu (yang menyerahkan)")),
            ("receiving", _("Pihak kedua (yang menerima)")),
            ("first", _("Saksi pertama")),
            ("second", _("Saksi kedua")),
        ):
            fields = self.signers[name]
            parts.append(label(words, role="strong"))
            parts.append(_captioned(_("Nama"), fields.name, _("Jabatan"), fields.position,
                                    spoken=words))  # fmt: skip
            if name in ("handing", "receiving"):
                parts.append(_captioned(_("NIP"), fields.staff_number, _("Atas nama"),
                                        fields.on_behalf_of, spoken=words))  # fmt: skip
        return parts


def _write(
    office: Office, facts: CeremonyFacts, before: Planned | None, places: Sequence[str]
) -> str:
    groups = seat(office, facts.programme or None, places)
    return plan_ceremony(office, with_latecomers(facts, groups), before.id if before else "")


def _captioned(*parts: "str | QWidget", spoken: str = "") -> QWidget:
    """Captions and controls in turn, on one line."""
    made = QWidget()
    line = row(gap=12)
    for place in range(0, len(parts), 2):
        words, control = parts[place], parts[place + 1]
        assert isinstance(words, str) and isinstance(control, QWidget)  # noqa: S101 -- as all callers do
        caption: QLabel = label(words)
        caption.setFixedWidth(_CAPTION if not place else _SECOND_CAPTION)
        plain = words.replace("&", "")
        name_control(control, caption, f"{spoken}: {plain}" if spoken else plain)
        line.addWidget(caption, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(control, 1)
    made.setLayout(line)
    return made


def _cleaned(field: QLineEdit) -> str:
    return str(clean("address", field.text()))


def _first_title(office: Office) -> str:
    return f"Serah Terima Kartu {office.place.title} {office.today.year}"
