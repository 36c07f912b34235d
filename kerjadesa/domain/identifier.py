"""Ids of workers and other subjects: UUIDv7 (RFC 9562), so that they sort by time of birth."""

import uuid


def new_id(milliseconds: int, randomness: bytes) -> str:
    """A UUIDv7 from a wall time and 10 random bytes."""
    number = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(randomness[:10], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=number))
