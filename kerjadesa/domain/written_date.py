"""Dates as villages write them: `03-03-1967`, `3 Maret 1967`, `06 Jun 1970`, `07071971`."""

import re

_LONGEST = 40
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
_DIGITS = re.compile(r"^(\d\d)(\d\d)((?:19|20)\d\d)$")
_IN_WORDS = re.compile(r"^(\d{1,2})[-/., ]*([a-z]{3,9})[-/., ]*(\d{4}|\d{2})$")

# As people spell them and as spreadsheets set to English do; any beginning of three letters counts.
_MONTHS = (
    ("januari", "january"),
    ("februari", "pebruari", "february"),
    ("maret", "march", "mrt"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "ags", "agt"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)


def date_parts(text: str) -> tuple[int, int, str] | None:
    """Day, month and the year's four or two digits as written, None where it is no date.

    Whether there is such a day is not asked.
    """
    written = text.strip()
    if len(written) > _LONGEST or not written.isascii():
        return None
    if match := _ISO.match(written):
        return int(match[3]), int(match[2]), match[1]
    if match := _DAY_FIRST.match(written) or _DIGITS.match(written):
        return int(match[1]), int(match[2]), match[3]
    if (match := _IN_WORDS.match(written.lower())) and (month := _month(match[2])):
        return int(match[1]), month, match[3]
    return None


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(word) for name in names):
            return number
    return 0
