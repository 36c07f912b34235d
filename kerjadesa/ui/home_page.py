"""How things stand, and the next thing to do."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kerjadesa.actions.backup import backup_state
from kerjadesa.actions.likely_twins import waiting_count
from kerjadesa.actions.status import Status, status
from kerjadesa.actions.usual_programme import Ending, usual_ending
from kerjadesa.ui.labels import long_moment, number
from kerjadesa.ui.page import Page
from kerjadesa.ui.programme_words import ending_words
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.unfinished import UnfinishedStrip
from kerjadesa.ui.widgets import Note, button, column, label, panel, picture_label, pushed_up, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around


class HomePage(QWidget):
    """Figures, what waits for a person's decision, and one step to take next."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._asked = False
        self._status: Status | None = None
        self._ending: Ending | None = None
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
        self._below: list[QLabel] = []
        tiles = QHBoxLayout()
        tiles.setSpacing(GRID)
        for name, words, picture, tone in (
            ("workers", _("Pekerja terdaftar"), "people", "accent"),
            ("waiting", _("Menunggu dikirim"), "waiting", "caution"),
            ("sent", _("Di perjalanan"), "travelling", "accent"),
            ("received", _("Diterima dinas"), "ok", "good"),
            ("refused", _("Ditolak dinas"), "refused", "bad"),
        ):
            tiles.addWidget(self._tile(name, words, picture, tone), 1)
        self._ended = self._below[0]
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
        self._seeking = label(role="quiet", wrap=True)
        self._seeking.hide()
        self._receipt = label(wrap=True)
        self._show_them = button(
            _("T&ampilkan pekerjanya"), lambda: self._around.go("workers", to_decide=True)
        )
        self._compare = button(_("Ban&dingkan pasangannya"), self._way("same_person"))
        self._to_programmes = button(
            _("At&ur program"), lambda: self._around.go("settings", programme=True)
        )
        decisions = pushed_up(
            panel(
                label(_("Perlu diputuskan"), role="lead"),
                self._calm,
                self._decide,
                self._seeking,
                row(self._show_them, self._compare, self._to_programmes, None),
            )
        )
        self._backed_up = label(wrap=True)
        self._backup_due = Note()
        self._to_backup = button(_("&Buat cadangan"), lambda: self._around.go("settings"))
        backup = panel(
            label(_("Cadangan"), role="lead"),
            self._backed_up,
            self._backup_due,
            row(self._to_backup, None),
        )
        receipt = panel(
            label(_("Tanda terima dinas"), role="lead"),
            self._receipt,
            label(_("Hanya tanda terima membuktikan bahwa data sudah sampai."), role="caption",
                  wrap=True),
        )  # fmt: skip
        both = row(decisions, column(receipt, backup, gap=12), gap=2 * GRID)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        self.frame.add(both)
        self.frame.leave_rest_empty()

    def _tile(self, name: str, words: str, picture: str, tone: str) -> QWidget:
        figure = label("0", role="figure")
        self._figures[name] = figure
        head = row(picture_label(picture, tone, 18), label(words, role="quiet", wrap=True))
        head.setStretch(1, 1)
        tile = column(head, gap=4)
        # The figures stand on one line, however many lines their captions take.
        tile.addStretch(1)
        tile.addWidget(figure)
        below = label(role="caption", wrap=True)
        below.hide()
        tile.addWidget(below)
        self._below.append(below)
        return panel(tile)

    def entered(self) -> None:
        """Asks how things stand by now."""
        self.unfinished.look()
        now = self._status = status(self._around.office)
        self._ending = usual_ending(self._around.office)
        for name, figure in self._figures.items():
            figure.setText(number(getattr(now, name)))
        # As the district counts them, so that both name the same figure.
        self._figures["workers"].setText(number(now.workers - now.ended))
        for below in self._below:
            below.setText(_("{count} lagi sudah berakhir.").format(count=number(now.ended)))
            # Unseen, it holds the other figures on one line with the first.
            kept = below.sizePolicy()
            kept.setRetainSizeWhenHidden(bool(now.ended))
            below.setSizePolicy(kept)
        self._ended.setVisible(bool(now.ended))
        self._show_step(now)
        self._show_decisions(now)
        if now.last_receipt is None:
            self._receipt.setText(_("Belum ada."))
        else:
            self._receipt.setText(
                _("Terakhir pada {moment}.").format(moment=long_moment(now.last_receipt))
            )

        self._show_backup()
        self._ask_about_paper(now.unjudged)

    def tell_seeking(self, percent: int | None) -> None:
        """Says how far the search for pairs is, and at its end what it has found."""
        if percent is None and self._seeking.isHidden():
            return
        self._seeking.setHidden(percent is None)
        if percent is not None:
            text = _("Mencari orang yang mungkin sama … {percent} %")
            self._seeking.setText(text.format(percent=percent))
        elif self._status is not None:
            self._status = replace(self._status, twins=waiting_count(self._around.office))
            self._show_decisions(self._status)

    def may_leave(self) -> bool:
        """Nothing is lost by leaving."""
        return True

    def _ask_about_paper(self, cards: int) -> None:
        if cards:
            self.frame.banner.say(
                _("Tadi {count} kartu dicetak: apakah kertasnya baik?").format(count=number(cards)),
                "caution",
                _("Jawab"),
                self._way("cards"),
            )
        elif self._asked:
            self.frame.banner.hide()
        self._asked = bool(cards)

    def _show_backup(self) -> None:
        state = backup_state(self._around.office)
        self._backed_up.setText(
            _("Terakhir pada {moment}.").format(moment=long_moment(state.last))
            if state.last
            else _("Belum pernah.")
        )
        due = _("Simpan cadangan di diska lepas, jauh dari komputer ini.") if state.due else ""
        self._backup_due.say(due, "caution")
        self._to_backup.setVisible(state.due)

    def _show_step(self, now: Status) -> None:
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        step, why, actions = next_step(now)
        before = self._show_them
        self._step.setText(step)
        self._why.setText(why)
        for position, (words, page, picture) in enumerate(actions):
            made = button(words, self._way(page), "primary" if position == 0 else "", picture)
            self._buttons.addWidget(made)
            # What is not on show yet cannot take the focus.
            made.show()
            if position == 0:
                made.setFocus()
            else:
                QWidget.setTabOrder(before, made)
            before = made
        # They are made last and stand above these.
        QWidget.setTabOrder(before, self._show_them)
        QWidget.setTabOrder(self._show_them, self._compare)
        QWidget.setTabOrder(self._compare, self._to_programmes)
        QWidget.setTabOrder(self._to_programmes, self._to_backup)

    def _way(self, page: str) -> Callable[[], None]:
        return lambda: self._around.go(page)

    def _show_decisions(self, now: Status) -> None:
        while item := self._decide.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        said = decisions_of(now, self._ending)
        self._calm.setVisible(not said)
        for text, tone in said:
            note = Note()
            self._decide.addWidget(note)
            note.say(text, tone)
        self._show_them.setVisible(bool(now.refused or now.undecided))
        self._compare.setVisible(bool(now.twins))
        self._to_programmes.setVisible(self._ending is not None)


def next_step(now: Status) -> tuple[str, str, list[tuple[str, str, str]]]:
    """One sentence, why, and the buttons that do it: (words, page, icon)."""
    if not now.workers:
        return (
            _("Masukkan pekerja rentan nagari ini."),
            _("Yang tercepat: impor buku penduduk. Yang tidak ada di sana didaftarkan sendiri."),
            [(_("&Impor buku penduduk"), "import", "import"),
             (_("&Daftarkan satu orang"), "register", "register")],
        )  # fmt: skip
    # Once all are printed, the way on is the day on which they are handed over.
    cards = [(_("&Cetak kartu"), "cards", "card")]
    if not now.unprinted:
        cards = [(_("&Serah terima"), "ceremony", "ceremony")]
    if not now.invited:
        return (
            _("Minta undangan dinas, lalu masukkan di sini."),
            _("Tanpa undangan, data {count} pekerja belum dapat dikirim. Kartu sudah dapat "
              "dicetak.").format(count=number(now.workers)),
            [(_("&Masukkan undangan"), "exchange", "exchange"), *cards],
        )  # fmt: skip
    if now.waiting:
        return (
            _("Kirim data {count} pekerja ke dinas.").format(count=number(now.waiting)),
            _("Lewat internet atau lewat diska lepas; isinya sama."),
            [(_("&Kirim"), "exchange", "exchange"), *cards],
        )
    if now.sent:
        return (
            _("Ambil tanda terima untuk {count} pekerja.").format(count=number(now.sent)),
            _("Datanya sudah berangkat; dinas belum menyatakan menerimanya."),
            [(_("&Terima"), "exchange", "exchange"), *cards],
        )
    if now.unprinted:
        return (
            _("Cetak kartu {count} pekerja, lalu serahkan kepada yang berhak.").format(
                count=number(now.unprinted)
            ),
            _("Semua data sudah diterima dinas."),
            cards,
        )
    return (
        _("Serahkan kartu kepada yang berhak."),
        _("Semua data sudah diterima dinas dan semua kartu sudah tercetak."),
        cards,
    )


def decisions_of(now: Status, ending: Ending | None) -> list[tuple[str, str]]:
    """Sentences and tones for what only a person can settle."""
    said: list[tuple[str, str]] = []
    if now.clock_behind:
        said.append((_("Jam komputer ini salah. Betulkan tanggal dan jamnya."), "bad"))
    if now.refused:
        text = _("{count} pekerja ditolak dinas. Alasannya tertulis pada pekerjanya.")
        said.append((text.format(count=number(now.refused)), "bad"))
    if ending:
        said.append(ending_words(ending))
    if now.twins:
        text = _("{count} pasang pekerja sangat mirip. Apakah orangnya sama?")
        said.append((text.format(count=number(now.twins)), "caution"))
    if now.undecided:
        text = _("{count} pekerja diisi berbeda oleh dua laptop. Pilih isi yang benar.")
        said.append((text.format(count=number(now.undecided)), "caution"))
    return said
