"""Commands between this device and its district: enrol, send, receive."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerjadesa.cli.caller import opened, progress
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import code_sentence
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.receive import Received

_LONGEST_INVITATION = 16 * 1024


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(help=_("Pakai undangan dinas (teks atau berkas)."))(enrol)
    app.command(help=_("Kirim ke dinas, lewat jaringan atau ke sebuah folder."))(send)
    app.command(help=_("Ambil jawaban dinas dan kiriman laptop lain."))(receive)


def enrol(context: typer.Context, invitation: str) -> None:
    """An invitation as text, or the path of a file that holds it."""
    from kerjadesa.actions.enrol import enrol as join

    with opened(context) as office:
        enrolled = join(office, _invitation_text(invitation))
    if enrolled.status == "certified":
        typer.echo(_("Perangkat ini sudah diakui dinas."))
    else:
        typer.echo(_("Undangan disimpan; permohonan ikut pada pengiriman berikutnya."))


def send(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--to", help=_("Folder atau diska lepas; bawaan: ke pusat."))
    ] = None,
) -> None:
    """Says how many batches and bytes went out, and what came back."""
    from kerjadesa.actions.send import send_to_folder, send_to_hub

    with opened(context) as office:
        watch = progress(_("Mengirim"))
        sent = send_to_folder(office, to, watch) if to else send_to_hub(office, watch)
    typer.echo(
        _("{batches} berkas kiriman, {bytes} bita.").format(batches=sent.batches, bytes=sent.bytes)
    )
    if sent.received is not None:
        _tell(sent.received)


def receive(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help=_("Folder atau diska lepas."))] = None,
) -> None:
    """Receipts, decisions and colleagues' registrations."""
    from kerjadesa.actions.receive import receive_from_folder, receive_from_hub

    with opened(context) as office:
        received = receive_from_folder(office, folder) if folder else receive_from_hub(office)
    _tell(received)
    if received.refusals:
        raise UserError(received.refusals[0])


def _tell(received: "Received") -> None:
    typer.echo(
        _(
            "Diterima {batches} berkas: {receipts} tanda terima, {workers} pekerja dari laptop "
            "lain, {refused} penolakan."
        ).format(
            batches=received.batches,
            receipts=received.receipts,
            workers=received.workers,
            refused=received.refused,
        )
    )
    for code in received.refusals:
        typer.echo(code_sentence(code), err=True)


def _invitation_text(given: str) -> str:
    # The text of an invitation is too long for a file name on some systems, so the look is guarded.
    try:
        path = Path(given)
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                return file.read(_LONGEST_INVITATION)
    except (OSError, UnicodeDecodeError, ValueError):
        return given
    return given
