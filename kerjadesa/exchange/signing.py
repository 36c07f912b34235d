"""Requests to the hub, signed with the device key (RFC 9421).

Covered are the method, the host, the path, the query and the SHA-256 of the body. The scheme is
not: a hub behind a proxy sees http where the laptop wrote https.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)

from kerjadesa.exchange.keys import KeyRing

CLOCK_SKEW_SECONDS = 300
"""How far a laptop's clock may stand from the hub's before it is told so."""

_TAG = "kerjadesa"
_KEY_ID = re.compile(r';keyid="([0-9a-f]{20})"')
_COVERED = ("@method", "@authority", "@path", "@query", "content-digest")


class RequestRefused(Exception):
    """A request nobody may act on; `code`: `signature`, `clock` or `device_unknown`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class _Message:
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class _Verifier(HTTPMessageVerifier):
    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Left to `verify_request`, which knows the hub's time and answers a wrong clock apart."""


def sign_request(
    method: str, url: str, body: bytes, keys: KeyRing, now: datetime
) -> dict[str, str]:
    """The headers (content-digest, signature-input, signature) to send with the request."""
    message = _Message(method, url)
    resolver = MappingKeyResolver(public_keys={}, private_keys={keys.device: keys.ed25519})
    HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=resolver).sign(
        message,
        key_id=keys.device,
        created=now,
        tag=_TAG,
        label=_TAG,
        covered_component_ids=_COVERED[:-1],
        body=body,
    )
    return message.headers


def verify_request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    key_of: Callable[[str], bytes | None],
    now: datetime,
) -> str:
    """The id of the device that signed; raises RequestRefused.

    `url` is the absolute URL as the hub saw it, `key_of(device)` the 32 bytes of its Ed25519 key
    or None when unknown.
    """
    plain = {name.lower(): value for name, value in headers.items()}
    named = _KEY_ID.search(plain.get("signature-input", ""))
    if named is None:
        raise RequestRefused("signature")
    device = named[1]
    key = key_of(device)
    if key is None:
        raise RequestRefused("device_unknown")
    # Only the key of the device named may have signed: any other reading of the header finds none.
    resolver = MappingKeyResolver(
        public_keys={device: Ed25519PublicKey.from_public_bytes(key)}, private_keys={}
    )
    try:
        (result,) = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver).verify(
            _Message(method, url, plain),
            expect_tag=_TAG,
            max_age=None,
            require_components=_COVERED,
            body=body,
        )
    except (InvalidSignature, ValueError) as error:
        # ValueError: more than one signature that fits.
        raise RequestRefused("signature") from error
    created = result.parameters.get("created")
    if not isinstance(created, int):
        raise RequestRefused("signature")
    if abs(now.timestamp() - created) > CLOCK_SKEW_SECONDS:
        raise RequestRefused("clock")
    return device
