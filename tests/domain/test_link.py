"""Two records, one person: every laptop comes to the same answer, and somebody always stays."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import WorkerState, fold
from tests.domain.said import Laptop

ONE, TWO = "worker-1", "worker-2"


def folded(entries: list[Entry], worker: str) -> WorkerState:
    """The state of a registered worker."""
    state = fold([entry for entry in entries if entry.subject == worker])
    assert state is not None
    return state


def decide(laptop: Laptop, known: list[Entry], verdict: str, kept: str = "") -> None:
    """Writes what `actions.same_person` writes for a laptop that knows these entries."""
    links = [link for worker in (ONE, TWO) for link in folded(known, worker).links]
    seen = sorted({name for link in links for name in link.decisions})
    body = {"verdict": verdict, "replaces": seen, **({"kept": kept} if kept else {})}
    first = laptop.say(verbs.LINKED, {"other": TWO, **body}, ONE)
    laptop.say(verbs.LINKED, {"other": ONE, "decision": first.id, **body}, TWO)


_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([("same", ONE), ("same", TWO), ("different", ""), ("undone", "")]),
        st.lists(st.integers(0, 40), min_size=3, max_size=3),
    ),
    max_size=8,
)


@given(_STEPS, st.randoms(use_true_random=False))
def test_whatever_three_laptops_decide_unseen_by_each_other_somebody_stays(
    steps: list, shuffler: random.Random
) -> None:
    laptops = [Laptop(name + "1" * 17, at=1_790_000_000_000 + 7 * n) for n, name in
               enumerate(("one", "two", "six"))]  # fmt: skip
    laptops[0].register(ONE)
    laptops[0].register(TWO)
    start = list(laptops[0].entries)
    for who, (verdict, kept), heard in steps:
        # Of each chain a laptop knows its own whole and any beginning of the others', cut anywhere.
        known = [*start, *laptops[who].entries]
        for laptop, upto in zip(laptops, heard, strict=True):
            known += laptop.entries[: upto if laptop is not laptops[0] else max(upto, 2)]
        decide(laptops[who], known, verdict, kept)
    entries = [entry for laptop in laptops for entry in laptop.entries]
    shuffler.shuffle(entries)
    one, two = folded(entries, ONE), folded(entries, TWO)
    assert one.unreadable == two.unreadable == ()
    outcomes = {link.outcome for state in (one, two) for link in state.links} or {"open"}
    assert len(outcomes) == 1, "both records tell the same"
    ended = [state.subject for state in (one, two) if state.ending == "merged"]
    assert len(ended) == (outcomes == {"same"}), "one ends if they are one person, else nobody"


def test_two_laptops_that_keep_one_each_keep_the_one_registered_first() -> None:
    one, two = Laptop("one" + "1" * 17), Laptop("two" + "2" * 17)
    start = [one.register(ONE), one.register(TWO)]
    decide(one, start, "same", TWO)
    decide(two, start, "same", ONE)
    entries = [*one.entries, *two.entries]
    assert folded(entries, ONE).merged_into == ""
    assert folded(entries, TWO).merged_into == ONE


@pytest.mark.parametrize(
    "body",
    [
        {"other": TWO, "verdict": "cousins"},
        {"other": TWO, "verdict": "same"},
        {"other": TWO, "verdict": "same", "kept": "worker-3"},
        {"other": TWO, "verdict": "different", "kept": TWO},
        {"other": ONE, "verdict": "different"},
        {"other": "", "verdict": "different"},
        {"other": "w" * 65, "verdict": "different"},
        {"other": "\u202eworker", "verdict": "different"},
        {"other": TWO, "verdict": ["same"]},
        {"other": TWO, "verdict": "different", "replaces": 5},
        {"other": TWO, "verdict": "different", "decision": "two:1"},
    ],
)
def test_a_link_that_makes_no_sense_ends_nobody(body: dict) -> None:
    one = Laptop("one" + "1" * 17)
    nonsense = [one.register(ONE), one.say(verbs.LINKED, body, ONE)]
    state = folded(nonsense, ONE)
    assert (state.links, state.ending, state.unreadable) == ((), "", (nonsense[1].id,))
