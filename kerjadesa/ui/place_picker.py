"""Choosing one nagari out of all that the region table knows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from kerjadesa.domain.region import Place
from kerjadesa.ui.icons import icon
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import column, label
from kerjadesa.words import _

_CODE = Qt.ItemDataRole.UserRole
_SOUGHT = Qt.ItemDataRole.UserRole + 1


class PlacePicker(QWidget):
    """A search box over a list; the arrow keys move in the list while the box keeps the focus."""

    changed = Signal()

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        model = QStandardItemModel(self)
        for place in places:
            item = QStandardItem(
                _("{place}, Kecamatan {kecamatan}, {kabupaten} ({code})").format(
                    place=place.title,
                    kecamatan=place.kecamatan.name,
                    kabupaten=f"{place.kabupaten.level.capitalize()} {place.kabupaten.name}",
                    code=place.code,
                )
            )
            item.setData(place.code, _CODE)
            item.setData(f"{item.text()} {place.code.replace('.', '')}", _SOUGHT)
            item.setEditable(False)
            model.appendRow(item)
        self._fitting = QSortFilterProxyModel(self)
        self._fitting.setSourceModel(model)
        self._fitting.setFilterRole(_SOUGHT)
        self._fitting.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Ketik nama atau kode, misalnya Muaro"))
        self.search.setAccessibleName(_("Cari nagari, desa, atau kelurahan"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("search", colours.quiet), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = QListView()
        self.list.setModel(self._fitting)
        self.list.setAccessibleName(_("Daftar nagari, desa, dan kelurahan"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self._found = label(role="caption")
        self.setLayout(column(self.search, self.list, self._found))
        self.setFocusProxy(self.search)

        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._narrow("")

    @property
    def code(self) -> str:
        """The chosen nagari's code, empty while nothing is chosen."""
        index = self.list.currentIndex()
        return str(index.data(_CODE)) if index.isValid() else ""

    @property
    def words(self) -> str:
        """The chosen nagari as the list names it."""
        index = self.list.currentIndex()
        return str(index.data()) if index.isValid() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Hands the arrow keys of the search box to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._fitting.rowCount():
                now = self.list.currentIndex().row()
                chosen = max(0, min(self._fitting.rowCount() - 1, now + step))
                self.list.setCurrentIndex(self._fitting.index(chosen, 0))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, words: str) -> None:
        self._fitting.setFilterFixedString(" ".join(words.split()))
        count = self._fitting.rowCount()
        # Nothing is chosen for the operator until what was typed points at one place.
        chosen = self._fitting.index(0, 0) if words.strip() and count else QModelIndex()
        self.list.setCurrentIndex(chosen)
        if count:
            self._found.setText(_("{count} tempat cocok.").format(count=count))
        else:
            self._found.setText(_("Tidak ada yang cocok. Periksa ejaan, atau ketik kodenya."))
        self.changed.emit()

    def _moved(self, *_indexes: QModelIndex) -> None:
        self.changed.emit()
