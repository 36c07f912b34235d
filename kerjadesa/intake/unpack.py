"""The parts of a zipped workbook, unpacked under a hard cap."""

import io
import re
import struct
import zipfile
import zlib

from kerjadesa.domain.problem import UserError

_MOST_MEMBERS = 10_000
_MOST_UNPACKED = 512 * 1024 * 1024
_HIGHEST_RATIO = 200
_RATIO_FREE = 1024 * 1024
_CHUNK = 256 * 1024

_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})

# What a damaged or odd zip makes the standard library stumble over.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    NotImplementedError,
    RuntimeError,
)


def unpack(data: bytes) -> dict[str, bytes]:
    """The XML parts of an `.xlsx` or `.ods` by name; pictures, macros and the like are left out.

    Raises UserError `workbook_unreadable`, `workbook_bomb`, `workbook_password`.
    """
    # Counted by eye first: the directory itself may be the bomb.
    if data.count(b"PK\x01\x02") > 2 * _MOST_MEMBERS:
        raise UserError("workbook_bomb")
    members: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_MEMBERS:
                raise UserError("workbook_bomb")
            for info in infos:
                if info.flag_bits & 1:
                    raise UserError("workbook_password")
                # Two parts of one name: which of them is read would be anybody's guess.
                if info.filename in members or info.compress_type not in {
                    zipfile.ZIP_STORED,
                    zipfile.ZIP_DEFLATED,
                }:
                    raise UserError("workbook_unreadable")
                content = _unpack_member(archive, info, left)
                left -= len(content)
                if info.filename == "mimetype" or _is_readable_xml(content):
                    members[info.filename] = content
    except _DAMAGE as error:
        raise UserError("workbook_unreadable") from error
    return members


def pack(members: dict[str, bytes]) -> bytes:
    """A zip of these parts, uncompressed. Empties `members`, so as not to hold them twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        while members:
            # `mimetype` has to stay the first part of an .ods, so in the order they came.
            name = next(iter(members))
            archive.writestr(zipfile.ZipInfo(name), members.pop(name))
    return packed.getvalue()


def _unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    # What the directory says of the size may be a lie, so what comes out is counted.
    allowed = min(left, max(_RATIO_FREE, info.compress_size * _HIGHEST_RATIO))
    content = bytearray()
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            content += chunk
            if len(content) > allowed:
                raise UserError("workbook_bomb")
    return bytes(content)


def _is_readable_xml(content: bytes) -> bool:
    # In any other encoding, or with entities of its own, the measuring would be blind.
    start = content[:200].removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED_ENCODING.match(start)
    return (
        start.lstrip().startswith(b"<")
        and (declared is None or declared[1].lower() in _UTF8)
        and b"\0" not in content
        and b"<!DOCTYPE" not in content
    )
