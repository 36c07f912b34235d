"""The command on a card's code: qr."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerjadesa.card_sentences import verdict_words
from kerjadesa.cli.caller import PASSPHRASE_VARIABLE, Json, now, opened, print_json
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.verify_card import Checked
    from kerjadesa.cards.verify import TrustedKey

_STDIN = "-"


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    app.command(help=_("Periksa kartu dari kode QR-nya, tanpa internet."))(qr)


def qr(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help=_("Isi kode QR; - membacanya dari stdin."))] = "",
    image: Annotated[
        Path | None,
        typer.Option("--image", help=_("Gambar yang memuat kode QR; - membacanya dari stdin.")),
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
    """{"status","claims"}; exit 0 only for a genuine card, the latest of its number."""
    if bool(text) == (image is not None):
        raise typer.BadParameter(_("Beri isi kode QR, atau --image, salah satu."))
    moment = _moment(at)
    keys = _keys(trust_key or [])
    if image is not None:
        text = _text_in(image)
    elif text == _STDIN:
        text = _piped_text()
    checked = _judge(context, text, keys, moment)
    verdict = checked.verdict
    genuine = verdict.status == "genuine"
    if as_json:
        print_json({"status": verdict.status, "claims": verdict.claims})
    else:
        for name, value in verdict.claims.items():
            typer.echo(f"{name}: {value}")
    typer.echo(". ".join(verdict_words(verdict.status)), err=as_json or not genuine)
    for caution in checked.cautions:
        typer.echo(sentence(caution), err=True)
    if not genuine:
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
    from kerjadesa.images import LARGEST_FILE

    try:
        if str(image) == _STDIN:
            return read_qr_image(sys.stdin.buffer.read(LARGEST_FILE + 1))
        with image.open("rb") as file:
            return read_qr_image(file.read(LARGEST_FILE + 1))
    except OSError:
        raise UserError("file_missing") from None


def _piped_text() -> str:
    from kerjadesa.cards.verify import LONGEST_TEXT

    # As bytes: a pipe may bring anything, and what is no text is no card.
    return sys.stdin.buffer.read(LONGEST_TEXT + 1).decode("utf-8", errors="replace")


def _judge(
    context: typer.Context, text: str, keys: "list[TrustedKey]", moment: datetime
) -> "Checked":
    from kerjadesa.actions.setup import is_set_up
    from kerjadesa.actions.verify_card import check_card

    # Whoever brings a key needs no register; the register's keys count too where it can be opened.
    can_ask = PASSPHRASE_VARIABLE in os.environ or (not keys and sys.stdin.isatty())
    if is_set_up(context.obj.home) and can_ask:
        with opened(context) as office:
            return check_card(office, text, moment, keys)
    return check_card(None, text, moment, keys)
