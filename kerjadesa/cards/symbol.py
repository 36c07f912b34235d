"""Draws the QR symbol of a credential: alphanumeric mode, error correction M, one fixed mask.

The library `qrcode` gives the tables and the empty symbols, and is what the tests compare with
module for module. It makes some 80 symbols a second, though: it goes through lists bit by bit.
Here each version is learned once (which module carries which bit), and a symbol then costs
a division by table and one pass over its bits, well under a millisecond.
"""

from dataclasses import dataclass
from functools import cache

import qrcode
from qrcode import LUT, base, util

# Trying all eight masks costs eight times as much and a reader does not mind: the mask only has to
# break up large areas, which compressed and signed bytes do not have.
MASK = 2
_CORRECTION = qrcode.constants.ERROR_CORRECT_M
_MODE_ALPHANUMERIC = 0b0010
_ALPHABET = {
    char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
}


@dataclass(frozen=True)
class Symbol:
    """A QR symbol without quiet zone; each row is packed from its left, a set bit being dark."""

    size: int
    rows: tuple[bytes, ...]
    version: int


@dataclass(frozen=True)
class _Version:
    """What all symbols of one version share."""

    size: int
    capacity_bits: int
    # Per block: bytes of data, bytes of correction.
    blocks: tuple[tuple[int, int], ...]
    # All modules, row by row, '1' dark: function patterns, and the mask where data will lie.
    blank: bytes
    # Where each data bit lies in `blank`, in the order of the bit stream.
    places: tuple[int, ...]


def qr(text: str) -> Symbol:
    """The smallest symbol that holds `text`.

    Raises ValueError when the text has characters outside the QR alphanumeric set (Base45 has
    the same ones) or is longer than 3,391 characters.
    """
    version = _smallest_version(len(text))
    table = _version(version)
    codewords = _codewords(_bit_stream(text, version, table.capacity_bits), table.blocks)
    modules = bytearray(table.blank)
    bits = f"{int.from_bytes(codewords):0{len(codewords) * 8}b}"
    for place, bit in zip(table.places, bits, strict=False):
        if bit == "1":
            modules[place] ^= 1
    rows = tuple(
        _packed(modules[start : start + table.size]) for start in range(0, len(modules), table.size)
    )
    return Symbol(table.size, rows, version)


def _packed(row: bytearray) -> bytes:
    width = (len(row) + 7) // 8
    return (int(row, 2) << (width * 8 - len(row))).to_bytes(width)


def _count_bits(version: int) -> int:
    """Width of the character count (ISO/IEC 18004, table 3)."""
    return 9 if version < 10 else 11 if version < 27 else 13


def _smallest_version(length: int) -> int:
    data_bits = length // 2 * 11 + length % 2 * 6
    for version in range(1, 41):
        if 4 + _count_bits(version) + data_bits <= util.BIT_LIMIT_TABLE[_CORRECTION][version]:
            return version
    raise ValueError("longer than the largest QR symbol")


def _bit_stream(text: str, version: int, capacity_bits: int) -> bytes:
    try:
        values = [_ALPHABET[char] for char in text]
    except KeyError:
        raise ValueError("characters outside the QR alphanumeric set") from None
    bits = [f"{_MODE_ALPHANUMERIC:04b}", f"{len(values):0{_count_bits(version)}b}"]
    bits += [f"{a * 45 + b:011b}" for a, b in zip(values[::2], values[1::2], strict=False)]
    if len(values) % 2:
        bits.append(f"{values[-1]:06b}")
    stream = "".join(bits)
    stream += "0" * min(4, capacity_bits - len(stream))
    stream += "0" * (-len(stream) % 8)
    data = int(stream, 2).to_bytes(len(stream) // 8)
    padding = capacity_bits // 8 - len(data)
    return data + (b"\xec\x11" * (padding // 2 + 1))[:padding]


def _codewords(data: bytes, blocks: tuple[tuple[int, int], ...]) -> bytes:
    """Data and correction of all blocks, interleaved (ISO/IEC 18004, section 7.6)."""
    parts, corrections, start = [], [], 0
    for length, correction_length in blocks:
        part = data[start : start + length]
        start += length
        parts.append(part)
        corrections.append(_correction(part, correction_length))
    longest = max(map(len, parts))
    return bytes(
        [part[i] for i in range(longest) for part in parts if i < len(part)]
        + [codeword for column in zip(*corrections, strict=True) for codeword in column]
    )


def _correction(data: bytes, length: int) -> bytes:
    """Remainder of the data, as a polynomial over GF(256), by the generator polynomial."""
    multiples = _generator_multiples(length)
    top = (length - 1) * 8
    low = (1 << top) - 1
    remainder = 0
    for byte in data:
        remainder = ((remainder & low) << 8) ^ multiples[byte ^ (remainder >> top)]
    return remainder.to_bytes(length)


@cache
def _generator_multiples(length: int) -> tuple[int, ...]:
    """The generator polynomial of that degree without its leading 1, times 0 to 255."""
    coefficients = LUT.rsPoly_LUT[length][1:]
    return (
        0,
        *(
            int.from_bytes(bytes(_times(factor, c) for c in coefficients))
            for factor in range(1, 256)
        ),
    )


def _times(a: int, b: int) -> int:
    return base.gexp((base.glog(a) + base.glog(b)) % 255) if a and b else 0


@cache
def _version(version: int) -> _Version:
    """Learns one version from the library: an empty symbol shows what is not data."""
    blocks = tuple(
        (block.data_count, block.total_count - block.data_count)
        for block in base.rs_blocks(version, _CORRECTION)
    )
    empty = qrcode.QRCode(version=version, error_correction=_CORRECTION, mask_pattern=MASK)
    empty.data_cache = []
    empty.makeImpl(False, MASK)
    size = empty.modules_count
    data_modules = _data_modules(version)
    return _Version(
        size=size,
        capacity_bits=util.BIT_LIMIT_TABLE[_CORRECTION][version],
        blocks=blocks,
        blank="".join("1" if dark else "0" for row in empty.modules for dark in row).encode(),
        places=_zigzag(size, data_modules),
    )


def _data_modules(version: int) -> frozenset[int]:
    """The modules that carry data: those that the library leaves open before it fills them in."""
    pattern = qrcode.QRCode(version=version, error_correction=_CORRECTION, mask_pattern=MASK)
    pattern.map_data = lambda data, mask: None
    pattern.data_cache = []
    pattern.makeImpl(False, MASK)
    return frozenset(
        row * pattern.modules_count + column
        for row, modules in enumerate(pattern.modules)
        for column, dark in enumerate(modules)
        if dark is None
    )


def _zigzag(size: int, data_modules: frozenset[int]) -> tuple[int, ...]:
    """Two columns at a time from the right, up and down in turn, past the timing column 6."""
    places = []
    rows = range(size - 1, -1, -1)
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in rows:
            for place in (row * size + right, row * size + right - 1):
                if place in data_modules:
                    places.append(place)
        rows = rows[::-1]
    return tuple(places)
