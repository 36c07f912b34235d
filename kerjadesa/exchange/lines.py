"""Entries as lines of JSON, without what the reader can work out again.

The device, the sequence numbers and the first `prev` stand in the manifest's range; digests and
hashes follow from the content. They are random to a compressor: leaving them out saves more
bytes than a worker's facts take.
"""

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.entry import SALT_BYTES, Entry, canonical, chain_hash
from kerjadesa.exchange.manifest import Range

MAX_LINE = 256 * 1024
_HEADER = {"hlc": 18, "operator": 200, "verb": 60, "subject": 80}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WITH_BODY = frozenset({*_HEADER, "salt", "body"})
_ERASED = frozenset({*_HEADER, "digest"})


def write_lines(entries: Sequence[Entry]) -> bytes:
    """The run as NDJSON. Raises ValueError for an entry that no reader would take."""
    return b"".join(_line(entry) for entry in entries)


def _line(entry: Entry) -> bytes:
    line: dict[str, Any] = {
        "hlc": entry.hlc,
        "operator": entry.operator,
        "verb": entry.verb,
        "subject": entry.subject,
    }
    for name in _HEADER:
        _short(line, name)
    if entry.body is None or entry.salt is None:
        # Erased (UU PDP): the digest can no longer be worked out, and the chain stands on it.
        line["digest"] = entry.body_digest.hex()
    else:
        line["body"] = entry.values()
        line["salt"] = entry.salt.hex()
        if canonical(line["body"]) != entry.body:
            raise ValueError(f"the body of entry {entry.id} is not canonical")
    return canonical(line) + b"\n"


def read_lines(data: bytes, span: Range) -> list[Entry]:
    """The entries of one range, hashed again. Raises ValueError when anything does not fit."""
    prev = bytes.fromhex(span.prev)
    entries: list[Entry] = []
    for seq, line in enumerate(_split(data), start=span.first):
        if seq > span.last:
            raise ValueError("more lines than the range has entries")
        entry = _entry(line, span.device, seq, prev)
        entries.append(entry)
        prev = entry.hash
    if span.first + len(entries) - 1 != span.last or prev.hex() != span.hash:
        raise ValueError("the entries do not end where the range says")
    return entries


def _split(data: bytes) -> Iterator[bytes]:
    if data and not data.endswith(b"\n"):
        raise ValueError("the last line is cut short")
    start = 0
    while start < len(data):
        end = data.index(b"\n", start)
        if end - start > MAX_LINE:
            raise ValueError("a line is too long")
        yield data[start:end]
        start = end + 1


def _entry(line: bytes, device: str, seq: int, prev: bytes) -> Entry:
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) not in (_WITH_BODY, _ERASED):
        raise ValueError("a line has other members than an entry")
    hlc, operator, verb, subject = (_short(values, name) for name in _HEADER)
    Stamp.parse(hlc)
    body: bytes | None = None
    salt: bytes | None = None
    if "body" in values:
        if not isinstance(values["body"], dict):
            raise ValueError("the body is no object")
        body = canonical(values["body"])
        salt = _binary(values["salt"], SALT_BYTES)
        digest = sha256(salt + body).digest()
    else:
        digest = _binary(values["digest"], 32)
    hashed = chain_hash(device, seq, hlc, operator, verb, subject, digest, prev)
    return Entry(device, seq, hlc, operator, verb, subject, body, salt, digest, prev, hashed)


def _short(values: dict[str, Any], name: str) -> str:
    value = values[name]
    # Control characters would reach lists and logs, and PostgreSQL refuses NUL in a text.
    if not isinstance(value, str) or len(value) > _HEADER[name] or _CONTROL.search(value):
        raise ValueError(f"{name} is no short text")
    return value


def _binary(value: Any, length: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length:
        raise ValueError("a salt or digest has another length")
    return bytes.fromhex(value)
