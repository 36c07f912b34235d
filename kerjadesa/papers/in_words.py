"""Numbers and dates in Indonesian words (*terbilang*), as official papers spell them out."""

from datetime import date

from kerjadesa.domain.long_date import MONTHS

_ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GROUPS = ("", "ribu", "juta", "miliar", "triliun")
_LIMIT = 1000 ** len(_GROUPS)

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def number_in_words(number: int) -> str:
    """The number in words: 1333 → "seribu tiga ratus tiga puluh tiga".

    Raises ValueError below 0 and from a thousand trillion on: no count on these papers is either.
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"no count: {number}")
    if number == 0:
        return _ONES[0]
    parts: list[str] = []
    for name in _GROUPS:
        number, group = divmod(number, 1000)
        # One thousand alone has a word of its own; 1,000,000 is "satu juta".
        if name == "ribu" and group == 1:
            parts.insert(0, "seribu")
        elif group:
            parts.insert(0, f"{_below_thousand(group)} {name}".rstrip())
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _with_rest(f"{_ONES[number // 10]} puluh", number % 10)
    hundreds = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
    return _with_rest(hundreds, number % 100)


def _with_rest(words: str, rest: int) -> str:
    return f"{words} {_below_thousand(rest)}" if rest else words


def day_name(day: date) -> str:
    """The day of the week, "Jumat"."""
    return _DAYS[day.weekday()]


def date_in_words(day: date) -> str:
    """The day as a *berita acara* spells it out, with its figures after it.

    "Jumat, tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026)".
    """
    return (
        f"{day_name(day)}, tanggal {number_in_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {number_in_words(day.year)} ({day:%d-%m-%Y})"
    )
