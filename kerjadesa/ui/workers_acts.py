"""What is done with several workers at once: print, export, put under a programme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QMenu, QWidget

from kerjadesa.actions.list_workers import View, members
from kerjadesa.ui.files import choose_name
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.questions import MANY, ask
from kerjadesa.ui.widgets import BusyBar, button, rename, row
from kerjadesa.ui.workers_model import WorkersModel
from kerjadesa.ui.workers_table import WorkersTable
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.export_panel import ExportPanel

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What the banner says of work that is done, and how to take it back."""

    text: str
    tone: str = "good"
    undo: Callable[[], None] | None = None
    reprint: Callable[[], None] | None = None
    """Leads to new cards for those whose card says otherwise by now."""


class WorkersActs(QWidget):
    """Buttons that act on the marked rows, or on everybody on show where no two are marked."""

    def __init__(
        self,
        around: "Around",
        frame: Page,
        model: WorkersModel,
        table: WorkersTable,
        refresh: Callable[[], None],
    ) -> None:
        """`refresh` shows the list as it is after something was changed."""
        super().__init__()
        self._around, self._office = around, around.office
        self._frame, self._refresh = frame, refresh
        self.model, self.table = model, table
        self._ticket: Ticket | None = None
        self.panel: ExportPanel | None = None
        self._busy = BusyBar(self._cancel)
        frame.add(self._busy)
        self.print_button = button("", self._print, "", "card")
        self.export_button = button("", self._ask_export, "", "save")
        self.programme_button = button("", self._pick_programme)
        self.setLayout(row(self.print_button, self.export_button, self.programme_button))
        table.selectionModel().selectionChanged.connect(self.tell)

    def export_to(self, path: Path) -> None:
        """Writes what is on screen, or the rows that are marked, in the lane."""
        assert self.panel is not None  # noqa: S101 -- asked a moment ago
        reason, show_nik = self.panel.chosen_reason, self.panel.show_nik.isChecked()
        who, columns, office = self._who(), tuple(self.model.columns), self._office
        self.panel.close_panel()

        def export(ticket: Ticket) -> int:
            # In the lane: the window does not wait for the spreadsheet writer to be read.
            from kerjadesa.actions.export_register import export_register

            return export_register(
                office, path, who, columns, reason, show_nik, ticket.progress, ticket.cancelled
            )

        self._work(
            export,
            _("Menulis berkas: {part}%"),
            lambda count: Said(
                _("{count} pekerja tersimpan di berkas itu; ekspor ini dicatat.").format(
                    count=number(count)
                )
            ),
        )

    def put_under(self, code: str) -> None:
        """Changes the programme of those acted on, in the lane."""
        from kerjadesa.actions.former_cards import former_cards
        from kerjadesa.actions.set_programme import set_programme

        office, who = self._office, self._who()

        def put(ticket: Ticket) -> tuple[dict[str, str], list[str]]:
            changes = set_programme(office, who, code, ticket.progress, ticket.cancelled)
            return changes, former_cards(office, list(changes))

        self._work(put, _("Mengganti program: {part}%"), lambda made: self._put(*made))

    def _put(self, changes: Mapping[str, str], holders: Sequence[str]) -> Said:
        if not changes:
            return Said(
                _("Tidak ada yang diganti: program itu sudah berlaku bagi mereka."), "plain"
            )
        told = _("Program {count} pekerja diganti.").format(count=number(len(changes)))
        if holders:
            still = _("{count} di antaranya masih memegang kartu program sebelumnya.")
            told = f"{told} {still.format(count=number(len(holders)))}"
        return Said(
            told,
            undo=partial(self._take_back, changes),
            reprint=partial(self._around.go, "cards", workers=list(holders), reason="renewed")
            if holders
            else None,
        )

    def _take_back(self, changes: Mapping[str, str]) -> None:
        """Undoes what was done to all of them at once, as new entries."""
        from kerjadesa.actions.undo_change import undo_many

        office, count = self._office, number(len(changes))
        question = _("Urungkan penggantian program {count} pekerja?").format(count=count)
        if len(changes) > MANY and not ask(self, question, _("&Urungkan"), _("&Batal")):
            return
        self._work(
            lambda ticket: undo_many(office, changes, ticket.progress, ticket.cancelled),
            _("Mengurungkan: {part}%"),
            lambda undone: Said(
                _("Program {undone} dari {count} pekerja kembali seperti semula.").format(
                    undone=number(undone), count=count
                )
            ),
        )

    def tell(self, *_changed: object) -> None:
        """The buttons say on how many they act: the marked rows, or else everybody on show."""
        several = self.table.marked > 1
        count, active = self._counts()
        on = bool(self.model.rowCount()) and self._ticket is None
        told = _("{count} ditandai") if several else _("semua {count}")
        for made, words, many in (
            (self.print_button, _("&Cetak kartu ({who})"), active),
            (self.export_button, _("&Ekspor ({who})"), count),
            (self.programme_button, _("&Tetapkan program ({who})"), active),
        ):
            who = _("semua yang cocok") if many is None else told.format(count=number(many))
            rename(made, words.format(who=who))
            made.setEnabled(on and many != 0)

    def _counts(self) -> tuple[int | None, int | None]:
        """Of those acted on, all and those who have not ended: these alone get cards."""
        if self.table.marked > 1:
            rows = self.model.rows_of(set(self.table.chosen))
            return len(rows), self.model.active_in(rows)
        return self.model.count, self.model.active

    def _who(self) -> View | list[str]:
        return self.table.chosen if self.table.marked > 1 else self.model.view

    def _print(self) -> None:
        who = self._who()
        if not isinstance(who, View):
            self._around.go("cards", workers=who)
        elif not who.filtered and not who.words:
            self._around.go("cards", workers=[])
        else:
            # Who they all are takes a while to find: more of them than are on screen.
            office, view = self._office, who
            self._around.lane.submit(
                lambda _ticket: members(office, view),
                done=lambda workers: self._around.go("cards", workers=workers),
                failed=lambda text: self._frame.banner.say(text, "bad"),
            )

    def _ask_export(self) -> None:
        from kerjadesa.ui.export_panel import ExportPanel

        if self.panel is None:
            self.panel = ExportPanel(self._choose_file, self.table.setFocus)
            self._frame.add(self.panel)
        self.panel.open(self.table.marked if self.table.marked > 1 else self.model.count)

    def _choose_file(self, suffix: str) -> None:
        kinds = {"xlsx": _("Buku kerja Excel (*.xlsx)"), "csv": _("Tabel teks (*.csv)")}
        name = _("pekerja-{date}").format(date=self._office.today)
        chosen = choose_name(
            self, "list", _("Simpan daftar pekerja"), f"{name}.{suffix}", kinds[suffix]
        )
        if chosen:
            right = chosen.suffix.lower() == f".{suffix}"
            self.export_to(chosen if right else chosen.with_name(f"{chosen.name}.{suffix}"))

    def _pick_programme(self) -> None:
        menu = QMenu(self)
        for code, name in self.model.programmes.items():
            menu.addAction(name, partial(self._ask_programme, code, name))
        menu.exec(self.programme_button.mapToGlobal(self.programme_button.rect().topLeft()))

    def _ask_programme(self, code: str, name: str) -> None:
        _all, count = self._counts()
        question = (
            _("Tetapkan program {programme} untuk semua yang cocok?").format(programme=name)
            if count is None
            else _("Tetapkan program {programme} untuk {count} pekerja?").format(
                programme=name, count=number(count)
            )
        )
        if ask(self, question, _("&Tetapkan"), _("&Batal")):
            self.put_under(code)

    def _work(self, work: Callable[[Ticket], T], words: str, done: Callable[[T], Said]) -> None:
        self._frame.banner.hide()
        self._busy.begin(words.format(part=0))
        # The button that was pressed sleeps meanwhile, and cannot keep the cursor.
        self.table.setFocus()
        self._ticket = self._around.lane.submit(
            work,
            done=lambda made: self._rest(done(made)),
            failed=lambda text: self._rest(Said(text, "bad")),
            progress=lambda part, whole: self._busy.report(
                words.format(part=100 * part // whole if whole else 0), part, whole
            ),
            stopped=lambda: self._rest(Said(_("Dihentikan; tidak ada yang ditulis."), "plain")),
        )
        self.tell()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._busy.stopping()

    def _rest(self, said: Said) -> None:
        self._ticket = None
        self._busy.hide()
        self.table.stay(self._refresh)
        self._frame.banner.say(
            said.text,
            said.tone,
            _("Urungkan") if said.undo else "",
            said.undo,
            _("Cetak ulang kartu") if said.reprint else "",
            said.reprint,
        )
