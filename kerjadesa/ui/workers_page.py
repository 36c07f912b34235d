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

from kerjadesa.actions.status import status
from kerjadesa.ui.empty import empty_state
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import button, label, row
from kerjadesa.ui.workers_model import BORN, CARD, JORONG, NAME, NIK, STATE, WorkersModel, standing
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class WorkersPage(QWidget):
    """Search as you type runs on the UI thread: it answers within a frame."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._total = 0
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
        self.count = label(role="quiet")
        self.model = WorkersModel(around.office)
        self.model.rowsInserted.connect(self._tell)
        self.table = _Table(self.model, self._open)

        self.frame.add(row(self.search))
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
        self.frame.add(held, 1)
        self.standing = label(role="quiet")
        self.table.selectionModel().currentRowChanged.connect(self._stand)
        self.model.modelReset.connect(self._stand)
        self.frame.add(row(self.count, None, self.standing))

    def entered(self) -> None:
        """Shows what is there by now."""
        self.frame.banner.hide()
        self._total = status(self._around.office).workers
        chosen = self.table.currentIndex().row()
        self._find(self.search.text())
        if 0 <= chosen < self.model.rowCount():
            self.table.selectRow(chosen)
        (self.table if chosen >= 0 else self.search).setFocus()

    def may_leave(self) -> bool:
        """Nothing is lost by leaving a list."""
        return True

    def show_what(self, search: bool = False, said: str = "") -> None:
        """Puts the cursor into the search box, or says what another page has done."""
        if said:
            self.frame.banner.say(said, "good")
        if search:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _find(self, words: str) -> None:
        self.model.show(words)
        empty = self.model.rowCount() == 0
        self._views.setCurrentIndex(0 if not empty else (2 if words.strip() else 1))
        self._tell()

    def _tell(self, *_changed: object) -> None:
        shown = self.model.rowCount()
        if not self.search.text().strip():
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
            told = standing(worker) if worker.conflicts or worker.sync == "refused" else ""
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
        for column, width in (
            (NIK, 170), (JORONG, 150), (BORN, 170), (CARD, 230), (STATE, 140),
        ):  # fmt: skip
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Enter opens the row that is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self.currentIndex())
        else:
            super().keyPressEvent(event)
