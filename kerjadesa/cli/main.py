"""Runs one command and turns its outcome into an exit code."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_data_path
from typer.exceptions import TyperException

from kerjadesa.cli import (
    backup,
    card_codes,
    ceremony,
    demo,
    district,
    printing,
    programme,
    register,
)
from kerjadesa.cli.caller import Caller
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.words import _


def build() -> typer.Typer:
    """All commands but those of the hub, which `kerjadesa.app` adds."""
    app = typer.Typer(
        name="kerjadesa",
        help=_("Register pekerja rentan nagari yang bekerja tanpa internet."),
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_main)
    for room in (register, programme, printing, card_codes, ceremony, district, backup, demo):
        room.add_to(app)
    return app


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs one command: 0 done, 1 refused with one line on stderr, 2 wrong usage."""
    # One line on stderr is the command's own; what libraries note beside it helps nobody there.
    logging.getLogger().addHandler(logging.NullHandler())
    command = typer.main.get_command(app)
    try:
        code = command.main(list(arguments), prog_name="kerjadesa", standalone_mode=False)
    except UserError as error:
        typer.echo(sentence(error), err=True)
        return 1
    except typer.BadParameter as error:
        error.show()
        return error.exit_code
    except TyperException as error:
        typer.echo(error.format_message(), err=True)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        typer.echo(_("Dihentikan; tidak ada yang ditulis setengah jalan."), err=True)
        return 1
    return code if isinstance(code, int) else 0


def _main(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="KERJADESA_HOME", help=_("Folder tempat semuanya disimpan.")),
    ] = None,
) -> None:
    default = user_data_path("KerjaDesa", appauthor=False)
    context.obj = Caller(home.expanduser() if home else default)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
