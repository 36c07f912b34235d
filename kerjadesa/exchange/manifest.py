"""What a batch says of itself, and what may follow what."""

import json
from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kerjadesa.domain.device import DISTRICT, PUBLIC
from kerjadesa.domain.entry import canonical
from kerjadesa.exchange.refusal import BatchRefused

FORMAT: Final = "kerjadesa-batch"
SCHEMA: Final = 1

DEVICE_PATTERN = r"[0-9a-f]{20}"
NAGARI_PATTERN = r"\d{2}\.\d{2}\.\d{2}\.\d{4}"
SENDER_PATTERN = rf"{DEVICE_PATTERN}(?:\.(?:{NAGARI_PATTERN}|{PUBLIC}))?"
READER_PATTERN = rf"{DEVICE_PATTERN}|{NAGARI_PATTERN}|{DISTRICT}|{PUBLIC}"
"""A reader is one device, all of a nagari, the district's hub, or everyone the hub certifies."""

_MOST = 1024
_LARGEST = 2**53

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sender = Annotated[str, StringConstraints(pattern=rf"^(?:{SENDER_PATTERN})$")]
Reader = Annotated[str, StringConstraints(pattern=rf"^(?:{READER_PATTERN})$")]
Number = Annotated[int, Field(ge=1, lt=_LARGEST)]
Count = Annotated[int, Field(ge=0, lt=_LARGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )


class Range(_Part):
    """A run of one chain: entries `first` to `last`, after `prev`, ending in `hash`."""

    device: Sender
    first: Number
    last: Number
    prev: Sha256
    hash: Sha256


class Counts(_Part):
    """How much is inside."""

    entries: Count
    photos: Count


class Manifest(_Part):
    """The signed head of a batch. Its SHA-256 is the batch's id and commits to all of it."""

    format: Literal["kerjadesa-batch"]
    schema_: Literal[1] = Field(alias="schema")
    sender: Sender
    nagari: Annotated[str, StringConstraints(pattern=rf"^(?:{NAGARI_PATTERN}|{DISTRICT})$")]
    epoch: Number
    number: Number
    previous: Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{64})?$")]
    created: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    readers: Annotated[list[Reader], Field(min_length=1, max_length=_MOST)]
    ranges: Annotated[list[Range], Field(max_length=1)]
    have: Annotated[dict[Sender, Count], Field(max_length=_MOST)]
    counts: Counts
    files: Annotated[dict[str, Sha256], Field(max_length=_MOST)]
    unpacked: Count
    """Bytes of all files together, the manifest and its signature left out."""

    def to_bytes(self) -> bytes:
        """The manifest as it is signed: canonical JSON (RFC 8785)."""
        return canonical(self.model_dump(mode="json", by_alias=True))


def read_manifest(data: bytes) -> Manifest:
    """Reads `manifest.json`; raises BatchRefused (`batch_schema_newer`, `batch_damaged`)."""
    try:
        # A newer schema may have other members, so it is recognised before anything else.
        head = json.loads(data)
        if head["format"] == FORMAT and isinstance(head["schema"], int) and head["schema"] > SCHEMA:
            raise BatchRefused("batch_schema_newer")
        return Manifest.model_validate_json(data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BatchRefused("batch_damaged") from error


def is_reader(manifest: Manifest, device: str, nagari: str) -> bool:
    """Whether the sender meant it for this device of this nagari ("district" for the hub)."""
    return not {device, nagari, PUBLIC}.isdisjoint(manifest.readers)


def follows(
    manifest: Manifest, batch_id: str, last_number: int, id_of: Callable[[int], str | None]
) -> Literal["next", "known", "gap", "replay"]:
    """Where a batch stands after what the reader holds of this sender.

    `last_number` is the last batch held (0 for none), `id_of(number)` the id of a held one.
    A replay is another batch under a number already held, or one that follows such a batch:
    the sender's history was written twice.
    """
    if manifest.number <= last_number:
        return "known" if id_of(manifest.number) == batch_id else "replay"
    if manifest.number > last_number + 1:
        return "gap"
    before = id_of(last_number) if last_number else ""
    return "next" if manifest.previous == before else "replay"
