"""Importing a list: choose the file, see what its columns and rows are, then write."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from kerjadesa.actions.attach_poverty import attach_chosen, preview_poverty
from kerjadesa.actions.known_worker import known_worker
from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.list_review import Review, drop_review, keep_review, review_of
from kerjadesa.actions.open_list import OpenedList, open_list, remember_columns
from kerjadesa.actions.preview_import import preview_residents, register_chosen
from kerjadesa.actions.remember_residents import remember_residents
from kerjadesa.actions.row_verdicts import Preview, Verdict
from kerjadesa.actions.usual_programme import usual_programme
from kerjadesa.ui.columns_view import ColumnsView
from kerjadesa.ui.draft_keeper import DraftKeeper
from kerjadesa.ui.files import choose_file, choose_name
from kerjadesa.ui.import_banner import CountsBanner
from kerjadesa.ui.import_chooser import ImportChooser
from kerjadesa.ui.import_words import (
    count_words,
    progress_words,
    registering_question,
    written_words,
)
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number, short_date
from kerjadesa.ui.page import Page
from kerjadesa.ui.preview_view import PreviewView, Views
from kerjadesa.ui.questions import MANY, ask
from kerjadesa.ui.widgets import BusyBar, button, reachable
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_CHOOSE, _COLUMNS, _ROWS = range(3)


class ImportPage(QWidget):
    """Nothing is written before the officer has seen every row and said so."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._ticket: Ticket | None = None
        self._opened: OpenedList | None = None
        self._reviewed = ""
        self._review: Review | None = None
        """What was done before to the list that is being opened."""
        self.again = button(_("Impor berkas &lain"), self._another, picture_name="import")
        self.frame = Page(
            self,
            _("Impor daftar"),
            _(
                "Daftarkan pekerja dari buku penduduk, atau lekatkan daftar kemiskinan (DTSEN, "
                "P3KE). Data yang sudah terdaftar tidak ditimpa."
            ),
            self.again,
        )
        self.busy = BusyBar(self._cancel)
        self.frame.add(self.busy)
        self.columns = ColumnsView(around.office.today, self._columns_told)
        self.rows = PreviewView(
            self._say_so, self._save, self._ask_columns, self._open, lambda: around.go("workers")
        )
        self._said = CountsBanner(self.frame.banner, self.rows)
        chooser = ImportChooser(around.office, self.load, self._choose, self.go_on)
        self.day, self.choose, self.strip = chooser.day, chooser.choose, chooser.strip
        self._told_day = chooser.told_day
        held = Views()
        self._views = QStackedLayout(held)
        # Scrolled by itself, or its height would push the foot of the rows off a small screen.
        for view in (reachable(chooser), self.columns, self.rows):
            self._views.addWidget(view)
        self.frame.add(held, 1)
        self.keeper = DraftKeeper(
            self,
            self._unwritten,
            lambda review: keep_review(self._around.office, review),
            lambda file: drop_review(self._around.office, file),
            lambda text: self.frame.banner.say(
                _("Perbaikan ini belum tersimpan sementara. {trouble}").format(trouble=text), "bad"
            ),
        )
        self.rows.model.touched.connect(self.keeper.touch)
        self.rows.model.typed.connect(self.keeper.touch)
        self._turn(_CHOOSE)

    def entered(self) -> None:
        """Puts the cursor where the work goes on."""
        self.strip.look()
        self._into()

    def _into(self) -> None:
        views = (self.choose.setFocus, self.columns.begin, self.rows.table.setFocus)
        views[self._views.currentIndex()]()

    def may_leave(self) -> bool:
        """The list stays here, and the lane goes on, while other pages are looked at."""
        self.keeper.finish()
        return True

    def load(self, path: Path, reviewed: str = "") -> None:
        """Reads a file and judges its rows as of the day that is written on the page.

        `reviewed` is what the file was when somebody began to review it.
        """
        if (day := self._told_day()) is None or self._ticket is not None:
            return
        self._date, self._reviewed = day, reviewed
        office = self._around.office
        self._begin(_("Membaca {file}…").format(file=path.name))
        self._ticket = self._around.lane.submit(
            lambda ticket: open_list(office, path, ticket.progress, ticket.cancelled),
            done=self._list_opened,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=self._stopped,
        )

    def _say_so(self) -> None:
        """Many are registered after a look at the programme and the day, which nobody sees here."""
        preview, count = self.rows.model.preview, len(self.rows.model.chosen)
        if preview is not None and preview.kind == "residents" and count > MANY:
            office = self._around.office
            code = usual_programme(office)
            names = {known.code: known.name for known in programmes(office)}
            question = registering_question(count, names.get(code, code), self._date)
            if not ask(self, question, _("&Daftarkan"), _("&Batal"), enter_agrees=True):
                return
        self.write()

    def write(self) -> None:
        """Registers the chosen rows, or attaches their deciles."""
        preview, chosen = self.rows.model.preview, sorted(self.rows.model.chosen)
        if preview is None or not chosen or self._ticket is not None:
            return
        office, day, poverty = self._around.office, self._date, self.columns.poverty

        def work(ticket: Ticket) -> dict[int, Verdict]:
            if preview.kind == "residents":
                return register_chosen(
                    office, preview, day, chosen, ticket.progress, ticket.cancelled
                )
            return attach_chosen(
                office, preview, *poverty, chosen, ticket.progress, ticket.cancelled
            )

        self._begin(_("Menulis {count} baris…").format(count=number(len(chosen))))
        self._ticket = self._around.lane.submit(
            work,
            done=self._written,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=self._stopped,
        )

    def save_to(self, path: Path) -> None:
        """Writes the report on the rows somebody has to look at."""
        preview = self.rows.model.preview
        if preview is None or self._ticket is not None:
            return

        def write(_ticket: Ticket) -> int:
            # What writes workbooks is drawn in for the few who hand a list back.
            from kerjadesa.actions.report_import import write_report

            return write_report(path, preview)

        self._begin(_("Menyusun laporan…"), stoppable=False)
        self._ticket = self._around.lane.submit(
            write,
            done=lambda count: self._rest(
                _("{count} baris laporan tersimpan.").format(count=number(count)), "good"
            ),
            failed=lambda text: self._rest(text, "bad"),
        )

    def go_on(self, review: Review) -> None:
        """Opens the file of a list that was left half-reviewed."""
        self.day.setText(short_date(review.day))
        self.load(review.path, review.id)

    def _unwritten(self) -> Review | None:
        """What a power cut would cost, None where that is nothing."""
        preview = self.rows.model.preview
        if preview is None or self._opened is None:
            return None
        fixes = self.rows.model.unwritten_fixes()
        taken, left = self.rows.model.ticked()
        if preview.with_outcome("done"):
            # Who was left out of what is written was left out on purpose.
            taken = left = frozenset()
        if not fixes and not taken and not left:
            return None
        source, dated = self.columns.poverty
        opened = self._opened
        return Review(opened.file, opened.path, self._date, source, dated, fixes, taken, left)

    def _choose(self) -> None:
        chosen = choose_file(
            self,
            "list",
            _("Pilih daftar"),
            _("Buku kerja (*.xlsx *.xlsm *.xls *.ods *.csv);;Semua berkas (*)"),
        )
        if chosen:
            self.load(chosen)

    def _list_opened(self, opened: OpenedList) -> None:
        if self._ticket is not None and self._ticket.cancelled():
            # Cancelled when the last row had just been read: the second half must not begin.
            self._stopped()
            return
        self._ticket, self._opened = None, opened
        self._review = review_of(self._around.office, opened.file)
        self.columns.show_list(opened)
        if self._review is not None:
            self.columns.take_poverty(self._review.source, self._review.dated)
        # A poverty list has a date of its own, which stands in no column.
        if opened.matched.kind == "residents" and opened.matched.sure:
            self._judge(remember=False)
        else:
            self._ask_columns()

    def _ask_columns(self) -> None:
        self.busy.hide()
        self.frame.banner.hide()
        self._turn(_COLUMNS)

    def _columns_told(self) -> None:
        if self._ticket is None:
            self._judge(remember=True)

    def _judge(self, remember: bool) -> None:
        assert self._opened is not None  # noqa: S101 -- its columns are on show
        table, kind = self._opened.table, self.columns.model.kind
        places = dict(self.columns.model.places)
        office, day, poverty = self._around.office, self._date, self.columns.poverty
        before = self.rows.model.preview
        if before is not None and before.table is table:
            fixes = before.fixes
        else:
            fixes = self._review.fixes if self._review is not None else {}

        def work(ticket: Ticket) -> Preview:
            watched = (ticket.progress, ticket.cancelled)
            if remember:
                remember_columns(office, table, kind, places)
            if kind == "residents":
                preview = preview_residents(office, table, places, day, fixes, *watched)
                remember_residents(office, preview)
                return preview
            return preview_poverty(office, table, places, *poverty, fixes, *watched)

        self._begin(_("Memeriksa {count} baris…").format(count=number(len(table.rows))))
        self._ticket = self._around.lane.submit(
            work,
            done=self._judged,
            failed=lambda text: self._rest(text, "bad"),
            progress=self._progress,
            stopped=self._stopped,
        )

    def _judged(self, preview: Preview) -> None:
        self._ticket = None
        self.busy.hide()
        self.rows.show_preview(preview)
        if self._review is not None:
            self.rows.model.tick(self._review.taken, self._review.left)
            self.keeper.adopt(self._review.id)
            self._review = None
        said = count_words(self.rows.counts())
        if self._reviewed and self._opened is not None and self._reviewed != self._opened.file:
            changed = _("Berkasnya sudah berubah, jadi perbaikan yang lama tidak dipakai.")
            said = f"{said} {changed}"
        self._said.tell(said)
        self._turn(_ROWS)

    def _open(self, verdict: Verdict) -> None:
        known = known_worker(self._around.office, verdict.nik, {})
        if known and self._ticket is None:
            # What was just written is looked through; who was there before may have left, too.
            page = "register" if verdict.outcome == "done" else "worker"
            self._around.go(page, worker=known.id)

    def _written(self, verdicts: dict[int, Verdict]) -> None:
        preview = self.rows.model.preview
        assert preview is not None  # noqa: S101 -- its rows were written
        self.rows.model.become(verdicts)
        done = sum(verdict.outcome == "done" for verdict in verdicts.values())
        said = written_words(preview.kind, self.rows.counts(), done)
        self._rest(said, "good")
        self._said.tell(said, "good")
        self.rows.narrow()
        if preview.kind == "residents":
            office = self._around.office
            # Once more, as its cells were put right. By itself: if it fails, all that was
            # registered is registered all the same, and must not be called unwritten.
            self._around.lane.submit(
                lambda _ticket: remember_residents(office, preview),
                done=lambda _none: None,
                failed=lambda text: self._said.tell(f"{said} {text}", "caution"),
            )

    def _begin(self, words: str, stoppable: bool = True) -> None:
        self.frame.banner.hide()
        self._free(False)
        self.busy.begin(words, stoppable)

    def _progress(self, done: int, whole: int | None) -> None:
        self.busy.report(progress_words(done, whole), done, whole)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.busy.stopping()

    def _stopped(self) -> None:
        self._rest(_("Dibatalkan; tidak ada yang tertulis."), "plain")

    def _rest(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self._free()
        # Whatever was locked meanwhile has lost the cursor; another page keeps its own.
        if self.isVisible():
            self._into()
        self.frame.banner.say(text, tone)

    def _free(self, free: bool = True) -> None:
        for part in (self.choose, self.again, self.columns):
            part.setEnabled(free)
        self.rows.lock(not free)

    def _turn(self, view: int) -> None:
        self._free()
        self._views.setCurrentIndex(view)
        self.again.setVisible(view != _CHOOSE)
        self.frame.says.setVisible(view == _CHOOSE)
        if self.isVisible():
            self.entered()

    def _another(self) -> None:
        """Begins anew; what was mended by hand and is not written is asked about first."""
        preview = self.rows.model.preview
        unwritten = preview is not None and any(
            preview.verdicts[index].outcome != "done" for index in preview.fixes
        )
        if not unwritten or ask(
            self,
            _("Perbaikan di daftar ini belum semuanya tertulis dan akan hilang."),
            yes=_("Buang"),
            no=_("Kembali"),
        ):
            self._restart()

    def _restart(self) -> None:
        self.keeper.forget()
        self._opened = None
        self.rows.model.forget()
        self.frame.banner.hide()
        self._turn(_CHOOSE)

    def _save(self) -> None:
        chosen = choose_name(
            self,
            "list",
            _("Simpan laporan"),
            _("laporan-impor.xlsx"),
            _("Buku kerja (*.xlsx)"),
        )
        if chosen:
            self.save_to(chosen)
