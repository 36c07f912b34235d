"""Saying whether the paper is good: cards count as printed only then, also a day later.

What was sent to a printer or saved as a PDF is remembered until somebody has looked at the paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from kerjadesa.actions.card_list import Reprint
from kerjadesa.actions.office import CARD_PRINTINGS, Office
from kerjadesa.actions.print_cards import CardPlace, journal_printed
from kerjadesa.store.store import Unit

_REASONS = (None, *get_args(Reprint))


@dataclass(frozen=True, slots=True)
class Printing:
    """Cards that went to paper at one time and that nobody has judged yet."""

    at: datetime
    cards: tuple[CardPlace, ...]


def remember_printing(office: Office, cards: Sequence[CardPlace]) -> Printing:
    """Remembers that these cards go to paper now; a card asked about before is asked about once."""
    made = Printing(office.now().astimezone(UTC), tuple(cards))
    again = {card.worker for card in cards}
    with office.store.unit(office.now()) as unit:
        kept = [
            Printing(old.at, tuple(card for card in old.cards if card.worker not in again))
            for old in _read(unit)
        ]
        _write(unit, [*kept, made])
    return made


def unjudged_printings(office: Office) -> list[Printing]:
    """What went to paper and was not judged, the earliest first."""
    with office.store.reading(office.now()) as unit:
        return _read(unit)


def shorten_printing(
    office: Office, printing: Printing, cards: Sequence[CardPlace]
) -> Printing | None:
    """Says that only these cards of it can have reached paper; None where none has."""
    shorter = Printing(printing.at, tuple(cards))
    with office.store.unit(office.now()) as unit:
        _write(unit, [shorter if old.at == printing.at else old for old in _read(unit)])
    return shorter if cards else None


def settle_printing(office: Office, printing: Printing, good: Sequence[CardPlace]) -> int:
    """Journals the cards whose paper is good and asks about the printing no more.

    The others stay as they were before it: a first card is still to be printed, a replaced one is
    still the one that counts. Returns how many were journalled: none where it was settled already,
    by another window or command.
    """
    with office.store.unit(office.now()) as unit:
        kept = _read(unit)
        if all(old.at != printing.at for old in kept):
            return 0
        count = journal_printed(unit, office.operator, good)
        _write(unit, [old for old in kept if old.at != printing.at])
    return count


def _read(unit: Unit) -> list[Printing]:
    kept = unit.setting(CARD_PRINTINGS)
    return [printing for row in kept if (printing := _printing(row)).cards] if kept else []


def _write(unit: Unit, printings: Iterable[Printing]) -> None:
    rows = [
        {"at": printing.at.isoformat(), "cards": [astuple(card) for card in printing.cards]}
        for printing in printings
        if printing.cards
    ]
    if rows:
        unit.set(CARD_PRINTINGS, rows)
    else:
        unit.unset(CARD_PRINTINGS)


def _printing(row: dict[str, Any]) -> Printing:
    cards = tuple(CardPlace(*card) for card in row["cards"] if card[3] in _REASONS)
    return Printing(datetime.fromisoformat(row["at"]), cards)
