"""What entries about one worker add up to."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import DECISION, ENDING, WorkerState, fold
from kerjadesa.domain.identifier import worker_id
from kerjadesa.domain.worker import from_body
from tests.domain.said import HUB, Laptop, erased


def state_of(*entries: Entry) -> WorkerState:
    """The state of a worker who is registered."""
    state = fold(entries, HUB)
    assert state is not None
    return state


def two_laptops() -> tuple[Laptop, Laptop, Entry]:
    """Two laptops that both know of one registration."""
    one, two = Laptop("one" + "1" * 17), Laptop("two" + "2" * 17, at=1_790_000_000_500)
    return one, two, one.register()


def busy() -> list[Entry]:
    """Everything that may be said of a worker, on three chains."""
    one, two, first = two_laptops()
    hub = Laptop(f"{HUB}.13.03.04.2001", at=1_790_000_001_000)
    left = one.correct({"name": [first]}, name="Upik Satu", phone="0811")
    right = two.correct({"name": [first]}, name="Upik Dua")
    one.correct({"name": [left, right]}, name="Upik Tiga")
    two.correct({"jorong": [first]}, jorong="Ganting")
    one.say(verbs.CARD_PRINTED, {"number": "1303042001-X"})
    two.say(verbs.LINKED, {"other": "worker-2", "verdict": "different"})
    refused = hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"})
    hub.say(verbs.ACCEPTED, {"replaces": {DECISION: [refused.id]}})
    two.say(verbs.ENDED, {"reason": "moved"})
    two.say(verbs.CORRECTED, {"set": "nonsense"})
    return [*one.entries, *two.entries, *hub.entries]


@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 11), max_size=8))
def test_the_order_of_arrival_and_repeats_change_nothing(
    shuffler: random.Random, repeats: list[int]
) -> None:
    entries = busy()
    expected = fold(entries, HUB)
    mixed = entries + [entries[i % len(entries)] for i in repeats]
    shuffler.shuffle(mixed)
    assert fold(mixed, HUB) == expected


def test_a_registration_alone_is_the_worker() -> None:
    _, _, first = two_laptops()
    state = state_of(first)
    assert from_body(state.body()).name == "Upik Contoh"
    assert (state.registered_by, state.conflicts, state.erased) == (first.id, (), False)


def test_a_correction_that_arrives_before_its_registration_waits() -> None:
    _, two, first = two_laptops()
    change = two.correct({"name": [first]}, name="Upik Baru")
    assert fold([change]) is None
    assert state_of(change, first).value("name") == "Upik Baru"


def test_two_laptops_unseen_changes_are_both_kept_and_the_newer_displays() -> None:
    one, two, first = two_laptops()
    left = one.correct({"name": [first]}, name="Upik Satu")
    right = two.correct({"name": [first]}, name="Upik Dua")
    state = state_of(first, left, right)
    assert state.conflicts == ("name",)
    assert state.value("name") == "Upik Dua"
    assert {head.value for head in state.heads["name"]} == {"Upik Satu", "Upik Dua"}


def test_a_persons_decision_replaces_both_words() -> None:
    one, two, first = two_laptops()
    left = one.correct({"name": [first]}, name="Upik Satu")
    right = two.correct({"name": [first]}, name="Upik Dua")
    seen = state_of(first, left, right).replaces(["name"])
    assert seen == {"name": sorted([left.id, right.id])}
    decision = one.say(verbs.CORRECTED, {"set": {"name": "Upik Satu"}, "replaces": seen})
    state = state_of(first, left, right, decision)
    assert (state.conflicts, state.value("name")) == ((), "Upik Satu")


def test_changes_of_different_facts_are_no_conflict() -> None:
    one, two, first = two_laptops()
    left = one.correct({"name": [first]}, name="Upik Satu")
    right = two.correct({"jorong": [first]}, jorong="Ganting")
    state = state_of(first, left, right)
    assert state.conflicts == ()
    assert (state.value("name"), state.value("jorong")) == ("Upik Satu", "Ganting")


def test_two_laptops_that_say_the_same_agree() -> None:
    one, two, first = two_laptops()
    left = one.correct({"phone": []}, phone="0812")
    right = two.correct({"phone": []}, phone="0812")
    assert state_of(first, left, right).conflicts == ()


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("nik", "1303044103850002"),
        ("poverty_source", "DTSEN"),
        ("poverty_decile", 2),
        ("poverty_date", "2026-01-01"),
    ],
)
def test_what_identity_or_money_hangs_on_waits_for_a_person_even_when_two_agree(
    fact: str, value: Any
) -> None:
    one, two, first = two_laptops()
    left = one.correct({fact: [first]}, **{fact: value})
    right = two.correct({fact: [first]}, **{fact: value})
    assert state_of(first, left, right).conflicts == (fact,)


def test_two_ends_of_a_membership_wait_for_a_person() -> None:
    one, two, first = two_laptops()
    left = one.say(verbs.ENDED, {"reason": "died"})
    right = two.say(verbs.ENDED, {"reason": "died"})
    assert state_of(first, left, right).conflicts == (ENDING,)


def test_emptying_a_fact_is_a_word_like_any_other() -> None:
    one, _, first = two_laptops()
    change = one.correct({"jorong": [first]}, jorong="")
    state = state_of(first, change)
    assert state.value("jorong") == "" and "jorong" not in state.body()


def test_only_the_district_can_refuse_a_worker() -> None:
    one, _, first = two_laptops()
    claim = one.say(verbs.REFUSED, {"reason": "nik_elsewhere"})
    assert state_of(first, claim).value(DECISION) is None
    hub = Laptop(f"{HUB}.13.03.04.2001")
    word = hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"})
    assert state_of(first, word).value(DECISION) == ["refused", "nik_elsewhere"]
    assert fold([first, word], "") is not None
    unknown_hub = fold([first, word], "another-hub-00000001")
    assert unknown_hub is not None and unknown_hub.value(DECISION) is None


def test_a_laptops_correction_cannot_take_the_districts_decision_away() -> None:
    one, _, first = two_laptops()
    hub = Laptop(f"{HUB}.13.03.04.2001", at=1_790_000_000_100)
    accepted = hub.say(verbs.ACCEPTED, {})
    refused = hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"})
    theft = one.correct({DECISION: [refused], "name": [first]}, name="Upik Baru")
    state = state_of(first, accepted, refused, theft)
    assert state.value(DECISION) == ["refused", "nik_elsewhere"]
    assert len(state.heads[DECISION]) == 2


def test_a_lifted_refusal_is_lifted() -> None:
    _, _, first = two_laptops()
    hub = Laptop(f"{HUB}.13.03.04.2001")
    refused = hub.say(verbs.REFUSED, {"reason": "nik_elsewhere"})
    lifted = hub.say(verbs.ACCEPTED, {"replaces": {DECISION: [refused.id]}})
    state = state_of(first, refused, lifted)
    assert (state.value(DECISION), state.conflicts) == (["accepted", ""], ())


def test_an_erased_person_stays_erased_and_says_nothing() -> None:
    _, _, first = two_laptops()
    gone = Laptop(f"{HUB}.13.03.04.2001").say(verbs.ERASED, {})
    assert state_of(first, gone).erased
    blank = state_of(erased(first), gone)
    assert blank.erased and blank.body() == {}


def test_a_colleagues_laptop_makes_nobody_disappear() -> None:
    _, two, first = two_laptops()
    assert not state_of(first, two.say(verbs.ERASED, {})).erased


def test_entries_that_replace_each_other_in_a_ring_lose_nothing() -> None:
    one, two, first = two_laptops()
    left = one.correct({"name": [first]}, name="Upik Satu")
    right = two.correct({"name": [left]}, name="Upik Dua")
    ring = replace(left, body=(left.body or b"").replace(first.id.encode(), right.id.encode()))
    for entries in ([first, ring, right], [ring, right, first]):
        said = {head.value for head in state_of(*entries).heads["name"]}
        assert said == {"Upik Contoh", "Upik Satu", "Upik Dua"}


def test_a_decision_over_a_ring_settles_it() -> None:
    one, two, first = two_laptops()
    left = one.correct({"name": [first]}, name="Upik Satu")
    right = two.correct({"name": [left]}, name="Upik Dua")
    ring = replace(left, body=(left.body or b"").replace(first.id.encode(), right.id.encode()))
    last = one.correct({"name": [first, left, right]}, name="Upik Tiga")
    state = state_of(first, ring, right, last)
    assert (state.value("name"), state.conflicts) == ("Upik Tiga", ())


def test_an_entry_that_claims_to_replace_itself_still_counts() -> None:
    one, _, first = two_laptops()
    itself = one.say(
        verbs.CORRECTED, {"set": {"name": "Upik Baru"}, "replaces": {"name": [f"{one.name}:2"]}}
    )
    assert "Upik Baru" in {head.value for head in state_of(first, itself).heads["name"]}


def test_replacing_a_word_and_saying_nothing_instead_takes_nothing_away() -> None:
    one, _, first = two_laptops()
    silence = one.say(verbs.CORRECTED, {"set": {}, "replaces": {"name": [first.id]}})
    assert state_of(first, silence).value("name") == "Upik Contoh"


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (verbs.CORRECTED, {}),
        (verbs.CORRECTED, {"set": []}),
        (verbs.CORRECTED, {"set": {"name": 5}}),
        (verbs.CORRECTED, {"set": {"name": ""}}),
        (verbs.CORRECTED, {"set": {"name": "A" * 101}}),
        (verbs.CORRECTED, {"set": {"nagari": "di mana saja"}}),
        (verbs.CORRECTED, {"set": {"birth_date": None}}),
        (verbs.CORRECTED, {"set": {"heirs": [{"salah": "kunci"}]}}),
        (verbs.CORRECTED, {"set": {"name": "Upik"}, "replaces": {"name": 5}}),
        (verbs.CORRECTED, {"set": {"name": "Upik"}, "replaces": 7}),
        (verbs.REGISTERED, {"name": 5}),
        (verbs.ENDED, {}),
        (verbs.LINKED, {}),
        (verbs.LINKED, {"other": "worker-2"}),
    ],
)
def test_an_entry_that_makes_no_sense_is_counted_and_hides_nobody(
    verb: str, values: dict[str, Any]
) -> None:
    _, two, first = two_laptops()
    nonsense = two.say(verb, values)
    state = state_of(nonsense, first)
    assert state.unreadable == (nonsense.id,)
    assert from_body(state.body()) == from_body(state_of(first).body())


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 200_000])
def test_a_body_that_is_no_object_is_counted_and_hides_nobody(body: bytes) -> None:
    _, two, first = two_laptops()
    nonsense = replace(two.correct({}, name="Upik"), body=body)
    state = state_of(first, nonsense)
    assert (state.unreadable, state.value("name")) == ((nonsense.id,), "Upik Contoh")


def test_a_verb_of_a_later_program_is_left_alone() -> None:
    one, _, first = two_laptops()
    later = one.say("worker.applauded", {"how": "loudly"})
    assert state_of(first, later) == state_of(first)


def test_cards_are_remembered() -> None:
    one, two, first = two_laptops()
    card = one.say(verbs.CARD_PRINTED, {"number": "X-1"})
    state = state_of(*one.entries, *two.entries)
    assert [(c.entry, c.number) for c in state.cards] == [(card.id, "X-1")]
    assert state.registered_by == first.id


def test_a_colleague_with_a_clock_set_back_takes_over_nobodys_card_number() -> None:
    owner, rival = Laptop("owner-0000000000001"), Laptop("aaaaa-0000000000001", 1_600_000_000_000)
    subject = worker_id(owner.at, f"{owner.name}:1")
    first = owner.register(subject)
    stolen = rival.register(subject, name="Orang Lain")
    for entries in ([first, stolen], [stolen, first]):
        assert state_of(*entries).registered_by == first.id


def test_an_ending_cannot_call_a_worker_merged_into_nobody() -> None:
    _, two, first = two_laptops()
    for reason in ("merged", "", "x" * 101, None, ["died"]):
        state = state_of(first, two.say(verbs.ENDED, {"reason": reason}))
        assert (state.ending, len(state.unreadable)) == ("", 1)


def test_one_absurd_issue_does_not_use_up_the_cards_of_a_worker() -> None:
    one, two, first = two_laptops()
    one.say(verbs.CARD_PRINTED, {"number": "X-1"})
    two.say(verbs.CARD_PRINTED, {"number": "X-1", "issue": 999})
    entries = {entry.id: entry for entry in (first, *one.entries, *two.entries)}
    assert state_of(*entries.values()).card_issue == 1
    third = two.say(verbs.CARD_PRINTED, {"number": "X-1", "issue": 3})
    assert state_of(*entries.values(), third).card_issue == 3, "the second was printed elsewhere"
