"""The words on screens, cards and papers, without Qt.

Bahasa Indonesia is the language of the source text, so a missing or broken catalogue never leaves
a secretary with English. `resources/translations/<language>.po` holds the other languages.
"""

import gettext
import struct
from functools import cache

from kerjadesa.reference import resource_path

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "id"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "id":
        return gettext.NullTranslations()
    try:
        with resource_path("translations", f"{language}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):
        return gettext.NullTranslations()


def languages() -> list[str]:
    """The languages the screen can speak, Bahasa Indonesia first."""
    others = sorted(path.stem for path in resource_path("translations").glob("*.mo"))
    return ["id", *others]


def use_language(language: str) -> None:
    """Makes `_` answer in this language from now on; an unknown one means Bahasa Indonesia."""
    global _current, _language  # noqa: PLW0603 -- one process speaks one language
    _language = language if language in languages() else "id"
    _current = _catalogue(_language)


def language() -> str:
    """The language in use, `id` or `en`."""
    return _language


def _(text: str) -> str:
    """The text in the language in use; the Indonesian text itself where it is not translated."""
    return _current.gettext(text)


def N_(text: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Marks a text for translation without translating it yet."""
    return text
