"""The inner layers of a batch: a strict tar, compressed with zstd.

The tar is USTAR with plain files only and no times, owners or modes that vary, so that the same
content gives the same bytes. Reading takes nothing on trust: a name is only ever a key.
"""

import tarfile
from collections.abc import Mapping

import zstandard

MAX_UNPACKED = 8 * 1024 * 1024
"""Files inside a batch together, in bytes."""

_BLOCK = 512
_MODE = 0o600
_LEVEL = 19
_MOST_MEMBERS = 1024
# Every member has a header block and is filled up to whole blocks; tar ends on a 10 KiB record.
_MAX_TAR = MAX_UNPACKED + 2 * _BLOCK * _MOST_MEMBERS + 10 * 1024


class TooLarge(Exception):
    """More inside than a batch may hold."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files, in the order given, as tar in one zstd frame that states its size."""
    pieces: list[bytes] = []
    for name, content in files.items():
        member = tarfile.TarInfo(name)
        member.size = len(content)
        member.mode = _MODE
        pieces += [member.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict"), content]
        pieces.append(bytes(-len(content) % _BLOCK))
    pieces.append(bytes(2 * _BLOCK))
    return zstandard.ZstdCompressor(level=_LEVEL).compress(b"".join(pieces))


def unpack(data: bytes) -> dict[str, bytes]:
    """The files by name. Raises TooLarge, or ValueError when it is not exactly such an archive."""
    try:
        stated = zstandard.get_frame_parameters(data).content_size
        if stated == zstandard.CONTENTSIZE_UNKNOWN:
            raise ValueError("the frame does not state its size")
        if stated > _MAX_TAR:
            raise TooLarge
        # The stated size is reserved once and is the limit: a frame that lies fails here.
        tar = zstandard.ZstdDecompressor().decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise ValueError("no single whole zstd frame") from error
    return _members(tar)


def _members(tar: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    at = 0
    while (block := tar[at : at + _BLOCK]) != bytes(_BLOCK):
        try:
            member = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except tarfile.HeaderError as error:
            raise ValueError("a damaged tar header") from error
        if member.type != tarfile.REGTYPE or member.name in files:
            raise ValueError("a member that is no plain file, or twice the same")
        if len(files) >= _MOST_MEMBERS:
            raise TooLarge
        start = at + _BLOCK
        if not 0 <= member.size <= len(tar) - start:
            raise ValueError("a member reaches past the end")
        files[member.name] = tar[start : start + member.size]
        at = start + member.size + -member.size % _BLOCK
    if any(tar[at:]):
        raise ValueError("something follows the end of the tar")
    return files
