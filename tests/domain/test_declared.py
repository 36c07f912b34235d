"""A programme or a plan that was corrected stays corrected, whatever any clock reads."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.declared import Declared, plan_of, programme_of, said_anew
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.programme import ProgrammeFacts
from tests.domain.said import Laptop

CODE = "1N100PR"
YEARS_AHEAD = 7_000_000_000_000


def programme(name: str = "1 Nagari 100 Pekerja Rentan", **changes: Any) -> ProgrammeFacts:
    """What a village declares."""
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    return ProgrammeFacts.model_validate({"code": CODE, "name": name, **days, **changes})


def declare(laptop: Laptop, name: str, seen: list[Entry], replaces: bool = True) -> Entry:
    """A laptop says the programme anew, knowing these entries; or as programs did before."""
    before = programme_of(seen) if replaces else None
    return laptop.say(verbs.PROGRAMME_DECLARED, said_anew(programme(name), before), CODE)


def displayed(entries: list[Entry]) -> str:
    """The name that displays."""
    said = programme_of(entries)
    assert said is not None
    return said.facts.name


def test_a_correction_wins_over_a_laptop_whose_clock_stands_years_ahead() -> None:
    ahead, sound = Laptop("a", YEARS_AHEAD), Laptop("b")
    frozen = declare(ahead, "Salah", [])
    right = declare(sound, "Benar", [frozen])
    assert right.hlc < frozen.hlc
    for order in permutations([frozen, right]):
        assert displayed(list(order)) == "Benar"


def test_a_plan_is_corrected_in_the_same_way() -> None:
    plan = {"title": "Salah", "held_on": "2026-12-01", "groups": []}
    frozen = Laptop("a", YEARS_AHEAD).say(verbs.CEREMONY_PLANNED, plan, "c1")
    seen = plan_of([frozen])
    assert seen is not None
    values = said_anew(seen.facts.model_copy(update={"title": "Benar"}), seen)
    right = Laptop("b").say(verbs.CEREMONY_PLANNED, values, "c1")
    for order in permutations([frozen, right]):
        said = plan_of(order)
        assert said is not None and said.facts.title == "Benar"


def test_the_laptop_that_stood_ahead_can_be_followed_again_once_its_clock_is_right() -> None:
    ahead, sound = Laptop("a", YEARS_AHEAD), Laptop("b")
    entries = [declare(ahead, "Satu", [])]
    for laptop, name in ((sound, "Dua"), (ahead, "Tiga"), (sound, "Empat")):
        entries.append(declare(laptop, name, entries))
        assert displayed(entries) == name


def test_what_two_laptops_said_unseen_by_each_other_waits_for_one_word_on_both() -> None:
    one, two = Laptop("a"), Laptop("b")
    first = declare(one, "Dasar", [])
    apart = [first, declare(one, "Sini", [first]), declare(two, "Sana", [first])]
    said = programme_of(apart)
    assert said is not None and len(said.heads) == 2
    both = [*apart, declare(two, "Keduanya", apart)]
    said = programme_of(both)
    assert said is not None
    assert (said.facts.name, said.heads) == ("Keduanya", (both[-1].id,))


def test_a_journal_from_before_reads_as_it_always_did() -> None:
    one, two = Laptop("a"), Laptop("b", 1_790_000_000_500)
    entries = [declare(one, "Satu", [], replaces=False), declare(two, "Dua", [], replaces=False)]
    entries.append(declare(one, "Tiga", [], replaces=False))
    assert displayed(entries) == "Dua", "the newest stamp"
    assert displayed([*entries, declare(one, "Empat", entries)]) == "Empat"


def test_a_laptop_that_planned_a_hundred_times_leaves_one_word_to_replace() -> None:
    ahead, sound = Laptop("a", YEARS_AHEAD), Laptop("b")
    entries = [declare(ahead, f"Nomor {n}", [], replaces=False) for n in range(100)]
    said = programme_of(entries)
    assert said is not None and said.heads == (entries[-1].id,)
    assert displayed([*entries, declare(sound, "Benar", entries)]) == "Benar"


def test_words_that_replace_each_other_in_a_ring_do_not_vanish() -> None:
    values = said_anew(programme("Satu"), None)
    one = Laptop("a").say(verbs.PROGRAMME_DECLARED, values | {"replaces": ["b:1"]}, CODE)
    two = Laptop("b").say(verbs.PROGRAMME_DECLARED, values | {"replaces": ["a:1"]}, CODE)
    said = programme_of([one, two])
    assert said is not None and set(said.heads) == {"a:1", "b:1"}


@pytest.mark.parametrize(
    "broken",
    [{"replaces": 7}, {"name": ""}, {"valid_until": "9999-12-31"}, {"name": "x\x00y"}],
)
def test_an_entry_that_makes_no_sense_takes_nobodys_word_away(broken: dict[str, Any]) -> None:
    good = declare(Laptop("a"), "Benar", [])
    values = said_anew(programme("Palsu"), programme_of([good])) | broken
    bad = Laptop("b", YEARS_AHEAD).say(verbs.PROGRAMME_DECLARED, values, CODE)
    assert displayed([good, bad]) == displayed([bad, good]) == "Benar"
    assert programme_of([bad]) is None


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Three laptops with any clocks, each word said knowing some of the others; some of old."""
    laptops = [Laptop(name, draw(st.integers(1, YEARS_AHEAD))) for name in "abc"]
    entries: list[Entry] = []
    for number in range(draw(st.integers(1, 8))):
        laptop = draw(st.sampled_from(laptops))
        known = [entry for entry in entries if entry in laptop.entries or draw(st.booleans())]
        entries.append(declare(laptop, f"Kata {number}", known, replaces=draw(st.booleans())))
    return entries


@given(histories(), st.data())
def test_two_offices_that_merged_the_same_words_agree_in_whichever_order(
    entries: list[Entry], data: st.DataObject
) -> None:
    twice = entries + data.draw(st.lists(st.sampled_from(entries)))
    assert programme_of(data.draw(st.permutations(twice))) == programme_of(entries)


@given(histories(), st.integers(1, YEARS_AHEAD))
def test_whoever_knows_all_that_was_said_has_the_last_word_by_any_clock(
    entries: list[Entry], at: int
) -> None:
    last = declare(Laptop("z", at), "Penutup", entries)
    said = programme_of([*entries, last])
    assert isinstance(said, Declared)
    assert (said.facts.name, said.heads) == ("Penutup", (last.id,))
