"""The refused and the warned rows of an import, filtered, and as a table for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from kerjadesa.actions.import_workbook import ImportReport
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.icons import icon
from kerjadesa.ui.widgets import tone_colour
from kerjadesa.words import _

_Index = QModelIndex | QPersistentModelIndex
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing said of one row of the workbook."""

    row: int
    refused: bool
    text: str

    @property
    def outcome(self) -> str:
        """What became of the row."""
        return _("Ditolak") if self.refused else _("Masuk, perlu diperiksa")


def report_lines(report: ImportReport) -> list[ReportLine]:
    """All lines in the order of the workbook, a row's refusal before its warnings."""
    lines = [ReportLine(note.row, True, code_sentence(note.code)) for note in report.refused]
    lines += [ReportLine(note.row, False, code_sentence(note.code)) for note in report.warned]
    return sorted(lines, key=lambda line: (line.row, not line.refused))


def as_csv(lines: Sequence[ReportLine]) -> str:
    """The lines for a spreadsheet; a cell that could be a formula is made plain text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Baris"), _("Hasil"), _("Alasan")])
    for line in lines:
        writer.writerow([plain_cell(str(cell)) for cell in (line.row, line.outcome, line.text)])
    # Excel reads a CSV as UTF-8 only with this mark in front.
    return "\ufeff" + text.getvalue()


def plain_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


class ReportModel(QAbstractTableModel):
    """Row number, outcome, reason."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[ReportLine] = []
        self.lines: list[ReportLine] = []
        """Those on show."""

    def show(self, lines: list[ReportLine]) -> None:
        """Replaces everything."""
        self._all = lines
        self.narrow("", "")

    def narrow(self, outcome: str, words: str) -> None:
        """Shows `refused`, `warned` or all lines, and of these those that hold the words."""
        self.beginResetModel()
        wanted = words.casefold().split()
        self.lines = [
            line
            for line in self._all
            if outcome in ("", "refused" if line.refused else "warned")
            and all(word in f"{line.row} {line.text}".casefold() for word in wanted)
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 -- Qt's way
        """How many lines are on show."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Row, outcome, reason."""
        return 0 if parent.isValid() else 3

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Baris"), _("Hasil"), _("Alasan"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (str(line.row), line.outcome, line.text)[index.column()]
        tone = tone_colour("bad" if line.refused else "caution")
        if index.column() == 1 and role == Qt.ItemDataRole.DecorationRole:
            return icon("refused" if line.refused else "warning", tone, 16)
        if index.column() == 1 and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(tone)
        if index.column() == 2 and role == Qt.ItemDataRole.ToolTipRole:
            return line.text
        return None
