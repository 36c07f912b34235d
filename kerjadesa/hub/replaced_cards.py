"""Cards that were printed again, told to everybody: the old one may turn up anywhere."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import card_number
from kerjadesa.domain.chain import Item
from kerjadesa.domain.device import PUBLIC
from kerjadesa.domain.fold import WorkerState
from kerjadesa.hub import chains


def replaced_cards(scope: str, states: Iterable[WorkerState]) -> dict[str, int]:
    """The issue that counts, by card number, of those workers of a nagari who have a later card.

    The number is made of who registered the worker, whatever the laptop says it printed: so no
    laptop can have the cards of another nagari called replaced.
    """
    found: dict[str, int] = {}
    for state in states:
        if state.card_issue > 1:
            device, _, seq = state.registered_by.rpartition(":")
            found[card_number(scope, device, int(seq))] = state.card_issue
    return found


def announcements(session: Session, issues: Mapping[str, int]) -> list[Item]:
    """What the public chain does not say yet of these cards."""
    said: dict[str, int] = {}
    for number, entries in chains.of_subjects(session, PUBLIC, list(issues)).items():
        said[number] = max(int(entry.values()["issue"]) for entry in entries)
    return [
        (verbs.CARD_REPLACED, number, {"number": number, "issue": issue})
        for number, issue in issues.items()
        if issue > said.get(number, 0)
    ]
