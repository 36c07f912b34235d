"""The fonts cards are set in: embedded from `resources/fonts`, and asked what they can write."""

import unicodedata
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kerjadesa.reference import resource_path


@cache
def font_name(file: str) -> str:
    """Registers a font file for embedding and returns its name in a PDF."""
    name = f"KerjaDesa-{file.removesuffix('.ttf')}"
    pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", file))))
    return name


@lru_cache(maxsize=8192)
def width_of(text: str, file: str) -> float:
    """Width of the text at a type size of one point."""
    width: float = pdfmetrics.stringWidth(text, font_name(file), 1)
    return width


def printable(text: str) -> str:
    """The text as it is printed: letters and their accents in one, nothing invisible.

    Marks that steer the direction of writing have no shape; a list pasted from elsewhere carries
    them along.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    whole = unicodedata.normalize("NFC", text)
    seen = "".join(c for c in whole if unicodedata.category(c) not in {"Cf", "Cc"})
    return " ".join(seen.split())


@lru_cache(maxsize=8192)
def missing_letters(text: str, file: str) -> tuple[str, ...]:
    """Those letters of a text that the font has no shape for, each once."""
    shapes = pdfmetrics.getFont(font_name(file)).face.charToGlyph
    return tuple(dict.fromkeys(c for c in text if ord(c) not in shapes))
