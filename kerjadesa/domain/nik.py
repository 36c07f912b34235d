"""The NIK (Nomor Induk Kependudukan) and the KK number: what sixteen digits say.

`PPKKCC DDMMYY NNNN`: district of first registration, birth date (a woman's day + 40), serial.
There is no check digit, and the number never changes: neither by moving house nor by a corrected
birth date. So only an impossible number is refused; a number that disagrees with the other facts
is a warning (`kerjadesa.domain.check.warnings`).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kerjadesa.domain.problem import Problem

Sex = Literal["M", "F"]

# Kemendagri's province codes, those of the 2022 Papuan provinces included.
PROVINCES = frozenset(
    {
        *range(11, 20),
        21,
        *range(31, 37),
        *range(51, 54),
        *range(61, 66),
        *range(71, 77),
        *(81, 82),
        *range(91, 98),
    }
)

_SCIENTIFIC = re.compile(r"^\d([.,]\d+)?[eE]\+?\d{1,2}$")
_WHOLE_FLOAT = re.compile(r"^(\d{15,17})\.0+$")


@dataclass(frozen=True, slots=True)
class Nik:
    """A possible NIK and what its digits say."""

    text: str
    region: str
    """District of first registration, `13.03.04`."""
    sex: Sex
    day: int
    month: int
    year_of_century: int
    serial: int

    def birth_date(self, today: date, given: date | None = None) -> date:
        """The birth date in the NIK, its century taken from `given` where that matches."""
        candidates = [_date(1900 + self.year_of_century, self.month, self.day)]
        candidates.append(_date(2000 + self.year_of_century, self.month, self.day))
        if given is not None and given in candidates:
            return given
        recent = self.year_of_century <= today.year % 100
        chosen = candidates[1] if recent else candidates[0]
        # 29 February of 1900 does not exist; parse() has made sure that one of the two does.
        return chosen or candidates[0] or candidates[1]  # type: ignore[return-value]


def clean_digits(text: str) -> str:
    """The text without what spreadsheets and people put around digits: blanks, `'`, `.` and `-`."""
    if text.isascii() and text.isdigit():
        return text
    kept = (c for c in text if unicodedata.category(c) not in {"Zs", "Cf", "Cc"})
    return "".join(kept).strip("'`’‘\"").replace("-", "").replace(".", "")


def parse(text: str) -> Nik | Problem:
    """Reads a NIK as people and spreadsheets write it, or says what is wrong with it.

    Codes, in the order they are looked for: `nik_missing`, `nik_corrupted` (a spreadsheet kept
    15 of the 16 digits), `nik_length`, `nik_temporary`, `nik_region`, `nik_date`.
    """
    written = text.strip()
    if _SCIENTIFIC.match(written) or _WHOLE_FLOAT.match(written):
        return Problem("nik", "nik_corrupted")
    digits = clean_digits(written)
    if not digits:
        return Problem("nik", "nik_missing")
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        return Problem("nik", "nik_length", {"length": len(digits)})
    if digits[0] == "0":
        return Problem("nik", "nik_temporary")
    if int(digits[:2]) not in PROVINCES or digits[2:4] == "00" or digits[4:6] == "00":
        return Problem("nik", "nik_region")
    written_day = int(digits[6:8])
    female = written_day > 40
    day, month, year = written_day - 40 * female, int(digits[8:10]), int(digits[10:12])
    if not (_date(1900 + year, month, day) or _date(2000 + year, month, day)):
        return Problem("nik", "nik_date")
    if digits[12:] == "0000":
        # Serials start at 0001; four zeros are what is left of a number that was rounded.
        return Problem("nik", "nik_corrupted")
    return Nik(
        text=digits,
        region=f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}",
        sex="F" if female else "M",
        day=day,
        month=month,
        year_of_century=year,
        serial=int(digits[12:]),
    )


def mask(nik: str) -> str:
    """The NIK as screens and papers show it: the district and the serial, the birth date hidden."""
    return f"{nik[:6]}••••••{nik[12:]}" if len(nik) == 16 else "•" * len(nik)


def mask_on_card(nik: str) -> str:
    """The NIK as a card shows it: the district alone.

    The card's code says birth date and sex, which are the other six digits; with the serial in
    print, whoever finds a card would have the whole number.
    """
    return f"{nik[:6]}••••••••••" if len(nik) == 16 else "•" * len(nik)


def kk_number(text: str) -> str | None:
    """The 16 digits of a KK number, or None: it can change, so nothing is keyed on it."""
    digits = clean_digits(text)
    possible = len(digits) == 16 and digits.isascii() and digits.isdigit()
    return digits if possible else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
