"""What this office has set up for its cards: the design, its printers, how it printed last.

All of it lies in the encrypted database: a logo and an address say whose register it is.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import PrintOptions, design_trouble, setup_of, with_address
from kerjadesa.cards.calibration import (
    STRAIGHT,
    Calibration,
    calibration_from_json,
    check_calibration,
)
from kerjadesa.cards.changes import (
    LARGEST_LOGO,
    Changes,
    changed_design,
    changes_from_json,
    normalised_logo,
)
from kerjadesa.cards.layout import Design, load_design
from kerjadesa.cards.sheet import Flip, Setup, Sides, papers
from kerjadesa.domain.problem import Problem, UserError

_DESIGN, _PRINTERS, _HABITS = "card_design", "card_printers", "card_habits"
_MOST_PRINTERS, _LONGEST_NAME = 50, 200

UsualOrder = Literal["jorong", "list"]

__all__ = [
    "Changes",
    "Habits",
    "Slack",
    "calibrated_printers",
    "card_changes",
    "habits",
    "keep_changes",
    "keep_habits",
    "keep_slack",
    "print_options",
    "read_logo",
    "sheet_setup",
    "slack_of",
]


@dataclass(frozen=True, slots=True)
class Slack:
    """What one printer does to the two faces of a sheet."""

    front: Calibration = STRAIGHT
    back: Calibration = STRAIGHT


@dataclass(frozen=True, slots=True)
class Habits:
    """How cards were printed last; `printer` is empty where they become a PDF."""

    printer: str = ""
    paper: str = "a4-10"
    sides: Sides = "front"
    flip: Flip = "long"
    turned: bool = False
    order: UsualOrder = "jorong"
    index_cards: bool = False


def card_changes(office: Office) -> Changes:
    """What was changed on the design."""
    with office.store.reading(office.now()) as unit:
        return changes_from_json(unit.setting(_DESIGN))


def keep_changes(office: Office, changes: Changes) -> list[Problem]:
    """Keeps them, unless they would spoil the card; says what is wrong with them.

    Raises UserError `card_design_unusable`.
    """
    with design_trouble():
        made = changed_design(with_address(office, changes))
    if isinstance(made, list):
        return made
    with office.store.unit(office.now()) as unit:
        unit.set(_DESIGN, changes.to_json())
    return []


def read_logo(path: Path) -> bytes:
    """A picked picture as the logo that is printed.

    Raises UserError `file_missing`, `logo_too_large`, `image_too_large`, `image_heic`,
    `image_unreadable`.
    """
    try:
        with path.open("rb") as file:
            # One byte more than is allowed tells a file that is too large without reading it all.
            data = file.read(LARGEST_LOGO + 1)
    except OSError:
        raise UserError("file_missing") from None
    return normalised_logo(data)


def slack_of(office: Office, printer: str) -> Slack:
    """A printer's calibration by its name; an unknown one prints straight."""
    with office.store.reading(office.now()) as unit:
        kept = _printers(unit.setting(_PRINTERS)).get(printer)
    if not isinstance(kept, Mapping):
        return Slack()
    return Slack(calibration_from_json(kept.get("front")), calibration_from_json(kept.get("back")))


def calibrated_printers(office: Office) -> list[str]:
    """Names of the printers whose calibration is kept, also of those not connected now."""
    with office.store.reading(office.now()) as unit:
        return sorted(_printers(unit.setting(_PRINTERS)))


def keep_slack(office: Office, printer: str, slack: Slack) -> list[Problem]:
    """Keeps a printer's calibration by its name.

    What is out of bounds is kept nowhere; its problems name `front.x_mm`, `back.scale_y` ….
    """
    problems = [
        Problem(f"{side}.{problem.field}", problem.code, problem.facts)
        for side, calibration in (("front", slack.front), ("back", slack.back))
        for problem in check_calibration(calibration)
    ]
    if problems:
        return problems
    with office.store.unit(office.now()) as unit:
        kept = {name: one for name, one in _printers(unit.setting(_PRINTERS)).items()
                if name != printer}  # fmt: skip
        kept[printer[:_LONGEST_NAME]] = {
            "front": slack.front.to_json(),
            "back": slack.back.to_json(),
        }
        # Every printer a laptop ever met is not worth keeping.
        unit.set(_PRINTERS, dict(list(kept.items())[-_MOST_PRINTERS:]))
    return []


def habits(office: Office) -> Habits:
    """How cards were printed last; what is strange or gone is as for a new office."""
    with office.store.reading(office.now()) as unit:
        kept = unit.setting(_HABITS)
    if not isinstance(kept, Mapping):
        return Habits()
    usual = Habits()
    allowed: dict[str, tuple[Any, ...]] = {
        "paper": tuple(paper.name for paper in papers()),
        "sides": get_args(Sides),
        "flip": get_args(Flip),
        "order": get_args(UsualOrder),
        "turned": (True, False),
        "index_cards": (True, False),
    }
    known = {name: kept[name] for name, values in allowed.items() if kept.get(name) in values}
    printer = kept.get("printer")
    return replace(usual, printer=printer if isinstance(printer, str) else "", **known)


def keep_habits(office: Office, chosen: Habits) -> None:
    """Remembers how cards are printed."""
    if chosen != habits(office):
        with office.store.unit(office.now()) as unit:
            unit.set(_HABITS, asdict(chosen))


def print_options(office: Office, chosen: Habits) -> PrintOptions:
    """Options with this office's design and the calibration of the chosen printer."""
    slack = slack_of(office, chosen.printer)
    return PrintOptions(
        paper=chosen.paper,
        sides=chosen.sides,
        flip=chosen.flip,
        turned=chosen.turned,
        changes=card_changes(office),
        front=slack.front,
        back=slack.back,
        order=chosen.order,
        index_cards=chosen.index_cards,
    )


def sheet_setup(options: PrintOptions) -> tuple[Setup, Design]:
    """Paper and design behind a test sheet, for `reading_steps`, `distances` and `read_off`.

    Raises UserError `paper_unknown`, `calibration_out_of_range`, `card_design_unusable`.
    """
    with design_trouble():
        return setup_of(options), load_design(options.changes.design)


def _printers(kept: object) -> dict[str, Any]:
    return {str(name): one for name, one in kept.items()} if isinstance(kept, Mapping) else {}
