"""What has to be said before the list leaves the register: why, and with readable NIKs or not."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame

from kerjadesa.actions.register_columns import EXPORT_REASONS, ExportReason
from kerjadesa.ui.labels import number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, name_control, row
from kerjadesa.words import N_, _

REASONS: dict[ExportReason, str] = {
    "district": N_("Diminta dinas"),
    "bpjs": N_("Pendaftaran BPJS Ketenagakerjaan"),
    "meeting": N_("Musyawarah atau rapat nagari"),
    "payment": N_("Pembayaran iuran"),
    "check": N_("Pencocokan data di lapangan"),
}


class ExportPanel(QFrame):
    """A sheet above the list; `save(suffix)` is called once a reason is chosen.

    `closed()` afterwards: the cursor goes back to where the work goes on.
    """

    def __init__(self, save: Callable[[str], None], closed: Callable[[], None]) -> None:
        super().__init__()
        self._closed = closed
        self.setProperty("role", "panel")
        self._heading = label(role="lead")
        self.reason = QComboBox()
        self.reason.addItem(_("Pilih alasan"), None)
        for code in EXPORT_REASONS:
            self.reason.addItem(_(REASONS[code]), code)
        self.reason.currentIndexChanged.connect(self._choose)
        caption = label(_("&Untuk apa?"))
        name_control(self.reason, caption, _("Alasan ekspor"))
        self.show_nik = QCheckBox(_("Tulis NIK dan nomor KK &lengkap"))
        self._sheet = button(_("Simpan E&xcel…"), lambda: save("xlsx"), "primary", "save")
        self._text = button(_("Simpan CS&V…"), lambda: save("csv"))
        self._close = button(_("&Batal"), self.close_panel)
        says = label(
            _(
                "Kolom dan orangnya seperti di layar. Alasan dan jumlahnya dicatat di jurnal. "
                "Berkas itu tidak terkunci: simpan seperlunya, hapus sesudah dipakai."
            ),
            role="quiet",
            wrap=True,
        )
        why = row(caption, self.reason, self.show_nik, None)
        ways = row(None, self._sheet, self._text, self._close)
        self.setLayout(column(self._heading, says, why, ways, gap=GRID, margin=12))
        self._choose()
        self.hide()

    @property
    def chosen_reason(self) -> ExportReason:
        """The reason that was chosen."""
        found: ExportReason = self.reason.currentData()
        return found

    def open(self, count: int | None) -> None:
        """Asks about an export of so many workers; None: of all that fit, not counted yet."""
        self._heading.setText(
            _("Ekspor semua yang cocok")
            if count is None
            else _("Ekspor {count} pekerja").format(count=number(count))
        )
        self.reason.setCurrentIndex(0)
        # Readable numbers are wanted for one file at a time, never by habit.
        self.show_nik.setChecked(False)
        self.show()
        self.reason.setFocus()

    def close_panel(self) -> None:
        """Asks no more."""
        self.hide()
        self._closed()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _choose(self, *_index: int) -> None:
        for one in (self._sheet, self._text):
            one.setEnabled(self.reason.currentData() is not None)
