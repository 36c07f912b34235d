"""What the columns of a list and the verdicts on its rows are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from kerjadesa.intake.column_names import DECILE
from kerjadesa.intake.residents import filling_columns
from kerjadesa.ui.labels import FACTS, number
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
    "check": OutcomeLook(N_("Tertulis, periksa"), "warning", "caution"),
}
"""In the order of their buttons above the rows."""


def group_of(outcome: str, has_codes: bool) -> str:
    """Which of `OUTCOMES` a row stands under, one and no more: their counts add up to the list."""
    return "check" if outcome == "done" and has_codes else outcome


def count_words(counts: Mapping[str, int]) -> str:
    """How many rows of a list stand in each group, and whether any of them is written."""
    groups = "; ".join(
        f"{number(counts[name])} {_(look.word).lower()}"
        for name, look in OUTCOMES.items()
        if counts[name]
    )
    said = _("{count} baris dibaca: {groups}.").format(count=number(counts[""]), groups=groups)
    if counts["done"] or counts["check"]:
        return said
    if counts["new"] or counts["warned"]:
        return " ".join((said, _("Belum ada yang tertulis.")))
    return " ".join((said, _("Tidak ada yang baru untuk ditulis.")))


def written_words(kind: str, counts: Mapping[str, int], done: int) -> str:
    """What to say after `done` rows of a list of this kind were written."""
    said = (
        _("{count} pekerja terdaftar.")
        if kind == "residents"
        else _("Desil {count} pekerja tertulis.")
    ).format(count=number(done))
    if left := counts["refused"] + counts["unknown"]:
        said = _("{said} {count} baris tidak tertulis; simpan laporannya bagi pembuat daftar."
                 ).format(said=said, count=number(left))  # fmt: skip
    return said


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
