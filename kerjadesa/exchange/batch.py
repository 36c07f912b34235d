"""A batch: a run of entries, sealed for its readers (the format is told in docs/batch.md)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

import minisign

from kerjadesa.domain.device import device_id
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.age import NotForUs, decrypt, encrypt
from kerjadesa.exchange.archive import MAX_UNPACKED, TooLarge, pack, unpack
from kerjadesa.exchange.keys import KeyRing, public_key_bytes
from kerjadesa.exchange.lines import read_lines, write_lines
from kerjadesa.exchange.manifest import (
    FORMAT,
    SCHEMA,
    Counts,
    Manifest,
    Range,
    read_manifest,
)
from kerjadesa.exchange.refusal import BatchRefused

MAX_SEALED = 128 * 1024
"""The most a sealed batch may weigh, for whoever and however many it is sealed."""

_MANIFEST = "manifest.json"
_SIGNATURE = "manifest.json.minisig"
_ENTRIES = "entries.ndjson"
_MAX_MANIFEST = 256 * 1024
_MAX_SIGNATURE = 1024

# The hub seals a batch again for every reader of a nagari (about 100 bytes each), so that a freshly
# cut batch leaves room: a batch that fits for one must fit for all.
_READERS = 48
_STANZA_BYTES = 110
# A batch this full is full: the next try would cost more time than it saves bytes.
_FULL = 0.97
_SCALED_TRIES = 4
_MOST_PHOTOS = 512
_LINE_BYTES = 512
"""More than a line of NDJSON takes beside its body."""


@dataclass(frozen=True)
class Envelope:
    """What a run of batches has in common: who writes to whom, and what the sender holds.

    `sender` is a device id or a hub chain; `readers` are device ids, nagari codes, "district" or
    "public"; `have` is `{sender: last batch number}`, by which a stick carries acknowledgements.
    """

    sender: str
    nagari: str
    readers: Sequence[str]
    have: Mapping[str, int]
    created: datetime
    epoch: int = 1


@dataclass(frozen=True)
class Sealed:
    """A batch ready to go out."""

    data: bytes
    id: str
    manifest: Manifest


@dataclass(frozen=True)
class Opened:
    """A batch opened and whole. Nobody has vouched for it until `verify_signature` has passed."""

    id: str
    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    entries: list[Entry]
    photos: dict[str, bytes]


def seal(
    envelope: Envelope,
    number: int,
    previous: str,
    entries: Sequence[Entry],
    photos: Mapping[str, bytes],
    keys: KeyRing,
    recipients: Sequence[str],
) -> Sealed:
    """One batch from one run of one chain's entries, whatever it weighs.

    `previous` is the id of the sender's batch before ("" for number 1), `photos` maps SHA-256
    (hex) to JPEG bytes, `recipients` are age recipients; the sender can always open its own.
    Raises ValueError for what the format cannot hold.
    """
    files = {_ENTRIES: write_lines(entries)}
    files |= {_photo_name(digest): photos[digest] for digest in sorted(photos)}
    manifest = Manifest(
        format=FORMAT,
        schema_=SCHEMA,
        sender=envelope.sender,
        nagari=envelope.nagari,
        epoch=envelope.epoch,
        number=number,
        previous=previous,
        created=envelope.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        readers=list(envelope.readers),
        ranges=_ranges(entries),
        have=dict(envelope.have),
        counts=Counts(entries=len(entries), photos=len(photos)),
        files={name: sha256(content).hexdigest() for name, content in files.items()},
        unpacked=sum(map(len, files.values())),
    )
    signed = manifest.to_bytes()
    comment = f"kerjadesa batch {manifest.sender} {manifest.number}"
    signature = bytes(keys.minisign_key.sign(signed, trusted_comment=comment)) + b"\n"
    packed = pack({_MANIFEST: signed, _SIGNATURE: signature, **files})
    data = encrypt(packed, [keys.age_recipient, *recipients])
    return Sealed(data, sha256(signed).hexdigest(), manifest)


def fit(
    envelope: Envelope,
    number: int,
    previous: str,
    entries: Sequence[Entry],
    photo_of: Callable[[str], bytes | None],
    keys: KeyRing,
    recipients: Sequence[str],
) -> Iterator[Sealed]:
    """A run of any length as batches within MAX_SEALED, numbered from `number`, in order.

    `photo_of(sha256)` gives the JPEG an entry names, None where it is not at hand. Raises
    UserError("batch_entry_too_large") when one entry with its photo does not fit by itself.
    """
    room = MAX_SEALED - _STANZA_BYTES * max(0, _READERS - len(recipients))
    guess = 256
    at = 0
    while at < len(entries):
        photos, most = _reach(entries, at, photo_of, room)

        attempt = partial(seal, envelope, number, previous, keys=keys, recipients=recipients)
        sealed = _fullest(attempt, entries[at : at + most], photos, room, guess)
        if sealed is None:
            raise UserError("batch_entry_too_large", entry=entries[at].seq)
        yield sealed
        guess = sealed.manifest.counts.entries
        at += guess
        number, previous = number + 1, sealed.id


def photo_named(entry: Entry) -> str:
    """SHA-256 (hex) of the photo an entry names, registered or corrected; "" without one."""
    values = entry.values()
    changed = values.get("set")
    name = changed.get("photo") if isinstance(changed, dict) else values.get("photo")
    return name if isinstance(name, str) else ""


def _reach(
    entries: Sequence[Entry], at: int, photo_of: Callable[[str], bytes | None], room: int
) -> tuple[dict[str, bytes], int]:
    """The photos at hand, and how many entries could fit at most, as JPEGs do not compress."""
    photos: dict[str, bytes] = {}
    unpacked = pictures = 0
    for count, entry in enumerate(entries[at:]):
        name = photo_named(entry)
        photo = photo_of(name) if name and name not in photos else None
        if photo is not None:
            photos[name] = photo
            pictures += len(photo)
        unpacked += len(entry.body or b"") + _LINE_BYTES + len(photo or b"")
        full = pictures > room or unpacked > MAX_UNPACKED or len(photos) > _MOST_PHOTOS
        if full and count:
            return photos, count
    return photos, len(entries) - at


def _fullest(
    attempt: Callable[[Sequence[Entry], Mapping[str, bytes]], Sealed],
    entries: Sequence[Entry],
    photos: Mapping[str, bytes],
    room: int,
    guess: int,
) -> Sealed | None:
    """The longest run from the front that fits, None when not even one entry does.

    Size grows almost evenly with the count, so a few scaled guesses come close; halving ends it
    where photos make it jump.
    """
    best: Sealed | None = None
    fits, too_many, tries = 0, len(entries) + 1, 0
    while too_many - fits > 1:
        count = min(max(guess, fits + 1), too_many - 1)
        run = entries[:count]
        named = {name: photos[name] for name in map(photo_named, run) if name in photos}
        sealed = attempt(run, named)
        size = len(sealed.data)
        if size > room:
            too_many = count
        else:
            best, fits = sealed, count
            if size >= _FULL * room:
                break
        tries += 1
        scaled = int(count * 0.985 * room / size)
        guess = scaled if tries < _SCALED_TRIES else (fits + too_many) // 2
    return best


def open_batch(data: bytes, keys: KeyRing) -> Opened:
    """Opens a batch and checks everything in it but who signed it; raises BatchRefused.

    Sizes are capped before each layer is opened, every file must be named in the manifest with
    its SHA-256, and the entries are hashed again from the range's `prev` to its `hash`.
    """
    try:
        files = unpack(_decrypt(data, keys))
        signed = files.pop(_MANIFEST)
        signature = files.pop(_SIGNATURE)
        if len(signed) > _MAX_MANIFEST or len(signature) > _MAX_SIGNATURE:
            raise BatchRefused("batch_too_large")
        manifest = read_manifest(signed)
        photos = _check_files(manifest, files)
        entries = _check_entries(manifest, files[_ENTRIES])
    except TooLarge as error:
        raise BatchRefused("batch_too_large") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BatchRefused("batch_damaged") from error
    return Opened(sha256(signed).hexdigest(), manifest, signed, signature, entries, photos)


def verify_signature(opened: Opened, minisign_public_key: str) -> None:
    """Checks that the sender's own key signed it; raises BatchRefused("batch_signature").

    Also refuses a key that is not the sender's: a certified device must not write as another.
    """
    try:
        signer = device_id(public_key_bytes(minisign_public_key))
        if opened.manifest.sender.partition(".")[0] != signer:
            raise BatchRefused("batch_signature")
        key = minisign.PublicKey.from_base64(minisign_public_key)
        key.verify(opened.manifest_bytes, minisign.Signature.from_bytes(opened.signature))
    except (ValueError, minisign.Error) as error:
        raise BatchRefused("batch_signature") from error


def rewrap(data: bytes, keys: KeyRing, recipients: Sequence[str]) -> bytes:
    """The same batch, with the same id, sealed for other recipients; raises BatchRefused."""
    wrapped = encrypt(_decrypt(data, keys), recipients)
    if len(wrapped) > MAX_SEALED:
        raise BatchRefused("batch_too_large")
    return wrapped


def _ranges(entries: Sequence[Entry]) -> list[Range]:
    if not entries:
        return []
    first, last = entries[0], entries[-1]
    return [
        Range(
            device=first.device,
            first=first.seq,
            last=last.seq,
            prev=first.prev.hex(),
            hash=last.hash.hex(),
        )
    ]


def _check_files(manifest: Manifest, files: Mapping[str, bytes]) -> dict[str, bytes]:
    total = sum(map(len, files.values()))
    if total > min(manifest.unpacked, MAX_UNPACKED):
        raise TooLarge
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    if total != manifest.unpacked or digests != manifest.files:
        raise ValueError("the files are not those of the manifest")
    photos = {digests[name]: content for name, content in files.items() if name != _ENTRIES}
    if {_photo_name(digest) for digest in photos} != set(files) - {_ENTRIES}:
        raise ValueError("a file that is no photo under its own digest")
    if len(photos) != manifest.counts.photos:
        raise ValueError("another number of photos than stated")
    return photos


def _check_entries(manifest: Manifest, lines: bytes) -> list[Entry]:
    if not manifest.ranges:
        entries: list[Entry] = []
        if lines:
            raise ValueError("entries without a range")
    else:
        entries = read_lines(lines, manifest.ranges[0])
    if len(entries) != manifest.counts.entries:
        raise ValueError("another number of entries than stated")
    return entries


def _photo_name(digest: str) -> str:
    return f"photos/{digest}.jpg"


def _decrypt(data: bytes, keys: KeyRing) -> bytes:
    if len(data) > MAX_SEALED:
        raise BatchRefused("batch_too_large")
    try:
        return decrypt(data, keys)
    except NotForUs as error:
        raise BatchRefused("batch_not_for_us") from error
    except ValueError as error:
        raise BatchRefused("batch_damaged") from error
