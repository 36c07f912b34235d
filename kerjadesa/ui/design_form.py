"""What may be changed on a card's design: which one, title, colours, logo, facts, address."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.cards.changes import LONGEST_ADDRESS, LONGEST_HEADING, UNCHANGED, Changes
from kerjadesa.cards.layout import Design
from kerjadesa.domain.problem import Problem
from kerjadesa.sentences import sentence
from kerjadesa.ui.files import DropZone
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, panel
from kerjadesa.words import N_, _

_COLOURS = {
    "primary": N_("Warna utama"),
    "accent": N_("Warna aksen"),
    "on_primary": N_("Tulisan di warna utama"),
    "pale_on_primary": N_("Tulisan kecil di warna utama"),
    "ink": N_("Tulisan"),
    "quiet": N_("Tulisan kecil"),
    "line": N_("Garis"),
    "ground": N_("Latar"),
}
_FACTS = {
    "photo": N_("Foto"),
    "logo": N_("Logo"),
    "nik_masked": N_("NIK (disamarkan)"),
    "jorong": N_("Jorong"),
    "kpj_masked": N_("Nomor KPJ (disamarkan)"),
    "payer": N_("Pembayar iuran"),
    "kabupaten": N_("Kabupaten"),
    "valid_from": N_("Mulai berlaku"),
    "issue": N_("Terbitan ke-"),
}
_SWATCH = 20
_FIELD = 92
_THUMB = QSize(80, 64)


class DesignForm(QWidget):
    """`changed(changes)` is called with what the operator wishes for, whether it is allowed or not.

    `logo_chosen` asks for a file, `logo_dropped(path)` takes one.
    """

    def __init__(
        self,
        changed: Callable[[Changes], object],
        logo_chosen: Callable[[], object],
        logo_dropped: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self._changed = changed
        self._now = UNCHANGED
        self._offered: dict[str, Design] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(12)
        self.designs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._pictures = QHBoxLayout()
        self._design_note = Note()
        self.colours: dict[str, QLineEdit] = {}
        self.swatches: dict[str, QPushButton] = {}
        self.facts: dict[str, QCheckBox] = {}
        self.notes: dict[str, Note] = {}
        self._palette = QWidget()
        self._palette_grid = QGridLayout(self._palette)
        self._palette_grid.setContentsMargins(0, 0, 0, 0)
        self._palette_grid.setVerticalSpacing(6)
        self._palette_grid.setColumnStretch(0, 1)
        self._fact_rows = QVBoxLayout()
        self._fact_rows.setSpacing(2)
        layout.addWidget(panel(label(_("Rancangan"), role="lead"), self._pictures,
                               self._design_note, self._note("qr")))  # fmt: skip
        layout.addWidget(self._texts())
        layout.addWidget(self._logo(logo_chosen, logo_dropped))
        layout.addWidget(panel(label(_("Warna"), role="lead"), self._palette))
        layout.addWidget(
            panel(label(_("Yang ditampilkan"), role="lead"), self._fact_rows, self._note("hidden"))
        )
        layout.addStretch(1)

    def offer(self, designs: Sequence[Design]) -> None:
        """Offers these designs, once."""
        self._offered = {design.name: design for design in designs}
        for design in designs:
            made = button("", partial(self._choose, design.name), "filter")
            made.setAccessibleName(_("Rancangan {title}").format(title=design.title))
            made.setToolTip(made.accessibleName())
            made.setCheckable(True)
            made.setIconSize(_THUMB)
            made.setFixedHeight(_THUMB.height() + 2 * GRID)
            self._group.addButton(made)
            self.designs[design.name] = made
            title = label(design.title, role="caption")
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._pictures.addLayout(column(made, title, gap=4), 1)

    def picture(self, name: str, picture: QPixmap) -> None:
        """Shows how a design looks, on its button."""
        self.designs[name].setIcon(QIcon(picture))

    def show_changes(self, changes: Changes, design: Design, address: str) -> None:
        """Shows what is changed; `design` is the plain one, `address` the usual line."""
        if set(self.colours) != set(design.palette) or list(self.facts) != list(design.hideable):
            self._rebuild(design)
        self._now = changes
        self.designs[changes.design].setChecked(True)
        self.heading.setPlaceholderText(design.heading)
        self.address.setPlaceholderText(address)
        for field, text in ((self.heading, changes.heading), (self.address, changes.address)):
            if field.text().strip() != text:
                with QSignalBlocker(field):
                    field.setText(text)
        for name, field in self.colours.items():
            colour = changes.colours.get(name, design.palette[name])
            if not field.hasFocus() or QColor(field.text()) != QColor(colour):
                with QSignalBlocker(field):
                    field.setText(colour)
            self._paint(name, colour)
        for name, box in self.facts.items():
            with QSignalBlocker(box):
                box.setChecked(name not in changes.hidden)
        self._plain = design
        picture = QPixmap()
        if changes.logo is not None:
            picture.loadFromData(changes.logo)
            picture = picture.scaledToHeight(48)
        self._logo_picture.setPixmap(picture)
        self._logo_picture.setVisible(not picture.isNull())
        self.no_logo_button.setVisible(changes.logo is not None)

    def say(self, problems: Sequence[Problem]) -> None:
        """Says beside each control what is wrong with it; nothing where nothing is."""
        said: dict[str, str] = {}
        for problem in problems:
            said.setdefault(problem.field, sentence(problem))
        self._design_note.say(said.pop("design", ""))
        for field, note in self.notes.items():
            note.say(said.pop(field, ""))
        # A colour with a name that has no field here still says what is wrong with it.
        if said:
            self._design_note.say(next(iter(said.values())))

    def say_of_logo(self, text: str) -> None:
        """Says why a file is not taken."""
        self.notes["logo"].say(text)

    def _texts(self) -> QWidget:
        self.heading, self.address = QLineEdit(), QLineEdit()
        self.heading.setMaxLength(2 * LONGEST_HEADING)
        self.address.setMaxLength(2 * LONGEST_ADDRESS)
        heading, address = label(_("&Judul kartu")), label(_("&Alamat di belakang kartu"))
        name_control(self.heading, heading, _("Judul kartu"))
        name_control(self.address, address, _("Alamat di belakang kartu"))
        self.heading.textEdited.connect(
            lambda text: self._wish(replace(self._now, heading=text.strip()))
        )
        self.address.textEdited.connect(
            lambda text: self._wish(replace(self._now, address=text.strip()))
        )
        return panel(
            heading, self.heading, self._note("heading"), address, self.address,
            self._note("address"),
        )  # fmt: skip

    def _logo(self, chosen: Callable[[], object], dropped: Callable[[Path], object]) -> QWidget:
        self._logo_picture = QLabel()
        self.logo_button = button(_("Pilih &logo…"), chosen, "", "folder")
        self.no_logo_button = button(
            _("&Hapus logo"), lambda: self._wish(replace(self._now, logo=None))
        )
        zone = DropZone(
            "folder",
            _("Jatuhkan gambar logo di sini: PNG atau JPEG, paling besar 2 MB."),
            dropped,
            self._logo_picture,
            self.logo_button,
            self.no_logo_button,
        )
        return panel(
            label(_("Logo"), role="lead"),
            zone,
            label(_("Logo ini dipakai pula di surat serah terima."), role="caption", wrap=True),
            self._note("logo"),
        )

    def _rebuild(self, design: Design) -> None:
        """Makes a row for each colour and each fact of another design."""
        for layout in (self._palette_grid, self._fact_rows):
            while item := layout.takeAt(0):
                if widget := item.widget():
                    widget.hide()
                    widget.deleteLater()
        for name in [name for name in self.notes if name.startswith("colour:")]:
            del self.notes[name]
        self.colours, self.swatches, self.facts = {}, {}, {}
        for line, name in enumerate(design.palette):
            words = _(_COLOURS[name]) if name in _COLOURS else name
            field = QLineEdit()
            field.setFixedWidth(_FIELD)
            field.setMaxLength(7)
            field.setAccessibleName(_("{what}, kode warna").format(what=words))
            field.textEdited.connect(lambda text, name=name: self._colour_typed(name, text))
            swatch = button("", partial(self._pick, name))
            swatch.setAccessibleName(_("Pilih {what}").format(what=words.lower()))
            swatch.setToolTip(swatch.accessibleName())
            self.colours[name], self.swatches[name] = field, swatch
            self._palette_grid.addWidget(label(words, wrap=True), 2 * line, 0)
            self._palette_grid.addWidget(swatch, 2 * line, 1)
            self._palette_grid.addWidget(field, 2 * line, 2)
            self._palette_grid.addWidget(self._note(f"colour:{name}"), 2 * line + 1, 0, 1, 3)
        for name in design.hideable:
            box = QCheckBox(_(_FACTS[name]) if name in _FACTS else name)
            box.toggled.connect(lambda on, name=name: self._show_fact(name, on))
            self.facts[name] = box
            self._fact_rows.addWidget(box)

    def _note(self, name: str) -> Note:
        self.notes[name] = Note()
        return self.notes[name]

    def _choose(self, name: str) -> None:
        # Colours are the design's own; title, logo, address and what is shown go along.
        hideable = self._offered[name].hideable
        hidden = tuple(fact for fact in self._now.hidden if fact in hideable)
        self._wish(replace(self._now, design=name, colours={}, hidden=hidden))

    def _colour_typed(self, name: str, text: str) -> None:
        colour = text.strip().upper()
        colour = colour if colour.startswith("#") else f"#{colour}"
        if len(colour) == 7:
            self._recolour(name, colour)

    def _pick(self, name: str) -> None:
        before = QColor(self.colours[name].text())
        chosen = QColorDialog.getColor(before, self, self.swatches[name].accessibleName())
        if chosen.isValid():
            self._recolour(name, chosen.name().upper())

    def _recolour(self, name: str, colour: str) -> None:
        colours = {other: kept for other, kept in self._now.colours.items() if other != name}
        if colour != self._plain.palette[name].upper():
            colours[name] = colour
        self._paint(name, colour)
        self._wish(replace(self._now, colours=colours))

    def _paint(self, name: str, colour: str) -> None:
        picture = QPixmap(_SWATCH, _SWATCH)
        picture.fill(QColor(colour) if QColor.isValidColorName(colour) else QColor("#FFFFFF"))
        self.swatches[name].setIcon(QIcon(picture))

    def _show_fact(self, name: str, on: bool) -> None:
        hidden = {*self._now.hidden} - {name} if on else {*self._now.hidden, name}
        self._wish(replace(self._now, hidden=tuple(sorted(hidden))))

    def _wish(self, changes: Changes) -> None:
        self._now = changes
        self._changed(changes)
