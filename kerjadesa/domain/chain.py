"""Continuing a chain: the same for a laptop's journal and for each chain of the hub."""

from collections.abc import Callable, Iterable
from typing import Any

from kerjadesa.domain import entry as entries
from kerjadesa.domain.clock import Stamp, tick
from kerjadesa.domain.entry import Entry

Item = tuple[str, str, dict[str, Any] | bytes]
"""Verb, subject, values (canonical already if they are bytes)."""


def continued(
    device: str,
    items: Iterable[Item],
    operator: str,
    after: tuple[int, bytes],
    clock: Stamp,
    wall_ms: int,
    randomness: Callable[[int], bytes],
) -> tuple[list[Entry], Stamp]:
    """The items as entries after (seq, hash) of the last one, and the clock after them."""
    seq, prev = after
    written: list[Entry] = []
    for verb, subject, values in items:
        clock = tick(clock, wall_ms)
        seq += 1
        entry = entries.write(
            device=device,
            seq=seq,
            hlc=str(clock),
            operator=operator,
            verb=verb,
            subject=subject,
            values=values,
            salt=randomness(entries.SALT_BYTES),
            prev=prev,
        )
        prev = entry.hash
        written.append(entry)
    return written, clock
