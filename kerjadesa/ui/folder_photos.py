"""Attaches the photos of a whole folder: choose it, watch, read what did not fit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from kerjadesa.ui.files import choose_folder
from kerjadesa.ui.labels import number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Banner, BusyBar, button, column, label, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.attach_photos import Attached
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.jobs import Ticket


class FolderPhotos(QDialog):
    """Runs in the lane; whoever closes it meanwhile stops that, and what is attached stays."""

    def __init__(self, owner: QWidget, around: "Around", changed: Callable[[], object]) -> None:
        """`changed` is called when workers have got photos."""
        super().__init__(owner)
        self._around, self._changed = around, changed
        self._ticket: Ticket | None = None
        self.setWindowTitle(_("Foto dari folder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        self.banner = Banner()
        self._busy = BusyBar(self._stop)
        self._names = QPlainTextEdit()
        self._names.setReadOnly(True)
        self._names.setTabChangesFocus(True)
        self._names.setAccessibleName(_("Berkas yang tidak terpakai"))
        self._names.setMinimumHeight(180)
        self._names.hide()
        self.choose_button = button(_("Pilih &folder…"), self._choose, "primary", "folder")
        layout = column(
            label(
                _(
                    "Setiap foto diberi nama NIK pekerjanya, misalnya 1303040000000000.jpg. "
                    "Foto dipotong dan dikecilkan sendiri. Pekerja yang sudah berfoto tidak "
                    "diubah."
                ),
                wrap=True,
            ),
            self.banner,
            self._busy,
            self._names,
            row(self.choose_button, None, button(_("&Tutup"), self.close)),
            gap=12,
            margin=2 * GRID,
        )
        # What is left over goes to the list, not between the lines.
        layout.setStretch(layout.indexOf(self._names), 1)
        self.setLayout(layout)

    def take(self, folder: Path) -> None:
        """Attaches what is in this folder."""

        def work(ticket: "Ticket") -> "Attached":
            from kerjadesa.actions.attach_photos import attach_photos

            return attach_photos(self._around.office, folder, ticket.progress, ticket.cancelled)

        self.banner.hide()
        self._names.hide()
        self.choose_button.setEnabled(False)
        self._busy.begin(_("Membaca isi folder…"))
        self._ticket = self._around.lane.submit(
            work, self._done, self._failed, self._progress, self._stopped
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        """Closes; what runs is stopped first and said, and closing again closes."""
        if self._ticket is not None:
            event.ignore()
            self._stop()
            return
        event.accept()

    def reject(self) -> None:
        """Escape closes like the button."""
        self.close()

    def _choose(self) -> None:
        chosen = choose_folder(self, "photo", _("Pilih folder berisi foto"))
        if chosen:
            self.take(chosen)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._busy.stopping()

    def _progress(self, done: int, whole: int | None) -> None:
        words = _("Foto {done} dari {whole}").format(done=number(done), whole=number(whole or 0))
        self._busy.report(words, done, whole)

    def _done(self, outcome: "Attached") -> None:
        self._rest()
        self.banner.say(*_told(outcome))
        names = [
            words.format(file=name)
            for words, found in (
                (_("{file}: nama berkasnya harus memuat satu NIK"), outcome.nameless),
                (_("{file}: tidak ada pekerja dengan NIK ini"), outcome.unknown),
                (_("{file}: gambarnya tidak dapat dipakai"), outcome.unreadable),
            )
            for name in found
        ]
        self._names.setPlainText("\n".join(names))
        self._names.setVisible(bool(names))
        self.adjustSize()
        if outcome.attached:
            self._changed()

    def _failed(self, text: str) -> None:
        self._rest()
        self.banner.say(text, "bad")

    def _stopped(self) -> None:
        self._rest()

    def _rest(self) -> None:
        self._ticket = None
        self._busy.hide()
        self.choose_button.setEnabled(True)


def _told(outcome: "Attached") -> tuple[str, str]:
    """The result as sentences, and their tone."""
    if not outcome.pictures:
        return _("Tidak ada foto di folder ini."), "caution"
    said = [_("Foto terpasang: {count}.").format(count=number(outcome.attached))]
    for count, words in (
        (outcome.had_one, _("Sudah berfoto: {count}.")),
        (len(outcome.nameless), _("Nama berkas keliru: {count}.")),
        (len(outcome.unknown), _("NIK tidak dikenal: {count}.")),
        (len(outcome.unreadable), _("Tidak dapat dipakai: {count}.")),
    ):
        if count:
            said.append(words.format(count=number(count)))
    if outcome.stopped:
        said.append(_("Dihentikan; yang terpasang tetap tersimpan."))
    unused = outcome.nameless or outcome.unknown or outcome.unreadable
    clean = not (unused or outcome.stopped)
    return " ".join(said), "good" if clean else "caution"
