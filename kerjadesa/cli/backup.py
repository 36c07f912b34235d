"""Commands that look after the register: back up, restore, new device, new recovery key."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerjadesa.cli.caller import now, opened, progress
from kerjadesa.domain.problem import UserError
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.restore import Restored


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(help=_("Cadangkan register ke sebuah folder atau diska lepas."))(backup)
    app.command(help=_("Pulihkan register dari berkas cadangan."))(restore)
    app.command("new-device", help=_("Jadikan register yang disalin ini perangkat sendiri."))(
        new_device
    )
    app.command("recovery-key", help=_("Buat kunci pemulihan baru; yang lama tidak berlaku lagi."))(
        recovery_key
    )


def backup(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help=_("Bawaan: folder cadangan yang terakhir."))
    ] = None,
) -> None:
    """One locked file; says its name."""
    from kerjadesa.actions.backup import back_up, backup_state

    with opened(context) as office:
        chosen = folder or backup_state(office).folder
        if chosen is None:
            raise UserError("backup_nowhere")
        done = back_up(office, chosen, progress(_("Mencadangkan")))
    typer.echo(
        _("{workers} pekerja dicadangkan dan diperiksa ulang: {file}").format(
            workers=done.workers, file=done.file
        )
    )


def restore(
    context: typer.Context,
    file: Path,
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Pindahkan register yang ada ke folder backups."))
    ] = False,
) -> None:
    """Asks for the passphrase or the recovery key of the backup."""
    from kerjadesa.actions.restore import restore as put_back
    from kerjadesa.actions.setup import is_set_up

    home = context.obj.home
    if is_set_up(home) and not replace:
        raise UserError("restore_over")
    passphrase = context.obj.passphrase()
    done = put_back(home, file, passphrase, now(), replace, progress(_("Memulihkan")))
    _tell(done)


def new_device(context: typer.Context) -> None:
    """For a copied folder, and for a computer that was believed lost."""
    from kerjadesa.actions.restore import renew

    with opened(context) as office:
        renew(office)
    typer.echo(_("Register ini kini perangkat baru. Mintalah undangan baru dari dinas."))


def recovery_key(context: typer.Context) -> None:
    """For a key that was never kept or was seen by others; prints the new one once, on stdout."""
    from kerjadesa.actions.change_keys import renew_recovery

    recovery = renew_recovery(context.obj.home, context.obj.passphrase())
    typer.echo(_("Kunci pemulihan (tulis di kertas, simpan terkunci, hanya tampil sekali):"))
    typer.echo(recovery)


def _tell(done: "Restored") -> None:
    typer.echo(_("{workers} pekerja dipulihkan.").format(workers=done.workers))
    typer.echo(_("Komputer ini kini perangkat baru. Mintalah undangan baru dari dinas."))
    if done.unsent:
        typer.echo(
            _("Yang belum sempat dikirim perangkat lama ikut terkirim sesudah diakui dinas.")
        )
