"""The recovery key on screen, and the ways to get it onto paper."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from kerjadesa.ui.files import documents, write_text
from kerjadesa.ui.widgets import Banner, button, column, label, row
from kerjadesa.words import _


class RecoveryPaper(QWidget):
    """Shows the key once; whoever holds it opens the register without the passphrase."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner
        self._place = ""
        self.key = label(role="key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = button(_("&Salin"), self._copy, picture_name="copy")
        self.setLayout(
            column(
                label(
                    _(
                        "Kunci ini hanya ditampilkan sekali dan tidak disimpan di mana pun. "
                        "Bila frasa sandi lupa, hanya kunci ini yang dapat membuka data."
                    ),
                    wrap=True,
                ),
                self.key,
                row(
                    self.copy,
                    button(
                        _("Simpan sebagai &teks di flash disk…"), self._save, picture_name="save"
                    ),
                    button(_("&Cetak…"), self._print, picture_name="print"),
                    None,
                ),
                label(
                    _(
                        "Simpanlah di lemari terkunci kantor, jangan di komputer ini dan jangan "
                        "difoto."
                    ),
                    role="caption",
                    wrap=True,
                ),
                gap=12,
            )
        )

    def show_key(self, key: str, place: str) -> None:
        """Puts a fresh key on screen."""
        self._place = place
        self.key.setText(key)
        self.key.setAccessibleName(_("Kunci pemulihan: {key}").format(key=key))

    def _words(self) -> str:
        return _(
            "KUNCI PEMULIHAN KERJADESA\n{place}\n\n{key}\n\n"
            "Siapa pun yang memegang kunci ini dapat membuka data warga. "
            "Simpan di lemari terkunci.\n"
        ).format(place=self._place, key=self.key.text())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())
        self._banner.say(_("Kunci disalin. Tempelkan ke tempat yang aman, lalu cetak."), "good")

    def _save(self) -> None:
        suggested = str(documents() / "kunci-pemulihan-kerjadesa.txt")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Simpan kunci pemulihan"), suggested, _("Teks (*.txt)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Writes the key as a text file, whole or not at all."""
        if write_text(path, self._words()):
            self._banner.say(_("Kunci tersimpan. Pindahkan berkas itu dari komputer ini."), "good")
        else:
            self._banner.say(_("Berkas tidak dapat ditulis. Pilih folder lain."), "bad")

    def _print(self) -> None:
        # A fifth of a second of library that only this button needs.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            document = QTextDocument(self._words())
            font = document.defaultFont()
            font.setPointSize(14)
            document.setDefaultFont(font)
            document.print_(printer)
            self._banner.say(_("Kunci dikirim ke pencetak."), "good")
