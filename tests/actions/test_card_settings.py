"""What an office sets up for its cards, and what it says of their paper, outlasts the day."""

from dataclasses import replace
from pathlib import Path

import pytest

from kerjadesa.actions.card_settings import (
    Changes,
    Habits,
    Slack,
    card_changes,
    habits,
    keep_changes,
    keep_habits,
    keep_slack,
    print_options,
    slack_of,
)
from kerjadesa.actions.confirm_cards import (
    remember_printing,
    settle_printing,
    shorten_printing,
    unjudged_printings,
)
from kerjadesa.actions.list_workers import listed
from kerjadesa.actions.print_cards import confirm_printed, render_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.status import status
from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.calibration_reading import distances, read_off
from kerjadesa.cards.layout import load_design
from kerjadesa.cards.sheet import Setup, paper_named
from tests.office_kit import opened, worker


def registered(office, count: int) -> list[str]:
    made = [register(office, worker(serial)) for serial in range(1, count + 1)]
    assert all(isinstance(one, Registered) for one in made)
    return [one.id for one in made]


def test_design_printer_and_habits_are_there_after_a_restart(tmp_path: Path) -> None:
    changes = Changes("potret", heading="Kartu Kita", colours={"primary": "#5A1A1A"})
    slack = Slack(Calibration(x_mm=0.4), Calibration(y_mm=-1.25, rotation_degrees=0.2))
    chosen = Habits("Epson", "cr80", "both", "short", True, "list", True)
    with opened(tmp_path) as office:
        assert keep_changes(office, changes) == []
        assert keep_slack(office, "Epson", slack) == []
        keep_habits(office, chosen)
    with opened(tmp_path) as office:
        assert card_changes(office) == changes
        assert slack_of(office, "Epson") == slack
        assert slack_of(office, "Canon") == Slack()
        assert habits(office) == chosen
        options = print_options(office, chosen)
        assert (options.changes, options.front, options.back) == (changes, slack.front, slack.back)


def test_a_design_that_spoils_the_card_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for changes, field in (
            (Changes(colours={"ink": "#FAFAFA"}), "colour:ink"),
            (Changes(colours={"ground": "#202020"}), "qr"),
            (Changes(heading="W" * 60), "heading"),
            (Changes(hidden=("name",)), "hidden"),
            (Changes("rekaan"), "design"),
        ):
            assert field in {problem.field for problem in keep_changes(office, changes)}
        assert card_changes(office) == Changes()


def test_a_calibration_out_of_bounds_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        problems = keep_slack(office, "", Slack(Calibration(x_mm=11), Calibration(scale_y=0.5)))
        assert {problem.field for problem in problems} == {"front.x_mm", "back.scale_y"}
        assert slack_of(office, "") == Slack()


@pytest.mark.parametrize("strange", [7, "x", [], {"paper": ["a4"], "sides": 3, "printer": {}}])
def test_settings_that_were_tampered_with_count_as_none(tmp_path: Path, strange: object) -> None:
    with opened(tmp_path) as office:
        with office.store.unit(office.now()) as unit:
            for name in ("card_design", "card_printers", "card_habits"):
                unit.set(name, strange)
        assert card_changes(office) == Changes()
        assert habits(office) == Habits()
        assert slack_of(office, "x") == Slack()


@pytest.mark.parametrize("paper", ["a4-10", "cr80", "tray-2-flat"])
def test_measuring_a_printer_gives_the_calibration_that_makes_up_for_it(paper: str) -> None:
    """A printer that moves, shrinks and turns a page; measured once, its cards fall true."""
    setup, design = Setup(paper_named(paper)), load_design()
    page = setup.paper_for(design)
    width, height = page.width, page.height
    fault = Calibration(x_mm=1.2, y_mm=-0.8, scale_x=0.99, scale_y=1.01, rotation_degrees=0.3)
    right = {one.figure: one.right for one in distances(setup, design)}

    def printed(calibration: Calibration, x: float, y: float) -> tuple[float, float]:
        return fault.moved(*calibration.moved(x, y, width, height), width, height)

    def crosses(calibration: Calibration) -> dict[str, tuple[float, float]]:
        across, down = right["scale_x"], right["scale_y"]
        left, top = (width - across) / 2, (height - down) / 2
        places = {"A": (left, top), "B": (left + across, top), "C": (left, top + down)}
        places["M"] = (width / 2, height / 2)
        return {name: printed(calibration, *place) for name, place in places.items()}

    kept = Calibration()
    for _round in range(3):
        seen = crosses(kept)
        measured = {
            "x_mm": seen["M"][0],
            "y_mm": seen["M"][1],
            "scale_x": abs(complex(*seen["B"]) - complex(*seen["A"])),
            "scale_y": abs(complex(*seen["C"]) - complex(*seen["A"])),
            "rotation_degrees": seen["A"][1] - seen["B"][1],
        }
        kept = read_off(kept, measured, setup, design)
    for x, y in ((0.0, 0.0), (width, 0.0), (width / 3, height)):
        assert printed(kept, x, y) == pytest.approx((x, y), abs=0.1)


def test_a_printing_is_judged_once_however_often_it_is_answered(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        workers = registered(office, 3)
        cards = render_cards(office).cards
        printing = remember_printing(office, cards)
    with opened(tmp_path) as office:
        assert unjudged_printings(office) == [printing]
        assert status(office).unjudged == 3
        assert settle_printing(office, printing, cards[:2]) == 2
        assert settle_printing(office, printing, cards) == 0
        assert [one.printed for one in listed(office, workers)].count(1) == 2
        assert status(office).unjudged == 0


def test_a_card_printed_again_before_the_answer_is_asked_about_once(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        registered(office, 3)
        cards = render_cards(office).cards
        first = remember_printing(office, cards)
        second = remember_printing(office, cards[:1])
        assert [len(one.cards) for one in unjudged_printings(office)] == [2, 1]
        assert shorten_printing(office, second, ()) is None
        assert [one.at for one in unjudged_printings(office)] == [first.at]


def test_a_spoiled_first_card_stays_the_first_and_a_spoiled_second_the_second(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        settle_printing(office, remember_printing(office, render_cards(office).cards), ())
        (card,) = render_cards(office).cards
        assert card.issue == 1
        confirm_printed(office, [card])
        options = print_options(office, Habits())
        (second,) = render_cards(office, "", replace(options, reprint="spoiled")).cards
        settle_printing(office, remember_printing(office, [second]), ())
        (again,) = render_cards(office, "", replace(options, reprint="spoiled")).cards
        assert (again.issue, again.reason) == (2, "spoiled")
