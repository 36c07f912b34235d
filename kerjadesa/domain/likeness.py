"""How alike two records are: is it one person, written down twice?

The score helps a person to look in the right order; it decides nothing. A NIK is given once, so two
records with one NIK always deserve a look, and NIKs that are far apart speak for two people.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from kerjadesa.domain.collation import fold_case

VERSION = 1
"""Grows with every change of this file that gives a pair another score: pairs kept in a register
are then sought anew."""

THRESHOLD = 80
"""A pair with this score or more is worth a person's look."""

NAME_GATE = 80
"""Below this two names are two people's, whatever else agrees, unless they share a NIK."""

DateRelation = Literal["equal", "swapped", "digit", "year", "apart"]

_SAME_WORD = 82
_DIFFERENT_WORD = 60
_SAME_BUT_FOR_HABIT = 95
_SOME_WORDS_MISSING = 88
_DATE_POINTS: dict[DateRelation, int] = {
    "equal": 30, "swapped": 26, "digit": 22, "year": 20, "apart": 0,
}  # fmt: skip
_MOTHER_SAME, _MOTHER_DIFFERENT = 85, 70
_NIK_NEAR = 2
_REMEMBERED = 50_000
"""The same few thousand words make up most names of a district."""
# Where nobody knows the birthday, offices write one of these.
_MADE_UP_DAYS = frozenset({(1, 1), (31, 12), (1, 7)})

_TITLES = frozenset({
    "h", "hj", "haji", "hajah", "hajjah", "drs", "dra", "dr", "ir", "prof", "st", "se", "sh",
    "spd", "sag", "skom", "ssos", "amd", "mpd", "alm", "almh", "bpk", "bapak", "ibu", "tuan",
    "ny", "nyonya", "sdr", "sdri", "bin", "binti",
})  # fmt: skip
_MUHAMMAD = frozenset({
    "m", "muh", "muhd", "moh", "mohd", "muhammad", "mohammad", "muhamad", "mohamad", "mhd",
    "md",
})  # fmt: skip
_OPTIONAL = frozenset({"muhamad", "siti"})
"""Names so common that people leave them out."""
_SPELLINGS = (
    ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("nj", "ny"), ("oe", "u"), ("ch", "kh"), ("ph", "f"),
    ("sy", "s"), ("kh", "k"), ("dz", "z"), ("dh", "d"), ("th", "t"), ("v", "f"), ("p", "f"),
    ("q", "k"), ("x", "ks"), ("y", "i"), ("j", "i"),
)  # fmt: skip
"""Old spelling and new, and letters that one hears alike; in this order."""


@dataclass(frozen=True, slots=True, repr=False)
class Traits:
    """What two records are compared by."""

    nik: str
    name: str
    sex: str
    birth_date: date
    mother_name: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are, and why."""

    score: int
    """0–100."""
    nik: bool
    """Whether both have the same NIK."""
    name: int
    """How alike the names are, 0–100."""
    birth: DateRelation
    mother: int | None
    """How alike the mothers' names are, 0–100; None where one of them is not known."""


def likeness(one: Traits, other: Traits) -> Likeness:
    """Compares two records; which of them comes first makes no difference."""
    name = name_likeness(one.name, other.name)
    birth = date_relation(one.birth_date.isoformat(), other.birth_date.isoformat())
    known = one.mother_name and other.mother_name
    mother = name_likeness(one.mother_name, other.mother_name) if known else None
    same_nik = one.nik == other.nik
    score = name // 2 + _DATE_POINTS[birth] + _mother_points(mother)
    if birth == "equal" and (one.birth_date.day, one.birth_date.month) in _MADE_UP_DAYS:
        score -= 6
    if same_nik:
        return Likeness(min(100, max(60, score + 20)), same_nik, name, birth, mother)
    if name < NAME_GATE:
        score = min(score, THRESHOLD - 20)
    if one.sex != other.sex:
        score -= 25
    if Hamming.distance(one.nik, other.nik) > _NIK_NEAR:
        score -= 10
    return Likeness(min(100, max(0, score)), same_nik, name, birth, mother)


def date_relation(one: str, other: str) -> DateRelation:
    """How two ISO dates stand to each other."""
    if one == other:
        return "equal"
    if swapped(one) == other:
        return "swapped"
    if Hamming.distance(one, other) == 1:
        return "digit"
    return "year" if one[:4] == other[:4] else "apart"


def swapped(day: str) -> str:
    """The ISO date with day and month in each other's place; it may be no date."""
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


@lru_cache(maxsize=_REMEMBERED)
def name_words(name_key: str) -> tuple[str, ...]:
    """The words of a name as they sound, in order of the alphabet.

    `name_key` is lower case without accents. Titles and signs are gone, *M.* and *Muhd* are
    *Muhammad*, old spelling is new, no letter is doubled.
    """
    plain = re.sub(r"['’ʼ`´‘]", "", name_key)
    found = []
    for word in re.findall(r"\w+", plain):
        if word in _TITLES:
            continue
        sounds = "muhamad" if word in _MUHAMMAD else word
        if sounds != "muhamad":
            for old, new in _SPELLINGS:
                sounds = sounds.replace(old, new)
        found.append(re.sub(r"(.)\1+", r"\1", sounds))
    return tuple(sorted(found))


def name_likeness(one: str, other: str) -> int:
    """How alike two names are, 0–100, as people wrote them."""
    return words_likeness(_words_of(one), _words_of(other))


@lru_cache(maxsize=_REMEMBERED)
def _words_of(name: str) -> tuple[str, ...]:
    return name_words(fold_case(name))


def words_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How alike two names are whose words `name_words` gave.

    One word that differs makes another person: twins are *Rina* and *Rini*, *Ahmad Fauzan* and
    *Ahmad Fauzi*, and everything else about them is equal.
    """
    found = _agreement(one, other)
    if not found and one and other:
        return min(int(fuzz.ratio(" ".join(one), " ".join(other))), _DIFFERENT_WORD)
    return found


def may_be_one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether `words_likeness` reaches `NAME_GATE`; most names on earth do not, and cost little."""
    return _agreement(one, other) >= NAME_GATE


def _agreement(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How alike two names are of which no word differs; 0 where one does."""
    if not one or not other:
        return 0
    if one == other:
        return 100
    # "Nur Aini" and "Nuraini": no word agrees, all letters do.
    if len(one) != len(other) and _letters(one) == _letters(other):
        return _SAME_BUT_FOR_HABIT
    short, rest = _essential(one), _essential(other)
    if (len(short), short) > (len(rest), rest):
        short, rest = rest, short
    if short == rest:
        return _SAME_BUT_FOR_HABIT
    total, letters, left = 0, 0, list(rest)
    for word in short:
        best, likest = -1, ""
        for there in left:
            near = 100 if word == there else _word_likeness(word, there)
            best, likest = max((best, likest), (near, there))
        if best < _SAME_WORD:
            return 0
        left.remove(likest)
        total += best * len(word)
        letters += len(word)
    mean = total // letters
    return min(mean, _SOME_WORDS_MISSING) if left else mean


@lru_cache(maxsize=_REMEMBERED)
def _letters(words: tuple[str, ...]) -> list[str]:
    return sorted("".join(words))


@lru_cache(maxsize=_REMEMBERED)
def _essential(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _OPTIONAL) or words


@lru_cache(maxsize=_REMEMBERED)
def _word_likeness(one: str, other: str) -> int:
    if one == other:
        return 100
    if len(one) == 1 or len(other) == 1:
        # An initial stands for any word that begins with it.
        return _SOME_WORDS_MISSING if one[0] == other[0] else 0
    if len(one) == len(other) and one[:-1] == other[:-1] and {one[-1], other[-1]} <= set("aiueo"):
        # The last vowel tells Hendri from Hendra and brother from sister.
        return _DIFFERENT_WORD
    return int(fuzz.ratio(one, other))


def _mother_points(mother: int | None) -> int:
    if mother is None:
        return 10
    if mother >= _MOTHER_SAME:
        return 20
    return -20 if mother < _MOTHER_DIFFERENT else 0
