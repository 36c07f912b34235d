"""Which of several words on one thing stand: those that no other has replaced. Pure, order-free."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Head(NamedTuple):
    """One standing word on one fact."""

    entry: str
    hlc: str
    value: Any

    @property
    def rank(self) -> tuple[str, str]:
        """Which of two undecided values displays: the newer one, then a fixed rule."""
        return (self.hlc, self.entry)


def standing(heads: list[Head], replaced: Mapping[str, list[str]] | None) -> tuple[Head, ...]:
    """The words no other has replaced, newest first.

    `replaced` is, per entry, the entries it replaces.
    """
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
