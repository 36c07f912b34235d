"""Backs lie behind their fronts, whichever way the printer turns the paper."""

import io
import math
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from kerjadesa.cards.calibration import (
    STRAIGHT,
    Calibration,
    calibration_from_json,
    check_calibration,
)
from kerjadesa.cards.calibration_sheet import calibration_sheet, marks_of, reading_steps
from kerjadesa.cards.index_card import IndexCard
from kerjadesa.cards.layout import load_design
from kerjadesa.cards.pdf import PART, Card, render
from kerjadesa.cards.sheet import A4_TEN, CR80, Setup, paper_named, papers, spots
from kerjadesa.domain.problem import UserError

MakeCard = Callable[..., Card]
LANDSCAPE, PORTRAIT = load_design("lanskap"), load_design("potret")


def pages_of(pdf: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().split() for page in document]


def where(pdf: bytes, page: int, word: str) -> tuple[float, float]:
    """The middle of a printed word, in mm from the page's top left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        start, _ = text.search(word, match_case=True).get_next()
        left, bottom, right, top = text.get_rect(0) if text.count_rects(start, len(word)) else 0
        height = document[page].get_height()
        return (left + right) / 2 / 72 * 25.4, (height - (bottom + top) / 2) / 72 * 25.4


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
@pytest.mark.parametrize("design", [LANDSCAPE, PORTRAIT], ids=lambda design: design.name)
def test_each_back_lies_behind_its_front_and_reads_upright(paper, design) -> None:
    for flip in ("long", "short"):
        setup = Setup(paper, "both", flip)
        page = setup.paper_for(design)
        for front, back in zip(
            spots(setup, design, "front"), spots(setup, design, "back"), strict=True
        ):
            if flip == "long":
                assert (back.x, back.y) == (page.width - front.x, front.y)
                up_front, up_back = front.degrees, -back.degrees
            else:
                assert (back.x, back.y) == (front.x, page.height - front.y)
                up_front, up_back = front.degrees, 180 - back.degrees
            # Seen through the paper, both faces have their upper edge on the same side.
            assert (up_front - up_back) % 360 == 0
            assert front.x - page.place_width / 2 >= -0.01
            assert front.y + page.place_height / 2 <= page.height + 0.01


def test_no_two_cards_of_a_paper_overlap() -> None:
    for paper in papers():
        for number, (left, top) in enumerate(paper.at):
            for other_left, other_top in paper.at[number + 1 :]:
                assert (
                    abs(left - other_left) >= paper.place_width - 0.01
                    or abs(top - other_top) >= paper.place_height - 0.01
                )


def test_fronts_and_backs_alternate_sheet_by_sheet(make_card: MakeCard) -> None:
    cards = [make_card(seq, issue=700 + seq) for seq in range(1, 13)]
    printed = pages_of(render(cards, Setup(A4_TEN, "both"), LANDSCAPE))
    assert len(printed) == 4
    assert [sum(word.startswith("1303042001-") for word in page) for page in printed] == [
        10,
        0,
        2,
        0,
    ]
    assert "701" in " ".join(printed[1])
    assert "711" in " ".join(printed[3])
    # On plastic cards each page is turned by itself.
    single = pages_of(render(cards[:2], Setup(CR80, "both"), LANDSCAPE))
    assert ["701" in " ".join(page) for page in single] == [False, True, False, False]


def test_the_back_of_the_left_card_is_printed_on_the_right(make_card: MakeCard) -> None:
    cards = [make_card(seq, issue=700 + seq) for seq in range(1, 4)]
    pdf = render(cards, Setup(A4_TEN, "both"), LANDSCAPE)
    left, right = where(pdf, 1, "702"), where(pdf, 1, "701")
    assert left[0] < 105 < right[0]
    assert left[1] == pytest.approx(right[1], abs=0.1)
    assert where(pdf, 1, "703")[0] > 105


def test_a_portrait_card_stands_on_its_own_page_and_lies_where_the_printer_wants_it(
    make_card: MakeCard,
) -> None:
    def size(setup: Setup) -> tuple[float, float]:
        with pypdfium2.PdfDocument(render([make_card()], setup, PORTRAIT)) as document:
            return tuple(round(points / 72 * 25.4, 2) for points in document[0].get_size())

    assert size(Setup(CR80)) == (53.98, 85.6)
    assert size(Setup(CR80, turned=True)) == (85.6, 53.98)


def test_a_tray_puts_each_card_where_its_file_says(make_card: MakeCard) -> None:
    tray = paper_named("tray-2-flat")
    pdf = render([make_card(1), make_card(2)], Setup(tray), LANDSCAPE)
    first, second = where(pdf, 0, "-0001-"), where(pdf, 0, "-0002-")
    assert second[1] - first[1] == pytest.approx(tray.at[1][1] - tray.at[0][1], abs=0.05)
    with pytest.raises(UserError, match="paper_unknown"):
        paper_named("../trays")


def test_an_index_card_names_the_jorong_on_both_faces() -> None:
    pdf = render([IndexCard("Koto 2", 12, "Nagari Muaro")], Setup(CR80, "both"), PORTRAIT)
    for page in pages_of(pdf):
        assert " ".join(page) == "Nagari Muaro Jorong Koto 2 12 kartu"


def test_calibration_moves_turns_and_stretches_the_page_about_its_middle(
    make_card: MakeCard,
) -> None:
    slack = Calibration(2.0, -1.5, 1.01, 0.99, 1.0)
    plain = render([make_card()], Setup(A4_TEN), LANDSCAPE)
    moved = render([make_card()], Setup(A4_TEN, front=slack), LANDSCAPE)
    x, y = where(plain, 0, "Yusniar")
    expected = slack.moved(x, y, A4_TEN.width, A4_TEN.height)
    # A word's frame grows when it is turned, its middle stays.
    assert math.dist(where(moved, 0, "Yusniar"), expected) < 0.2
    assert Calibration(2.0, -1.5).moved(105, 148.5, 210, 297) == (107.0, 147.0)


def test_the_back_has_a_calibration_of_its_own(make_card: MakeCard) -> None:
    straight = render([make_card()], Setup(CR80, "both"), LANDSCAPE)
    moved = render([make_card()], Setup(CR80, "both", back=Calibration(1.0)), LANDSCAPE)
    assert where(moved, 0, "Yusniar") == where(straight, 0, "Yusniar")
    assert where(moved, 1, "Kecelakaan")[0] - where(straight, 1, "Kecelakaan")[0] == pytest.approx(
        1.0, abs=0.01
    )


def test_a_calibration_no_printer_needs_is_refused_and_a_strange_one_ignored() -> None:
    assert check_calibration(Calibration(10, -10, 1.05, 0.95, -3)) == []
    wild = Calibration(10.1, float("nan"), 2.0, 0.0, 90)
    assert [problem.field for problem in check_calibration(wild)] == [
        "x_mm",
        "y_mm",
        "scale_x",
        "scale_y",
        "rotation_degrees",
    ]
    kept = Calibration(1.5, -0.5, 1.001, 1.0, 0.2)
    assert calibration_from_json(kept.to_json()) == kept
    for strange in (None, 3, {"x_mm": "far"}, {"x_mm": True}, {"x_mm": 1e9}, {"y_mm": math.nan}):
        assert calibration_from_json(strange) == STRAIGHT


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_the_test_sheet_has_its_crosses_where_its_sentences_say(paper) -> None:
    setup = Setup(paper, "both")
    pdf = calibration_sheet(setup, LANDSCAPE, "Printer Contoh")
    marks = marks_of(paper)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
        picture = document[0].render(scale=300 / 72, grayscale=True).to_pil()
    for x, y in marks.crosses().values():
        across, down = (round(mm / 25.4 * 300) for mm in (x, y))
        around = picture.crop((across - 2, down - 2, across + 3, down + 3))
        assert around.getextrema()[0] < 60
    steps = " ".join(reading_steps(setup, LANDSCAPE))
    assert f"{marks.across:.1f}".replace(".", ",") in steps
    assert f"{marks.height / 2:.1f}".replace(".", ",") in steps
    assert ("garis putus-putus" in steps) != paper.verified


def shifts_read(setup: Setup, shift: tuple[float, float]) -> tuple[float, float]:
    """What the vernier shows of a back that the printer has shifted, as seen from the front."""
    back = calibration_sheet(replace(setup, back=Calibration(*shift)), LANDSCAPE)
    front = calibration_sheet(setup, LANDSCAPE)
    with pypdfium2.PdfDocument(front) as one, pypdfium2.PdfDocument(back) as other:
        sizes = {document[0].get_size() for document in (one, other)}
        lines = [_lines(one[0]), _lines(other[1])]
    (width, height) = ((points / 72 * 25.4) for points in sizes.pop())
    if setup.flip == "long":
        seen = [(width - x, y, upright) for x, y, upright in lines[1]]
    else:
        seen = [(x, height - y, upright) for x, y, upright in lines[1]]
    found = []
    for upright in (True, False):
        axis = 0 if upright else 1
        fronts = sorted(line[axis] for line in lines[0] if line[2] == upright)
        backs = sorted(line[axis] for line in seen if line[2] == upright)
        assert len(fronts) == len(backs) == 21
        near = [abs(a - b) for a, b in zip(fronts, backs, strict=True)]
        found.append((near.index(min(near)) - 10) / 10)
    return found[0], found[1]


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, float, bool]]:
    """The vernier's strokes: middle in mm and whether upright; crosses and ticks are shorter."""
    found = []
    height = page.get_height()
    for thing in page.get_objects(max_depth=1):
        left, bottom, right, top = thing.get_bounds()
        wide, high = (right - left) / 72 * 25.4, (top - bottom) / 72 * 25.4
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and 3.5 < max(wide, high) < 6:
            x, y = (left + right) / 2 / 72 * 25.4, (height - (bottom + top) / 2) / 72 * 25.4
            found.append((x, y, high > wide))
    return found


@pytest.mark.parametrize(("flip", "sign"), [("long", -1), ("short", 1)])
def test_what_the_vernier_shows_is_what_has_to_be_typed_in(flip: str, sign: int) -> None:
    """The sentence says for `long`: add to X, take from Y; for `short` the other way round."""
    setup = Setup(A4_TEN, "both", flip)
    right, down = shifts_read(setup, (0.3, 0.5))
    # A back moved by +0.3 mm needs -0.3 mm more, by whichever sign the sentence gives.
    assert sign * right == pytest.approx(0.3)
    assert -sign * down == pytest.approx(0.5)


def test_a_stack_of_parts_is_one_document_with_every_photo_once(make_card: MakeCard) -> None:
    cards = [make_card(seq) for seq in range(1, 2 * PART // 10 * 10 + 16)]
    pdf = render(cards, Setup(A4_TEN), LANDSCAPE)
    photos = {card.photo for card in cards}
    assert len(photos) > 1
    assert all(pdf.count(photo) == 1 for photo in photos if photo)
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        assert len(document) == -(-len(cards) // 10)
        last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert cards[-1].number in last
