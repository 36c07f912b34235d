"""The order of names and places on paper, as an Indonesian reader looks for them."""

import re
import unicodedata

_DIGITS = re.compile(r"([0-9]+)")
# Between the words of one name: `Nur'aini` and `Nuraini`, `Abdul-Rahman` and `Abdul Rahman` are
# looked for in one place.
_LEFT_OUT = str.maketrans({**dict.fromkeys("'’‘ʼʻ`´.", ""), **dict.fromkeys("-‐–_/", " ")})

Key = tuple[str | int, ...]


def collation_key(text: str) -> Key:
    """Sorts without regard to case, accents and apostrophes, numbers by their size.

    `Koto 2` comes before `Koto 10`. No letter pair counts as one letter in Indonesian.
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LEFT_OUT)
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    # Splitting at digits alternates text and number, so two keys never compare one with the other.
    parts = _DIGITS.split(" ".join(plain.split()))
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts))


def fold_case(text: str) -> str:
    """Lower case without accents: what typing and sorting names goes by."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
