"""The look of the card: three designs, and what an office may change on them, seen at once."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from kerjadesa.actions.card_list import address_of
from kerjadesa.actions.card_settings import card_changes, keep_changes, read_logo
from kerjadesa.actions.print_cards import render_preview
from kerjadesa.cards.changes import UNCHANGED, Changes
from kerjadesa.cards.layout import Design, LayoutError, design_names, load_design
from kerjadesa.domain.problem import Problem
from kerjadesa.ui.design_faces import CardFaces
from kerjadesa.ui.design_form import DesignForm
from kerjadesa.ui.files import choose_file
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, row, scrolled, yielding
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_PAUSE = 120
"""Milliseconds after the last key before the card is drawn anew."""
_MOST_STEPS = 100
_SIDE, _LOWEST = 424, 240
_THUMB = QSize(160, 128)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A change to be drawn; `back`: it takes another back."""

    changes: Changes
    back: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What came of a wish: the card, or why it is not allowed."""

    wish: _Wish
    pdf: bytes
    problems: list[Problem]


class DesignPage(QWidget):
    """What is allowed is kept at once; what is not is said beside its control, and not kept."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._kept = UNCHANGED
        self._wanted: _Wish | None = None
        self._steps: list[Changes] = []
        self._drawing = False
        self._plain: dict[str, Design] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self.undo_button = button(_("&Urungkan"), self.undo, "", "replaced", "Ctrl+Z")
        self.reset_button = button(_("Kembalikan ke asal&nya"), self.reset)
        self.frame = Page(
            self,
            _("Rancangan kartu"),
            _("Yang Anda lihat adalah PDF yang akan dicetak. Perubahan langsung tersimpan."),
            self.undo_button,
            self.reset_button,
            button(_("&Kembali ke kartu"), lambda: around.go("cards"), "", "card"),
        )
        self.form = DesignForm(self.wish, self._choose_logo, self.take_logo)
        side = yielding(scrolled(self.form), _LOWEST)
        side.setFixedWidth(_SIDE)
        self.faces = CardFaces()
        columns = row(side, self.faces, gap=2 * GRID)
        columns.setStretch(1, 1)
        self.frame.add(columns, 1)

    def entered(self) -> None:
        """Begins with what is kept."""
        if not self._plain:
            self._load_designs()
        if not self._plain:
            return
        self._kept = card_changes(self._office)
        if self._kept.design not in self._plain:
            # Its file is spoilt; nothing is kept of this before something is changed.
            self._kept = Changes(next(iter(self._plain)))
        self._steps.clear()
        self._show(self._kept)
        self._want(_Wish(self._kept))
        self.form.designs[self._kept.design].setFocus()

    def may_leave(self) -> bool:
        """Everything allowed is kept already; a change still on its way is not lost either."""
        if self._pause.isActive():
            self._pause.stop()
            self._draw()
        return True

    def wish(self, changes: Changes) -> None:
        """Draws the card with these changes soon; more of them meanwhile are drawn together."""
        self._want(_Wish(changes))

    def undo(self) -> None:
        """Goes back to how it was before the last change."""
        if self._steps:
            before = self._steps.pop()
            self._show(before)
            self._want(_Wish(before, back=True))

    def reset(self) -> None:
        """Puts the design back to how it came; that can be undone too."""
        self._show(Changes(self._kept.design))
        self.wish(Changes(self._kept.design))

    def take_logo(self, path: Path) -> None:
        """Takes a picture as the logo."""
        self._around.lane.submit(
            lambda _ticket: read_logo(path), done=self._logo_taken, failed=self.form.say_of_logo
        )

    def _load_designs(self) -> None:
        for name in design_names():
            try:
                self._plain[name] = load_design(name)
            except LayoutError as error:
                self.frame.banner.say(
                    _("Berkas desain {file} keliru dan tidak ditawarkan; pasang ulang program ini.")
                    .format(file=error.file),
                    "bad",
                )  # fmt: skip
        self.form.offer(list(self._plain.values()))
        for name in self._plain:
            self._around.lane.submit(
                lambda _ticket, name=name: render_preview(self._office, Changes(name)),  # type: ignore[misc]
                done=lambda pdf, name=name: self._show_thumb(name, pdf),  # type: ignore[misc]
                failed=lambda text: self.frame.banner.say(text, "bad"),
            )

    def _want(self, wish: _Wish) -> None:
        self._wanted = wish
        self._pause.start()

    def _draw(self) -> None:
        if self._drawing or self._wanted is None:
            return
        wish, office, kept = self._wanted, self._office, self._kept
        self._wanted, self._drawing = None, True

        def work(_ticket: object) -> _Drawn:
            problems = [] if wish.changes == kept else keep_changes(office, wish.changes)
            pdf = b"" if problems else render_preview(office, wish.changes)
            return _Drawn(wish, pdf, problems)

        self._around.lane.submit(work, done=self._drawn, failed=self._failed)

    def _drawn(self, drawn: _Drawn) -> None:
        self._drawing = False
        self.form.say(drawn.problems)
        if not drawn.problems:
            if drawn.wish.changes != self._kept and not drawn.wish.back:
                self._steps = [*self._steps[-_MOST_STEPS:], self._kept]
            self._kept = drawn.wish.changes
            self.faces.show_pdf(drawn.pdf)
            if self._wanted is None:
                self._show(self._kept)
        self.undo_button.setEnabled(bool(self._steps))
        if self._wanted is not None and not self._pause.isActive():
            self._draw()

    def _failed(self, text: str) -> None:
        self._drawing = False
        self.frame.banner.say(text, "bad")

    def _show(self, changes: Changes) -> None:
        self.form.show_changes(changes, self._plain[changes.design], address_of(self._office.place))
        self.undo_button.setEnabled(bool(self._steps))

    def _show_thumb(self, name: str, pdf: bytes) -> None:
        buffer = QBuffer()
        buffer.setData(QByteArray(pdf))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(buffer)
        size = document.pagePointSize(0).toSize()
        picture = QPixmap(size.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio))
        # Paper is white, also where the window is dark.
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.drawImage(0, 0, document.render(0, picture.size()))
        painter.end()
        self.form.picture(name, picture)
        document.close()
        document.deleteLater()

    def _logo_taken(self, logo: bytes) -> None:
        self.form.say_of_logo("")
        base = self._wanted.changes if self._wanted else self._kept
        hidden = tuple(fact for fact in base.hidden if fact != "logo")
        self.wish(replace(base, logo=logo, hidden=hidden))

    def _choose_logo(self) -> None:
        chosen = choose_file(
            self, "logo", _("Pilih logo"), _("Gambar (*.png *.jpg *.jpeg *.webp *.bmp)")
        )
        if chosen:
            self.take_logo(chosen)
