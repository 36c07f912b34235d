"""What the columns of a list and the verdicts on its rows are called."""

from dataclasses import dataclass

from kerjadesa.intake.column_names import DECILE
from kerjadesa.intake.residents import filling_columns
from kerjadesa.ui.labels import FACTS
from kerjadesa.words import N_, _

_OTHER_FACTS = {
    "life_status": N_("Status hidup"),
    "citizenship": N_("Kewarganegaraan"),
}
_OTHER_COLUMNS = {DECILE: N_("Desil"), "alamat_sekarang": N_("Alamat sekarang")}


@dataclass(frozen=True, slots=True)
class OutcomeLook:
    """How a group of rows is shown: never by colour alone."""

    word: str
    icon: str
    tone: str


OUTCOMES = {
    "new": OutcomeLook(N_("Siap"), "add", "accent"),
    "warned": OutcomeLook(N_("Perlu diperiksa"), "warning", "caution"),
    "unchanged": OutcomeLook(N_("Sudah ada"), "ok", "plain"),
    "unknown": OutcomeLook(N_("Belum terdaftar"), "person", "caution"),
    "refused": OutcomeLook(N_("Ditolak"), "refused", "bad"),
    "done": OutcomeLook(N_("Tertulis"), "ok", "good"),
}
"""In the order of their buttons above the rows."""


def column_words(column: str) -> str:
    """What the officer calls a column."""
    if column in _OTHER_COLUMNS:
        return _(_OTHER_COLUMNS[column])
    fact = filling_columns()[column]
    return _(FACTS[fact] if fact in FACTS else _OTHER_FACTS[fact])


def place_letters(place: int) -> str:
    """The letters a spreadsheet has above a column: A to Z, then AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
