"""Whose cards are printed, in which order, and what stands on each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby
from typing import Any, Literal

from kerjadesa.actions.office import Office
from kerjadesa.cards.changes import TYPICAL_CREDENTIAL
from kerjadesa.cards.credential import LAST_ISSUE, CardClaims, issue
from kerjadesa.cards.fonts import printable
from kerjadesa.cards.index_card import IndexCard
from kerjadesa.cards.pdf import Card
from kerjadesa.domain.collation import Key, collation_key
from kerjadesa.domain.nik import mask_on_card
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts, calendar_year
from kerjadesa.domain.region import Place
from kerjadesa.store.listing import View
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow

Reprint = Literal["lost", "broken", "wrong_data", "renewed", "spoiled"]
Order = Literal["jorong", "list", "given"]

# Cards are valid to the end of a day in western Indonesia, whatever this computer's zone says.
_WIB = timezone(timedelta(hours=7))
_OFFICES = {"nagari": "Kantor Wali Nagari", "desa": "Kantor Desa", "kelurahan": "Kantor Lurah"}


@dataclass(frozen=True, slots=True)
class Job:
    """One card to be printed; its photo is fetched when it is drawn."""

    worker: str
    photo: str
    card: Card
    position: int
    reason: Reprint | None


@dataclass(frozen=True, slots=True)
class Jobs:
    """Everything to be printed in order, and how many were left out who have their card."""

    items: tuple[Job | IndexCard, ...]
    already_printed: int


def card_jobs(
    office: Office,
    unit: Unit,
    words: str,
    only: Sequence[str],
    order: Order,
    index_cards: bool,
    reprint: Reprint | None,
    again: bool,
) -> Jobs:
    """The cards of everybody who fits the words, in order; `given` is the order of `only`.

    Who was refused by the district, has left the programme or is in one that is over gets no card;
    who has a card gets another only on `reprint` (the next issue) or `again` (the same). Raises
    UserError `cards_none`, `cards_all_printed`, `programme_over` (for everybody).
    """
    rows = [row for row in _rows(unit, words, only) if _gets_a_card(row, office.today)]
    if not rows:
        raise UserError("cards_none")
    waiting = rows if reprint or again else [row for row in rows if not row.card_issue]
    if not waiting:
        raise UserError("cards_all_printed", count=len(rows))
    programmes = {row.code: ProgrammeFacts.model_validate(row) for row in unit.programmes()}
    paid = [
        (row, programmes.get(row.programme) or _undeclared(office, row.programme))
        for row in sorted(waiting, key=_reading_order(order, only))
    ]
    # Last year's workers must not keep this year's from their cards.
    running = [(row, facts) for row, facts in paid if facts.valid_until >= office.today]
    if not running:
        raise UserError("programme_over", programme=paid[0][1].code)
    now = office.now()
    jobs: list[Job | IndexCard] = []
    position = 0
    for _, group in groupby(running, key=lambda pair: collation_key(pair[0].jorong)):
        of_jorong = list(group)
        if index_cards and order != "list":
            first = of_jorong[0][0]
            jobs.append(IndexCard(first.jorong, len(of_jorong), office.place.title))
        for row, programme in of_jorong:
            position += 1
            replaces = reprint if row.card_issue else None
            number = row.card_issue + 1 if replaces else row.card_issue or 1
            if number > LAST_ISSUE:
                raise UserError("card_issue_last", position=position, last=LAST_ISSUE)
            card = _card(office, row, programme, number, now)
            jobs.append(Job(row.id, row.photo, card, position, replaces))
    return Jobs(tuple(jobs), len(rows) - len(waiting))


def sample_card(office: Office) -> Card:
    """An invented person's card, to look at a design by; no reader takes its code for a card's."""
    place, programme = office.place, _undeclared(office, "")
    return Card(
        number="0000000000-CONTOH-0000",
        name="Nama Contoh Pekerja",
        nik_masked=mask_on_card("0" * 16),
        nagari_title=place.title,
        kecamatan=place.kecamatan.name,
        kabupaten=_titled(place),
        jorong="Contoh",
        programme_name=programme.name,
        payer=programme.payer,
        valid_until=programme.valid_until,
        photo=None,
        credential="CONTOH".ljust(TYPICAL_CREDENTIAL, "0"),
        valid_from=programme.valid_from,
    )


def address_of(place: Place) -> str:
    """Where a lost card is brought, as far as the list of regions knows it."""
    return (
        f"{_OFFICES[place.nagari.level]} {place.nagari.name}, Kecamatan {place.kecamatan.name}, "
        f"{_titled(place)}"
    )


def _gets_a_card(row: WorkerRow, today: date) -> bool:
    # A birth date yet to come (a colleague's forged entry) can stand on no card.
    return not row.ended and row.decision != "refused" and row.birth_date <= today


def _rows(unit: Unit, words: str, only: Sequence[str]) -> list[WorkerRow]:
    if only:
        return unit.workers.by_ids(list(dict.fromkeys(only)))
    everybody = unit.workers.in_print_order()
    if not words.strip():
        return everybody
    wanted = set(unit.ids(View(words)))
    return [row for row in everybody if row.id in wanted]


def _reading_order(order: Order, only: Sequence[str]) -> Callable[[WorkerRow], Any]:
    if order == "given":
        place = {worker: number for number, worker in enumerate(only)}
        return lambda row: place.get(row.id, len(place))
    return _by_jorong if order == "jorong" else _as_registered


def _by_jorong(row: WorkerRow) -> tuple[bool, Key, Key, str, str]:
    # Whoever has no jorong comes last, not before everybody else.
    return (
        not row.jorong,
        collation_key(row.jorong),
        collation_key(row.name),
        row.registered_hlc,
        row.id,
    )


def _as_registered(row: WorkerRow) -> tuple[str, int]:
    # An import registers the rows of its list from the first to the last.
    return row.registered_hlc, row.number or 0


def _card(
    office: Office, row: WorkerRow, programme: ProgrammeFacts, number: int, now: datetime
) -> Card:
    place = office.place
    end = datetime.combine(programme.valid_until + timedelta(days=1), time(), _WIB)
    valid_from = min(programme.valid_from, programme.valid_until)
    claims = CardClaims(
        card_number=row.card_number,
        name=printable(row.name),
        birth_date=row.birth_date,
        sex=row.sex,
        location=row.nagari,
        programme=programme.code,
        # The nagari that issues it. Short on purpose: what the card number repeats costs nothing.
        issuer=row.nagari.replace(".", ""),
        issued_at=now.astimezone(UTC),
        expires_at=end,
        issue=number,
        valid_from=valid_from,
    )
    return Card(
        number=row.card_number,
        name=row.name,
        nik_masked=mask_on_card(row.nik),
        nagari_title=place.title,
        kecamatan=place.kecamatan.name,
        kabupaten=_titled(place),
        jorong=row.jorong,
        programme_name=programme.name,
        payer=programme.payer,
        valid_until=programme.valid_until,
        photo=None,
        credential=issue(claims, office.keys.ed25519, office.keys.key_id),
        valid_from=valid_from,
        issue=number,
    )


def _titled(place: Place) -> str:
    return f"{place.kabupaten.level.capitalize()} {place.kabupaten.name}"


def _undeclared(office: Office, code: str) -> ProgrammeFacts:
    # A colleague's registration may arrive before the programme it names.
    title = office.place.title
    facts = calendar_year(code or title, title, office.today)
    return facts.model_copy(update={"code": code}) if code else facts
