"""What the entries about one worker add up to. Pure, order-free, repeatable.

Every fact is a set of *heads*: the entries that said something of it and that no other entry has
replaced. One head, or several that say the same, and the fact is settled. Several that differ mean
that two laptops changed it unseen by each other: a **conflict**. Both values are kept, the newer
one displays, and a person's decision is simply an entry that replaces both.
"""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.ending import MERGED, ending_said
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.handover import HANDOVER, MOST_UNSEEN, Handover, handover_said, settled
from kerjadesa.domain.identifier import is_born_of
from kerjadesa.domain.link import Link, read_link
from kerjadesa.domain.standing import Head, standing
from kerjadesa.domain.worker import FACT_NAMES, fits

ENDING = "ended"
DECISION = "decision"
_LAST_ISSUE = 999

# For these an equal value said twice is still two people's word on something that money or
# identity hangs on, so even agreement waits for a person.
NEVER_SETTLE = frozenset(
    {"nik", "poverty_source", "poverty_decile", "poverty_date", ENDING, DECISION}
)


@dataclass(frozen=True, slots=True)
class Card:
    """One printing of the worker's card that an operator said was good."""

    entry: str
    hlc: str
    number: str
    issue: int = 1
    """1 for the first card; each one that replaces it has the next number."""
    reason: str = ""
    """Why it was printed again; empty for the first."""


@dataclass(frozen=True, slots=True)
class WorkerState:
    """All that the entries about one subject say."""

    subject: str
    heads: Mapping[str, tuple[Head, ...]]
    """Per fact (and `ended`, `decision`) the standing words, newest first; never an empty tuple."""
    registered_by: str = ""
    """Id of the first registering entry; the card number is made of it and never changes."""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    """What was said of this worker and another: are they one person?"""
    erased: bool = False
    unreadable: tuple[str, ...] = field(default=())
    """Entries whose body makes no sense: kept, counted, and ignored here."""

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The facts that wait for a person's decision."""
        return tuple(name for name, heads in self.heads.items() if _undecided(name, heads))

    @property
    def merged_into(self) -> str:
        """The record that goes on for this one, empty while this one goes on itself."""
        kept = (link.kept for link in self.links)
        return next((one for one in kept if one not in {"", self.subject}), "")

    def among(self, known: Container[str]) -> "WorkerState":
        """The state where only these records are known: nobody goes into one that is not there.

        A link may arrive before the record it names, and a hostile one may name none at all.
        """
        stays = {"", self.subject}
        links = tuple(link for link in self.links if link.kept in stays or link.other in known)
        return self if links == self.links else replace(self, links=links)

    @property
    def ending(self) -> str:
        """Why the enrolment has ended, empty while it goes on."""
        return MERGED if self.merged_into else str(self.value(ENDING) or "")

    @property
    def card_issue(self) -> int:
        """The issue of the card that counts; 0 while none is printed."""
        counts = 0
        for issue in sorted({card.issue for card in self.cards}):
            if issue > counts + MOST_UNSEEN:
                break
            counts = issue
        return counts

    @property
    def handover(self) -> Handover | None:
        """Where the card that counts is, None while nobody has said so."""
        return settled(self.heads.get(HANDOVER, ()), self.card_issue)

    def value(self, name: str) -> Any:
        """The displayed value of a fact, None where nobody said anything."""
        heads = self.heads.get(name)
        return heads[0].value if heads else None

    def body(self) -> dict[str, Any]:
        """The displayed facts as a journal body, ready for `worker.from_body`."""
        return {
            name: heads[0].value
            for name, heads in self.heads.items()
            if name in FACT_NAMES and heads[0].value not in (None, "", [])
        }

    def replaces(self, names: Iterable[str]) -> dict[str, list[str]]:
        """What a correction of these facts has to name as seen and replaced."""
        return {
            name: sorted(head.entry for head in self.heads[name])
            for name in names
            if name in self.heads
        }


def fold(entries: Iterable[Entry], hub: str = "") -> WorkerState | None:
    """The state of one worker from all entries about it, in any order, repeats included.

    `hub` is the id of the trusted hub: the district's verbs count only from its chains. None if
    no entry registers the worker (a correction that arrived before its registration waits).
    """
    known = {entry.id: entry for entry in entries}
    words: dict[str, list[Head]] = {}
    replaced: dict[str, dict[str, list[str]]] = {}
    cards: list[Card] = []
    links = _Links()
    registrations: list[Entry] = []
    unreadable: list[str] = []
    erased = False
    subject = ""
    # A worker is registered once; where a second entry claims to, it must not hide the first.
    rivals = sum(entry.verb == verbs.REGISTERED for entry in known.values()) > 1

    for entry in sorted(known.values(), key=lambda e: (e.hlc, e.id)):
        if entry.verb in verbs.DISTRICT_VERBS and not _from_hub(entry, hub):
            continue
        subject, entry_id = subject or entry.subject, entry.id
        try:
            body = entry.values()
            said, seen = what_it_says(entry, body)
            if (rivals or entry.verb != verbs.REGISTERED) and not fits(said):
                raise ValueError("a fact nobody can have")
            if entry.verb == verbs.LINKED and entry.body is not None:
                links.add(entry, body)
            if entry.verb == verbs.CARD_PRINTED and entry.body is not None:
                cards.append(_card(entry, body))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            unreadable.append(entry_id)
            continue
        for name, value in said.items():
            words.setdefault(name, []).append(Head(entry_id, entry.hlc, value))
        for name, ids in seen.items():
            replaced.setdefault(name, {})[entry.id] = [i for i in ids if i != entry_id]
        if entry.verb == verbs.REGISTERED:
            registrations.append(entry)
        erased = erased or entry.verb == verbs.ERASED

    if not registrations:
        return None
    return WorkerState(
        subject=subject,
        heads={name: standing(words[name], replaced.get(name)) for name in sorted(words)},
        # Clocks can be set back: the entry the id is made of goes before an earlier one.
        registered_by=min(registrations, key=lambda e: not is_born_of(subject, e.id)).id,
        cards=tuple(cards),
        links=links.standing(subject),
        erased=erased,
        unreadable=tuple(unreadable),
    )


def what_it_says(
    entry: Entry, body: dict[str, Any]
) -> tuple[dict[str, Any], Mapping[str, list[str]]]:
    """The facts an entry states, and per fact the entries it has seen and replaces."""
    if entry.body is None:
        return {}, {}
    if entry.verb == verbs.REGISTERED:
        return {name: body[name] for name in FACT_NAMES if name in body}, {}
    if entry.verb == verbs.CORRECTED:
        stated = {name: value for name, value in body["set"].items() if name in FACT_NAMES}
        return stated, _seen(body, stated)
    if entry.verb == verbs.ENDED:
        return {ENDING: ending_said(body["reason"])}, _seen(body, [ENDING])
    if entry.verb == verbs.RESUMED:
        return {ENDING: None}, _seen(body, [ENDING])
    if entry.verb in {verbs.ACCEPTED, verbs.REFUSED}:
        verdict = "accepted" if entry.verb == verbs.ACCEPTED else "refused"
        return {DECISION: [verdict, str(body.get("reason", ""))]}, _seen(body, [DECISION])
    if entry.verb in verbs.HANDOVER_VERBS:
        return {HANDOVER: handover_said(entry.verb, body)}, _seen(body, [HANDOVER])
    return {}, {}


class _Links:
    """The words on this worker and each other one, while they are gathered."""

    def __init__(self) -> None:
        self._words: dict[str, list[Head]] = {}
        self._replaced: dict[str, dict[str, list[str]]] = {}

    def add(self, entry: Entry, body: dict[str, Any]) -> None:
        other, word, seen = read_link(entry.subject, entry.id, entry.device, body)
        self._words.setdefault(other, []).append(Head(word.decision, entry.hlc, word))
        self._replaced.setdefault(other, {})[word.decision] = seen

    def standing(self, worker: str) -> tuple[Link, ...]:
        return tuple(
            Link(
                worker,
                other,
                tuple(sorted({h.value for h in standing(words, self._replaced[other])})),
            )
            for other, words in sorted(self._words.items())
        )


def _card(entry: Entry, body: dict[str, Any]) -> Card:
    issue = body.get("issue", 1)
    if type(issue) is not int or not 1 <= issue <= _LAST_ISSUE:
        raise ValueError("no issue of a card")
    number, reason = str(body.get("number", "")), str(body.get("reason", ""))
    return Card(entry.id, entry.hlc, number, issue, reason)


def _seen(body: dict[str, Any], stated: Iterable[str]) -> dict[str, list[str]]:
    # An entry replaces words only on what it states itself: a laptop's correction cannot take the
    # district's decision away.
    replaces = body.get("replaces", {})
    return {name: [str(i) for i in replaces[name]] for name in stated if name in replaces}


def _from_hub(entry: Entry, hub: str) -> bool:
    return bool(hub) and entry.device.partition(".")[0] == hub


def _undecided(name: str, heads: tuple[Head, ...]) -> bool:
    # Hand-overs settle by themselves: see `handover.settled`.
    if len(heads) < 2 or name == HANDOVER:
        return False
    if name in NEVER_SETTLE:
        return True
    return len({json.dumps(head.value, sort_keys=True) for head in heads}) > 1
