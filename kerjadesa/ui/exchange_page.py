"""Joining the district, sending to it, and taking in what comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from kerjadesa.actions.enrol import Enrolled, enrol
from kerjadesa.actions.receive import Received, receive_from_folder, receive_from_hub
from kerjadesa.actions.send import Sent, send_to_folder, send_to_hub
from kerjadesa.actions.status import Status, status
from kerjadesa.sentences import code_sentence
from kerjadesa.ui.files import choose_file, choose_folder
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.labels import number
from kerjadesa.ui.page import Page
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import BusyBar, Note, button, label, name_control, panel, pushed_up, row
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.ui.desk import Around

_LARGEST_INVITATION = 16 * 1024


class ExchangePage(QWidget):
    """The same batches by network or by stick; a receipt is the only proof of arrival."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._ticket: Ticket | None = None
        self.frame = Page(
            self,
            _("Kirim dan terima"),
            _("Lewat internet atau diska lepas; isinya sama dan boleh diulang kapan saja."),
        )
        self.busy = BusyBar(self._cancel)
        self.frame.add(self.busy)
        columns = row(self._left(), self._right(), gap=2 * GRID)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        self.frame.add(columns, 1)

    def entered(self) -> None:
        """Asks how things stand by now."""
        self._look()
        self._go_on()

    def may_leave(self) -> bool:
        """The lane goes on working while other pages are looked at."""
        return True

    def _left(self) -> QWidget:
        self._state = Note()
        self._enrol_title = label(_("Undangan dinas"), role="lead")
        self.invitation = QPlainTextEdit()
        self.invitation.setPlaceholderText(_("Tempelkan undangan di sini: KDU1:…"))
        self.invitation.setTabChangesFocus(True)
        self.invitation.setFixedHeight(72)
        self._caption = label(_("&Teks undangan"))
        name_control(self.invitation, self._caption, _("Teks undangan"))
        self.invitation.textChanged.connect(self._look_at_invitation)
        self.enrol_button = button(_("&Gabung"), self.enrol, "primary", "check")
        self.file_button = button(_("Dari &berkas…"), self._invitation_file, "", "folder")
        self._waiting = label(role="lead", wrap=True)
        self.send_hub = button(_("Kirim lewat &internet"), self.send_by_network, "primary",
                               "travelling")  # fmt: skip
        self.send_stick = button(_("Kirim ke &diska lepas…"), self._send_stick, "", "folder")
        self.fetch_hub = button(_("Terima lewat i&nternet"), self.receive_by_network, "", "import")
        self.fetch_stick = button(_("Terima dari diska &lepas…"), self._fetch_stick, "", "folder")
        self._no_network = label(role="caption", wrap=True)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(
            panel(
                self._enrol_title,
                self._state,
                self._caption,
                self.invitation,
                row(self.enrol_button, self.file_button, None),
            )
        )
        layout.addWidget(
            panel(
                label(_("Kirim"), role="lead"),
                self._waiting,
                row(self.send_hub, self.send_stick, None),
                self._no_network,
            )
        )
        layout.addWidget(
            panel(
                label(_("Terima"), role="lead"),
                label(
                    _("Tanda terima dan keputusan dinas, juga data dari laptop rekan."),
                    role="quiet",
                    wrap=True,
                ),
                row(self.fetch_hub, self.fetch_stick, None),
            )
        )
        layout.addStretch(1)
        return made

    def _right(self) -> QWidget:
        self.log = QListWidget()
        self.log.setWordWrap(True)
        self.log.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.log.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.log.setAccessibleName(_("Catatan kirim dan terima"))
        self._nothing = label(
            _("Belum ada pengiriman atau penerimaan sejak aplikasi dibuka."), role="quiet",
            wrap=True,
        )  # fmt: skip
        self.log.hide()
        return pushed_up(
            panel(label(_("Catatan kirim dan terima"), role="lead"), self._nothing, self.log),
            growing=2,
        )

    def enrol(self) -> None:
        """Takes the invitation in the box."""
        text, office = self.invitation.toPlainText(), self._around.office
        self._start(
            _("Menghubungi dinas…"),
            lambda _ticket: enrol(office, text),
            self._enrolled,
            stoppable=False,
        )

    def send_by_network(self) -> None:
        """Posts to the hub and takes in its answer."""
        office = self._around.office
        self._start(
            _("Mengirim ke dinas…"),
            lambda ticket: send_to_hub(office, ticket.progress, ticket.cancelled),
            lambda sent: self._say(*sent_sentence(sent)),
        )

    def send_to(self, folder: Path) -> None:
        """Writes to a stick."""
        office = self._around.office
        self._start(
            _("Menulis ke diska lepas…"),
            lambda ticket: send_to_folder(office, folder, ticket.progress, ticket.cancelled),
            lambda sent: self._say(*sent_sentence(sent)),
        )

    def receive_by_network(self) -> None:
        """Collects from the hub."""
        office = self._around.office
        self._start(
            _("Mengambil dari dinas…"),
            lambda _ticket: receive_from_hub(office),
            lambda received: self._say(*received_sentence(received)),
            stoppable=False,
        )

    def receive_at(self, folder: Path) -> None:
        """Collects from a stick."""
        office = self._around.office
        self._start(
            _("Membaca diska lepas…"),
            lambda _ticket: receive_from_folder(office, folder),
            lambda received: self._say(*received_sentence(received)),
            stoppable=False,
        )

    def _start(
        self,
        words: str,
        work: Callable[[Ticket], Any],
        done: Callable[[Any], None],
        stoppable: bool = True,
    ) -> None:
        self.frame.banner.hide()
        self.busy.begin(words, stoppable)
        self._ticket = self._around.lane.submit(
            work,
            done=done,
            failed=lambda text: self._say(text, "bad"),
            progress=lambda done, whole: self.busy.report(
                _("{done} dari {whole} paket.").format(done=done, whole=whole), done, whole
            ),
            stopped=lambda: self._say(
                _("Dihentikan. Paket yang sudah sampai tidak perlu diulang."), "plain"
            ),
        )
        self._look()

    def _enrolled(self, enrolled: Enrolled) -> None:
        self.invitation.clear()
        if enrolled.status == "certified":
            self._say(_("Komputer ini sudah dikenal dinas."), "good")
        else:
            self._say(
                _("Undangan diterima. Permohonan ikut pada pengiriman berikutnya."), "caution"
            )

    def _say(self, text: str, tone: str) -> None:
        self._ticket = None
        self.busy.hide()
        self.frame.banner.say(text, tone)
        moment = self._around.office.now().astimezone()
        self.log.insertItem(0, f"{moment:%H:%M}  {text}")
        self._nothing.hide()
        self.log.show()
        self._look()
        if self.isVisible():
            self._go_on()

    def _look(self) -> None:
        now = status(self._around.office)
        idle = self._ticket is None
        self._show_state(now)
        waiting = now.waiting + now.sent
        self._waiting.setText(
            _("{count} pekerja menunggu tanda terima.").format(count=number(waiting))
            if waiting
            else _("Semua data sudah bertanda terima.")
            if now.workers
            else _("Belum ada yang perlu dikirim.")
        )
        by_network = now.invited and bool(now.hub_url)
        for control in (self.send_hub, self.fetch_hub):
            control.setEnabled(idle and by_network)
        for control in (self.send_stick, self.fetch_stick):
            control.setEnabled(idle and now.invited)
        self._no_network.setText(
            "" if by_network
            else _("Undangan ini tanpa alamat internet: pakailah diska lepas.") if now.invited
            else _("Masukkan undangan dinas dahulu.")
        )  # fmt: skip
        self._no_network.setVisible(bool(self._no_network.text()))
        for part in (self._caption, self.invitation, self.enrol_button, self.file_button):
            part.setVisible(not now.enrolled)
        self._look_at_invitation()

    def _show_state(self, now: Status) -> None:
        if now.enrolled:
            self._state.say(_("Komputer ini dikenal dinas."), "good")
        elif now.invited:
            self._state.say(
                _("Menunggu pengesahan dinas. Kirim, lalu terima, agar selesai."), "caution"
            )
        else:
            self._state.say(_("Belum bergabung. Minta undangan dari dinas."), "caution")

    def _go_on(self) -> None:
        """Puts the cursor where the work goes on: a disabled button has just lost it."""
        offered = (self.send_hub, self.send_stick, self.invitation)
        next((part for part in offered if part.isEnabled()), self.invitation).setFocus()

    def _look_at_invitation(self) -> None:
        idle = self._ticket is None
        self.enrol_button.setEnabled(idle and bool(self.invitation.toPlainText().strip()))

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.busy.stopping()

    def _invitation_file(self) -> None:
        chosen = choose_file(
            self, "stick", _("Pilih berkas undangan"), _("Teks (*.txt);;Semua berkas (*)")
        )
        if not chosen:
            return
        try:
            with chosen.open("rb") as file:
                text = file.read(_LARGEST_INVITATION).decode("utf-8", "replace")
        except OSError:
            self.frame.banner.say(_("Berkas itu tidak dapat dibuka."), "bad")
            return
        self.invitation.setPlainText(text.strip())
        self.enrol_button.setFocus()

    def _send_stick(self) -> None:
        if folder := choose_folder(self, "stick", _("Pilih diska lepas untuk dikirim")):
            self.send_to(folder)

    def _fetch_stick(self) -> None:
        if folder := choose_folder(self, "stick", _("Pilih diska lepas yang dibaca")):
            self.receive_at(folder)


def sent_sentence(sent: Sent) -> tuple[str, str]:
    """What a send did, as a sentence and its tone."""
    if not sent.batches:
        text, tone = _("Tidak ada paket baru untuk dikirim."), "plain"
    else:
        text, tone = (
            _("{batches} paket ({size} KB) dikirim.").format(
                batches=number(sent.batches), size=number(max(1, round(sent.bytes / 1024)))
            ),
            "good",
        )
    if sent.received is None:
        if sent.batches:
            text += " " + _("Bawa diska ini ke dinas; tanda terimanya menyusul.")
        return text, tone
    answer, answer_tone = received_sentence(sent.received)
    return f"{text} {answer}", answer_tone if answer_tone == "bad" else tone


def received_sentence(received: Received) -> tuple[str, str]:
    """What a receive brought, as a sentence and its tone."""
    parts: list[str] = []
    if received.receipts:
        text = _("{count} tanda terima diterima.")
        parts.append(text.format(count=number(received.receipts)))
    if received.workers:
        text = _("{count} pekerja dari laptop rekan.")
        parts.append(text.format(count=number(received.workers)))
    if received.refused:
        text = _("{count} pekerja ditolak dinas; alasannya di daftar pekerja.")
        parts.append(text.format(count=number(received.refused)))
    if not parts:
        parts.append(_("Tidak ada kabar baru."))
    parts += [code_sentence(code) for code in dict.fromkeys(received.refusals)]
    tone = "bad" if received.refusals else "caution" if received.refused else "good"
    return " ".join(parts), tone
