"""Commands on the programmes: which there are, one more, correcting one, which is the usual one."""

from datetime import date
from typing import Annotated

import typer

from kerjadesa.cli.caller import Json, opened, print_json
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.words import _

_Day = Annotated[str | None, typer.Option(help=_("Hari, tttt-bb-hh."))]
_Code = Annotated[str, typer.Argument(help=_("Kode program dari daftar."))]


def add_to(app: typer.Typer) -> None:
    """Adds `programme list`, `new`, `correct` and `usual`."""
    group = typer.Typer(help=_("Program dan siapa yang membayarnya."), no_args_is_help=True)
    group.command("list", help=_("Daftar program, menurut kodenya."))(list_them)
    group.command("new", help=_("Buat program baru, misalnya untuk tahun depan."))(new)
    group.command("correct", help=_("Betulkan sebuah program; berlaku juga di laptop lain."))(
        correct
    )
    group.command("usual", help=_("Jadikan program utama untuk pendaftaran baru di sini."))(usual)
    app.add_typer(group, name="programme")


def list_them(context: typer.Context, json: Json = False) -> None:
    """A line each: code, first day, last day, name, who pays, and which is the usual one."""
    from kerjadesa.actions.declare_programme import declared
    from kerjadesa.actions.usual_programme import usual_programme

    with opened(context) as office:
        found, usual = declared(office), usual_programme(office)
    if json:
        print_json([
            {**facts.model_dump(mode="json"), "usual": facts.code == usual} for facts in found
        ])  # fmt: skip
        return
    for facts in found:
        mark = _("(program utama)") if facts.code == usual else ""
        typer.echo(f"{_line(facts)}  {mark}".rstrip())


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Nama program."))],
    payer: Annotated[str, typer.Option(help=_("Siapa yang membayar; biasanya nagari."))] = "",
    valid_from: _Day = None,
    valid_until: _Day = None,
    usual: Annotated[
        bool, typer.Option("--usual", help=_("Jadikan program utama untuk pendaftaran baru."))
    ] = False,
) -> None:
    """From today to the end of that year, if no days are given; prints the programme."""
    from kerjadesa.actions.declare_programme import doubts, new_programme
    from kerjadesa.sentences import sentence

    first, last = _day(valid_from, "--valid-from"), _day(valid_until, "--valid-until")
    with opened(context) as office:
        first = first or office.today
        last = last or date(first.year, 12, 31)
        cautions = doubts(office, name, first, last)
        facts = new_programme(office, name, payer, first, last, usual)
    typer.echo(_line(facts))
    for caution in cautions:
        typer.echo(sentence(caution), err=True)


def correct(
    context: typer.Context,
    code: _Code,
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


def usual(context: typer.Context, code: _Code) -> None:
    """For whoever is registered on this computer from now on; prints the programme."""
    from kerjadesa.actions.declare_programme import make_usual

    with opened(context) as office:
        facts = make_usual(office, code)
    typer.echo(_line(facts))


def _line(facts: ProgrammeFacts) -> str:
    return f"{facts.code}  {facts.valid_from}  {facts.valid_until}  {facts.name}  {facts.payer}"


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(_("Tanggal ditulis tttt-bb-hh."), param_hint=option) from None
