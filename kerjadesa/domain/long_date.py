"""A day as Indonesian cards and papers write it, whatever language the screen speaks."""

from datetime import date

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def long_date(day: date) -> str:
    """Such as "31 Desember 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
