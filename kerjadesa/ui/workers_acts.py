"""What is done with several workers at once: print, export, put under a programme."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from kerjadesa.actions.list_workers import View, members
from kerjadesa.ui.files import documents
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.questions import ask
from kerjadesa.ui.widgets import BusyBar, button, row
from kerjadesa.ui.workers_model import WorkersModel
from kerjadesa.ui.workers_table import WorkersTable
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.export_panel import ExportPanel


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
        from kerjadesa.actions.export_register import export_register

        assert self.panel is not None  # noqa: S101 -- asked a moment ago
        reason, show_nik = self.panel.chosen_reason, self.panel.show_nik.isChecked()
        who, columns, office = self._who(), tuple(self.model.columns), self._office
        self.panel.hide()
        self._work(
            lambda ticket: export_register(
                office, path, who, columns, reason, show_nik, ticket.progress, ticket.cancelled
            ),
            _("Menulis berkas: {part}%"),
            lambda count: _("{count} pekerja tersimpan di berkas itu; ekspor ini dicatat.").format(
                count=number(count)
            ),
        )

    def put_under(self, code: str) -> None:
        """Changes the programme of those acted on, in the lane."""
        from kerjadesa.actions.set_programme import set_programme

        office, workers = self._office, self._ids()
        self._work(
            lambda ticket: set_programme(office, workers, code, ticket.progress, ticket.cancelled),
            _("Mengganti program: {part}%"),
            lambda count: _("Program {count} pekerja diganti.").format(count=number(count)),
        )

    def tell(self, *_changed: object) -> None:
        """The buttons say for how many they act: the marked rows, or else everybody on show."""
        marked = len(self.table.chosen)
        several = marked > 1
        count = marked if several else self.model.count
        on = bool(self.model.rowCount()) and self._ticket is None
        told = _("{count} ditandai") if several else _("semua {count}")
        who = told.format(count=number(count)) if count is not None else _("semua yang cocok")
        for made, words in (
            (self.print_button, _("&Cetak kartu ({who})")),
            (self.export_button, _("&Ekspor ({who})")),
            (self.programme_button, _("&Tetapkan program ({who})")),
        ):
            made.setText(words.format(who=who))
            made.setAccessibleName(words.format(who=who).replace("&", ""))
            made.setEnabled(on)

    def _who(self) -> View | list[str]:
        chosen = self.table.chosen
        return chosen if len(chosen) > 1 else self.model.view

    def _ids(self) -> list[str]:
        who = self._who()
        return members(self._office, who) if isinstance(who, View) else who

    def _print(self) -> None:
        who = self._who()
        everybody = isinstance(who, View) and not who.filtered and not who.words
        self._around.go("cards", workers=[] if everybody else self._ids())

    def _ask_export(self) -> None:
        from kerjadesa.ui.export_panel import ExportPanel

        if self.panel is None:
            self.panel = ExportPanel(self._choose_file)
            self._frame.add(self.panel)
        chosen = len(self.table.chosen)
        self.panel.open(chosen if chosen > 1 else self.model.count or len(self._ids()))

    def _choose_file(self, suffix: str) -> None:
        kinds = {"xlsx": _("Buku kerja Excel (*.xlsx)"), "csv": _("Tabel teks (*.csv)")}
        name = _("pekerja-{date}").format(date=self._office.today)
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Simpan daftar pekerja"), str(documents() / f"{name}.{suffix}"), kinds[suffix]
        )
        if path:
            chosen = Path(path)
            right = chosen.suffix.lower() == f".{suffix}"
            self.export_to(chosen if right else chosen.with_name(f"{chosen.name}.{suffix}"))

    def _pick_programme(self) -> None:
        menu = QMenu(self)
        for code, name in self.model.programmes.items():
            menu.addAction(name, partial(self._ask_programme, code, name))
        menu.exec(self.programme_button.mapToGlobal(self.programme_button.rect().topLeft()))

    def _ask_programme(self, code: str, name: str) -> None:
        count = len(self._ids())
        question = _("Tetapkan program {programme} untuk {count} pekerja?").format(
            programme=name, count=number(count)
        )
        if ask(self, question, _("&Tetapkan"), _("&Batal")):
            self.put_under(code)

    def _work(self, work: Callable[[Ticket], int], words: str, done: Callable[[int], str]) -> None:
        self._frame.banner.hide()
        self._busy.begin(words.format(part=0))
        self._ticket = self._around.lane.submit(
            work,
            done=lambda count: self._rest(done(count), "good"),
            failed=lambda text: self._rest(text, "bad"),
            progress=lambda part, whole: self._busy.report(
                words.format(part=100 * part // whole if whole else 0), part, whole
            ),
            stopped=lambda: self._rest(_("Dihentikan; tidak ada yang ditulis."), "plain"),
        )
        self.tell()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._busy.stopping()

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self._busy.hide()
        marked = self.table.chosen
        self._refresh()
        self.table.mark(marked)
        self._frame.banner.say(text, tone)
