"""The one place that wires rooms together: the window when called alone, else a command."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kerjadesa.words import _, use_language

HOME_VARIABLE = "KERJADESA_HOME"
LANGUAGE_VARIABLE = "KERJADESA_LANGUAGE"


def run(arguments: Sequence[str]) -> int:
    """Runs what the command line asks for and returns the exit code.

    The window alone must come up quickly on an old disk, so the commands, and with them the hub's
    web framework, are loaded only when a command is called.
    """
    home = window_home(arguments)
    if home is not None:
        if not _has_display():
            # Qt would end the process without a word that helps.
            sys.stderr.write(_("Tidak ada layar di sini; lihat kerjadesa --help.") + "\n")
            return 1
        from kerjadesa.ui.start import run_window

        return run_window(home)

    # Before the commands are read: their help is looked up as they are defined.
    use_language(os.environ.get(LANGUAGE_VARIABLE, "id"))
    from kerjadesa.cli import main

    app = main.build()
    if {"hub", "demo", "--help"} & set(arguments):
        from kerjadesa.hub import commands

        app.add_typer(commands.app, name="hub")
    return main.run(app, arguments)


def window_home(arguments: Sequence[str]) -> Path | None:
    """The home to open a window on, None where a command was given."""
    rest = list(arguments)
    home = os.environ.get(HOME_VARIABLE, "")
    if rest and rest[0] == "--home" and len(rest) > 1:
        home, rest = rest[1], rest[2:]
    elif rest and rest[0].startswith("--home="):
        home, rest = rest[0].removeprefix("--home="), rest[1:]
    if rest:
        return None
    return Path(home).expanduser() if home else default_home()


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def default_home() -> Path:
    """Where an installation lives if nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("KerjaDesa", appauthor=False)
