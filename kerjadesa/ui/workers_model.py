"""The list of workers as Qt's table sees it: pages arrive as the operator scrolls."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kerjadesa.actions.list_workers import EVERYBODY, Listed, View, count, look
from kerjadesa.actions.office import Office
from kerjadesa.actions.register_columns import COLUMNS, STANDARD, cell, ending_words
from kerjadesa.domain.check import age_on
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import SYNC, SYNC_MEANINGS, number, short_date
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_PAGE = 200
_Index = QModelIndex | QPersistentModelIndex


class WorkersModel(QAbstractTableModel):
    """Rows of `Listed`; asks for the next page by the key of the last row, never by counting."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._rows: list[Listed] = []
        self._rough = False
        self.programmes: dict[str, str] = {}
        """Names of programmes by code."""
        self.view = EVERYBODY
        self.columns: list[str] = list(STANDARD)
        self.more = False
        """Whether the register holds rows beyond those fetched."""
        self.count: int | None = 0
        """How many the view shows; None where they are too many to count while typing."""

    def show(self, view: View) -> None:
        """Begins anew with this view."""
        self.beginResetModel()
        self.view = view
        seen = look(self._office, view, _PAGE)
        self._rows, self.more, self._rough = seen.workers, seen.more, seen.rough
        # Counting takes as long as finding: only where the first page does not say it already.
        self.count = count(self._office, view) if seen.more else len(seen.workers)
        self.endResetModel()

    def show_columns(self, columns: Sequence[str]) -> None:
        """Shows these columns of `COLUMNS`."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    def worker(self, index: _Index) -> Listed | None:
        """The worker in a row."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many rows are here by now."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """The chosen columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802
        """A broad search shows its first page; more words narrow it better than scrolling."""
        return self.more and not self._rough and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802
        """Fetches the page after the last row."""
        after = self._rows[-1].key if self._rows else None
        seen = look(self._office, self.view, _PAGE, after)
        fresh, self.more = seen.workers, seen.more
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self.columns[section]
            return _("Tanggal lahir (umur)") if column == "born" else _(COLUMNS[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell: words, and for the state an icon and what it means."""
        worker = self._rows[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words_of(worker, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return standing(worker)
        doubtful = worker.conflicts or worker.twin
        if column == "name" and doubtful and role == Qt.ItemDataRole.DecorationRole:
            return icon("conflict", tone_colour("caution"), 16)
        if column == "state":
            look, tone = ("person", "plain") if worker.ended else _look(worker)
            if role == Qt.ItemDataRole.DecorationRole:
                return icon(look, tone_colour(tone), 16)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(tone_colour(tone))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._words_of(worker, column)
            marked = column == "name" and doubtful
            return _("{words}, perlu diputuskan").format(words=words) if marked else words
        return None

    def _words_of(self, worker: Listed, column: str) -> str:
        if column == "born":
            return _born(worker.birth_date, self._office.today)
        if column == "programme":
            return self.programmes.get(worker.programme, worker.programme)
        value = cell(worker, column)
        if isinstance(value, date):
            return short_date(value)
        return number(value) if isinstance(value, int) else value or ""


def standing(worker: Listed) -> str:
    """Where this worker's data stands, why it was refused, and whether a person has to decide."""
    parts = [_(SYNC_MEANINGS[worker.sync])]
    if worker.ended:
        ended = _("Kepesertaan berakhir: {reason}.").format(reason=ending_words(worker.ended))
        parts.insert(0, ended)
    if worker.refused_reason:
        parts.append(code_sentence(worker.refused_reason))
    if worker.conflicts:
        parts.append(_("Dua laptop mengisinya berbeda; buka untuk memutuskan."))
    if worker.twin:
        parts.append(_("Ada pekerja lain dengan NIK yang sama; bandingkan keduanya."))
    return " ".join(parts)


def _look(worker: Listed) -> tuple[str, str]:
    look = SYNC[worker.sync]
    return look.icon, look.tone


def _born(born: date, today: date) -> str:
    return _("{date} ({age} th)").format(date=short_date(born), age=age_on(today, born))
