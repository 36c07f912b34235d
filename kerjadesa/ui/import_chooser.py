"""The first view of an import: which file, as of which day, or a list to go on with."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from kerjadesa.actions.list_review import Review
from kerjadesa.actions.office import Office
from kerjadesa.domain.check import read_date
from kerjadesa.ui.files import DropZone
from kerjadesa.ui.labels import short_date
from kerjadesa.ui.review_strip import ReviewStrip
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, button, column, label, name_control, panel, row
from kerjadesa.words import _


class ImportChooser(QWidget):
    """`load(path)` for a file that is dropped, `choose()` for the button, `go_on(review)`."""

    def __init__(
        self,
        office: Office,
        load: Callable[[Path], object],
        choose: Callable[[], object],
        go_on: Callable[[Review], object],
    ) -> None:
        super().__init__()
        self.day = QLineEdit(short_date(office.today))
        self.day.setFixedWidth(130)
        words = label(_("&Tanggal pendaftaran"))
        name_control(self.day, words, _("Tanggal pendaftaran"))
        self._note = Note()
        self.choose = button(_("&Pilih berkas…"), choose, "primary", "folder", "Ctrl+O")
        zone = DropZone("import", _("Letakkan berkas di sini, atau"), load, self.choose)
        zone.setMinimumHeight(220)
        self.strip = ReviewStrip(office, go_on)
        layout = column(
            self.strip,
            zone,
            panel(
                row(words, self.day, None, gap=12),
                self._note,
                label(
                    _("Umur dihitung pada tanggal ini. Biasanya hari ini."),
                    role="caption",
                    wrap=True,
                ),
                label(
                    _("Warga di daftar penduduk diingat 90 hari di komputer ini, untuk mengisi "
                      "formulir orang lain di KK yang sama. Dapat dilupakan di Pengaturan."),
                    role="caption",
                    wrap=True,
                ),
            ),
            gap=2 * GRID,
        )  # fmt: skip
        layout.addStretch(1)
        self.setLayout(layout)

    def told_day(self) -> date | None:
        """The day of registration; where it cannot be read, says so and gives None."""
        day = read_date(self.day.text())
        self._note.say(_("Tanggal tidak terbaca; tulis hari-bulan-tahun.") if day is None else "")
        return day
