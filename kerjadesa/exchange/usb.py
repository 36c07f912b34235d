"""The folder on a stick by which batches travel where no network reaches.

```
DIR/kerjadesa/enrol/<device>.kde                               requests to join
DIR/kerjadesa/to-district/<device>/<number>.kdb                what laptops hand in
DIR/kerjadesa/from-district/<nagari>/<sender>/<number>.kdb     what the hub answers
```
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kerjadesa.domain.device import PUBLIC
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.age import is_for_others
from kerjadesa.exchange.batch import MAX_SEALED, open_batch
from kerjadesa.exchange.enrolment import MAX_REQUEST
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.exchange.mailbox import Delivery
from kerjadesa.exchange.manifest import DEVICE_PATTERN, NAGARI_PATTERN, SENDER_PATTERN
from kerjadesa.exchange.refusal import BatchRefused
from kerjadesa.exchange.stick import (
    existing_folder,
    made_folder,
    names_in,
    read_file,
    write_file,
)

_TOP = "kerjadesa"
_ENROL = (_TOP, "enrol")
_UP = (_TOP, "to-district")
_DOWN = (_TOP, "from-district")
_BATCH = re.compile(r"([0-9]{6,9})\.kdb")
_REQUEST = re.compile(rf"({DEVICE_PATTERN})\.kde")


@dataclass(frozen=True)
class Found:
    """A file on the stick: its name below the root (safe to show), whose it is, its number."""

    name: str
    sender: str
    number: int


class UsbFolder:
    """A laptop's side of the stick: a Mailbox.

    A stick cannot tell a gap, as the batches before may have gone another way; the hub tells it
    in its reply. Every call raises UserError for a stick that is gone, full, write-protected or
    strange (`kerjadesa.exchange.stick.stick_trouble`).
    """

    def __init__(self, root: Path, keys: KeyRing, nagari: str) -> None:
        self._root = root
        self._keys = keys
        self._nagari = nagari

    def enrol(self, request: bytes, device: str) -> None:
        """Leaves the enrolment request on the stick."""
        _require(DEVICE_PATTERN, device)
        folder = made_folder(self._root, *_ENROL)
        write_file(folder, f"{device}.kde", request)

    def deliver(self, sealed: bytes, sender: str, number: int) -> Delivery:
        """Leaves a batch on the stick; the same bytes again are `known`.

        What lies there already is replaced when it is cut short (the stick was pulled) or the
        same batch for other readers. Another whole batch of ours under the same number raises
        UserError("batch_replay"): this history was written twice.
        """
        _require(DEVICE_PATTERN, sender)
        folder = made_folder(self._root, *_UP, sender)
        name = _name(number)
        lying = read_file(folder / name, MAX_SEALED + 1)
        if lying == sealed:
            return Delivery("known")
        if lying is not None and self._differs(lying, sealed):
            raise UserError("batch_replay")
        write_file(folder, name, sealed)
        return Delivery("delivered")

    def collect(self, have: Mapping[str, int]) -> Iterator[bytes]:
        """The hub's batches for this nagari, then those of the laptops beside this one.

        A stick goes from village to village: what a laptop sealed for others is left alone.
        """
        sources = (*self._from_district(), *_batches(self._root, _UP, DEVICE_PATTERN))
        for found in sources:
            if found.sender != self._keys.device and found.number > have.get(found.sender, 0):
                data = read_file(self._root / found.name, MAX_SEALED + 1)
                from_laptop = "." not in found.sender
                if data is None or (from_laptop and is_for_others(data, self._keys)):
                    continue
                yield data

    def _from_district(self) -> list[Found]:
        found = _batches(self._root, (*_DOWN, self._nagari), SENDER_PATTERN)
        # The public chain first: it certifies the keys that the others are signed with. Then the
        # hub's for the nagari: its receipts say what a laptop sent before it was revoked.
        return sorted(
            found, key=lambda one: (not one.sender.endswith(f".{PUBLIC}"), "." not in one.sender)
        )

    def _differs(self, lying: bytes, sealed: bytes) -> bool:
        try:
            before = open_batch(lying, self._keys).id
            return before != open_batch(sealed, self._keys).id
        except BatchRefused:
            return False


class DistrictFolder:
    """The hub's side of the same stick."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def requests(self) -> list[Found]:
        """The requests to join, by device; their number is 0."""
        folder = existing_folder(self._root, *_ENROL)
        matches = map(_REQUEST.fullmatch, names_in(folder) if folder else ())
        return [Found("/".join((*_ENROL, m[0])), m[1], 0) for m in matches if m]

    def batches(self) -> list[Found]:
        """The batches handed in, per device in order of number."""
        return _batches(self._root, _UP, DEVICE_PATTERN)

    def read(self, found: Found) -> bytes:
        """The bytes of one file, one more than allowed of a giant: opening it then refuses it."""
        most = MAX_SEALED if found.number else MAX_REQUEST
        return read_file(self._root / found.name, most + 1) or b""

    def reply(self, nagari: str, sender: str, number: int, sealed: bytes) -> None:
        """Leaves one batch for the laptops of a nagari, in place of any before it."""
        _require(NAGARI_PATTERN, nagari)
        _require(SENDER_PATTERN, sender)
        folder = made_folder(self._root, *_DOWN, nagari, sender)
        write_file(folder, _name(number), sealed)


def _batches(root: Path, parts: tuple[str, ...], sender_pattern: str) -> list[Found]:
    top = existing_folder(root, *parts)
    found: list[Found] = []
    for sender in names_in(top) if top else ():
        if not re.fullmatch(sender_pattern, sender, re.ASCII):
            continue
        try:
            folder = existing_folder(root, *parts, sender)
            names = names_in(folder) if folder else []
        except UserError as error:
            if error.code != "usb_strange":
                raise
            continue  # a link, a file or a flood under one sender's name stops no other
        numbers = [int(m[1]) for m in map(_BATCH.fullmatch, names) if m]
        found += [
            Found("/".join((*parts, sender, _name(number))), sender, number)
            for number in sorted(set(numbers))
            if number and _name(number) in names
        ]
    return found


def _name(number: int) -> str:
    return f"{number:06d}.kdb"


def _require(pattern: str, name: str) -> None:
    if not re.fullmatch(pattern, name, re.ASCII):
        raise ValueError("no such name on a stick")
