"""Joins parts of a PDF into one file as they are made, so that no more than one part is in memory.

ReportLab keeps every page and photo until the document is saved. What is understood here is the
plain form of its files: one cross-reference table, no object streams, no encryption.
"""

import hashlib
import re
from typing import BinaryIO

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_INFO_OF = re.compile(rb"/Info (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_COUNT = re.compile(rb"/Count (\d+)")
_CATALOG, _TREE, _INFO = 1, 2, 3


class PdfJoiner:
    """Writes one PDF to `file`, part by part; each part stays a branch of the page tree."""

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._file = file
        self._title = title
        self._offsets: dict[int, int] = {}
        self._next = _INFO + 1
        self._branches: list[int] = []
        self._count = 0
        self._images: dict[bytes, int] = {}
        self._position = 0
        # Bytes above 127 tell programs that copy files that this one is not text.
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def add(self, part: bytes) -> None:
        """Appends the pages of a finished PDF."""
        objects, pages = _taken_apart(part)
        numbers: dict[int, int] = {}
        # Images before what refers to them, masks before images: an image that is in the file
        # already, a logo or the photo of the part before, is referred to and not written again.
        leaves_first = sorted(
            (n for n, (head, _) in objects.items() if b"/Subtype /Image" in head),
            key=lambda n: len(_REFERENCE.findall(objects[n][0])),
        )
        for number in leaves_first:
            head, stream = objects[number]
            body = _renumbered(head, numbers) + stream
            digest = hashlib.blake2b(body, digest_size=32).digest()
            if digest not in self._images:
                self._images[digest] = self._take_number()
                self._write_object(self._images[digest], body)
            numbers[number] = self._images[digest]
        others = [number for number in objects if number not in numbers]
        for number in others:
            numbers[number] = self._take_number()
        for number in others:
            head, stream = objects[number]
            body = _renumbered(head, numbers)
            if number == pages:
                body = body.replace(b"<<", b"<<\n/Parent %d 0 R" % _TREE, 1)
            self._write_object(numbers[number], body + stream)
        self._branches.append(numbers[pages])
        self._count += _one(_COUNT, objects[pages][0])

    def finish(self) -> int:
        """Writes what holds the parts together; returns the number of pages."""
        kids = b" ".join(b"%d 0 R" % branch for branch in self._branches)
        self._write_object(
            _TREE, b"<< /Type /Pages /Count %d /Kids [ %s ] >>\n" % (self._count, kids)
        )
        self._write_object(_CATALOG, b"<< /Type /Catalog /Pages %d 0 R >>\n" % _TREE)
        title = self._title.encode("ascii")
        self._write_object(_INFO, b"<< /Title (%s) /Creator (KerjaDesa) >>\n" % title)
        start = self._position
        rows = b"".join(b"%010d 00000 n \n" % self._offsets[n] for n in range(1, self._next))
        self._write(
            b"xref\n0 %d\n0000000000 65535 f \n%strailer\n"
            b"<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (self._next, rows, self._next, _CATALOG, _INFO, start)
        )
        return self._count

    def _take_number(self) -> int:
        self._next += 1
        return self._next - 1

    def _write_object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%sendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._position += len(data)


def _taken_apart(part: bytes) -> tuple[dict[int, tuple[bytes, bytes]], int]:
    """Each object's dictionary and its stream (from `stream` on), and the page tree's number."""
    table = int(part[part.rindex(b"startxref") + 9 :].split(maxsplit=1)[0])
    trailer = part.index(b"trailer", table)
    rows = part[table:trailer].splitlines()[2:]
    # Without the entry of the free list, which comes first.
    offsets = {n: int(row[:10]) for n, row in enumerate(rows) if row.rstrip().endswith(b"n")}
    ends = dict(zip(sorted(offsets.values()), [*sorted(offsets.values())[1:], table], strict=True))
    objects = {}
    for number, offset in offsets.items():
        body = part[offset : ends[offset]]
        begin, end = body.index(b"obj") + 3, body.rindex(b"endobj")
        stream = body.find(b"stream", begin)
        cut = end if stream < 0 else stream
        objects[number] = (body[begin:cut].lstrip(b"\r\n"), body[cut:end])
    # A part's own catalog and title would only lie about in the whole.
    catalog, _ = objects.pop(_one(_ROOT, part[trailer:]))
    del objects[_one(_INFO_OF, part[trailer:])]
    return objects, _one(_PAGES, catalog)


def _renumbered(head: bytes, numbers: dict[int, int]) -> bytes:
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], head)


def _one(pattern: re.Pattern[bytes], data: bytes) -> int:
    found = pattern.search(data)
    if found is None:
        raise ValueError(f"no {pattern.pattern!r} in a part")
    return int(found[1])
