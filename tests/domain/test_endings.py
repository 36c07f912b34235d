"""An enrolment that ends, and one that ended too early."""

from itertools import permutations

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.fold import ENDING, WorkerState, fold
from tests.domain.said import Laptop


def folded(*laptops: Laptop) -> WorkerState:
    """What all their entries add up to, in whatever order they come."""
    entries = [entry for laptop in laptops for entry in laptop.entries]
    states = [fold(order) for order in permutations(entries)]
    assert states[0] is not None
    assert all(state == states[0] for state in states)
    return states[0]


def test_lifting_an_ending_brings_the_enrolment_back() -> None:
    one = Laptop("one")
    one.register()
    ended = one.say(verbs.ENDED, {"reason": "died", "date": "2026-11-01", "replaces": {}})
    assert folded(one).value(ENDING) == "died"
    one.say(verbs.RESUMED, {"replaces": {ENDING: [ended.id]}})
    assert folded(one).value(ENDING) is None
    assert folded(one).conflicts == ()


def test_an_ending_and_a_correction_unseen_by_each_other_both_stand() -> None:
    one, two = Laptop("one"), Laptop("two")
    first = one.register()
    one.say(verbs.ENDED, {"reason": "moved", "replaces": {}})
    two.correct({"name": [first]}, name="Upik Betul")
    state = folded(one, two)
    assert (state.value(ENDING), state.value("name")) == ("moved", "Upik Betul")
    assert state.conflicts == ()


def test_an_ending_lifted_here_and_said_anew_there_waits_for_a_person() -> None:
    one, two = Laptop("one"), Laptop("two")
    one.register()
    ended = one.say(verbs.ENDED, {"reason": "moved", "replaces": {}})
    one.say(verbs.RESUMED, {"replaces": {ENDING: [ended.id]}})
    two.at = one.at + 100
    again = two.say(verbs.ENDED, {"reason": "died", "replaces": {ENDING: [ended.id]}})
    state = folded(one, two)
    assert state.conflicts == (ENDING,)
    assert state.heads[ENDING][0].entry == again.id, "the newer word displays"
    two.say(verbs.RESUMED, {"replaces": state.replaces([ENDING])})
    assert folded(one, two).conflicts == ()
    assert folded(one, two).value(ENDING) is None


@pytest.mark.parametrize("values", [{"replaces": 7}, {"replaces": {ENDING: 7}}])
def test_a_lifting_that_makes_no_sense_leaves_the_ending(values: dict[str, object]) -> None:
    one = Laptop("one")
    one.register()
    one.say(verbs.ENDED, {"reason": "died", "replaces": {}})
    nonsense = one.say(verbs.RESUMED, values)
    state = folded(one)
    assert state.unreadable == (nonsense.id,)
    assert state.value(ENDING) == "died"
