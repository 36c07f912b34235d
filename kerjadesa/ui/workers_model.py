"""The list of workers as Qt's table sees it: pages arrive as the operator scrolls."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kerjadesa.actions.list_workers import Listed, View, look
from kerjadesa.actions.office import Office
from kerjadesa.domain.check import age_on
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import SYNC, SYNC_MEANINGS, short_date
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_PAGE = 200
_Index = QModelIndex | QPersistentModelIndex

NAME, NIK, JORONG, BORN, CARD, STATE = range(6)


class WorkersModel(QAbstractTableModel):
    """Rows of `Listed`; asks for the next page by the key of the last row, never by counting."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._rows: list[Listed] = []
        self._words, self._to_decide = "", False
        self.more = False
        """Whether the register holds rows beyond those fetched."""

    def show(self, words: str = "", to_decide: bool = False) -> None:
        """Begins anew with everybody, those who fit the words, those a person has to look at."""
        self.beginResetModel()
        self._words, self._to_decide = words.strip(), to_decide
        seen = look(self._office, View(self._words, to_decide=to_decide), _PAGE)
        self._rows, self.more = seen.workers, seen.more
        self.endResetModel()

    def worker(self, index: _Index) -> Listed | None:
        """The worker in a row."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many rows are here by now."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Name to state."""
        return 0 if parent.isValid() else STATE + 1

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802
        """A search shows its first page; more words narrow it better than scrolling."""
        return self.more and not self._words and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802
        """Fetches the page after the last row."""
        after = self._rows[-1].key if self._rows else None
        seen = look(self._office, View(to_decide=self._to_decide), _PAGE, after)
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
            return (
                _("Nama"),
                _("NIK"),
                _("Jorong"),
                _("Tanggal lahir (umur)"),
                _("Nomor kartu"),
                _("Keadaan"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell: words, and for the state an icon and what it means."""
        worker = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words_of(worker, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return standing(worker)
        doubtful = worker.conflicts or worker.twin
        if column == NAME and doubtful and role == Qt.ItemDataRole.DecorationRole:
            return icon("conflict", tone_colour("caution"), 16)
        if column == STATE:
            look = SYNC[worker.sync]
            if role == Qt.ItemDataRole.DecorationRole:
                return icon(look.icon, tone_colour(look.tone), 16)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(tone_colour(look.tone))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._words_of(worker, column)
            marked = column == NAME and doubtful
            return _("{words}, perlu diputuskan").format(words=words) if marked else words
        return None

    def _words_of(self, worker: Listed, column: int) -> str:
        if column == BORN:
            return _born(worker.birth_date, self._office.today)
        return (
            worker.name,
            worker.nik_masked,
            worker.jorong,
            "",
            worker.card_number,
            _(SYNC[worker.sync].word),
        )[column]


def standing(worker: Listed) -> str:
    """Where this worker's data stands, why it was refused, and whether a person has to decide."""
    parts = [_(SYNC_MEANINGS[worker.sync])]
    if worker.refused_reason:
        parts.append(code_sentence(worker.refused_reason))
    if worker.conflicts:
        parts.append(_("Dua laptop mengisinya berbeda; buka untuk memutuskan."))
    if worker.twin:
        parts.append(_("Ada pekerja lain dengan NIK yang sama; bandingkan keduanya."))
    return " ".join(parts)


def _born(born: date, today: date) -> str:
    return _("{date} ({age} th)").format(date=short_date(born), age=age_on(today, born))
