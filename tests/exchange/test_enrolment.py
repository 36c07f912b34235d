"""Invitations survive paper and messages; a request proves the key it names."""

import json

import minisign
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import (
    Invitation,
    enrol_request,
    open_request,
    read_invitation,
)
from kerjadesa.exchange.keys import KeyRing, new_keyring, public_key_bytes
from kerjadesa.exchange.refusal import BatchRefused

from . import sample
from .sample import MUARO


def facts_of(keys: KeyRing, **changes: str) -> DeviceFacts:
    """What a laptop says of itself."""
    facts = {
        "device": keys.device,
        "nagari": MUARO,
        "signing_key": keys.minisign_public_key,
        "age_recipient": keys.age_recipient,
        "label": "Laptop contoh",
    }
    return DeviceFacts(**facts | changes)


def invitation(district: KeyRing, url: str = "https://hub.example.go.id") -> Invitation:
    """The district invites Muaro."""
    return Invitation(
        MUARO, "ONE-TIME-CODE", district.minisign_public_key, district.age_recipient, url
    )


def refusal(data: bytes, keys: KeyRing) -> str:
    """The code with which a request is refused."""
    with pytest.raises(BatchRefused) as caught:
        open_request(data, keys)
    return caught.value.code


def test_an_invitation_reads_back_however_the_message_wrapped_it(district):
    given_out = invitation(district)
    text = given_out.to_text()
    assert read_invitation(text) == given_out
    wrapped = "\r\n  ".join(text[at : at + 40] for at in range(0, len(text), 40))
    assert read_invitation(f"\n{wrapped.lower()}\n") == given_out
    assert given_out.hub == district.device


def test_an_invitation_fits_a_small_qr_code(district):
    text = invitation(district).to_text()
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")
    # Alphanumeric, error correction M: version 13 holds 483 characters.
    assert len(text) < 483


def test_a_mistyped_invitation_is_refused(district):
    text = invitation(district, "").to_text()
    for at in range(5, len(text), 7):
        other = "A" if text[at] != "A" else "B"
        with pytest.raises(UserError, match="invitation_invalid"):
            read_invitation(text[:at] + other + text[at + 1 :])


@given(st.text(max_size=80))
def test_any_other_text_is_no_invitation(text):
    for attempt in (text, f"KDU1:{text}"):
        with pytest.raises(UserError, match="invitation_invalid"):
            read_invitation(attempt)


def test_an_endless_invitation_is_refused_unread():
    with pytest.raises(UserError, match="invitation_invalid"):
        read_invitation("KDU1:" + "A" * 1_000_000)


@pytest.mark.parametrize(
    "part",
    [
        {"nagari": "Muaro"},
        {"code": ""},
        {"code": "short"},
        {"age_recipient": "age1nobody"},
        {"url": "ftp://hub.example"},
        {"url": "https://hub.example/ two"},
        {"minisign_public_key": "RWQ="},
    ],
    ids=str,
)
def test_nobody_is_invited_with_nonsense(district, part):
    with pytest.raises(ValueError, match="no "):
        Invitation(**{**vars(invitation(district)), **part})


def test_the_district_learns_who_asks_with_which_code(laptop, district):
    request = open_request(enrol_request(invitation(district), facts_of(laptop), laptop), district)
    assert (request.code, request.device) == ("ONE-TIME-CODE", facts_of(laptop))


def test_a_request_is_read_by_the_invited_hub_alone(laptop, district, stranger):
    data = enrol_request(invitation(district), facts_of(laptop), laptop)
    assert refusal(data, stranger) == "enrol_not_for_us"
    # A hub that hands the request on to another hub gains nothing: the request names its hub.
    passed_on = sample.age(_inner(data, district), stranger)
    assert refusal(passed_on, stranger) == "enrol_not_for_us"


def _inner(data: bytes, keys: KeyRing) -> bytes:
    import pyrage
    from pyrage import x25519

    return pyrage.decrypt(data, [x25519.Identity.from_str(keys.age_identity)])


@pytest.mark.parametrize("part", ["device", "signing_key", "age_recipient", "nagari", "label"])
def test_a_request_in_another_devices_name_is_refused(laptop, district, stranger, part):
    lies = {
        "device": stranger.device,
        "signing_key": stranger.minisign_public_key,
        "age_recipient": "age1nobody",
        "nagari": "../..",
        "label": "two\nlines",
    }
    data = enrol_request(invitation(district), facts_of(laptop, **{part: lies[part]}), laptop)
    assert refusal(data, district) == "enrol_damaged"


def test_a_request_changed_after_signing_is_refused(laptop, district):
    data = enrol_request(invitation(district), facts_of(laptop), laptop)
    both = json.loads(_inner(data, district))
    changed = both["request"].replace("ONE-TIME-CODE", "TWO-TIME-CODE")
    for broken in (
        {**both, "request": changed},
        {**both, "signature": "nothing"},
        {"request": both["request"]},
        {"request": 1, "signature": 2},
        [],
        None,
    ):
        assert refusal(sample.age(json.dumps(broken).encode(), district), district) == (
            "enrol_damaged"
        )


@given(st.binary(max_size=300))
def test_random_bytes_are_no_request(junk):
    assert refusal(junk, _HUB) == "enrol_damaged"
    assert refusal(sample.age(junk, _HUB), _HUB) == "enrol_damaged"


_HUB = new_keyring()


def test_a_giant_request_is_refused_unread(district):
    assert refusal(sample.age(bytes(20_000), district), district) == "enrol_damaged"


def test_keys_never_show_in_a_message_and_agree_with_each_other(laptop):
    assert laptop.age_identity not in repr(laptop)
    assert laptop.signing.decode() not in repr(laptop)
    public = laptop.ed25519.public_key().public_bytes_raw()
    assert public == public_key_bytes(laptop.minisign_public_key)
    assert laptop.key_id == bytes(
        minisign.PublicKey.from_base64(laptop.minisign_public_key)._keynum_pk.key_id
    )
    assert KeyRing(laptop.signing, laptop.age_identity) == laptop
    with pytest.raises(ValueError, match="minisign"):
        public_key_bytes("RWQ" + "é" * 10)
