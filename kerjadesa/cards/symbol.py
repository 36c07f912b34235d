"""The QR symbol of a credential: alphanumeric mode, error correction M, one fixed mask.

The `qrcode` library lays the symbol out: once for each version, after which it is known where each
bit goes. The code words are worked out here, on whole numbers. Two thirds of the time a card takes
went into both. A test holds the symbols and those the library makes by itself together, module for
module (ISO/IEC 18004).
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
_PAIRS = {
    one + other: f"{_VALUES[one] * 45 + _VALUES[other]:011b}"
    for one in _ALPHABET
    for other in _ALPHABET
}
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
    layout = _layout(version)
    words = _interleaved(_data_words(text, version), version)
    # Before the bits stands a 0 for the modules that hold none of them.
    bits = layout.take(f"0{int.from_bytes(words):0{8 * len(words)}b}")
    stride = (layout.size + 7) // 8
    packed = (int("".join(bits), 2) ^ layout.empty).to_bytes(layout.size * stride)
    rows = tuple(packed[start : start + stride] for start in range(0, len(packed), stride))
    return Symbol(layout.size, rows, version)


@dataclass(frozen=True)
class _Layout:
    """How a version is laid out, its rows filled up to whole bytes with light modules.

    `empty` is the symbol of code words that are all zero, row after row in one number; `take` puts
    the bits of code words, counted from 1, in that order.
    """

    size: int
    empty: int
    take: Callable[[str], tuple[str, ...]]


@cache
def _layout(version: int) -> _Layout:
    """Asks the library for as many symbols as the number of a bit has digits.

    The first of them has all those bits set whose number is odd, the next those whose number has
    the second digit set, and so on: each module spells the number of the bit that it holds.
    """
    size = 17 + 4 * version
    bits = 8 * sum(block.total_count for block in rs_blocks(version, _CORRECTION))
    empty = _laid_out(bytes(bits // 8), version)
    numbers = [0] * len(empty)
    for digit in range(bits.bit_length()):
        chosen = "".join("01"[number >> digit & 1] for number in range(1, bits + 1))
        symbol = _laid_out(int(chosen, 2).to_bytes(bits // 8), version)
        for place, (dark, was_dark) in enumerate(zip(symbol, empty, strict=True)):
            numbers[place] |= (dark != was_dark) << digit
    return _Layout(size, int("".join(map("01".__getitem__, empty)), 2), itemgetter(*numbers))


def _laid_out(words: bytes, version: int) -> list[bool]:
    """The library's symbol of these code words, row after row, filled up to whole bytes."""
    code = qrcode.QRCode(version=version, error_correction=_CORRECTION, mask_pattern=MASK, border=0)
    code.data_cache = words
    code.make(fit=False)
    filling = [False] * (-len(code.modules) % 8)
    return [module for row in code.modules for module in (*map(bool, row), *filling)]


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
    pairs = [_PAIRS[text[start : start + 2]] for start in range(0, len(text) - 1, 2)]
    last = f"{_VALUES[text[-1]]:06b}" if len(text) % 2 else ""
    bits = f"{util.MODE_ALPHA_NUM:04b}{len(text):0{length_bits}b}{''.join(pairs)}{last}"
    room: int = util.BIT_LIMIT_TABLE[_CORRECTION][version]
    # Four zero bits end the text, as far as there is room, and then the last byte is filled up.
    bits += "0000"[: room - len(bits)]
    bits += "0" * (-len(bits) % 8)
    words = int(bits, 2).to_bytes(len(bits) // 8)
    return words + bytes(_PADDING[n % 2] for n in range(room // 8 - len(words)))


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
