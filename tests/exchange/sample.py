"""Invented entries, photos and sealed batches, and ways to build broken ones."""

import io
import json
import os
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import minisign
import pyrage
import zstandard
from pyrage import x25519

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import GENESIS, Entry, write
from kerjadesa.exchange.batch import Envelope, Sealed, seal
from kerjadesa.exchange.keys import KeyRing

MUARO = "13.03.04.2001"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
_NAMES = ("Upik", "Buyung", "Siti", "Rahmat", "Yusniar", "Zainal", "Erni", "Syafril")
_CLANS = ("Contoh", "Misal", "Umpama", "Andai", "Ibarat", "Seumpama")


def photo(number: int, size: int = 20_000) -> tuple[str, bytes]:
    """Bytes as random as a JPEG's, and their SHA-256."""
    seed = f"photo {number}".encode()
    noise = b"".join(sha256(seed + bytes([n % 256, n // 256])).digest() for n in range(size // 32))
    jpeg = b"\xff\xd8\xff" + noise
    return sha256(jpeg).hexdigest(), jpeg


def worker(serial: int, **changes: Any) -> dict[str, Any]:
    """A registration as it comes from a resident workbook, everything filled in."""
    pick = sha256(str(serial).encode()).digest()
    year, month, day = 1962 + pick[0] % 45, 1 + pick[1] % 12, 1 + pick[2] % 28
    return {
        "nik": f"130304{day + 40:02d}{month:02d}{year % 100:02d}{serial % 9999 + 1:04d}",
        "kk": f"130304{1 + pick[3] % 28:02d}{1 + pick[4] % 12:02d}12{pick[5] * 30 + 1:04d}",
        "name": f"{_NAMES[pick[6] % 8]} {_CLANS[pick[7] % 6]} {_NAMES[pick[8] % 8]}",
        "sex": "F",
        "birth_place": ("Muaro", "Sijunjung", "Padang")[pick[9] % 3],
        "birth_date": f"{year}-{month:02d}-{day:02d}",
        "mother_name": f"{_NAMES[pick[10] % 8]} {_CLANS[pick[11] % 6]}",
        "marital_status": 1 + pick[12] % 4,
        "nagari": MUARO,
        "jorong": f"Jorong Contoh {pick[13] % 5}",
        "address": f"Jalan Contoh No. {pick[14]}",
        "rt": f"{1 + pick[15] % 9:03d}",
        "rw": f"{1 + pick[16] % 4:03d}",
        "phone": f"0812{int.from_bytes(pick[17:20], 'big') % 10**8:08d}",
        "occupation": 1 + pick[20] % 88,
        "poverty_source": "DTSEN",
        "poverty_decile": 1 + pick[21] % 4,
        "poverty_date": "2026-03-01",
        "consent_date": "2026-11-20",
        "consent_manner": "spoken",
        "programme": "1N100PR-2026",
        **changes,
    }


def journal(
    device: str, bodies: Sequence[dict[str, Any]], after: Entry | None = None
) -> list[Entry]:
    """A device's entries, one registration each, chained after `after`."""
    entries: list[Entry] = []
    last = after
    for body in bodies:
        seq = last.seq + 1 if last else 1
        stamp = int(NOW.timestamp() * 1000) + 40_000 * seq
        last = write(
            device=device,
            seq=seq,
            hlc=f"{stamp:013d}-0000",
            operator="Operator Contoh",
            verb=verbs.REGISTERED,
            subject=f"{stamp >> 16:08x}-{stamp & 0xFFFF:04x}-7{os.urandom(2).hex()[1:]}-8000-"
            + os.urandom(6).hex(),
            values=body,
            salt=os.urandom(16),
            prev=last.hash if last else GENESIS,
        )
        entries.append(last)
    return entries


def envelope(keys: KeyRing, **changes: Any) -> Envelope:
    """What a laptop of Muaro writes on its batches."""
    facts: dict[str, Any] = {
        "sender": keys.device,
        "nagari": MUARO,
        "readers": ["district", MUARO],
        "have": {},
        "created": NOW,
    }
    return Envelope(**facts | changes)


def sealed(
    keys: KeyRing, reader: KeyRing, count: int = 3, number: int = 1, previous: str = ""
) -> Sealed:
    """A batch of `count` workers from a fresh journal."""
    entries = journal(keys.device, [worker(n) for n in range(count)])
    return seal(envelope(keys), number, previous, entries, {}, keys, [reader.age_recipient])


def inside(batch: Sealed, reader: KeyRing) -> dict[str, bytes]:
    """The files of a batch, taken out without the code under test."""
    plain = pyrage.decrypt(batch.data, [x25519.Identity.from_str(reader.age_identity)])
    tar = zstandard.ZstdDecompressor().decompress(plain)
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive}


def forged(
    files: dict[str, bytes], reader: KeyRing, /, signer: KeyRing | None = None, **manifest: Any
) -> bytes:
    """These files sealed again for the reader, members of the manifest changed.

    With a `signer`, sums, sizes and signature are made to fit: only the lie itself is wrong.
    """
    told = json.loads(files["manifest.json"])
    if signer:
        content = {name: data for name, data in files.items() if not name.startswith("manifest")}
        told["files"] = {name: sha256(data).hexdigest() for name, data in content.items()}
        told["unpacked"] = sum(map(len, content.values()))
    told |= manifest
    files = {**files, "manifest.json": json.dumps(told).encode()}
    if signer:
        key = minisign.SecretKey.from_bytes(signer.signing)
        files["manifest.json.minisig"] = bytes(key.sign(files["manifest.json"]))
    members = []
    for name, data in files.items():
        member = tarfile.TarInfo(name)
        member.size = len(data)
        members.append((member, data))
    return wrapped(tar_of(members), reader)


def tar_of(
    members: Sequence[tuple[tarfile.TarInfo, bytes]], form: int = tarfile.USTAR_FORMAT
) -> bytes:
    """A tar of exactly these members, however strange."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for member, data in members:
            archive.addfile(member, io.BytesIO(data) if data else None)
    return out.getvalue()


def wrapped(tar: bytes, reader: KeyRing) -> bytes:
    """A tar, compressed and sealed for the reader."""
    return age(zstandard.ZstdCompressor(level=3).compress(tar), reader)


def age(data: bytes, reader: KeyRing) -> bytes:
    """Bytes sealed for the reader."""
    return pyrage.encrypt(data, [x25519.Recipient.from_str(reader.age_recipient)])
