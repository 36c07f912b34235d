"""What the columns of a list and the verdicts on its rows are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kerjadesa.actions.verdict_words import unread_words
from kerjadesa.intake.column_names import DECILE
from kerjadesa.intake.residents import filling_columns
from kerjadesa.intake.table import Table
from kerjadesa.ui.labels import FACTS, number, short_date
from kerjadesa.words import N_, _

_OTHER_FACTS = {
    "life_status": N_("Status hidup"),
    "citizenship": N_("Kewarganegaraan"),
}
_OTHER_COLUMNS = {DECILE: N_("Desil"), "alamat_sekarang": N_("Alamat sekarang")}


_MOST_SHEETS = 8


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
    refused, unticked = counts["refused"] + counts["unknown"], counts["new"] + counts["warned"]
    if refused and unticked:
        more = _("{count} baris tidak tertulis, {unticked} di antaranya tidak dicentang; "
                 "simpan laporannya bagi pembuat daftar.")  # fmt: skip
    elif refused:
        more = _("{count} baris tidak tertulis; simpan laporannya bagi pembuat daftar.")
    elif unticked:
        more = _("{count} baris tidak dicentang, jadi tidak tertulis.")
    else:
        return said
    more = more.format(count=number(refused + unticked), unticked=number(unticked))
    return f"{said} {more}"


def registering_question(count: int, programme: str, day: date) -> str:
    """Whether so many people are meant to be registered at once: nothing takes them back."""
    return _("Daftarkan {count} pekerja di program {programme}, tanggal {day}?").format(
        count=number(count), programme=programme, day=short_date(day)
    )


def progress_words(done: int, whole: int | None) -> str:
    """How far the rows of a list have come; `whole` is None while nobody knows how many."""
    if whole is None:
        return _("{count} baris sudah dibaca…").format(count=number(done))
    return _("{count} dari {whole} baris…").format(count=number(done), whole=number(whole))


def sheet_words(table: Table) -> str:
    """Which sheets were read as one list, and which hold people and were not read."""
    said = []
    if table.parts:
        sheets = _sheets(name for name, _first in table.parts)
        said.append(_("Lembar yang dibaca: {sheets}.").format(sheets=sheets))
    if table.unread:
        people = _("{sheet} ({count} orang)")
        sheets = _sheets(people.format(sheet=s, count=number(n)) for s, n in table.unread)
        said.append(unread_words(sheets))
    return " ".join(said)


def _sheets(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:_MOST_SHEETS]) + (" …" if len(known) > _MOST_SHEETS else "")


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
