"""What others know of a device: its id, its public keys and the place it serves."""

import hashlib

from sqlmodel import Field, SQLModel

DISTRICT = "district"
"""`nagari` of the hub's own keys."""


class DeviceFacts(SQLModel):
    """A device as the hub certifies it and publishes it on the trust list."""

    device: str = Field(min_length=16, max_length=24)
    nagari: str = Field(max_length=13)
    signing_key: str = Field(max_length=80)
    """Ed25519, as minisign's public key text (base64 of `Ed`, key id, key)."""
    age_recipient: str = Field(max_length=80)
    label: str = Field(default="", max_length=60)


def device_id(signing_public_key: bytes) -> str:
    """The id of a device: 20 hexadecimal digits of its Ed25519 key's SHA-256.

    Taken from the key, so nobody can claim another device's id without its key.
    """
    return hashlib.sha256(b"kerjadesa device" + signing_public_key).hexdigest()[:20]


def chain_of(hub: str, scope: str) -> str:
    """The name of one of the hub's chains: one per nagari (its code) and a public one.

    Several chains, because leaving out what a nagari may not read would break a single one.
    """
    return f"{hub}.{scope}"


PUBLIC = "public"
