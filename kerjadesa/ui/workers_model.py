"""The list of workers as Qt's table sees it: pages arrive as the operator scrolls."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from kerjadesa.actions.list_workers import EVERYBODY, Key, Listed, Seen, View, listed, look
from kerjadesa.actions.office import Office
from kerjadesa.actions.register_columns import COLUMNS, STANDARD, cell, ending_words
from kerjadesa.domain.check import age_on
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.icons import icon
from kerjadesa.ui.labels import SYNC, SYNC_MEANINGS, number, short_date
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_FIRST, _PAGE, _BLOCK = 60, 200, 50
"""Rows that are fetched at a keystroke, while scrolling, and again when they come into sight."""
_HELD = 2000
"""Rows whose workers are kept: of a hundred thousand the rest would fill 150 MiB."""
_Index = QModelIndex | QPersistentModelIndex


_SHOWN = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
    }
)
_TOLD = frozenset({Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})


class Cell(NamedTuple):
    """What one cell shows."""

    words: str
    picture: QIcon | None = None
    colour: str = ""


class WorkersModel(QAbstractTableModel):
    """Rows of `Listed`; asks for the next page by the key of the last row, never by counting."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._ids: list[str] = []
        self._held: dict[int, Listed] = {}
        self._last: Key | None = None
        self._today = office.today
        self.rough = False
        """Whether more fit the words than are worth gathering: no page follows."""
        self.programmes: dict[str, str] = {}
        """Names of programmes by code."""
        self.view = EVERYBODY
        self.columns: list[str] = list(STANDARD)
        self.more = False
        """Whether the register holds rows beyond those fetched."""
        self.count: int | None = 0
        """How many the view shows; None while nobody has counted them."""
        self.active: int | None = 0
        """How many of these have not ended; None as for `count`."""

    def show(self, view: View) -> None:
        """Begins anew with this view."""
        seen = look(self._office, view, _FIRST)
        self.beginResetModel()
        self.view, self._today = view, self._office.today
        self.more, self.rough, self.count = seen.more, seen.rough, seen.count
        self._ids, self._held, self._last = [], {}, None
        self._take(seen)
        self.active = self._known_active()
        self.endResetModel()

    def show_columns(self, columns: Sequence[str]) -> None:
        """Shows these columns of `COLUMNS`."""
        self.beginResetModel()
        self.columns = list(columns)
        self.endResetModel()

    def worker(self, index: _Index) -> Listed | None:
        """The worker in a row."""
        return self._worker(index.row()) if index.isValid() else None

    def ids(self, rows: Iterable[int]) -> list[str]:
        """The ids of the workers in these rows."""
        return [self._ids[row] for row in rows]

    def rows_of(self, workers: Collection[str]) -> list[int]:
        """The rows of these workers, as far as they are fetched."""
        return [row for row, worker in enumerate(self._ids) if worker in workers]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many rows are here by now."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """The chosen columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802
        """A broad search shows its first page; more words narrow it better than scrolling."""
        return self.more and not self.rough and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802
        """Fetches the page after the last row."""
        self.fetch(_PAGE)

    def fetch(self, rows: int) -> None:
        """Fetches so many rows after the last one."""
        seen = look(self._office, self.view, rows, self._last)
        self.more = seen.more
        if seen.workers:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(seen.workers) - 1)
            self._take(seen)
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
        if role in _SHOWN:
            cell = self.cell(index.row(), index.column())
            if role == Qt.ItemDataRole.DisplayRole:
                return cell.words
            if role == Qt.ItemDataRole.DecorationRole:
                return cell.picture
            return QColor(cell.colour) if cell.colour else None
        if role not in _TOLD or (worker := self._worker(index.row())) is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return standing(worker)
        column = self.columns[index.column()]
        words = self._words_of(worker, column)
        marked = column == "name" and (worker.conflicts or worker.twin)
        return _("{words}, perlu diputuskan").format(words=words) if marked else words

    def cell(self, row: int, place: int) -> Cell:
        """What a cell shows, all at once."""
        worker, column = self._worker(row), self.columns[place]
        if worker is None:
            return Cell("")
        words = self._words_of(worker, column)
        if column == "state":
            picture, tone = ("person", "plain") if worker.ended else _look(worker)
            return Cell(words, icon(picture, tone_colour(tone), 16), tone_colour(tone))
        if column == "name" and (worker.conflicts or worker.twin):
            return Cell(words, icon("conflict", tone_colour("caution"), 16))
        return Cell(words)

    def active_in(self, rows: Collection[int]) -> int:
        """How many in these rows have not ended; who is not at hand is taken for one of them."""
        held = (self._held.get(row) for row in rows)
        return len(rows) - sum(bool(worker and worker.ended) for worker in held)

    def _known_active(self) -> int | None:
        if self.view.ended is not None:
            return 0 if self.view.ended else self.count
        return None if self.more else self.active_in(range(len(self._ids)))

    def _take(self, seen: Seen) -> None:
        if seen.workers:
            self._last = seen.workers[-1].key
        for worker in seen.workers:
            self._held[len(self._ids)] = worker
            self._ids.append(worker.id)
        self._let_go()

    def _worker(self, row: int) -> Listed | None:
        """The worker in a row; None where he has gone from the register since."""
        if row not in self._held:
            first = row - row % _BLOCK
            rows = range(first, min(first + _BLOCK, len(self._ids)))
            found = {w.id: w for w in listed(self._office, [self._ids[r] for r in rows])}
            self._held |= {r: found[self._ids[r]] for r in rows if self._ids[r] in found}
            self._let_go()
        return self._held.get(row)

    def _let_go(self) -> None:
        """Forgets the workers looked at longest ago; their rows stay."""
        if len(self._held) > _HELD:
            for row in list(self._held)[: _HELD // 2]:
                del self._held[row]

    def _words_of(self, worker: Listed, column: str) -> str:
        if column == "born":
            return _born(worker.birth_date, self._today, _("{date} ({age} th)"))
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
        parts.append(_("Ada pekerja lain yang sangat mirip; bandingkan keduanya."))
    return " ".join(parts)


def count_words(model: WorkersModel, total: int, ended: int) -> str:
    """How many rows are on show out of `total`, of whom `ended` have ended."""
    shown, fetched, whole = model.count, number(model.rowCount()), number(total)
    if model.rough:
        return _("{count} yang pertama ditampilkan; ketik lebih banyak huruf.").format(
            count=fetched
        )
    if shown is None:
        return _("Lebih dari {count} dari {total} pekerja.").format(count=fetched, total=whole)
    if model.view.filtered or model.view.words:
        return _("{count} dari {total} pekerja.").format(count=number(shown), total=whole)
    # As the first page and the district count them.
    going_on = number(total - ended)
    if ended:
        return _(
            "{count} pekerja terdaftar, {ended} sudah berakhir. Tekan Enter untuk membuka."
        ).format(count=going_on, ended=number(ended))
    return _("{count} pekerja terdaftar. Tekan Enter untuk membuka.").format(count=going_on)


def _look(worker: Listed) -> tuple[str, str]:
    known = SYNC[worker.sync]
    return known.icon, known.tone


@lru_cache(maxsize=4096)
def _born(born: date, today: date, words: str) -> str:
    return words.format(date=short_date(born), age=age_on(today, born))
