"""What was said of two records: one person, two people, or the word taken back.

Both records carry each decision, named alike, so that both fold to the same answer however the
entries arrive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry

Verdict = Literal["same", "different", "undone"]
_LONGEST_ID = 64
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

Outcome = Literal["same", "different", "open", "undecided"]
"""`open`: nothing stands; `undecided`: two laptops said different things unseen by each other."""


class Word(NamedTuple):
    """One standing decision on two records."""

    decision: str
    """The id of its first entry; both records know it by this."""
    verdict: Verdict
    kept: str
    """Which of the two goes on; empty unless they are one person."""


@dataclass(frozen=True, slots=True)
class Link:
    """All that stands between a worker and another."""

    worker: str
    other: str
    words: tuple[Word, ...]

    @property
    def outcome(self) -> Outcome:
        """What the words come to."""
        said = {word.verdict for word in self.words}
        if len(said) > 1:
            return "undecided"
        if "same" in said:
            return "same"
        return "different" if "different" in said else "open"

    @property
    def kept(self) -> str:
        """Which of the two goes on where they are one person, else empty.

        Two laptops that kept one each, unseen by each other, must not end both: the record that
        was registered first goes on, and the ids of workers grow with time.
        """
        if self.outcome != "same":
            return ""
        chosen = {word.kept for word in self.words}
        return chosen.pop() if len(chosen) == 1 else min(self.worker, self.other)

    @property
    def decisions(self) -> list[str]:
        """What a new decision names as seen and replaced."""
        return sorted(word.decision for word in self.words)


def read_link(
    worker: str, entry: str, device: str, body: dict[str, Any]
) -> tuple[str, Word, list[str]]:
    """The other record, the word, and the decisions it replaces; ValueError on nonsense."""
    other, verdict = str(body["other"]), body["verdict"]
    kept, decision = str(body.get("kept", "")), str(body.get("decision", entry))
    # Ids are short and plain; what is not would stop whoever stores or shows it.
    plain = other.isascii() and other.isprintable() and 0 < len(other) <= _LONGEST_ID
    if verdict not in VERDICTS or not plain or other == worker:
        raise ValueError("no link of two workers")
    if kept not in ({worker, other} if verdict == "same" else {""}):
        raise ValueError("a link that keeps somebody else")
    # Nobody speaks in another laptop's name, or one word could hide behind a second.
    if decision.rpartition(":")[0] != device:
        raise ValueError("a decision of another device")
    seen = [str(one) for one in body.get("replaces", []) if str(one) != decision]
    return other, Word(decision, verdict, kept), seen


def linked_to(entries: Iterable[Entry]) -> set[str]:
    """The other records that these entries about a worker link it to."""
    found: set[str] = set()
    for entry in entries:
        if entry.verb == verbs.LINKED and entry.body is not None:
            try:
                found.add(read_link(entry.subject, entry.id, entry.device, entry.values())[0])
            except (ValueError, KeyError, TypeError):
                continue  # the fold counts it among the unreadable
    return found
