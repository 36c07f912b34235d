"""The rows of a list under review as Qt's table sees them: cells are read when they are painted."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from kerjadesa.actions.row_verdicts import CHOOSABLE, Fixes, Preview, Verdict, fix_cell
from kerjadesa.actions.verdict_words import outcome_words, reasons
from kerjadesa.domain.nik import mask
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.icons import icon
from kerjadesa.ui.import_words import OUTCOMES, column_words, group_of
from kerjadesa.ui.theme import colours
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_Index = QModelIndex | QPersistentModelIndex
ROW, OUTCOME = range(2)
_FIRST = {"residents": ("nik", "nama", "tanggallahir"), "poverty": ("nik", "nama", "desil")}
"""What stands before the reason; the other columns of the list come after it."""
REASON = "reason"


class PreviewModel(QAbstractTableModel):
    """Row number with its tick, outcome, the list's own cells, reason."""

    touched = Signal()
    """A tick was set or a cell mended, so the counts differ."""
    typed = Signal()
    """Something is being typed into a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.rows: list[int] = []
        """Those on show."""
        self.chosen: set[int] = set()
        self.columns: list[str] = []
        """What stands in the columns after row number and outcome."""
        self.locked = False
        """While the rows are being written nothing is mended or chosen."""
        self._typing: tuple[int, int, str] | None = None
        """Row, place and text of the cell that is being typed into."""

    def show(self, preview: Preview) -> None:
        """Begins anew; whoever can be written is chosen, and ticks set by hand stay on their list.

        Not so a poor person of another name than the worker's: that wants somebody's look first.
        """
        before = self.preview
        same = before is not None and before.table is preview.table and before.kind == preview.kind
        taken, left = self.ticked() if same else (frozenset(), frozenset())
        self.beginResetModel()
        self.preview = preview
        first = [column for column in _FIRST[preview.kind] if column in preview.places]
        others = [column for column in preview.places if column not in first]
        self.columns = [*first, REASON, *others]
        self.rows = [*range(len(preview.verdicts))]
        self.chosen = self._chosen_by_itself() - left
        self.chosen.update(row for row in taken if self._choosable(row))
        self._typing = None
        self.endResetModel()

    def ticked(self) -> tuple[frozenset[int], frozenset[int]]:
        """Rows that were ticked by hand, and those whose tick was taken away."""
        by_itself = self._chosen_by_itself()
        return frozenset(self.chosen - by_itself), frozenset(by_itself - self.chosen)

    def tick(self, taken: Iterable[int], left: Iterable[int]) -> None:
        """Ticks as `ticked` told it, as far as those rows can still be written."""
        self.chosen.update(row for row in taken if self._choosable(row))
        self.chosen.difference_update(left)
        self._repaint()

    def unwritten_fixes(self) -> Fixes:
        """What was typed over cells of rows that are not written, the cell being typed included."""
        assert self.preview is not None  # noqa: S101 -- there is a list on show
        verdicts = self.preview.verdicts
        found = {
            row: dict(typed)
            for row, typed in self.preview.fixes.items()
            if verdicts[row].outcome != "done"
        }
        if self._typing is not None:
            row, place, text = self._typing
            found.setdefault(row, {})[place] = text
        return found

    def hear(self, index: _Index, text: str) -> None:
        """Takes in what is being typed into a cell: a power cut may come before its Enter."""
        assert self.preview is not None  # noqa: S101 -- there is a cell to type into
        place = self.preview.places[self._column(index.column())]
        self._typing = (self.rows[index.row()], place, text.strip())
        self.typed.emit()

    def end_typing(self) -> None:
        """The cell was left; if its text was taken, it has been mended by now."""
        if self._typing is not None:
            self._typing = None
            self.typed.emit()

    def forget(self) -> None:
        """Lets go of the list: another one may need the memory."""
        self.beginResetModel()
        self.preview, self.rows, self.chosen, self.columns = None, [], set(), []
        self._typing = None
        self.endResetModel()

    def narrow(self, outcome: str, words: str) -> None:
        """Shows the rows of an outcome (all if empty) in which every word occurs.

        Words are looked for in row number, name, NIK and reason.
        """
        assert self.preview is not None  # noqa: S101 -- shown before it is narrowed
        verdicts, searched = self.preview.verdicts, self.preview.searched
        rows: Iterable[int] = range(len(verdicts))
        if outcome:
            rows = [
                row
                for row, (found, seen, _nik) in enumerate(verdicts)
                if group_of(found, bool(seen)) == outcome
            ]
        codes = {code for verdict in verdicts for code in verdict.codes}
        for word in words.casefold().split():
            # Sentences are few and rows are many.
            said = {code for code in codes if word in code_sentence(code).casefold()}
            rows = [
                row
                for row in rows
                if word in searched[row] or not said.isdisjoint(verdicts[row].codes)
            ]
        self.beginResetModel()
        self.rows = [*rows]
        self.endResetModel()

    def choose(self, wanted: bool) -> None:
        """Ticks every row on show that can be written, or none of them."""
        assert self.preview is not None  # noqa: S101 -- there are rows on show
        if wanted:
            verdicts = self.preview.verdicts
            self.chosen.update(row for row in self.rows if verdicts[row].outcome in CHOOSABLE)
        else:
            self.chosen.difference_update(self.rows)
        self._repaint()

    def become(self, verdicts: Mapping[int, Verdict]) -> None:
        """Takes in what became of rows that were written."""
        assert self.preview is not None  # noqa: S101 -- these are its rows
        for row, verdict in verdicts.items():
            self.preview.verdicts[row] = verdict
        self.chosen.difference_update(verdicts)
        self._repaint()

    def toggle(self, places: Iterable[int]) -> None:
        """Turns the ticks of these rows of the table, all to what the first becomes."""
        rows = [self.rows[place] for place in places if self._choosable(self.rows[place])]
        if rows and not self.locked:
            if rows[0] in self.chosen:
                self.chosen.difference_update(rows)
            else:
                self.chosen.update(rows)
            self._repaint()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many rows are on show."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Row number, outcome, and the columns."""
        return 0 if parent.isValid() or not self.columns else 2 + len(self.columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self._column(section)
            return {ROW: _("Baris"), OUTCOME: _("Hasil")}.get(section) or (
                _("Alasan") if column == REASON else column_words(column)
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A row that is written already is not mended any more, nor while others are written."""
        flags = super().flags(index)
        row = self.rows[index.row()]
        if self.locked or self.preview is None or self.preview.verdicts[row].outcome == "done":
            return flags
        if index.column() == ROW and self._choosable(row):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() > OUTCOME and self._column(index.column()) != REASON:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        assert self.preview is not None  # noqa: S101 -- there are no rows without one
        row, section = self.rows[index.row()], index.column()
        verdict = self.preview.verdicts[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, section, verdict)
        if role == Qt.ItemDataRole.EditRole and section > OUTCOME:
            return self.preview.written(row, self._column(section))
        if role == Qt.ItemDataRole.CheckStateRole and section == ROW and self._choosable(row):
            return Qt.CheckState.Checked if row in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return reasons(verdict) or None
        look = OUTCOMES[group_of(verdict.outcome, bool(verdict.codes))]
        if section == OUTCOME and role == Qt.ItemDataRole.DecorationRole:
            return icon(look.icon, tone_colour(look.tone), 16)
        if section == OUTCOME and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(tone_colour(look.tone))
        if role == Qt.ItemDataRole.BackgroundRole and self._is_mended(row, section):
            return QColor(colours.caution_ground)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Sets a tick, or puts a cell right and judges its row anew."""
        assert self.preview is not None  # noqa: S101 -- there are no rows without one
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle([index.row()])
            return True
        column, written = self._column(index.column()), str(value).strip()
        if self.locked or written == self.preview.written(row, column):
            return False
        for other in fix_cell(self.preview, row, column, written):
            # Whoever has become eligible is meant to be written, or nobody would have mended it.
            (self.chosen.add if self._choosable(other) else self.chosen.discard)(other)
        self._repaint()
        return True

    def registered(self, index: _Index) -> Verdict | None:
        """What is said of a row whose worker the register holds; None of every other row."""
        if self.preview is None or not index.isValid():
            return None
        verdict = self.preview.verdicts[self.rows[index.row()]]
        return verdict if verdict.nik and verdict.outcome in {"done", "unchanged"} else None

    def _words(self, row: int, section: int, verdict: Verdict) -> str:
        assert self.preview is not None  # noqa: S101 -- there are no rows without one
        if section == ROW:
            return self.preview.table.row_name(row)
        if section == OUTCOME:
            return outcome_words(verdict)
        column = self._column(section)
        if column == REASON:
            return reasons(verdict)
        written = self.preview.written(row, column)
        # Whoever has to compare a NIK with a KTP sees it whole.
        return mask(written) if column == "nik" and not verdict.codes else written

    def _column(self, section: int) -> str:
        return self.columns[section - 2] if section > OUTCOME else ""

    def _chosen_by_itself(self) -> set[int]:
        assert self.preview is not None  # noqa: S101 -- there is a list on show
        residents = self.preview.kind == "residents"
        return set(
            self.preview.with_outcome(*CHOOSABLE) if residents else self.preview.with_outcome("new")
        )

    def _choosable(self, row: int) -> bool:
        return self.preview is not None and self.preview.verdicts[row].outcome in CHOOSABLE

    def _is_mended(self, row: int, section: int) -> bool:
        assert self.preview is not None  # noqa: S101 -- there are no rows without one
        place = self.preview.places.get(self._column(section))
        return place in self.preview.fixes.get(row, ())

    def _repaint(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.touched.emit()
