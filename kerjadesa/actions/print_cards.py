"""Printing the cards: a PDF whose every QR code has been read again before it is released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Literal

from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.cards.layout import load_design
from kerjadesa.cards.pdf import Card, RenderCancelled, render
from kerjadesa.cards.proof import proofread
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.nik import mask
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts, calendar_year
from kerjadesa.store.files import write_file
from kerjadesa.store.listing import View
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow

Paper = Literal["cr80", "a4-10"]

# Cards are valid to the end of a day in western Indonesia, whatever this computer's zone says.
_WIB = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Cards:
    """A finished PDF and the workers on it, in the order of the paper."""

    pdf: bytes
    workers: list[str]

    @property
    def count(self) -> int:
        """How many cards there are."""
        return len(self.workers)


def render_cards(
    office: Office,
    words: str = "",
    paper: Paper = "a4-10",
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
    only: Sequence[str] = (),
) -> Cards:
    """The cards of everybody who fits the words, by jorong and name as the paper list has them.

    `only`: of these workers and nobody else.
    Who was refused by the district, has left the programme or is in one that is over gets no card.
    Raises UserError `cards_none`, `programme_over` (for everybody), `cards_unreadable_qr`, and
    Stopped.
    """
    now = office.now()
    with office.store.reading(now) as unit:
        rows = [row for row in _rows(unit, words) if _gets_a_card(row, office.today)]
        if only:
            chosen = set(only)
            rows = [row for row in rows if row.id in chosen]
        if not rows:
            raise UserError("cards_none")
        programmes = {row.code: ProgrammeFacts.model_validate(row) for row in unit.programmes()}
        paid = [
            (row, programmes.get(row.programme) or _undeclared(office, row.programme))
            for row in rows
        ]
        # Last year's workers must not keep this year's from their cards.
        running = [(row, facts) for row, facts in paid if facts.valid_until >= office.today]
        if not running:
            raise UserError("programme_over", programme=paid[0][1].code)
        # Issuing, drawing and proofreading are three walks over all cards.
        whole = 3 * len(running)
        cards: list[Card] = []
        for row, programme in running:
            if cancelled():
                raise Stopped
            cards.append(_card(office, row, programme, unit.photo(row.photo), now))
            progress(len(cards), whole)
    design = load_design()
    try:
        pdf = render(
            cards,
            paper,
            design,
            lambda done: progress(len(running) + done, whole),
            cancelled,
        )
        mismatches = proofread(
            pdf,
            [card.credential for card in cards],
            paper,
            design,
            lambda done: progress(2 * len(running) + done, whole),
            cancelled,
        )
    except RenderCancelled:
        raise Stopped from None
    if mismatches:
        raise UserError("cards_unreadable_qr", page=mismatches[0].page, count=len(mismatches))
    return Cards(pdf, [row.id for row, _ in running])


def write_pdf(path: Path, pdf: bytes) -> None:
    """Writes the PDF whole or not at all. Raises UserError `disk_full`, `file_not_written`."""
    # Names and faces on a computer that several people use.
    write_file(path, pdf, private=True)


def confirm_printed(office: Office, workers: Sequence[str]) -> int:
    """Journals that the operator holds good paper for these workers; returns how many."""
    with office.store.unit(office.now()) as unit:
        known = [row for worker in workers if (row := unit.workers.by_id(worker)) is not None]
        project(
            unit,
            unit.journal.append_many(
                ((verbs.CARD_PRINTED, row.id, {"number": row.card_number}) for row in known),
                office.operator,
            ),
        )
    return len(known)


def _gets_a_card(row: WorkerRow, today: date) -> bool:
    # A birth date yet to come (a colleague's forged entry) can stand on no card.
    return not row.ended and row.decision != "refused" and row.birth_date <= today


def _rows(unit: Unit, words: str) -> list[WorkerRow]:
    everybody = unit.workers.in_print_order()
    if not words.strip():
        return everybody
    wanted = set(unit.ids(View(words)))
    return [row for row in everybody if row.id in wanted]


def _card(
    office: Office,
    row: WorkerRow,
    programme: ProgrammeFacts,
    photo: bytes | None,
    now: datetime,
) -> Card:
    place = office.place
    end = datetime.combine(programme.valid_until + timedelta(days=1), time(), _WIB)
    claims = CardClaims(
        card_number=row.card_number,
        name=row.name,
        birth_date=row.birth_date,
        sex=row.sex,
        location=row.nagari,
        programme=programme.code,
        # Short on purpose: every letter here makes the symbol's modules smaller.
        issuer=f"KerjaDesa {place.kabupaten.code}",
        issued_at=now.astimezone(UTC),
        expires_at=end,
    )
    return Card(
        number=row.card_number,
        name=row.name,
        nik_masked=mask(row.nik),
        nagari_title=place.title,
        kecamatan=place.kecamatan.name,
        kabupaten=f"{place.kabupaten.level.capitalize()} {place.kabupaten.name}",
        jorong=row.jorong,
        programme_name=programme.name,
        payer=programme.payer,
        valid_until=programme.valid_until,
        photo=photo,
        credential=issue(claims, office.keys.ed25519, office.keys.key_id),
    )


def _undeclared(office: Office, code: str) -> ProgrammeFacts:
    # A colleague's registration may arrive before the programme it names.
    title = office.place.title
    facts = calendar_year(code or title, title, office.today)
    return facts.model_copy(update={"code": code}) if code else facts
