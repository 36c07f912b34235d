"""Printing the cards: a PDF whose every QR code has been read again before it is released."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kerjadesa.actions.card_list import (
    Job,
    Jobs,
    Order,
    Reprint,
    address_of,
    card_jobs,
    sample_card,
)
from kerjadesa.actions.home_files import CARDS_BEING_MADE
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.cards.calibration import STRAIGHT, Calibration, check_calibration
from kerjadesa.cards.calibration_sheet import calibration_sheet
from kerjadesa.cards.changes import (
    SMALLEST_MODULE,
    UNCHANGED,
    Changes,
    changed_design,
    code_point,
    module_of,
)
from kerjadesa.cards.index_card import IndexCard
from kerjadesa.cards.layout import Design, LayoutError, load_design
from kerjadesa.cards.pdf import Card, RenderCancelled, render_to, unprintable_letter
from kerjadesa.cards.proof import proofread
from kerjadesa.cards.sheet import Flip, Setup, Sides, paper_named
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.store.files import write_file, write_stream, writing_trouble
from kerjadesa.store.listing import View
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How cards are printed, and whose are printed once more.

    `from_position` counts cards and `sheet` sheets of paper in the whole order, both from 1.
    `reprint` gives whoever has a card the next issue, `again` the same issue once more.
    """

    paper: str = "a4-10"
    sides: Sides = "front"
    flip: Flip = "long"
    turned: bool = False
    changes: Changes = UNCHANGED
    front: Calibration = STRAIGHT
    back: Calibration = STRAIGHT
    order: Order = "jorong"
    index_cards: bool = False
    from_position: int = 1
    sheet: int | None = None
    reprint: Reprint | None = None
    again: bool = False


USUAL = PrintOptions()


@dataclass(frozen=True, slots=True)
class CardPlace:
    """One card of a finished PDF; `sheet` and `place` on it count from 1.

    `position` is that in the whole order, `reason` why an earlier issue is replaced.
    """

    worker: str
    number: str
    issue: int
    reason: Reprint | None
    position: int
    sheet: int
    place: int


@dataclass(frozen=True, slots=True)
class Cards:
    """A finished PDF and the cards in it, in the order of the paper.

    `file` is a temporary file: gone once closed, and when the program dies. On Linux it has no
    name; on Windows it has one, a power cut leaves it, and the next opening deletes it.
    `proofread` codes were read back from it and found right: all of them, or none where only the
    face without the code is printed. `already_printed` workers were left out.
    """

    file: BinaryIO
    cards: tuple[CardPlace, ...]
    pages: int
    sheets: int
    proofread: int
    already_printed: int

    @property
    def count(self) -> int:
        """How many cards there are."""
        return len(self.cards)

    @property
    def workers(self) -> list[str]:
        """Whose cards they are."""
        return [card.worker for card in self.cards]

    @property
    def size(self) -> int:
        """Length of the PDF in bytes."""
        return self.file.seek(0, 2)

    @property
    def pdf(self) -> bytes:
        """The whole PDF in memory."""
        self.file.seek(0)
        return self.file.read()

    def close(self) -> None:
        """Lets the file vanish."""
        self.file.close()


def render_cards(
    office: Office,
    words: str = "",
    options: PrintOptions = USUAL,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
    only: Sequence[str] = (),
) -> Cards:
    """The cards of everybody who fits the words and has none yet.

    `only`: of these workers and nobody else. Close the answer when it is no longer needed. However
    many cards there are, some hundred are in memory at a time.
    Raises UserError `cards_none`, `cards_all_printed`, `programme_over` (for everybody),
    `card_issue_last`, `sheet_missing`, `card_letter_missing`, `card_qr_dense`,
    `cards_unreadable_qr`, `paper_unknown`, `calibration_out_of_range`, `card_design_unusable`, what
    `changed_design` finds, `disk_full`, `file_not_written`, and Stopped.
    """
    setup, design = setup_of(options), design_of(office, options.changes)
    with office.store.reading(office.now()) as unit:
        jobs = card_jobs(
            office,
            unit,
            words,
            only,
            options.order,
            options.index_cards,
            options.reprint,
            options.again,
        )
        items = _chosen(jobs, options, len(setup.paper.at))
        _refuse_unprintable(items, design)
        with writing_trouble():
            # In the office's own folder, which other accounts cannot read.
            file: BinaryIO = tempfile.TemporaryFile(  # noqa: SIM115
                prefix=CARDS_BEING_MADE, dir=office.home
            )
        try:
            pages = _print(unit, file, items, setup, design, progress, cancelled)
        except BaseException:
            file.close()
            raise
    per_sheet = len(setup.paper.at)
    cards = tuple(
        CardPlace(
            worker=item.worker,
            number=item.card.number,
            issue=item.card.issue,
            reason=item.reason,
            position=item.position,
            sheet=index // per_sheet + 1,
            place=index % per_sheet + 1,
        )
        for index, item in enumerate(items)
        if isinstance(item, Job)
    )
    return Cards(
        file=file,
        cards=cards,
        pages=pages,
        sheets=-(-len(items) // per_sheet),
        proofread=len(cards) if design.qr[0] in setup.faces() else 0,
        already_printed=jobs.already_printed,
    )


def render_preview(office: Office, changes: Changes, only: Sequence[str] = ()) -> bytes:
    """Both faces of one card, that of the first worker, for looking at a design.

    Where nobody gets a card yet it is an invented person's. Raises what `render_cards` raises.
    """
    design = design_of(office, changes)
    with office.store.reading(office.now()) as unit:
        job = _first_job(office, unit, only)
        setup = Setup(paper_named("cr80"), "both")
        # Not in a file: nothing here outlasts the look.
        with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as file:
            _refuse_unprintable([job], design)
            _print(unit, file, [job], setup, design, unwatched, never)  # type: ignore[arg-type]
            file.seek(0)
            return file.read()


def _first_job(office: Office, unit: Unit, only: Sequence[str]) -> Job:
    try:
        jobs = card_jobs(
            office, unit, "", only or _first_worker(unit), "jorong", False, None, again=True
        )
    except UserError:
        return Job("", "", sample_card(office), 1, None)
    return next(item for item in jobs.items if isinstance(item, Job))


def _first_worker(unit: Unit) -> tuple[str, ...]:
    """One of the first: all the others need not be read to look at a design."""
    rows = unit.page(1, view=View(ended=False, order="jorong")).rows
    return tuple(row.id for row in rows)


def render_calibration_sheet(options: PrintOptions, printer: str = "") -> bytes:
    """The test sheet for a printer, drawn with the calibration it has so far.

    Raises UserError `paper_unknown`, `calibration_out_of_range`, `card_design_unusable`.
    """
    setup = setup_of(options)
    with design_trouble():
        return calibration_sheet(setup, load_design(options.changes.design), printer)


def setup_of(options: PrintOptions) -> Setup:
    """The paper and the printer of these options.

    Raises UserError `paper_unknown`, `calibration_out_of_range`.
    """
    for problem in (*check_calibration(options.front), *check_calibration(options.back)):
        raise UserError(problem.code, **problem.facts)
    return Setup(
        paper=paper_named(options.paper),
        sides=options.sides,
        flip=options.flip,
        turned=options.turned,
        front=options.front,
        back=options.back,
    )


def design_of(office: Office, changes: Changes) -> Design:
    """The design with its changes and this office's address.

    Raises UserError with the first problem of the changes, or `card_design_unusable`.
    """
    with design_trouble():
        design = changed_design(with_address(office, changes))
    if isinstance(design, list):
        raise UserError(design[0].code, **design[0].facts)
    return design


def with_address(office: Office, changes: Changes) -> Changes:
    """The changes with this office's address where none was typed."""
    return replace(changes, address=changes.address or address_of(office.place))


@contextmanager
def design_trouble() -> Iterator[None]:
    """Turns a design file that cannot be used into a UserError."""
    try:
        yield
    except LayoutError as error:
        raise UserError(
            "card_design_unusable", file=error.file, box=error.box, field=error.field
        ) from error


def save_cards(path: Path, cards: Cards) -> None:
    """Writes the PDF whole or not at all. Raises UserError `disk_full`, `file_not_written`."""
    cards.file.seek(0)
    write_stream(path, cards.file)


def write_pdf(path: Path, pdf: bytes) -> None:
    """Writes a PDF whole or not at all. Raises UserError `disk_full`, `file_not_written`."""
    write_file(path, pdf)


def confirm_printed(office: Office, cards: Sequence[CardPlace]) -> int:
    """Journals that the operator holds good paper of these cards; returns how many."""
    with office.store.unit(office.now()) as unit:
        return journal_printed(unit, office.operator, cards)


def journal_printed(unit: Unit, operator: str, cards: Sequence[CardPlace]) -> int:
    """The same within a transaction that does more."""
    known = [card for card in cards if unit.workers.by_id(card.worker) is not None]
    project(
        unit,
        unit.journal.append_many(
            ((verbs.CARD_PRINTED, card.worker, _said(card)) for card in known), operator
        ),
    )
    return len(known)


def _said(card: CardPlace) -> dict[str, str | int]:
    said: dict[str, str | int] = {"number": card.number, "issue": card.issue}
    return said | {"reason": card.reason} if card.reason else said


def _chosen(jobs: Jobs, options: PrintOptions, per_sheet: int) -> list[Job | IndexCard]:
    """What is printed of the whole order."""
    items = list(jobs.items)
    if options.sheet is not None:
        first = (options.sheet - 1) * per_sheet
        items = items[max(first, 0) : max(first + per_sheet, 0)]
    if options.from_position > 1:
        starts = (
            index
            for index, item in enumerate(items)
            if isinstance(item, Job) and item.position >= options.from_position
        )
        items = items[next(starts, len(items)) :]
    if not any(isinstance(item, Job) for item in items):
        raise UserError("sheet_missing")
    return items


def _refuse_unprintable(items: Sequence[Job | IndexCard], design: Design) -> None:
    """Says so before the first card is drawn, and by its place in the list: a name is not told."""
    for item in items:
        if isinstance(item, IndexCard):
            continue
        if letter := unprintable_letter(item.card, design):
            raise UserError(
                "card_letter_missing", position=item.position, letter=code_point(letter)
            )
        if module_of(design, len(item.card.credential)) < SMALLEST_MODULE:
            raise UserError("card_qr_dense_at", position=item.position)


def _print(
    unit: Unit,
    file: BinaryIO,
    items: Sequence[Job | IndexCard],
    setup: Setup,
    design: Design,
    progress: Progress,
    cancelled: Cancelled,
) -> int:
    """Draws into the file and reads every code back from it; returns the pages."""
    # Drawing and proofreading are two walks over all cards.
    whole = 2 * len(items)

    def told(before: int) -> Callable[[int], None]:
        return lambda done: progress(before + done, whole)

    try:
        with writing_trouble():
            pages = render_to(
                file, _with_photos(unit, items, design), setup, design, told(0), cancelled
            )
            file.flush()
        mismatches = proofread(
            file,
            [item.card.credential if isinstance(item, Job) else None for item in items],
            setup,
            design,
            told(len(items)),
            cancelled,
        )
    except RenderCancelled:
        raise Stopped from None
    if mismatches:
        raise UserError("cards_unreadable_qr", page=mismatches[0].page, count=len(mismatches))
    return pages


def _with_photos(
    unit: Unit, items: Sequence[Job | IndexCard], design: Design
) -> Iterator[Card | IndexCard]:
    """Each card with its photo, fetched when its turn comes."""
    shown = "photo" not in design.hidden
    for item in items:
        if isinstance(item, Job):
            yield replace(item.card, photo=unit.photo(item.photo) if shown else None)
        else:
            yield item
