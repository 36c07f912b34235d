"""The commands that print: cards, and the answer to whether their paper is good."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from kerjadesa.cli.caller import Words, opened, progress
from kerjadesa.words import _


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(help=_("Buat PDF kartu, diurutkan per jorong lalu nama."))(cards)
    app.command(help=_("Catat bahwa kertas kartu yang terakhir dibuat sudah dilihat dan baik."))(
        printed
    )


def cards(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help=_("Berkas PDF yang ditulis."))],
    text: Words = "",
    paper: Annotated[
        str,
        typer.Option(
            "--layout",
            "--paper",
            help=_("Kertas: a4-10 (sepuluh di A4), cr80 (satu kartu per halaman), atau nampan."),
        ),
    ] = "a4-10",
    design: Annotated[
        str,
        typer.Option(
            "--design",
            help=_("Desain: lanskap, potret, atau hemat; bila tidak disebut, rancangan kantor."),
        ),
    ] = "",
    sides: Annotated[
        Literal["front", "back", "both"],
        typer.Option(
            "--sides", help=_("Sisi yang dicetak: front (muka), back (belakang), atau both.")
        ),
    ] = "front",
    flip: Annotated[
        Literal["long", "short"],
        typer.Option("--flip", help=_("Sisi kertas tempat pencetak bolak-balik membaliknya.")),
    ] = "long",
    printer: Annotated[
        str, typer.Option("--printer", help=_("Pakai kalibrasi yang disimpan untuk printer ini."))
    ] = "",
    order: Annotated[
        Literal["jorong", "list"],
        typer.Option("--order", help=_("Urutan: per jorong lalu nama, atau seperti daftar SK.")),
    ] = "jorong",
    index: Annotated[
        bool,
        typer.Option(
            "--index", "--index-cards", help=_("Sisipkan kartu penanda di depan setiap jorong.")
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help=_("Hanya pekerja dengan id ini; boleh berulang.")),
    ] = None,
    from_position: Annotated[
        int, typer.Option("--from", min=1, help=_("Mulai dari kartu ke berapa."))
    ] = 1,
    sheet: Annotated[
        int | None, typer.Option("--sheet", min=1, help=_("Hanya lembar ke berapa."))
    ] = None,
    reprint: Annotated[
        Literal["lost", "broken", "wrong_data", "renewed", "spoiled"] | None,
        typer.Option("--reprint", help=_("Ganti kartu yang sudah ada; terbitannya naik satu.")),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=_("Sertakan yang kartunya sudah tercatat dicetak."))
    ] = False,
) -> None:
    """Every QR code is read again before the file is written."""
    from kerjadesa.actions.card_settings import Changes, Habits, print_options
    from kerjadesa.actions.confirm_cards import remember_printing
    from kerjadesa.actions.print_cards import render_cards, save_cards

    chosen = Habits(printer, paper, sides, flip, order=order, index_cards=index)
    with opened(context) as office:
        options = replace(
            print_options(office, chosen),
            from_position=from_position,
            sheet=sheet,
            reprint=reprint,
            again=again,
        )
        if design and design != options.changes.design:
            options = replace(options, changes=Changes(design))
        made = render_cards(
            office, text, options, progress(_("Membuat kartu")), only=tuple(only or ())
        )
        save_cards(out, made)
        remember_printing(office, made.cards)
        made.close()
    if made.proofread:
        said = _("{count} kartu, setiap kode QR sudah dibaca ulang: {path}")
    else:
        said = _("{count} kartu, tanpa sisi yang memuat kode QR: {path}")
    typer.echo(said.format(count=made.count, path=out))
    if made.already_printed:
        typer.echo(
            _("{count} orang dilewati karena kartunya sudah dicetak.").format(
                count=made.already_printed
            )
        )


def printed(
    context: typer.Context,
    spoiled: Annotated[
        list[str] | None,
        typer.Option("--spoiled", help=_("Id pekerja yang kartunya rusak; boleh berulang.")),
    ] = None,
) -> None:
    """A card counts as printed once somebody has seen its paper."""
    from kerjadesa.actions.confirm_cards import settle_printing, unjudged_printings

    bad = set(spoiled or ())
    with opened(context) as office:
        count = sum(
            settle_printing(
                office, printing, [card for card in printing.cards if card.worker not in bad]
            )
            for printing in unjudged_printings(office)
        )
    typer.echo(_("{count} kartu tercatat sudah dicetak.").format(count=count))
