"""Saves the notice that a worker signs before being registered."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kerjadesa.ui.files import choose_name
from kerjadesa.ui.widgets import Banner, button
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.jobs import Ticket


class NoticeButton(QWidget):
    """One button beside the consent; the page's banner says where the paper is."""

    def __init__(
        self, around: "Around", of: Callable[[], tuple[str, str, str]], banner: Banner
    ) -> None:
        """`of()` gives name, NIK and programme code as far as the form has them."""
        super().__init__()
        self._around, self._of, self._banner = around, of, banner
        self.button = button(_("Cetak pe&mberitahuan…"), self._choose, picture_name="print")
        self.button.setToolTip(_("Lembar UU Pelindungan Data Pribadi untuk ditandatangani"))
        self.setFocusProxy(self.button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)

    def save_to(self, path: Path) -> None:
        """Writes the notice as a PDF."""
        name, nik, programme = self._of()

        def work(_ticket: "Ticket") -> None:
            from kerjadesa.actions.print_cards import write_pdf
            from kerjadesa.actions.print_notice import notice_pdf

            write_pdf(path, notice_pdf(self._around.office, name, nik, programme))

        self._around.lane.submit(
            work, lambda _none: self._written(path), lambda text: self._banner.say(text, "bad")
        )

    def _choose(self) -> None:
        # No name in the file's name: it lies open on the disk.
        suggested = "pemberitahuan-data-pribadi.pdf"
        chosen = choose_name(self, "paper", _("Simpan pemberitahuan"), suggested, _("PDF (*.pdf)"))
        if chosen:
            self.save_to(chosen)

    def _written(self, path: Path) -> None:
        self._banner.say(
            _("Pemberitahuan tersimpan. Cetak, bacakan, lalu minta tanda tangan."),
            "good",
            _("Buka"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )
