"""What every command needs: the home, the passphrase, the opened office, a way to print."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kerjadesa.domain.problem import UserError
from kerjadesa.words import _

if TYPE_CHECKING:
    from kerjadesa.actions.office import Office

PASSPHRASE_VARIABLE = "KERJADESA_PASSPHRASE"  # noqa: S105 -- the variable's name

Json = Annotated[bool, typer.Option("--json", help=_("Tulis sebagai JSON."))]
Words = Annotated[str, typer.Argument(help=_("Bagian nama, NIK, KK atau jorong."))]


@dataclass
class Caller:
    """Who calls: the home, and the passphrase once it is asked for."""

    home: Path

    def passphrase(self) -> str:
        """The passphrase, from the environment or typed; never from the command line."""
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise UserError("passphrase_needed", variable=PASSPHRASE_VARIABLE)
        return str(typer.prompt(_("Frasa sandi"), hide_input=True, err=True))

    def new_passphrase(self) -> str:
        """A passphrase for something new: typed twice, or from the environment."""
        first = self.passphrase()
        if PASSPHRASE_VARIABLE not in os.environ:
            again = typer.prompt(_("Sekali lagi"), hide_input=True, err=True)
            if again != first:
                raise UserError("passphrase_differs")
        return first


def now() -> datetime:
    """The wall clock; the commands and the window are where time enters the house."""
    return datetime.now(UTC)


@contextmanager
def opened(context: typer.Context) -> "Iterator[Office]":
    """The office, unlocked for one command."""
    from kerjadesa.actions.setup import is_set_up
    from kerjadesa.actions.unlock import open_office

    if not is_set_up(context.obj.home):
        raise UserError("not_set_up")
    office = open_office(context.obj.home, context.obj.passphrase(), now)
    try:
        yield office
    finally:
        office.close()


def print_json(value: Any) -> None:
    """One line of JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def progress(label: str) -> Callable[[int, int | None], None]:
    """Progress on stderr, only for a person who is looking."""
    if not sys.stderr.isatty():
        return lambda done, whole: None

    def show(done: int, whole: int | None) -> None:
        part = f"{done}" if whole is None else f"{done}/{whole}"
        end = "\n" if whole is not None and done >= whole else ""
        typer.echo(f"\r{label}: {part}   {end}", nl=False, err=True)

    return show
