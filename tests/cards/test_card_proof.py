"""No PDF leaves with a code that is missing, swapped or somebody else's."""

from collections.abc import Callable

import pytest

from kerjadesa.cards.layout import Design, load_design
from kerjadesa.cards.pdf import Card, RenderCancelled, render
from kerjadesa.cards.proof import Mismatch, proofread

DESIGN = load_design()
MakeCard = Callable[..., Card]


@pytest.fixture(scope="module")
def cards(make_card: MakeCard) -> list[Card]:
    return [make_card(seq, name="Yus" + "n" * (seq % 40)) for seq in range(1, 24)]


@pytest.fixture(scope="module")
def sheets(cards: list[Card]) -> bytes:
    return render(cards, "a4-10", DESIGN)


def test_a_right_pdf_passes_on_both_papers(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    read: list[int] = []
    assert proofread(sheets, expected, "a4-10", DESIGN, progress=read.append) == []
    assert read == [10, 20, 23]
    assert proofread(render(cards[:5], "cr80", DESIGN), expected[:5], "cr80", DESIGN) == []


def test_two_cards_in_each_others_place_are_found(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    expected[11], expected[14] = expected[14], expected[11]
    assert proofread(sheets, expected, "a4-10", DESIGN) == [
        Mismatch(page=2, position=2, expected_index=11, found=expected[14]),
        Mismatch(page=2, position=5, expected_index=14, found=expected[11]),
    ]


def test_a_card_more_or_less_than_expected_is_found(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    assert proofread(sheets, expected[:22], "a4-10", DESIGN) == [
        Mismatch(page=3, position=3, expected_index=None, found=expected[22])
    ]
    more = [*expected, *expected[:8]]
    faults = proofread(sheets, more, "a4-10", DESIGN)
    assert [(fault.page, fault.position) for fault in faults] == [
        *((3, position) for position in range(4, 11)),
        (4, 1),
    ]
    assert {fault.found for fault in faults} == {None}


def test_a_code_that_cannot_be_read_is_found(cards: list[Card]) -> None:
    pale = Design(
        tuple(
            box.model_copy(update={"colour": "#FFFFFF"}) if box.kind == "qr" else box
            for box in DESIGN.boxes
        )
    )
    pdf = render(cards[:1], "cr80", pale)
    assert proofread(pdf, [cards[0].credential], "cr80", DESIGN) == [
        Mismatch(page=1, position=1, expected_index=0, found=None)
    ]


def test_proofreading_can_be_stopped(cards: list[Card], sheets: bytes) -> None:
    with pytest.raises(RenderCancelled):
        proofread(
            sheets, [card.credential for card in cards], "a4-10", DESIGN, cancelled=lambda: True
        )
