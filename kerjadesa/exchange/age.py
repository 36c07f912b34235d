"""Sealing for readers with age, and opening what is sealed for us."""

from collections.abc import Iterable

import pyrage
from pyrage import x25519

from kerjadesa.exchange.keys import KeyRing


class NotForUs(Exception):
    """Sealed for others."""


def is_recipient(text: str) -> bool:
    """Whether this is an age recipient (`age1…`) one can seal to."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(data: bytes, recipients: Iterable[str]) -> bytes:
    """Sealed for these recipients; raises pyrage's RecipientError for what is none."""
    # Once each: a reader named twice would only cost bytes.
    keys = [x25519.Recipient.from_str(recipient) for recipient in sorted(set(recipients))]
    return bytes(pyrage.encrypt(data, keys))


def is_for_others(data: bytes, keys: KeyRing) -> bool:
    """Whether this is whole and sealed, and none of it for these keys."""
    try:
        decrypt(data, keys)
    except NotForUs:
        return True
    except ValueError:
        return False
    return False


def decrypt(data: bytes, keys: KeyRing) -> bytes:
    """What was sealed for these keys. Raises NotForUs, or ValueError for damaged bytes.

    Opened, it is never larger than sealed: the caller's cap on `data` caps both.
    """
    try:
        return bytes(pyrage.decrypt(data, [x25519.Identity.from_str(keys.age_identity)]))
    except pyrage.DecryptError as error:
        # pyrage tells the two apart by its words alone; tests hold them.
        if "No matching keys" in str(error):
            raise NotForUs from error
        raise ValueError("no whole age file") from error
