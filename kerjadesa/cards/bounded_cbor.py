"""Opens CBOR that came from a stranger: measured first, built second.

A QR code is anybody's text. cbor2 builds whatever it is told to and lets the last of two equal
map keys win, so the bytes are walked once, without building anything, before cbor2 sees them.
"""

import io
from dataclasses import dataclass, field

import cbor2

DEEPEST = 8
MOST_ITEMS = 1_000
# COSE_Encrypt0, COSE_Sign1, embedded CBOR, CWT, and the plain date tags 0, 1 and 1004. Others
# make cbor2 compile patterns or build numbers of any size, which no credential needs.
_TAGS = frozenset({0, 1, 16, 18, 24, 61, 1004})

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_BREAK = 0xFF
_INDEFINITE = 31


class Refused(ValueError):
    """The bytes are no CBOR, or more than a credential may be."""


@dataclass
class _Open:
    """One array, map or tag that the walk stands in; `left` is None when it ends by a break."""

    left: int | None
    is_map: bool = False
    seen: int = 0
    keys: set[object] = field(default_factory=set)


def load(data: bytes) -> object:
    """Builds the one CBOR item that fills `data`.

    Raises Refused for anything malformed, deeper than 8, of more than 1,000 items, with equal map
    keys, map keys other than integers and text, unknown tags, or bytes left over.
    """
    _measure(data)
    try:
        return cbor2.load(io.BytesIO(data))
    except (cbor2.CBORDecodeError, ValueError, OverflowError, TypeError, OSError) as error:
        raise Refused(type(error).__name__) from None


def _measure(data: bytes) -> None:
    position, items = 0, 0
    stack = [_Open(left=1)]
    while stack:
        inside = stack[-1]
        if inside.left == 0:
            stack.pop()
            continue
        if inside.left is None and data[position : position + 1] == bytes([_BREAK]):
            if inside.is_map and inside.seen % 2:
                raise Refused("a key without a value")
            stack.pop()
            position += 1
            continue
        items += 1
        if items > MOST_ITEMS or len(stack) > DEEPEST + 1:
            raise Refused("more than a credential holds")
        major, argument, position = _head(data, position)
        is_key = inside.is_map and inside.seen % 2 == 0
        inside.seen += 1
        if inside.left is not None:
            inside.left -= 1
        content: object = argument
        if major in (_BYTES, _TEXT):
            if argument is None or position + argument > len(data):
                raise Refused("a string cut short")
            content = data[position : position + argument]
            position += argument
        elif major in (_ARRAY, _MAP):
            pairs = argument if argument is None or major == _ARRAY else argument * 2
            stack.append(_Open(left=pairs, is_map=major == _MAP))
        elif major == _TAG:
            if argument not in _TAGS:
                raise Refused("an unknown tag")
            stack.append(_Open(left=1))
        if is_key:
            _take_key(inside, major, content)
    if position != len(data):
        raise Refused("bytes left over")


def _take_key(inside: _Open, major: int, content: object) -> None:
    if major not in (_UNSIGNED, _NEGATIVE, _TEXT):
        raise Refused("a map key that is neither number nor text")
    if (major, content) in inside.keys:
        raise Refused("the same map key twice")
    inside.keys.add((major, content))


def _head(data: bytes, position: int) -> tuple[int, int | None, int]:
    """Major type, argument (None when indefinite) and the position after an item's head."""
    if position >= len(data):
        raise Refused("cut short")
    major, info = data[position] >> 5, data[position] & 0x1F
    position += 1
    if info < 24:
        return major, info, position
    if info == _INDEFINITE and major in (_ARRAY, _MAP):
        return major, None, position
    if info > 27:
        raise Refused("a malformed head")
    width = 1 << (info - 24)
    if position + width > len(data):
        raise Refused("cut short")
    return major, int.from_bytes(data[position : position + width]), position + width
