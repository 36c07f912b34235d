"""An entry: one thing that happened, chained to the entry before it on the same device.

`hash = SHA-256(device, seq, hlc, operator, verb, subject, body_digest, prev)` and
`body_digest = SHA-256(salt + body)`. The entries of a person who was erased (UU PDP) come without
body and salt; the digest stays, so the chain still verifies, and the salt keeps a short body from
being guessed from it. They are read here; nothing in this program makes them yet.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SALT_BYTES = 16
_LARGEST_INTEGER = 2**53 - 1
GENESIS = bytes(32)
"""`prev` of a device's first entry."""

REGISTERED = "worker.registered"
CORRECTED = "worker.corrected"
ENDED = "worker.ended"
RESUMED = "worker.resumed"
"""Lifts endings: said too early, or of the wrong person."""
LINKED = "worker.linked"
ERASED = "worker.erased"
ACCEPTED = "worker.accepted"
REFUSED = "worker.refused"
PROGRAMME_DECLARED = "programme.declared"
CARD_PRINTED = "card.printed"
CARD_HANDED = "card.handed"
CARD_ABSENT = "card.absent"
HANDOVER_UNDONE = "handover.undone"
CARD_REPLACED = "card.replaced"
"""The district's word to everybody that every issue of a card before this one counts no more."""
CEREMONY_PLANNED = "ceremony.planned"
REGISTER_EXPORTED = "register.exported"
BATCH_RECEIVED = "batch.received"
DEVICE_CERTIFIED = "device.certified"
DEVICE_REVOKED = "device.revoked"

HANDOVER_VERBS = frozenset({CARD_HANDED, CARD_ABSENT, HANDOVER_UNDONE})
WORKER_VERBS = HANDOVER_VERBS | {
    REGISTERED,
    CORRECTED,
    ENDED,
    RESUMED,
    LINKED,
    ERASED,
    ACCEPTED,
    REFUSED,
    CARD_PRINTED,
}
DISTRICT_VERBS = frozenset(
    {ACCEPTED, REFUSED, ERASED, BATCH_RECEIVED, CARD_REPLACED, DEVICE_CERTIFIED, DEVICE_REVOKED}
)
"""Only the hub may say these; in a laptop's chain they count for nothing.

Erasing is among them because it cannot be taken back: no colleague's laptop, and no thief of one,
may make a family's registration disappear.
"""


class ChainBroken(Exception):
    """An entry does not follow from the one before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one device's journal. `body` is canonical JSON (RFC 8785), None once erased."""

    device: str
    seq: int
    hlc: str
    operator: str
    verb: str
    subject: str
    body: bytes | None
    salt: bytes | None
    body_digest: bytes
    prev: bytes
    hash: bytes

    @property
    def id(self) -> str:
        """`device:seq`, the name by which corrections point at this entry."""
        return f"{self.device}:{self.seq}"

    def values(self) -> dict[str, Any]:
        """The body as JSON values; empty once erased. Raises ValueError on a hostile body."""
        if self.body is None:
            return {}
        try:
            loaded = json.loads(self.body)
        except RecursionError:
            raise ValueError("the body is nested without end") from None
        if not isinstance(loaded, dict):
            raise ValueError("the body is no object")
        return loaded


def canonical(values: dict[str, Any]) -> bytes:
    """The one way to write these values down (RFC 8785).

    Raises ValueError on what has no such form here: floats, integers past 2^53, keys that are not
    ASCII, half surrogates.
    """
    _refuse_ambiguous(values)
    # For what is left the standard library writes the same bytes as an RFC 8785 library (a test
    # holds them together), six times as fast: an import and the hub's intake spend their time here.
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def write(
    *,
    device: str,
    seq: int,
    hlc: str,
    operator: str,
    verb: str,
    subject: str,
    values: dict[str, Any] | bytes,
    salt: bytes,
    prev: bytes,
) -> Entry:
    """A new entry, hashed. `values` as bytes are canonical already; `salt` is 16 random bytes."""
    body = values if isinstance(values, bytes) else canonical(values)
    digest = hashlib.sha256(salt + body).digest()
    return Entry(
        device=device,
        seq=seq,
        hlc=hlc,
        operator=operator,
        verb=verb,
        subject=subject,
        body=body,
        salt=salt,
        body_digest=digest,
        prev=prev,
        hash=chain_hash(device, seq, hlc, operator, verb, subject, digest, prev),
    )


def chain_hash(
    device: str,
    seq: int,
    hlc: str,
    operator: str,
    verb: str,
    subject: str,
    body_digest: bytes,
    prev: bytes,
) -> bytes:
    """SHA-256 over the header as a canonical JSON array."""
    header = [device, seq, hlc, operator, verb, subject, body_digest.hex(), prev.hex()]
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def verify_entry(entry: Entry, seq: int, prev: bytes) -> None:
    """Checks one entry against its place in the chain; raises ChainBroken."""
    if entry.seq != seq or entry.prev != prev:
        raise ChainBroken(f"entry {entry.id} does not follow the one before it")
    if (entry.body is None) != (entry.salt is None):
        raise ChainBroken(f"entry {entry.id} is half erased")
    if entry.body is not None and entry.salt is not None:
        digest = hashlib.sha256(entry.salt + entry.body).digest()
        if digest != entry.body_digest:
            raise ChainBroken(f"entry {entry.id} has another body than its digest")
    expected = chain_hash(
        entry.device,
        entry.seq,
        entry.hlc,
        entry.operator,
        entry.verb,
        entry.subject,
        entry.body_digest,
        entry.prev,
    )
    if entry.hash != expected:
        raise ChainBroken(f"entry {entry.id} has another hash than its content")


def verify_chain(entries: Iterable[Entry], after_seq: int = 0, prev: bytes = GENESIS) -> bytes:
    """Checks a run of one device's entries and returns the last hash; raises ChainBroken."""
    device: str | None = None
    for seq, entry in enumerate(entries, start=after_seq + 1):
        # Each hash covers its own device, so a stranger's entry could be hashed into the run.
        device = device or entry.device
        if entry.device != device:
            raise ChainBroken(f"entry {entry.id} stands in the chain of another device")
        verify_entry(entry, seq, prev)
        prev = entry.hash
    return prev


def _refuse_ambiguous(value: Any) -> None:
    if isinstance(value, str):
        return
    if isinstance(value, dict):
        for key, member in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError("keys are ASCII text")
            if type(member) is not str:
                _refuse_ambiguous(member)
    elif isinstance(value, list):
        for member in value:
            _refuse_ambiguous(member)
    elif isinstance(value, float):
        raise ValueError("money and measures are whole numbers; a float is written two ways")
    elif isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError("an integer that other programs would round")
    elif value is not None:
        raise ValueError("no JSON value")
