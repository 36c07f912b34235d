"""Everybody in the register: scroll, search, open."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStackedLayout,
    QTableView,
    QWidget,
)

from kerjadesa.actions.list_workers import totals
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.ui.workers_model import BORN, CARD, JORONG, NAME, NIK, STATE, WorkersModel, standing
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


_TABLE, _NOBODY, _NO_MATCH, _NOTHING_TO_DECIDE = range(4)


class WorkersPage(QWidget):
    """Search as you type runs on the UI thread: it answers within a frame."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._total = self._open_questions = 0
        self.frame = Page(
            self,
            _("Pekerja"),
            "",
            button(_("&Daftarkan pekerja"), self._register, "primary", "add", "Ctrl+N"),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Cari nama, NIK, nomor KK, atau jorong (Ctrl+F)"))
        self.search.setAccessibleName(_("Cari pekerja"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("search", colours.quiet), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._into_table)
        self.to_decide = button("", self._narrow, "filter")
        self.to_decide.setCheckable(True)
        self.count = label(role="quiet")
        self.model = WorkersModel(around.office)
        self.model.rowsInserted.connect(self._tell)
        self.table = _Table(self.model, self._open)

        self.frame.add(row(self.search, self.to_decide))
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
        self._views.addWidget(
            empty_state(
                "search",
                _("Tidak ada yang cocok."),
                _("Coba sebagian nama saja, atau beberapa angka NIK."),
                button(_("&Hapus pencarian"), self.search.clear),
            )
        )
        self._views.addWidget(
            empty_state(
                "ok",
                _("Tidak ada yang perlu diputuskan."),
                _("Data yang ditolak dinas atau diisi berbeda oleh dua laptop muncul di sini."),
                button(_("&Tampilkan semua pekerja"), lambda: self.show_what(to_decide=False)),
            )
        )
        self.frame.add(held, 1)
        self.standing = label(role="quiet", wrap=True)
        self.table.selectionModel().currentRowChanged.connect(self._stand)
        self.model.modelReset.connect(self._stand)
        self.frame.add(column(self.standing, self.count, gap=2))

    def entered(self) -> None:
        """Shows what is there by now."""
        self.frame.banner.hide()
        self._total, self._open_questions = totals(self._around.office)
        self.to_decide.setText(
            _("&Perlu keputusan ({count})").format(count=number(self._open_questions))
        )
        self.to_decide.setAccessibleName(self.to_decide.text().replace("&", ""))
        chosen = self.table.currentIndex().row()
        self._find(self.search.text())
        if 0 <= chosen < self.model.rowCount():
            self.table.selectRow(chosen)
        (self.table if chosen >= 0 else self.search).setFocus()

    def may_leave(self) -> bool:
        """Nothing is lost by leaving a list."""
        return True

    def show_what(
        self, search: bool = False, said: str = "", to_decide: bool | None = None
    ) -> None:
        """Puts the cursor into the search box, says what another page has done, or narrows."""
        if to_decide is not None:
            self.search.clear()
            self.to_decide.setChecked(to_decide)
            self._narrow()
        if said:
            self.frame.banner.say(said, "good")
        if search:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _narrow(self) -> None:
        """Everybody, or those a person has to look at."""
        self._find(self.search.text())
        self._into_table()

    def _find(self, words: str) -> None:
        only = self.to_decide.isChecked()
        self.model.show(words, only)
        empty = _NO_MATCH if words.strip() else _NOTHING_TO_DECIDE if only else _NOBODY
        self._views.setCurrentIndex(_TABLE if self.model.rowCount() else empty)
        self._tell()

    def _tell(self, *_changed: object) -> None:
        shown = self.model.rowCount()
        if self.to_decide.isChecked() and not self.search.text().strip():
            text = _("{count} dari {total} pekerja perlu keputusan. Tekan Enter untuk membuka.")
            text = text.format(count=number(self._open_questions), total=number(self._total))
        elif not self.search.text().strip():
            text = _("{count} pekerja terdaftar. Tekan Enter untuk membuka.").format(
                count=number(self._total)
            )
        elif self.model.more:
            text = _("{count} yang pertama ditampilkan; ketik lebih banyak huruf.").format(
                count=number(shown)
            )
        else:
            text = _("{count} cocok dari {total}.").format(
                count=number(shown), total=number(self._total)
            )
        self.count.setText(text if self._total else "")

    def _stand(self, *_changed: object) -> None:
        """Says of the chosen worker what its icons mean."""
        worker = self.model.worker(self.table.currentIndex())
        self.standing.setText(standing(worker) if worker else "")

    def _into_table(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
            self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        worker = self.model.worker(index)
        if worker is not None:
            # What two laptops said differently, the form shows by itself.
            told = standing(worker) if worker.twin or worker.sync == "refused" else ""
            self._around.go("register", worker=worker.id, said=told)

    def _register(self) -> None:
        self._around.go("register", worker="")


class _Table(QTableView):
    """A table that Enter opens rows of."""

    def __init__(self, model: WorkersModel, opened: Callable[[QModelIndex], None]) -> None:
        super().__init__()
        self._opened = opened
        self.setModel(model)
        self.setAccessibleName(_("Daftar pekerja"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        # All rows are equally high, so that Qt need not ask 10,000 of them.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for place, width in (
            (NIK, 170), (JORONG, 150), (BORN, 170), (CARD, 230), (STATE, 140),
        ):  # fmt: skip
            self.setColumnWidth(place, width)
        self.doubleClicked.connect(opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter opens the row that is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.currentIndex())
        else:
            super().keyPressEvent(event)
