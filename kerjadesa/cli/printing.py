"""Commands on cards: cards, qr."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kerjadesa.cli.caller import (
    PASSPHRASE_VARIABLE,
    Json,
    Words,
    now,
    opened,
    print_json,
    progress,
)
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import verdict_words
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.cards.verify import TrustedKey, Verdict

_LARGEST_IMAGE = 32 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(help=_("Buat PDF kartu, diurutkan per jorong lalu nama."))(cards)
    app.command(help=_("Periksa kartu dari kode QR-nya, tanpa internet."))(qr)


def cards(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help=_("Berkas PDF yang ditulis."))],
    text: Words = "",
    layout: Annotated[
        Literal["cr80", "a4-10"],
        typer.Option("--layout", help=_("Satu kartu per halaman, atau sepuluh di A4.")),
    ] = "a4-10",
) -> None:
    """Every QR code is read again before the file is written."""
    from kerjadesa.actions.print_cards import render_cards, write_pdf

    with opened(context) as office:
        made = render_cards(office, text, layout, progress(_("Membuat kartu")))
    write_pdf(out, made.pdf)
    typer.echo(
        _("{count} kartu, setiap kode QR sudah dibaca ulang: {path}").format(
            count=made.count, path=out
        )
    )


def qr(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help=_("Isi kode QR."))] = "",
    image: Annotated[
        Path | None, typer.Option("--image", help=_("Gambar yang memuat kode QR."))
    ] = None,
    at: Annotated[
        str | None, typer.Option("--now", metavar="ISO", help=_("Periksa untuk saat ini."))
    ] = None,
    trust_key: Annotated[
        list[str] | None,
        typer.Option("--trust-key", metavar="HEX", help=_("Kunci penerbit yang dipercaya.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """{"status","claims"}; exit 0 only for a genuine card."""
    if bool(text) == (image is not None):
        raise typer.BadParameter(_("Beri isi kode QR, atau --image, salah satu."))
    moment = _moment(at)
    keys = _keys(trust_key or [])
    if image is not None:
        text = _text_in(image)
    verdict = _judge(context, text, keys, moment)
    if as_json:
        print_json({"status": verdict.status, "claims": verdict.claims})
    else:
        for name, value in verdict.claims.items():
            typer.echo(f"{name}: {value}")
    typer.echo(". ".join(verdict_words(verdict.status)), err=verdict.status != "genuine" or as_json)
    if verdict.status != "genuine":
        raise typer.Exit(1)


def _moment(text: str | None) -> datetime:
    if text is None:
        return now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("Waktu ditulis menurut ISO 8601."), param_hint="--now") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _keys(texts: list[str]) -> "list[TrustedKey]":
    from kerjadesa.cards.verify import trusted_key_from_hex

    try:
        return [trusted_key_from_hex(text) for text in texts]
    except ValueError:
        message = _("Kunci adalah 32 bita Ed25519 atau 65 bita P-256, dalam heksadesimal.")
        raise typer.BadParameter(message, param_hint="--trust-key") from None


def _text_in(image: Path) -> str:
    from kerjadesa.actions.verify_card import read_qr_image

    try:
        with image.open("rb") as file:
            return read_qr_image(file.read(_LARGEST_IMAGE + 1))
    except OSError:
        raise UserError("file_missing") from None


def _judge(
    context: typer.Context, text: str, keys: "list[TrustedKey]", moment: datetime
) -> "Verdict":
    from kerjadesa.actions.setup import is_set_up
    from kerjadesa.actions.verify_card import verify_text

    # Whoever brings a key needs no register; the register's keys count too where it can be opened.
    can_ask = PASSPHRASE_VARIABLE in os.environ or (not keys and sys.stdin.isatty())
    if is_set_up(context.obj.home) and can_ask:
        with opened(context) as office:
            return verify_text(office, text, keys, moment)
    return verify_text(None, text, keys, moment)
