"""One ceremony: how far it is, its papers, its cards, and the way to the day itself."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from kerjadesa.actions.ceremonies import Planned
from kerjadesa.actions.ceremony_papers import (
    AFTER,
    BEFORE,
    Paper,
    file_name,
    render_paper,
    write_papers,
)
from kerjadesa.actions.hand_over import Guest, tallies
from kerjadesa.actions.print_cards import write_pdf
from kerjadesa.ui import hand_over_words as said_of
from kerjadesa.ui.files import choose_folder, choose_name
from kerjadesa.ui.hand_over_lists import TallyTable, summed
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import long_date, number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import (
    Banner,
    BusyBar,
    Note,
    button,
    column,
    label,
    panel,
    row,
    scrolled,
    yielding,
)
from kerjadesa.words import N_, _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

PAPERS: dict[Paper, str] = {
    "roster": N_("Daftar hadir"),
    "signs": N_("Papan nama jorong"),
    "tents": N_("Nomor kursi"),
    "receipts": N_("Tanda terima"),
    "record_form": N_("Blangko berita acara"),
    "record": N_("Berita acara"),
    "remaining": N_("Sisa kartu"),
}
_SIDE = 340
_MOST_TWICE = 5
_LOWEST, _WIDE = 120, 900


class CeremonyOverview(QWidget):
    """Shows what `show_ceremony` gives it; the buttons say what comes next."""

    def __init__(
        self,
        around: "Around",
        banner: Banner,
        begin: Callable[[], object],
    ) -> None:
        super().__init__()
        self._around, self._banner = around, banner
        self.busy = BusyBar(self.cancel)
        self._plan: Planned | None = None
        self.people: list[Guest] = []
        self._ticket: Ticket | None = None
        self.facts = label(wrap=True)
        self.total = label(role="lead", wrap=True)
        self.notes = [Note() for _place in range(2)]
        self.table = TallyTable(short=False)
        self.twice = Note()
        left = panel(self.facts, self.total, *self.notes, self.twice, self.table, gap=GRID)
        left.layout().setStretchFactor(self.table, 1)  # type: ignore[union-attr]
        self.before_button = button(
            _("&Kertas sebelum acara…"), partial(self._choose_folder, BEFORE), "", "print", "Ctrl+O"
        )
        self._menu = QMenu(self)
        for paper, words in PAPERS.items():
            self._menu.addAction(_(words), partial(self._choose_file, paper))
        self.single_button = button(_("Satu kertas &saja…"), self._menu.show)
        self.single_button.setMenu(self._menu)
        self.cards_button = button(_("Cetak k&artu urut kursi"), self._cards, "", "card")
        self.day_button = button(_("&Mulai serah terima"), begin, "primary", "verify")
        self.after_button = button(
            _("Berita acara dan &lampirannya…"), partial(self._choose_folder, AFTER), "", "document"
        )
        self._explained = [
            label(text, role="quiet", wrap=True)
            for text in (
                _("Daftar hadir, papan jorong, nomor kursi, tanda terima, blangko berita acara: "
                  "semuanya sekaligus, ke satu folder."),
                _("Pindai, lihat fotonya, Enter. Tanpa tetikus."),
                _("Berita acara dengan angka akhir, daftar hadir, dan sisa kartu."),
            )
        ]  # fmt: skip
        right = QWidget()
        right.setLayout(
            column(
                panel(
                    label(_("Sebelum acara"), role="lead"),
                    self._explained[0],
                    self.before_button,
                    self.cards_button,
                    self.single_button,
                ),
                panel(label(_("Hari acara"), role="lead"), self._explained[1], self.day_button),
                panel(
                    label(_("Sesudah acara"), role="lead"), self._explained[2], self.after_button
                ),
                gap=12,
            )
        )
        right.layout().addStretch(1)  # type: ignore[union-attr]
        side = yielding(scrolled(right), _LOWEST)
        side.setFixedWidth(_SIDE)
        yielding(self.table, _LOWEST)
        both = row(left, side, gap=2 * GRID)
        both.setStretch(0, 1)
        self.setLayout(column(self.busy, both, gap=12))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Where letters are enlarged the buttons explain themselves."""
        super().resizeEvent(event)
        for words in self._explained:
            words.setVisible(self.width() >= _WIDE)
        self.table.narrow(self.width() < _WIDE)

    def show_ceremony(self, plan: Planned, people: Sequence[Guest]) -> None:
        """Shows a ceremony with everybody in it, as things stand."""
        self._plan, self.people = plan, list(people)
        facts = plan.facts
        parts = [long_date(facts.held_on), facts.starts_at, facts.place]
        self.facts.setText(" · ".join(part for part in parts if part))
        counts = tallies(plan, self.people)
        whole = summed(counts)
        self.total.setText(
            _("{handed} kartu diserahkan, {left} sisa; {absent} tidak hadir").format(
                handed=number(whole.handed), left=number(whole.remaining),
                absent=number(whole.absent),
            )
        )  # fmt: skip
        self.table.show_tallies(counts)
        unprinted = sum(guest.issue == 0 for guest in self.people)
        missing = plan.count - whole.planned
        self.notes[0].say(
            _("{count} orang belum tercatat punya kartu; cetak dulu kartunya.").format(
                count=number(unprinted)
            ) if unprinted else "", "caution",
        )  # fmt: skip
        self.notes[1].say(
            _("{count} orang belum dikenal di laptop ini; terima dulu data laptop lain.").format(
                count=number(missing)
            ) if missing else "", "caution",
        )  # fmt: skip
        self._show_twice()
        self.after_button.setEnabled(bool(self.people))
        self.day_button.setEnabled(bool(self.people))

    def save_all(self, papers: Sequence[Paper], folder: Path) -> None:
        """Writes papers to a folder in the lane; those of an earlier time are replaced."""
        plan, office = self._plan, self._around.office
        if plan is None or self._ticket is not None:
            return
        self._begin()
        self._ticket = self._around.lane.submit(
            lambda ticket: write_papers(
                office, plan.id, papers, folder, ticket.progress, ticket.cancelled
            ),
            done=lambda written: self._written(written, folder),
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=lambda: self._rest(
                _("Dihentikan; kertas yang sudah tersimpan tetap ada."), "plain"
            ),
        )

    def save_one(self, paper: Paper, path: Path) -> None:
        """Writes one paper."""
        plan, office = self._plan, self._around.office
        if plan is None or self._ticket is not None:
            return
        self._begin()
        self._ticket = self._around.lane.submit(
            lambda ticket: write_pdf(
                path, render_paper(office, plan.id, paper, ticket.progress, ticket.cancelled)
            ),
            done=lambda _none: self._say_saved(_("{paper} tersimpan.").format(
                paper=_(PAPERS[paper])), path),
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=lambda: self._rest(_("Pekerjaan dibatalkan."), "plain"),
        )  # fmt: skip

    def cancel(self) -> None:
        """Stops writing papers."""
        if self._ticket is not None:
            self._ticket.cancel()
            self.busy.stopping()

    def _show_twice(self) -> None:
        twice = [guest for guest in self.people if guest.times > 1]
        shown = "; ".join(
            _("{who}, pertama {moment} oleh {operator}").format(
                who=said_of.where(guest),
                moment=said_of.moment_words(guest.at),
                operator=guest.operator,
            )
            for guest in twice[:_MOST_TWICE]
        )
        more = len(twice) - _MOST_TWICE
        if more > 0:
            shown += _("; dan {count} lagi").format(count=number(more))
        text = _("Diserahkan dua kali, dihitung sekali, perlu dilihat: {who}.").format(who=shown)
        self.twice.say(text if twice else "", "caution")

    def _cards(self) -> None:
        self._around.go("cards", workers=[guest.worker for guest in self.people], in_order=True)

    def _choose_folder(self, papers: Sequence[Paper]) -> None:
        assert self._plan is not None  # noqa: S101 -- the button is shown with a ceremony
        chosen = choose_folder(self, "paper", _("Pilih folder untuk kertas acara"))
        if chosen:
            # A folder of its own, which says when but not who.
            ending = "-hasil" if papers == AFTER else ""
            name = f"serah-terima-{self._plan.facts.held_on}{ending}"
            self.save_all(papers, chosen / name)

    def _choose_file(self, paper: Paper) -> None:
        chosen = choose_name(self, "paper", _("Simpan kertas"), file_name(paper), _("PDF (*.pdf)"))
        if chosen:
            self.save_one(paper, chosen)

    def _begin(self) -> None:
        self._banner.hide()
        self._enable(False)
        self.busy.begin(_("Menyusun kertas…"))

    def _enable(self, enabled: bool) -> None:
        for made in (self.before_button, self.after_button, self.single_button):
            made.setEnabled(enabled)

    def _progress(self, done: int, whole: int | None) -> None:
        part = 100 * done // whole if whole else 0
        self.busy.report(_("Menyusun kertas: {part}%").format(part=part), done, whole)

    def _written(self, written: list[Path], folder: Path) -> None:
        self._say_saved(_("{count} berkas PDF tersimpan di {folder}.").format(
            count=number(len(written)), folder=folder), folder)  # fmt: skip

    def _say_saved(self, text: str, path: Path) -> None:
        self._rest("", "good")
        self._banner.say(
            text,
            "good",
            _("Buka"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self._enable(True)
        if text:
            self._banner.say(text, tone)
