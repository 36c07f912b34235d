"""No PDF leaves with a code that is missing, swapped or somebody else's."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.index_card import IndexCard
from kerjadesa.cards.layout import load_design
from kerjadesa.cards.pdf import Card, RenderCancelled, render
from kerjadesa.cards.proof import Mismatch, proofread
from kerjadesa.cards.sheet import A4_TEN, CR80, Setup, papers

DESIGN = load_design()
SHEETS, SINGLE = Setup(A4_TEN), Setup(CR80)
MakeCard = Callable[..., Card]


@pytest.fixture(scope="module")
def cards(make_card: MakeCard) -> list[Card]:
    return [make_card(seq, name="Yus" + "n" * (seq % 40)) for seq in range(1, 24)]


@pytest.fixture(scope="module")
def sheets(cards: list[Card]) -> bytes:
    return render(cards, SHEETS, DESIGN)


def test_a_right_pdf_passes_on_both_papers(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    read: list[int] = []
    assert proofread(sheets, expected, SHEETS, DESIGN, progress=read.append) == []
    assert read == [10, 20, 23]
    assert proofread(render(cards[:5], SINGLE, DESIGN), expected[:5], SINGLE, DESIGN) == []


def test_two_cards_in_each_others_place_are_found(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    expected[11], expected[14] = expected[14], expected[11]
    assert proofread(sheets, expected, SHEETS, DESIGN) == [
        Mismatch(page=2, position=2, expected_index=11, found=expected[14]),
        Mismatch(page=2, position=5, expected_index=14, found=expected[11]),
    ]


def test_a_card_more_or_less_than_expected_is_found(cards: list[Card], sheets: bytes) -> None:
    expected = [card.credential for card in cards]
    assert proofread(sheets, expected[:22], SHEETS, DESIGN) == [
        Mismatch(page=3, position=3, expected_index=None, found=expected[22])
    ]
    more = [*expected, *expected[:8]]
    faults = proofread(sheets, more, SHEETS, DESIGN)
    assert [(fault.page, fault.position) for fault in faults] == [
        *((3, position) for position in range(4, 11)),
        (4, 1),
    ]
    assert {fault.found for fault in faults} == {None}


def test_a_code_that_cannot_be_read_is_found(cards: list[Card]) -> None:
    pale = replace(
        DESIGN,
        front=tuple(
            box.model_copy(update={"colour": "#FFFFFF"}) if box.kind == "qr" else box
            for box in DESIGN.front
        ),
    )
    pdf = render(cards[:1], SINGLE, pale)
    assert proofread(pdf, [cards[0].credential], SINGLE, DESIGN) == [
        Mismatch(page=1, position=1, expected_index=0, found=None)
    ]


def test_proofreading_can_be_stopped(cards: list[Card], sheets: bytes) -> None:
    with pytest.raises(RenderCancelled):
        proofread(
            sheets, [card.credential for card in cards], SHEETS, DESIGN, cancelled=lambda: True
        )


def test_index_cards_are_expected_to_have_no_code(cards: list[Card]) -> None:
    index = IndexCard("Tapian", 2, "Nagari Muaro")
    expected = [None, cards[0].credential, cards[1].credential]
    pdf = render([index, *cards[:2]], SHEETS, DESIGN)
    assert proofread(pdf, expected, SHEETS, DESIGN) == []
    assert proofread(pdf, [expected[1], None, expected[2]], SHEETS, DESIGN) == [
        Mismatch(page=1, position=1, expected_index=0, found=None),
        Mismatch(page=1, position=2, expected_index=None, found=expected[1]),
    ]


@pytest.mark.parametrize("name", ["lanskap", "potret", "hemat"])
@pytest.mark.parametrize("sides", ["front", "both"])
def test_codes_are_found_wherever_a_design_and_a_printer_put_them(
    cards: list[Card], name: str, sides: str
) -> None:
    design = load_design(name)
    crooked = Calibration(1.2, -0.9, 1.006, 0.995, 0.6)
    for paper in papers():
        setup = Setup(paper, sides, "short", front=crooked)
        some = cards[:12]
        expected = [card.credential for card in some]
        assert proofread(io.BytesIO(render(some, setup, design)), expected, setup, design) == []
        expected[3], expected[4] = expected[4], expected[3]
        faults = proofread(render(some, setup, design), expected, setup, design)
        assert [fault.expected_index for fault in faults] == [3, 4]


def test_backs_alone_have_no_codes_to_read(cards: list[Card]) -> None:
    backs = Setup(A4_TEN, "back")
    pdf = render(cards[:3], backs, DESIGN)
    assert proofread(pdf, [card.credential for card in cards[:3]], backs, DESIGN) == []
    # The same file taken for fronts is refused: it is the paper that decides, not the program.
    assert len(proofread(pdf, [card.credential for card in cards[:3]], SHEETS, DESIGN)) == 3
