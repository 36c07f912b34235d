"""How things stand, and the next thing to do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kerjadesa.actions.status import Status, status
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.unfinished import UnfinishedStrip
from kerjadesa.ui.widgets import Note, button, label, panel, picture_label, pushed_up, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class HomePage(QWidget):
    """Figures, what waits for a person's decision, and one step to take next."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        office = around.office
        self.frame = Page(
            self,
            _("Beranda"),
            _("{place}, Kecamatan {kecamatan}").format(
                place=office.place.title, kecamatan=office.place.kecamatan.name
            ),
        )
        self.unfinished = UnfinishedStrip(
            office, lambda draft: self._around.go("register", draft=draft)
        )
        self.frame.add(self.unfinished)
        self._figures: dict[str, QLabel] = {}
        tiles = QHBoxLayout()
        tiles.setSpacing(GRID)
        for name, words, picture, tone in (
            ("workers", _("Pekerja terdaftar"), "people", "accent"),
            ("waiting", _("Menunggu dikirim"), "waiting", "caution"),
            ("sent", _("Di perjalanan"), "travelling", "accent"),
            ("received", _("Diterima dinas"), "ok", "good"),
            ("refused", _("Ditolak dinas"), "refused", "bad"),
        ):
            figure = label("0", role="figure")
            self._figures[name] = figure
            head = row(picture_label(picture, tone, 18), label(words, role="quiet", wrap=True))
            head.setStretch(1, 1)
            tiles.addWidget(panel(head, figure, gap=4), 1)
        self.frame.add(tiles)

        self._step = label(role="lead", wrap=True)
        self._why = label(role="quiet", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GRID)
        self.frame.add(
            panel(
                label(_("Langkah berikutnya"), role="caption"),
                self._step,
                self._why,
                row(self._buttons, None),
            )
        )

        self._decide = QVBoxLayout()
        self._decide.setSpacing(GRID)
        self._calm = label(_("Tidak ada yang menunggu keputusan Anda."), role="quiet")
        self._receipt = label(wrap=True)
        self._show_them = button(
            _("T&ampilkan pekerjanya"), lambda: self._around.go("workers", to_decide=True)
        )
        decisions = pushed_up(
            panel(
                label(_("Perlu diputuskan"), role="lead"),
                self._calm,
                self._decide,
                row(self._show_them, None),
            )
        )
        receipt = panel(
            label(_("Tanda terima dinas"), role="lead"),
            self._receipt,
            label(_("Hanya tanda terima membuktikan bahwa data sudah sampai."), role="caption",
                  wrap=True),
        )  # fmt: skip
        both = row(decisions, receipt, gap=2 * GRID)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.frame.add(both)
        self.frame.leave_rest_empty()

    def entered(self) -> None:
        """Asks how things stand by now."""
        self.unfinished.look()
        now = status(self._around.office)
        for name, figure in self._figures.items():
            figure.setText(number(getattr(now, name)))
        self._show_step(now)
        self._show_decisions(now)
        if now.last_receipt is None:
            self._receipt.setText(_("Belum ada."))
        else:
            self._receipt.setText(
                _("Terakhir pada {moment}.").format(moment=long_moment(now.last_receipt))
            )

    def may_leave(self) -> bool:
        """Nothing is lost by leaving."""
        return True

    def _show_step(self, now: Status) -> None:
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        step, why, actions = next_step(now)
        self._step.setText(step)
        self._why.setText(why)
        for position, (words, page, picture) in enumerate(actions):
            made = button(words, self._way(page), "primary" if position == 0 else "", picture)
            self._buttons.addWidget(made)
            if position == 0:
                made.setFocus()

    def _way(self, page: str) -> Callable[[], None]:
        return lambda: self._around.go(page)

    def _show_decisions(self, now: Status) -> None:
        while item := self._decide.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        said = decisions_of(now)
        self._calm.setVisible(not said)
        for text, tone in said:
            note = Note()
            self._decide.addWidget(note)
            note.say(text, tone)
        self._show_them.setVisible(bool(now.refused or now.twins or now.undecided))


def next_step(now: Status) -> tuple[str, str, list[tuple[str, str, str]]]:
    """One sentence, why, and the buttons that do it: (words, page, icon)."""
    if not now.workers:
        return (
            _("Masukkan pekerja rentan nagari ini."),
            _("Yang tercepat: impor buku penduduk. Yang tidak ada di sana didaftarkan sendiri."),
            [(_("&Impor buku penduduk"), "import", "import"),
             (_("&Daftarkan sendiri"), "register", "register")],
        )  # fmt: skip
    if not now.invited:
        return (
            _("Minta undangan dinas, lalu masukkan di sini."),
            _("Tanpa undangan, data {count} pekerja belum dapat dikirim. Kartu sudah dapat "
              "dicetak.").format(count=number(now.workers)),
            [(_("&Masukkan undangan"), "exchange", "exchange"), (_("&Cetak kartu"), "cards",
                                                                 "card")],
        )  # fmt: skip
    if now.waiting:
        return (
            _("Kirim data {count} pekerja ke dinas.").format(count=number(now.waiting)),
            _("Lewat internet atau lewat diska lepas; isinya sama."),
            [(_("&Kirim"), "exchange", "exchange"), (_("&Cetak kartu"), "cards", "card")],
        )
    if now.sent:
        return (
            _("Ambil tanda terima untuk {count} pekerja.").format(count=number(now.sent)),
            _("Datanya sudah berangkat; dinas belum menyatakan menerimanya."),
            [(_("&Terima"), "exchange", "exchange")],
        )
    return (
        _("Cetak kartu, lalu serahkan kepada yang berhak."),
        _("Semua data sudah diterima dinas."),
        [(_("&Cetak kartu"), "cards", "card")],
    )


def decisions_of(now: Status) -> list[tuple[str, str]]:
    """Sentences and tones for what only a person can settle."""
    said: list[tuple[str, str]] = []
    if now.clock_behind:
        said.append((_("Jam komputer ini salah. Betulkan tanggal dan jamnya."), "bad"))
    if now.refused:
        text = _("{count} pekerja ditolak dinas. Alasannya tertulis pada pekerjanya.")
        said.append((text.format(count=number(now.refused)), "bad"))
    if now.twins:
        text = _("{count} NIK terdaftar lebih dari sekali. Apakah orangnya sama?")
        said.append((text.format(count=number(now.twins)), "caution"))
    if now.undecided:
        text = _("{count} pekerja diisi berbeda oleh dua laptop. Pilih isi yang benar.")
        said.append((text.format(count=number(now.undecided)), "caution"))
    return said
