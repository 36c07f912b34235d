"""Commands of the hand-over: which ceremonies there are, and their papers."""

from pathlib import Path
from typing import Annotated

import typer

from kerjadesa.cli.caller import Json, opened, print_json, progress
from kerjadesa.words import _


def add_to(app: typer.Typer) -> None:
    """Adds `ceremony list` and `ceremony papers`."""
    group = typer.Typer(help=_("Acara serah terima kartu."), no_args_is_help=True)
    group.command("list", help=_("Daftar acara, yang direncanakan terakhir di atas."))(list_them)
    group.command("papers", help=_("Tulis kertas acara sebagai PDF ke satu folder."))(papers)
    app.add_typer(group, name="ceremony")


def list_them(context: typer.Context, json: Json = False) -> None:
    """A line each: id, date, how many of how many are handed over, title."""
    from kerjadesa.actions.ceremonies import ceremonies
    from kerjadesa.actions.hand_over import guests

    with opened(context) as office:
        found = [
            {
                "id": one.id,
                "held_on": one.facts.held_on.isoformat(),
                "title": one.facts.title,
                "invited": one.count,
                "handed": sum(guest.state == "handed" for guest in guests(office, one.id)),
            }
            for one in ceremonies(office)
        ]
    if json:
        print_json(found)
        return
    for one in found:
        typer.echo("  ".join(str(one[name]) for name in ("id", "held_on", "handed", "invited",
                                                         "title")))  # fmt: skip


def papers(
    context: typer.Context,
    ceremony: Annotated[str, typer.Argument(help=_("Id acara dari daftar."))],
    folder: Annotated[Path, typer.Option("--folder", help=_("Folder tempat PDF ditulis."))],
    after: Annotated[
        bool, typer.Option("--after", help=_("Kertas sesudah acara: berita acara, sisa kartu."))
    ] = False,
) -> None:
    """Those for before the day, or with `--after` those with the final figures."""
    from kerjadesa.actions.ceremony_papers import AFTER, BEFORE, write_papers

    with opened(context) as office:
        written = write_papers(
            office, ceremony, AFTER if after else BEFORE, folder, progress(_("Menyusun kertas"))
        )
    for path in written:
        typer.echo(str(path))
