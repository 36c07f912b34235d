"""Ids of workers and other subjects: UUIDv7 (RFC 9562), so that they sort by time of birth."""

import uuid
from hashlib import sha256


def new_id(milliseconds: int, randomness: bytes) -> str:
    """A UUIDv7 from a wall time and 10 random bytes."""
    number = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(randomness[:10], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=number))


def worker_id(milliseconds: int, entry: str) -> str:
    """The id of the worker whom this entry (`device:seq`) registers.

    It is made of the entry, so that no other laptop can say later that it was the first to
    register this worker, and give the card another number by that.
    """
    return new_id(milliseconds, sha256(entry.encode()).digest())


def is_born_of(worker: str, entry: str) -> bool:
    """Whether `worker_id` made this id of this entry."""
    try:
        born = uuid.UUID(worker).int >> 80
    except ValueError:
        return False
    return worker == worker_id(born, entry)
