"""Commands on the programmes: which there are, and correcting one."""

from datetime import date
from typing import Annotated

import typer

from kerjadesa.cli.caller import Json, opened, print_json
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.words import _

_Day = Annotated[str | None, typer.Option(help=_("Hari, tttt-bb-hh."))]


def add_to(app: typer.Typer) -> None:
    """Adds `programme list` and `programme correct`."""
    group = typer.Typer(help=_("Program dan siapa yang membayarnya."), no_args_is_help=True)
    group.command("list", help=_("Daftar program, menurut kodenya."))(list_them)
    group.command("correct", help=_("Betulkan sebuah program; berlaku juga di laptop lain."))(
        correct
    )
    app.add_typer(group, name="programme")


def list_them(context: typer.Context, json: Json = False) -> None:
    """A line each: code, first day, last day, name, who pays."""
    from kerjadesa.actions.declare_programme import declared

    with opened(context) as office:
        found = declared(office)
    if json:
        print_json([facts.model_dump(mode="json") for facts in found])
        return
    for facts in found:
        typer.echo(_line(facts))


def correct(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=_("Kode program dari daftar."))],
    name: Annotated[str | None, typer.Option(help=_("Nama program."))] = None,
    payer: Annotated[str | None, typer.Option(help=_("Siapa yang membayar."))] = None,
    valid_from: _Day = None,
    valid_until: _Day = None,
) -> None:
    """What is not given stays as it is; prints the programme as it stands then."""
    from kerjadesa.actions.declare_programme import correct_programme

    first, last = _day(valid_from, "--valid-from"), _day(valid_until, "--valid-until")
    with opened(context) as office:
        facts = correct_programme(office, code, name, payer, first, last)
    typer.echo(_line(facts))


def _line(facts: ProgrammeFacts) -> str:
    return f"{facts.code}  {facts.valid_from}  {facts.valid_until}  {facts.name}  {facts.payer}"


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(_("Tanggal ditulis tttt-bb-hh."), param_hint=option) from None
