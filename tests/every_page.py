"""Has every page's module at hand, so that the desk brings each page at once."""

from importlib import import_module
from pathlib import Path

from kerjadesa import ui


def draw_in_every_page() -> None:
    """For whoever looks at a page right after going there."""
    for path in Path(ui.__path__[0]).glob("*_page.py"):
        import_module(f"kerjadesa.ui.{path.stem}")
