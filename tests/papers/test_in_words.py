"""Numbers and dates spelled out: a berita acara that says another number than its table is void."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain.long_date import long_date
from kerjadesa.papers.in_words import date_in_words, day_name, number_in_words

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
SHORT = {"sepuluh": "satu puluh", "sebelas": "satu belas", "seratus": "satu ratus"}


def number_from(words: str) -> int:
    """Reads the words back, by the rules of the language and not those of the writer."""
    for short, long in {**SHORT, "seribu": "satu ribu"}.items():
        words = words.replace(short, long)
    total = below = ones = 0
    for word in words.split():
        if word in ONES:
            ones = ONES.index(word)
        elif word == "belas":
            below, ones = below + 10 + ones, 0
        elif word in ("puluh", "ratus"):
            below, ones = below + ones * (10 if word == "puluh" else 100), 0
        else:
            total, below, ones = total + (below + ones) * SCALES[word], 0, 0
    return total + below + ones


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (224, "dua ratus dua puluh empat"),
        (1000, "seribu"),
        (1333, "seribu tiga ratus tiga puluh tiga"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (16_590, "enam belas ribu lima ratus sembilan puluh"),
        (100_000, "seratus ribu"),
        (101_001, "seratus satu ribu satu"),
        (1_000_000, "satu juta"),
        (22_394_400, "dua puluh dua juta tiga ratus sembilan puluh empat ribu empat ratus"),
    ],
)
def test_a_number_is_spelled_as_it_is_spoken(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_every_count_up_to_ten_thousand_reads_back_as_itself() -> None:
    assert [n for n in range(10_001) if number_from(number_in_words(n)) != n] == []


@given(st.integers(0, 10**15 - 1))
def test_any_amount_reads_back_as_itself(number: int) -> None:
    words = number_in_words(number)
    assert number_from(words) == number
    assert not {"satu puluh", "satu belas", "satu ratus"} & {
        " ".join(pair) for pair in pairwise(words.split())
    }


@pytest.mark.parametrize("number", [-1, 10**15])
def test_what_cannot_be_a_count_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no count"):
        number_in_words(number)


def test_a_day_is_spelled_as_a_berita_acara_begins() -> None:
    day = date(2026, 11, 20)
    assert date_in_words(day) == (
        "Jumat, tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026)"
    )
    assert long_date(day) == "20 November 2026"
    assert [day_name(date(2026, 11, day)) for day in range(16, 23)] == [
        "Senin",
        "Selasa",
        "Rabu",
        "Kamis",
        "Jumat",
        "Sabtu",
        "Minggu",
    ]
