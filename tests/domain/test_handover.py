from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ceremony import MOST_WORKERS, CeremonyFacts, Group, group_letter, seats
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import WorkerState, fold
from kerjadesa.domain.handover import Absent, Handed
from tests.domain.said import Laptop, body

NUMBER = "1303042001-K7Q2MX-0001-H"
HANDED = {"number": NUMBER, "issue": 1, "ceremony": "c1"}
ABSENT = {"reason": "ill", "ceremony": "c1"}
WORKERS = st.lists(st.text("abcdef", min_size=1), unique=True)


class Table:
    """Two laptops at one table; every entry comes a millisecond after the one before."""

    def __init__(self) -> None:
        self.laptops = {name: Laptop(name) for name in "ab"}
        self.at = 0
        self.say("a", verbs.REGISTERED, body())
        self.say("a", verbs.CARD_PRINTED, {"number": NUMBER})

    def say(self, name: str, verb: str, values: dict[str, Any]) -> Entry:
        """One entry of one laptop."""
        laptop = self.laptops[name]
        self.at += 1
        laptop.at = max(laptop.at, 1_790_000_000_000 + self.at)
        return laptop.say(verb, values)

    def state(self) -> WorkerState:
        """What both laptops' entries add up to."""
        state = fold([entry for laptop in self.laptops.values() for entry in laptop.entries])
        assert state is not None
        return state


def test_a_card_waits_for_its_owner_until_somebody_says_otherwise() -> None:
    state = Table().state()
    assert state.card_issue == 1 and state.handover is None


def test_a_card_that_two_laptops_handed_over_unseen_counts_once_by_the_first() -> None:
    table = Table()
    first = table.say("a", verbs.CARD_HANDED, HANDED)
    table.say("b", verbs.CARD_HANDED, HANDED)
    handover = table.state().handover
    assert handover is not None
    assert (handover.entry, handover.times) == (first.id, 2)
    assert table.state().conflicts == ()


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_who_was_called_absent_by_one_laptop_and_served_by_the_other_has_the_card(
    order: tuple[str, str],
) -> None:
    table = Table()
    words = {"a": (verbs.CARD_ABSENT, ABSENT), "b": (verbs.CARD_HANDED, HANDED)}
    for name in order:
        table.say(name, *words[name])
    handover = table.state().handover
    assert handover is not None and isinstance(handover.said, Handed)


def test_a_hand_over_taken_back_leaves_the_card_on_the_table() -> None:
    table = Table()
    said = table.say("a", verbs.CARD_HANDED, HANDED)
    table.say("a", verbs.HANDOVER_UNDONE, {"replaces": {"handover": [said.id]}})
    assert table.state().handover is None


def test_taking_back_ones_own_hand_over_leaves_the_colleagues() -> None:
    table = Table()
    said = table.say("a", verbs.CARD_HANDED, HANDED)
    other = table.say("b", verbs.CARD_HANDED, HANDED)
    table.say("a", verbs.HANDOVER_UNDONE, {"replaces": {"handover": [said.id]}})
    handover = table.state().handover
    assert handover is not None and (handover.entry, handover.times) == (other.id, 1)


def test_a_card_printed_anew_waits_for_its_owner_again() -> None:
    table = Table()
    table.say("a", verbs.CARD_HANDED, HANDED)
    table.say("a", verbs.CARD_PRINTED, {"number": NUMBER, "issue": 2, "reason": "lost"})
    state = table.state()
    assert state.card_issue == 2 and state.handover is None
    table.say("a", verbs.CARD_HANDED, {**HANDED, "issue": 2})
    handover = table.state().handover
    assert handover is not None and handover.times == 1


def test_absence_and_proxy_are_kept_word_for_word() -> None:
    table = Table()
    table.say("a", verbs.CARD_ABSENT, {**ABSENT, "note": "dirawat di puskesmas"})
    handover = table.state().handover
    assert handover is not None and handover.said == Absent(
        ceremony="c1", reason="ill", note="dirawat di puskesmas"
    )
    proxy = {"name": "Buyung Contoh", "relation": "anak", "nik_masked": "130304••••••0002"}
    table.say("a", verbs.CARD_HANDED, {**HANDED, "proxy": proxy})
    handover = table.state().handover
    assert handover is not None and isinstance(handover.said, Handed)
    assert handover.said.proxy is not None and handover.said.proxy.relation == "anak"


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (verbs.CARD_HANDED, {}),
        (verbs.CARD_HANDED, {**HANDED, "issue": 0}),
        (verbs.CARD_HANDED, {**HANDED, "issue": "1; DROP"}),
        (verbs.CARD_HANDED, {**HANDED, "proxy": {"name": "x" * 101, "relation": ""}}),
        (verbs.CARD_ABSENT, {"reason": "bosan"}),
        (verbs.CARD_ABSENT, {"reason": "other", "note": "\x1b[2J"}),
        (verbs.CARD_PRINTED, {"number": NUMBER, "issue": 10**9}),
        (verbs.CARD_PRINTED, {"number": NUMBER, "issue": True}),
    ],
)
def test_a_colleagues_nonsense_is_kept_counted_and_believed_by_nobody(
    verb: str, values: dict[str, Any]
) -> None:
    table = Table()
    nonsense = table.say("b", verb, values)
    state = table.state()
    assert state.unreadable == (nonsense.id,)
    assert state.handover is None and state.card_issue == 1


def test_the_order_in_which_words_arrive_changes_nothing() -> None:
    table = Table()
    said = [
        table.say("a", verbs.CARD_HANDED, HANDED),
        table.say("b", verbs.CARD_ABSENT, ABSENT),
        table.say("b", verbs.CARD_HANDED, HANDED),
    ]
    before = table.laptops["a"].entries[:2]
    states = {repr(fold([*before, *order])) for order in permutations(said)}
    assert len(states) == 1


def facts(*groups: tuple[str, list[str]], **more: Any) -> CeremonyFacts:
    """A plan of these groups."""
    made = tuple(Group(name=name, workers=tuple(workers)) for name, workers in groups)
    return CeremonyFacts(title="Serah terima", held_on="2026-11-20", groups=made, **more)


@given(WORKERS)
def test_everybody_planned_has_one_seat_of_their_own(workers: list[str]) -> None:
    middle = len(workers) // 2
    found = seats(facts(("Koto", workers[:middle]), ("Tapian", workers[middle:])))
    assert list(found) == workers and len(set(found.values())) == len(workers)


def test_seats_read_as_people_look_for_them() -> None:
    assert seats(facts(("Koto", ["x", "y"]), ("Tapian", ["z"]))) == {
        "x": "A-1",
        "y": "A-2",
        "z": "B-1",
    }
    assert [group_letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize(
    "groups",
    [
        [("Koto", ["x"]), ("Tapian", ["x"])],
        [("Koto", [f"w{n}" for n in range(MOST_WORKERS + 1)])],
        [("Koto\x00", ["x"])],
    ],
)
def test_a_plan_that_seats_one_twice_or_too_many_is_refused(groups: list[Any]) -> None:
    with pytest.raises(ValidationError):
        facts(*groups)


def test_one_absurd_word_does_not_hand_over_every_card_yet_to_come() -> None:
    table = Table()
    table.say("b", verbs.CARD_HANDED, HANDED | {"issue": 999})
    assert table.state().handover is None
    table.say("a", verbs.CARD_HANDED, HANDED | {"issue": 2})
    handover = table.state().handover
    assert handover is not None and handover.times == 1, "printed elsewhere, unheard of here"
