"""Search as one types: any part of a name, NIK, KK or jorong, as conditions for `listing`."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from kerjadesa.store.workers import sort_key


@dataclass(frozen=True, slots=True)
class Match:
    """What the typed words ask of a worker."""

    trigrams: str
    """An FTS5 expression over `worker_search`; empty where every word is too short for one."""
    phrase: str
    """The words as one piece of text, just as they were typed."""
    conditions: list[str]
    values: dict[str, Any]


def matching(words: str) -> Match | None:
    """Every word has to occur in name, NIK, KK or jorong; None where nothing can be looked up.

    A word of one or two characters has no trigram: it has to begin the name, or occur in it beside
    a longer word.
    """
    wanted = _typed(words).split()
    long_words = [word for word in wanted if len(word) > 2]
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for index, word in enumerate(word for word in wanted if len(word) <= 2):
        key = sort_key(word)
        if not long_words and index == 0:
            conditions.append(f"(name_key >= :a{index} AND name_key < :z{index})")
            values[f"a{index}"], values[f"z{index}"] = key, key + "\U0010ffff"
        else:
            conditions.append(f"instr(name_key, :a{index})")
            values[f"a{index}"] = key
    if not wanted:
        return None
    trigrams = " ".join(_quoted(word) for word in long_words)
    return Match(trigrams, _quoted(" ".join(wanted)), conditions, values)


def _typed(words: str) -> str:
    # What cannot be in a name or number cannot be looked up either: SQL ends at a NUL, and half a
    # surrogate has no bytes.
    kept = (" " if unicodedata.category(c)[0] == "C" else c for c in words)
    return unicodedata.normalize("NFC", "".join(kept))


def _quoted(word: str) -> str:
    # An FTS5 string: without the quotes a hyphen or a colon would be an operator.
    return '"' + word.replace('"', '""') + '"'
