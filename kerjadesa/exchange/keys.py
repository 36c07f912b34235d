"""The keys of one device: one signs (minisign, Ed25519), one opens what is sealed for it (age)."""

import base64
import binascii
from dataclasses import dataclass, field
from functools import cached_property

import minisign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from kerjadesa.domain.device import device_id

_ALGORITHM = b"Ed"
_KEY_ID_BYTES = 8
_KEY_BYTES = 32
_SEED = slice(62, 94)
"""Where minisign's secret-key format holds the Ed25519 seed (minisign, "Secret key format")."""


@dataclass(frozen=True)
class KeyRing:
    """A device's secret keys, in the file formats of minisign and age, and what follows from them.

    `signing` holds the bytes of an unencrypted minisign secret-key file and `age_identity` a line
    `AGE-SECRET-KEY-1…`; whoever stores them seals them. Neither shows in `repr`.
    """

    signing: bytes = field(repr=False)
    age_identity: str = field(repr=False)

    @cached_property
    def minisign_key(self) -> minisign.SecretKey:
        """The signing key, read. Raises minisign's ParseError on foreign bytes."""
        return minisign.SecretKey.from_bytes(self.signing)

    @cached_property
    def minisign_public_key(self) -> str:
        """The public key as `minisign -P` takes it."""
        return str(self.minisign_key.get_public_key().to_base64(), "ascii")

    @property
    def key_id(self) -> bytes:
        """The 8 bytes by which minisign tells keys apart."""
        return key_id_of(self.minisign_public_key)

    @cached_property
    def device(self) -> str:
        """The id of the device these keys belong to."""
        return device_id(public_key_bytes(self.minisign_public_key))

    @cached_property
    def ed25519(self) -> Ed25519PrivateKey:
        """The same signing key for everything that is no minisign file: requests, cards."""
        raw = base64.b64decode(self.minisign_key.to_base64())
        return Ed25519PrivateKey.from_private_bytes(raw[_SEED])

    @cached_property
    def age_recipient(self) -> str:
        """The public half (`age1…`) to which others seal."""
        return str(x25519.Identity.from_str(self.age_identity).to_public())


def new_keyring() -> KeyRing:
    """Fresh keys from the system's random source."""
    pair = minisign.KeyPair.generate()
    return KeyRing(bytes(pair.secret_key) + b"\n", str(x25519.Identity.generate()))


def public_key_bytes(minisign_public_key: str) -> bytes:
    """The 32 bytes of the Ed25519 key in a minisign public key; raises ValueError."""
    return _parts(minisign_public_key)[1]


def key_id_of(minisign_public_key: str) -> bytes:
    """The 8-byte key id in a minisign public key; raises ValueError."""
    return _parts(minisign_public_key)[0]


def _parts(minisign_public_key: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(minisign_public_key, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("no minisign public key") from error
    if len(raw) != len(_ALGORITHM) + _KEY_ID_BYTES + _KEY_BYTES or raw[:2] != _ALGORITHM:
        raise ValueError("no minisign public key")
    return raw[2:10], raw[10:]
