"""Everybody in the register: scroll, search, filter, put in order, open, and act on several."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.actions.list_programmes import programmes
from kerjadesa.actions.list_workers import Order, View, active_count, count, look, totals
from kerjadesa.actions.register_columns import COLUMNS, STANDARD
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.filter_bar import FilterBar
from kerjadesa.ui.icons import icon
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.preferences import open_preferences
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import button, label, row, show_keys
from kerjadesa.ui.workers_acts import WorkersActs
from kerjadesa.ui.workers_model import WorkersModel, count_words, standing
from kerjadesa.ui.workers_table import STEP, WorkersTable
from kerjadesa.words import N_, _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_TABLE, _NOBODY, _HIDDEN = range(3)
_COLUMNS_KEY, _WIDTHS_KEY = "workers/columns", "workers/widths"
_COUNT_PAUSE = 150
_TELLING_PAUSE = 60
_MOST_TO_BLAME = 3
_LONGEST_SHOWN = 30

_ORDERS: dict[Order, str] = {
    "name": N_("Urut nama"),
    "jorong": N_("Urut jorong"),
    "birth_date": N_("Urut tanggal lahir"),
    "newest": N_("Terbaru dahulu"),
}


class WorkersPage(QWidget):
    """Search as you type runs on the UI thread: it answers within a frame."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around, self._office = around, around.office
        self._total = self._open_questions = self._ended = 0
        self._counting: Ticket | None = None
        self._wait = QTimer(self, singleShot=True, interval=_COUNT_PAUSE)
        self._wait.timeout.connect(self._count)
        # What is said of the rows lays the page out anew: that waits until they are painted.
        self._telling = QTimer(self, singleShot=True, interval=_TELLING_PAUSE)
        self._telling.timeout.connect(self._tell)
        self.frame = Page(
            self,
            _("Pekerja"),
            "",
            button(_("Foto dari f&older…"), self.folder_photos, "", "folder"),
            show_keys(
                button(_("I&mpor daftar"), lambda: around.go("import"), "", "import"), "Ctrl+I"
            ),
            show_keys(button(_("&Daftarkan pekerja"), self._register, "primary", "add"), "Ctrl+N"),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Cari nama, NIK, nomor KK, atau jorong (Ctrl+F)"))
        self.search.setAccessibleName(_("Cari pekerja"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("search", colours.quiet), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textChanged.connect(lambda _text: self._find(typed=True))
        self.search.returnPressed.connect(self._into_table)
        self.to_decide = button("", self._narrow, "filter")
        self.to_decide.setCheckable(True)
        self.order = QComboBox()
        self.order.setAccessibleName(_("Urutan daftar"))
        for order, words in _ORDERS.items():
            self.order.addItem(_(words), order)
        self.order.currentIndexChanged.connect(lambda _index: self._find())
        self.columns_button = button(_("&Kolom"), self._pick_columns)
        self.frame.add(row(self.search, self.to_decide, self.order, self.columns_button))
        self.filters = FilterBar(self._office, self._find)
        self.frame.add(self.filters)

        self.model = WorkersModel(self._office)
        self.model.rowsInserted.connect(self._tell)
        self.table = WorkersTable(self.model, self._open, self._sort, self._remember)
        self.table.arrange(*self._remembered())
        self.table.selectionModel().currentRowChanged.connect(self._stand)
        self.model.modelReset.connect(self._stand)
        held = QWidget()
        self._views = QStackedLayout(held)
        self._views.addWidget(self.table)
        self._views.addWidget(
            empty_state(
                "people",
                _("Belum ada pekerja di register ini."),
                _("Impor buku penduduk nagari, atau daftarkan orang pertama sendiri."),
                button(_("&Impor buku kerja"), lambda: around.go("import"), "primary", "import"),
                button(_("Daftarkan &sendiri"), self._register, "", "register"),
            )
        )
        self._hidden = QVBoxLayout()
        self._hidden.setContentsMargins(0, 0, 0, 0)
        hidden = QWidget()
        hidden.setLayout(self._hidden)
        self._views.addWidget(hidden)
        self.frame.add(held, 1)
        self.standing = label(role="quiet", wrap=True)
        self.frame.add(self.standing)
        self.count = label(role="quiet", wrap=True)
        self.acts = WorkersActs(around, self.frame, self.model, self.table, self._find)
        below = row(self.count, self.acts)
        below.setStretch(0, 1)
        self.frame.add(below)

    def entered(self) -> None:
        """Shows what is there by now."""
        self.frame.banner.hide()
        self._total, self._open_questions, self._ended = totals(self._office)
        self.to_decide.setText(
            _("&Perlu keputusan ({count})").format(count=number(self._open_questions))
        )
        self.to_decide.setAccessibleName(self.to_decide.text().replace("&", ""))
        self.model.programmes = {known.code: known.name for known in programmes(self._office)}
        self.filters.refresh()
        chosen = self.table.currentIndex().row()
        self._find()
        if 0 <= chosen < self.model.rowCount():
            self.table.selectRow(chosen)
        (self.table if chosen >= 0 else self.search).setFocus()

    def may_leave(self) -> bool:
        """Nothing is lost by leaving a list."""
        return True

    def show_what(
        self,
        search: bool = False,
        said: str = "",
        to_decide: bool | None = None,
        undo: Callable[[], object] | None = None,
    ) -> None:
        """Puts the cursor into the search box, says what another page has done, or narrows.

        `undo` takes back what was done.
        """
        if to_decide is not None:
            self.clear()
            self.to_decide.setChecked(to_decide)
            self._narrow()
        if said:
            then = partial(self._take_back, undo) if undo else None
            self.frame.banner.say(said, "good", _("Urungkan") if undo else "", then)
        if search:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def clear(self) -> None:
        """Shows everybody again."""
        self.to_decide.setChecked(False)
        self.filters.clear()
        self.search.clear()

    def _take_back(self, undo: Callable[[], object]) -> None:
        try:
            undo()
        except UserError as error:
            self.frame.banner.say(sentence(error), "bad")
            return
        self.entered()
        self.frame.banner.say(_("Perubahan diurungkan."), "good")

    def _view(self, leaving_out: str = "") -> View:
        plain = View(
            words="" if leaving_out == "words" else self.search.text().strip(),
            to_decide=self.to_decide.isChecked() and leaving_out != "to_decide",
            order=self.order.currentData(),
        )
        return self.filters.narrowed(plain, self._office.today, leaving_out)

    def _narrow(self) -> None:
        """Everybody, or those a person has to look at."""
        self._find()
        self._into_table()

    def _find(self, typed: bool = False) -> None:
        self.model.show(self._view())
        if not self.model.view.filtered and not self.model.view.words:
            self.model.count, self.model.active = self._total, self._total - self._ended
        elif not self._ended and self.model.view.ended is None:
            # Not so of those who have ended: merged records show there, which count for nobody.
            self.model.active = self.model.count
        if self._counting is not None:
            self._counting.cancel()
        uncounted = None in (self.model.count, self.model.active) and not self.model.rough
        self._wait.start() if uncounted else self._wait.stop()
        self.table.show_order(self.model.view.order)
        if self.model.rowCount():
            self._views.setCurrentIndex(_TABLE)
        elif not self._total:
            self._views.setCurrentIndex(_NOBODY)
        else:
            self._explain()
            self._views.setCurrentIndex(_HIDDEN)
        self._telling.start() if typed else self._tell()

    def _count(self) -> None:
        """Counts those on show in the lane: that takes longer than finding the first of them."""
        office, view, ended = self._office, self.model.view, self._ended

        def ask(_ticket: Ticket) -> tuple[int | None, int | None]:
            found = count(office, view)
            return found, active_count(office, view) if found and (ended or view.ended) else found

        def tell(found: tuple[int | None, int | None]) -> None:
            if view == self.model.view:
                self.model.count, self.model.active = found
                self._tell()

        self._counting = self._around.lane.submit(
            ask,
            done=tell,
            failed=lambda text: self.frame.banner.say(text, "bad"),
        )

    def _explain(self) -> None:
        """Says what hides everybody, and offers to take just that away."""
        while item := self._hidden.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        set_now = self._set_now()
        if [name for name, *_rest in set_now] == ["to_decide"]:
            picture, title = "ok", _("Tidak ada yang perlu diputuskan.")
            says = _("Data yang ditolak dinas atau diisi berbeda oleh dua laptop muncul di sini.")
            ways = [button(_("Tampilkan &semua pekerja"), self.clear)]
        else:
            picture = "search"
            blamed = [one for one in set_now if look(self._office, self._view(one[0]), 1).workers][
                :_MOST_TO_BLAME
            ]
            if len(set_now) == 1:
                title = _("Tidak ada yang cocok dengan {filter}.").format(filter=set_now[0][1])
                says = _("Coba sebagian nama saja, atau beberapa angka NIK.")
            elif blamed:
                title = _("Tidak ada yang cocok dengan semua saringan sekaligus.")
                says = _("Tanpa salah satu di bawah ini, masih ada pekerja yang tampil.")
            else:
                title = _("Tidak ada yang cocok dengan semua saringan sekaligus.")
                says = _("Hapus saringannya, lalu pilih satu per satu.")
            ways = [
                button(_("Hapus {filter}").format(filter=words.replace("&", "&&")), without)
                for _name, words, without in blamed
            ]
            if len(set_now) > 1:
                ways.append(button(_("Tampilkan &semua pekerja"), self.clear))
        self._hidden.addWidget(empty_state(picture, title, says, *ways))

    def _set_now(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Everything that leaves somebody out: its name, its words, and how to take it away."""
        found: list[tuple[str, str, Callable[[], object]]] = []
        if words := self.search.text().strip():
            shown = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
            text = _("pencarian “{words}”").format(words=shown)
            found.append(("words", text, self.search.clear))
        if self.to_decide.isChecked():
            found.append(("to_decide", _("Perlu keputusan"), self.to_decide.click))
        for name in self.filters.chosen:
            lift = lambda name=name: self.filters.choose(name, None)  # noqa: E731
            found.append((name, self.filters.words(name), lift))
        return found

    def _tell(self, *_changed: object) -> None:
        text = count_words(self.model, self._total, self._ended)
        self.count.setText(text if self._total else "")
        self.acts.setVisible(bool(self._total))
        self.acts.tell()

    def _stand(self, *_changed: object) -> None:
        """Says of the chosen worker what its icons mean."""
        worker = self.model.worker(self.table.currentIndex())
        self.standing.setText(standing(worker) if worker else "")

    def _into_table(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
            self.table.setFocus()

    def _sort(self, order: Order) -> None:
        self.order.setCurrentIndex(self.order.findData(order))

    def _open(self, index: QModelIndex) -> None:
        worker = self.model.worker(index)
        if worker is None:
            return
        if worker.conflicts or worker.sync == "refused":
            # What waits for a person is settled in the form; it shows both laptops' words itself.
            told = standing(worker) if worker.twin or worker.sync == "refused" else ""
            self._around.go("register", worker=worker.id, said=told)
        elif worker.twin and self.to_decide.isChecked():
            self._around.go("same_person", worker=worker.id)
        else:
            self._around.go(
                "worker", worker=worker.id, said=standing(worker) if worker.twin else ""
            )

    def folder_photos(self) -> None:
        """Offers to attach the photos of a whole folder."""
        from kerjadesa.ui.folder_photos import FolderPhotos

        FolderPhotos(self, self._around, self.entered).open()

    def _register(self) -> None:
        self._around.go("register", worker="")

    def _pick_columns(self) -> None:
        menu = QMenu(self)
        for column, words in COLUMNS.items():
            made = QAction(_(words), menu, checkable=True, checked=column in self.model.columns)
            # Without a name nobody would know whose row it is.
            made.setEnabled(column != "name")
            made.triggered.connect(lambda _on, column=column: self.turn_column(column))
            menu.addAction(made)
        menu.addSeparator()
        column = self.table.column
        ways: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (N_("Geser {column} ke &kiri"), "Left", lambda: self.table.shift_column(column, -1)),
            (N_("Geser {column} ke ka&nan"), "Right", lambda: self.table.shift_column(column, 1)),
            (N_("&Lebarkan {column}"), "Up", lambda: self.table.widen(column, STEP)),
            (N_("&Sempitkan {column}"), "Down", lambda: self.table.widen(column, -STEP)),
        )
        for words, key, way in ways:
            action = menu.addAction(_(words).format(column=_(COLUMNS[column])), way)
            # Shown here, heard by the table: there the keys act on the column of the cursor.
            action.setShortcut(QKeySequence(f"Ctrl+Shift+{key}"))
        menu.addSeparator()
        menu.addAction(_("Kembalikan susunan &awal"), self.restore_columns)
        menu.exec(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))
        menu.deleteLater()

    def turn_column(self, column: str) -> None:
        """Shows a column that was hidden, or hides it; the choice is remembered."""
        columns = list(self.model.columns)
        if column in columns:
            columns.remove(column)
        else:
            known = list(COLUMNS)
            before = [name for name in columns if known.index(name) < known.index(column)]
            columns.insert(columns.index(before[-1]) + 1 if before else 0, column)
        self.table.arrange(columns)
        self._remember()

    def restore_columns(self) -> None:
        """The columns, their order and their widths as they were at the very first start."""
        self.table.arrange(STANDARD, {})
        self._remember()

    def _remember(self) -> None:
        self.table.show_order(self.model.view.order)
        preferences = self._preferences()
        preferences.setValue(_COLUMNS_KEY, " ".join(self.model.columns))
        widths = " ".join(f"{name}:{width}" for name, width in self.table.widths.items())
        preferences.setValue(_WIDTHS_KEY, widths)

    def _remembered(self) -> tuple[list[str], dict[str, int]]:
        """Columns in their order, and the widths given by hand."""
        preferences = self._preferences()
        known = dict.fromkeys(str(preferences.value(_COLUMNS_KEY, "")).split())
        columns = [name for name in known if name in COLUMNS]
        given = (part.split(":") for part in str(preferences.value(_WIDTHS_KEY, "")).split())
        widths = {part[0]: int(part[1]) for part in given if part[-1].isdecimal() and part[1:]}
        return (columns if "name" in known else list(STANDARD)), widths

    def _preferences(self) -> QSettings:
        return open_preferences(self._office.home)
