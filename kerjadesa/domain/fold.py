"""What the entries about one worker add up to. Pure, order-free, repeatable.

Every fact is a set of *heads*: the entries that said something of it and that no other entry has
replaced. One head, or several that say the same, and the fact is settled. Several that differ mean
that two laptops changed it unseen by each other: a **conflict**. Both values are kept, the newer
one displays, and a person's decision is simply an entry that replaces both.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.worker import FACT_NAMES, fits

ENDING = "ended"
DECISION = "decision"

# For these an equal value said twice is still two people's word on something that money or
# identity hangs on, so even agreement waits for a person.
NEVER_SETTLE = frozenset(
    {"nik", "poverty_source", "poverty_decile", "poverty_date", ENDING, DECISION}
)


class Head(NamedTuple):
    """One standing word on one fact."""

    entry: str
    hlc: str
    value: Any

    @property
    def rank(self) -> tuple[str, str]:
        """Which of two undecided values displays: the newer one, then a fixed rule."""
        return (self.hlc, self.entry)


@dataclass(frozen=True, slots=True)
class Card:
    """One printing of the worker's card that an operator said was good."""

    entry: str
    hlc: str
    number: str


@dataclass(frozen=True, slots=True)
class WorkerState:
    """All that the entries about one subject say."""

    subject: str
    heads: Mapping[str, tuple[Head, ...]]
    """Per fact (and `ended`, `decision`) the standing words, newest first; never an empty tuple."""
    registered_by: str = ""
    """Id of the first registering entry; the card number is made of it and never changes."""
    cards: tuple[Card, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """(other subject, `same` or `different`), newest last."""
    erased: bool = False
    unreadable: tuple[str, ...] = field(default=())
    """Entries whose body makes no sense: kept, counted, and ignored here."""

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The facts that wait for a person's decision."""
        return tuple(name for name, heads in self.heads.items() if _undecided(name, heads))

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
    links: list[tuple[str, str, str]] = []
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
                links.append((entry.hlc, str(body["other"]), str(body["verdict"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            unreadable.append(entry_id)
            continue
        for name, value in said.items():
            words.setdefault(name, []).append(Head(entry_id, entry.hlc, value))
        for name, ids in seen.items():
            replaced.setdefault(name, {})[entry.id] = [i for i in ids if i != entry_id]
        if entry.verb == verbs.REGISTERED:
            registrations.append(entry)
        elif entry.verb == verbs.CARD_PRINTED and entry.body is not None:
            cards.append(Card(entry_id, entry.hlc, str(body.get("number", ""))))
        erased = erased or entry.verb == verbs.ERASED

    if not registrations:
        return None
    return WorkerState(
        subject=subject,
        heads={name: _standing(words[name], replaced.get(name)) for name in sorted(words)},
        registered_by=registrations[0].id,
        cards=tuple(cards),
        links=tuple((other, verdict) for _, other, verdict in sorted(links)),
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
        return {ENDING: str(body["reason"])}, _seen(body, [ENDING])
    if entry.verb == verbs.RESUMED:
        return {ENDING: None}, _seen(body, [ENDING])
    if entry.verb in {verbs.ACCEPTED, verbs.REFUSED}:
        verdict = "accepted" if entry.verb == verbs.ACCEPTED else "refused"
        return {DECISION: [verdict, str(body.get("reason", ""))]}, _seen(body, [DECISION])
    return {}, {}


def _seen(body: dict[str, Any], stated: Iterable[str]) -> dict[str, list[str]]:
    # An entry replaces words only on what it states itself: a laptop's correction cannot take the
    # district's decision away.
    replaces = body.get("replaces", {})
    return {name: [str(i) for i in replaces[name]] for name in stated if name in replaces}


def _from_hub(entry: Entry, hub: str) -> bool:
    return bool(hub) and entry.device.partition(".")[0] == hub


def _undecided(name: str, heads: tuple[Head, ...]) -> bool:
    if len(heads) < 2:
        return False
    if name in NEVER_SETTLE:
        return True
    return len({json.dumps(head.value, sort_keys=True) for head in heads}) > 1


def _standing(heads: list[Head], replaced: Mapping[str, list[str]] | None) -> tuple[Head, ...]:
    """The words no other has replaced. `replaced` is, per entry, the entries it replaces."""
    if replaced:
        gone = {entry for entries in replaced.values() for entry in entries}
        # Entries that claim to replace each other in a ring would vanish together; nothing is
        # lost, so what no standing word has replaced, directly or by way of others, stands too.
        followed: set[str] = set()
        ahead = [head.entry for head in heads if head.entry not in gone]
        while ahead:
            entry = ahead.pop()
            if entry not in followed:
                followed.add(entry)
                ahead.extend(replaced.get(entry, ()))
        heads = [head for head in heads if head.entry not in gone or head.entry not in followed]
    if len(heads) == 1:
        return (heads[0],)
    return tuple(sorted(heads, key=lambda head: head.rank, reverse=True))
