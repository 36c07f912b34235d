"""The QR symbol of a credential: alphanumeric mode, error correction M, one fixed mask.

The `qrcode` library lays the symbol out. Only the code words are worked out here, on whole numbers
and thirty times as fast: two thirds of the time a card takes went there. A test holds the symbols
and those the library makes by itself together, module for module (ISO/IEC 18004).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import qrcode
from qrcode import util
from qrcode.base import gexp, glog, rs_blocks

# Trying all eight masks costs eight times as much and a reader does not mind: the mask only has to
# break up large areas, which compressed and signed bytes do not have.
MASK = 2
QUIET_ZONE = 4  # modules, ISO/IEC 18004
_CORRECTION = qrcode.constants.ERROR_CORRECT_M
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_PADDING = (0xEC, 0x11)


@dataclass(frozen=True)
class Symbol:
    """A QR symbol without quiet zone; each row is packed from its left, a set bit being dark."""

    size: int
    rows: tuple[bytes, ...]
    version: int


def qr(text: str) -> Symbol:
    """The smallest symbol that holds `text`.

    Raises ValueError when the text has characters outside the QR alphanumeric set (Base45 has
    the same ones) or is longer than 3,391 characters.
    """
    if not _VALUES.keys() >= set(text):
        raise ValueError("characters outside the QR alphanumeric set")
    version = _smallest_version(len(text))
    code = qrcode.QRCode(version=version, error_correction=_CORRECTION, mask_pattern=MASK, border=0)
    code.data_cache = _interleaved(_data_words(text, version), version)
    code.make(fit=False)
    return Symbol(len(code.modules), tuple(map(_packed, code.modules)), version)


def _packed(row: list[bool | None]) -> bytes:
    width = (len(row) + 7) // 8
    bits = int("".join(map("01".__getitem__, map(bool, row))), 2)
    return (bits << (width * 8 - len(row))).to_bytes(width)


def modules_across(length: int) -> int:
    """Modules from edge to edge, quiet zone included, of the symbol for so many characters.

    Raises ValueError when no symbol holds them.
    """
    return 17 + 4 * _smallest_version(length) + 2 * QUIET_ZONE


@cache
def _smallest_version(length: int) -> int:
    data_bits = length // 2 * 11 + length % 2 * 6
    for version in range(1, 41):
        header_bits = 4 + util.length_in_bits(util.MODE_ALPHA_NUM, version)
        if header_bits + data_bits <= util.BIT_LIMIT_TABLE[_CORRECTION][version]:
            return version
    raise ValueError("longer than the largest QR symbol")


def _data_words(text: str, version: int) -> bytes:
    """Mode, length, pairs of characters in 11 bits, an end, and padding."""
    length_bits = util.length_in_bits(util.MODE_ALPHA_NUM, version)
    bits, used = util.MODE_ALPHA_NUM << length_bits | len(text), 4 + length_bits
    for start in range(0, len(text) - 1, 2):
        bits = bits << 11 | _VALUES[text[start]] * 45 + _VALUES[text[start + 1]]
        used += 11
    if len(text) % 2:
        bits = bits << 6 | _VALUES[text[-1]]
        used += 6
    room: int = util.BIT_LIMIT_TABLE[_CORRECTION][version]
    # Four zero bits end the text, as far as there is room, and then the last byte is filled up.
    used_to = min(used + 4, room)
    used_to += -used_to % 8
    words: bytes = (bits << (used_to - used)).to_bytes(used_to // 8)
    missing = room // 8 - len(words)
    return words + bytes(_PADDING[n % 2] for n in range(missing))


def _interleaved(data: bytes, version: int) -> bytes:
    """The blocks' data and their check words, word by word in turn."""
    blocks, checks = [], []
    start = 0
    for block in rs_blocks(version, _CORRECTION):
        part = data[start : start + block.data_count]
        start += block.data_count
        blocks.append(part)
        checks.append(_check_words(part, block.total_count - block.data_count))
    in_turn = _turns(tuple(map(len, blocks))), _turns(tuple(map(len, checks)))
    return bytes(in_turn[0](b"".join(blocks))) + bytes(in_turn[1](b"".join(checks)))


@cache
def _turns(lengths: tuple[int, ...]) -> Callable[[bytes], tuple[int, ...]]:
    """Takes the first word of every block, then the second of every block that has one, …"""
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    return itemgetter(
        *(
            start + n
            for n in range(max(lengths))
            for start, length in zip(starts, lengths, strict=True)
            if n < length
        )
    )


def _check_words(data: bytes, count: int) -> bytes:
    """The remainder of the division by the generator polynomial, a whole remainder at a time."""
    multiples = _multiples(count)
    top, kept = 8 * (count - 1), (1 << 8 * count) - 1
    rest = 0
    for word in data:
        rest = (rest << 8 & kept) ^ multiples[word ^ rest >> top]
    return rest.to_bytes(count)


@cache
def _multiples(count: int) -> tuple[int, ...]:
    """The generator polynomial for so many check words, without its leading 1, times 0 to 255."""
    generator = [1]
    for power in range(count):
        shifted = [*generator, 0]
        for n, factor in enumerate(generator, start=1):
            shifted[n] ^= _product(factor, gexp(power))
        generator = shifted
    return tuple(
        int.from_bytes(bytes(_product(factor, by) for factor in generator[1:])) for by in range(256)
    )


def _product(one: int, other: int) -> int:
    """In the field of 256 elements."""
    return int(gexp(glog(one) + glog(other))) if one and other else 0
