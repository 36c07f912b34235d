"""Who still holds a card of a programme that she is in no longer."""

from collections.abc import Sequence

from kerjadesa.actions.office import Office
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import WorkerState, fold, what_it_says

_CHUNK = 500
_NAMES_A_PROGRAMME = (verbs.REGISTERED, verbs.CORRECTED)


def former_cards(office: Office, workers: Sequence[str]) -> list[str]:
    """Those of these workers whose card was printed under another programme than theirs by now."""
    found: list[str] = []
    with office.store.reading(office.now()) as unit:
        holders = [row.id for row in unit.listed(list(workers)) if row.cards_printed]
        for start in range(0, len(holders), _CHUNK):
            told = unit.journal.of_subjects(holders[start : start + _CHUNK])
            for worker, entries in told.items():
                state = fold(entries, unit.hub)
                if state is None:
                    continue
                printed = _on_card(entries, state)
                if printed and printed != state.value("programme"):
                    found.append(worker)
    return found


def _on_card(entries: Sequence[Entry], state: WorkerState) -> str:
    """The programme at the time when the card that counts was printed, empty if nobody knows it.

    What is journalled of a card names no programme; the entries before it do.
    """
    card = next((card for card in reversed(state.cards) if card.issue == state.card_issue), None)
    said = (
        (entry.hlc, entry.id, what_it_says(entry, entry.values())[0].get("programme"))
        for entry in entries
        if entry.verb in _NAMES_A_PROGRAMME
        and entry.id not in state.unreadable
        and card is not None
        and entry.hlc < card.hlc
    )
    return max(((hlc, name, code) for hlc, name, code in said if code), default=("", "", ""))[2]
