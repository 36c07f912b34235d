"""Requests to the hub: only the device itself can make one, for this hub, now, with this body."""

from datetime import timedelta

import pytest

from kerjadesa.exchange.keys import KeyRing, public_key_bytes
from kerjadesa.exchange.signing import RequestRefused, sign_request, verify_request

from .sample import NOW

URL = "https://hub.example:8169/v1/batches"
BODY = b"sealed"


def verified(keys: KeyRing, **changes) -> str:
    """What the hub makes of a good request in which these parts were changed."""
    headers = sign_request("POST", URL, BODY, keys, NOW)
    facts = {
        "method": "POST",
        "url": URL,
        "headers": {name.lower(): value for name, value in headers.items()},
        "body": BODY,
        "key_of": {keys.device: public_key_bytes(keys.minisign_public_key)}.get,
        "now": NOW,
    }
    edit = changes.pop("edit", None)
    facts |= changes
    if edit:
        name, old, new = edit
        facts["headers"][name] = facts["headers"][name].replace(old, new)
    return verify_request(**facts)


def refused(keys: KeyRing, **changes) -> str:
    """The code with which the hub refuses it."""
    with pytest.raises(RequestRefused) as caught:
        verified(keys, **changes)
    return caught.value.code


def test_the_hub_knows_the_device_that_asks(laptop):
    assert verified(laptop) == laptop.device
    # A proxy in front of the hub takes the TLS off.
    assert verified(laptop, url=URL.replace("https", "http")) == laptop.device


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"other"},
        {"body": b""},
        {"method": "GET"},
        {"url": URL.replace("hub.example", "other.example")},
        {"url": URL + "?more=1"},
        {"url": URL.replace("batches", "collect")},
        {"url": "nonsense"},
        {"headers": {}},
        {"headers": {"signature": "x", "signature-input": "y"}},
        {"edit": ("signature-input", "created=1", "created=2")},
        {"edit": ("signature-input", "created=", "expires=")},
        {"edit": ("signature-input", '"content-digest"', "")},
        {"edit": ("signature-input", 'tag="kerjadesa"', 'tag="other"')},
        {"edit": ("signature-input", 'alg="ed25519"', 'alg="hmac-sha256"')},
        {"edit": ("signature", "=:", "=:AAAA")},
        {"edit": ("content-digest", "=:", "=:AAAA")},
    ],
    ids=str,
)
def test_a_request_changed_on_the_way_is_refused(laptop, change):
    assert refused(laptop, **change) == "signature"


def test_two_signatures_at_once_are_refused_like_a_wrong_one(laptop):
    headers = sign_request("POST", URL, BODY, laptop, NOW)
    plain = {name.lower(): value for name, value in headers.items()}
    for name in ("signature-input", "signature"):
        plain[name] += ", second=" + plain[name].partition("=")[2]
    assert refused(laptop, headers=plain) == "signature"


def test_a_device_nobody_knows_is_refused(laptop, stranger):
    assert refused(laptop, key_of={}.get) == "device_unknown"
    named = ("signature-input", laptop.device, stranger.device)
    other = {stranger.device: public_key_bytes(stranger.minisign_public_key)}.get
    assert refused(laptop, edit=named, key_of=other) == "signature"


def test_a_clock_more_than_five_minutes_off_is_told_apart(laptop):
    for minutes in (6, -6, 60 * 24 * 400):
        assert refused(laptop, now=NOW + timedelta(minutes=minutes)) == "clock"
    assert verified(laptop, now=NOW + timedelta(minutes=4)) == laptop.device


def test_trouble_in_finding_the_key_is_not_taken_for_a_bad_signature(laptop):
    def gone(_device: str) -> bytes:
        raise ConnectionError("the database is away")

    with pytest.raises(ConnectionError):
        verified(laptop, key_of=gone)
