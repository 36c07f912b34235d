"""What an officer with the app but without signal can learn from any QR code."""

import json
import math
import random
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import base45
import cbor2
import claim169
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.cards.credential import issue
from kerjadesa.cards.verify import TrustedKey, trusted_key_from_hex, verify

from .conftest import CLAIMS, CWT, KEY, KEY_ID, NOW, PUBLIC, TRUSTED, pack, seal

GENUINE = issue(CLAIMS, KEY, KEY_ID)
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def status(text: str, trusted: list[TrustedKey] | None = None, now: datetime = NOW) -> str:
    return verify(text, [TRUSTED] if trusted is None else trusted, now).status


def with_changed_name(text: str) -> str:
    raw = zlib.decompress(base45.b45decode(text))
    return pack(raw.replace(b"Siti Nur'aini", b"Siti Nur'aina"))


def test_a_genuine_card_is_called_genuine_and_says_who_it_is_for() -> None:
    verdict = verify(GENUINE, [TRUSTED], NOW)
    assert verdict.status == "genuine"
    assert verdict.claims == {
        "id": CLAIMS.card_number,
        "fullName": "Siti Nur'aini",
        "dateOfBirth": "19750412",
        "gender": 2,
        "locationCode": "13.03.04.2001",
        "countryOfIssuance": "IDN",
        "75": "1N100PR2026",
        "76": 2,
        "77": 20454,
    }
    assert (verdict.issuer, verdict.key_id) == (CLAIMS.issuer, KEY_ID[:4])
    assert (verdict.issue, verdict.valid_from) == (2, date(2026, 1, 1))
    assert (verdict.issued_at, verdict.expires_at) == (CLAIMS.issued_at, CLAIMS.expires_at)


def test_a_photocopy_with_a_changed_name_is_called_forged() -> None:
    assert status(with_changed_name(GENUINE)) == "forged"
    assert status(with_changed_name(GENUINE), [TrustedKey(PUBLIC)]) == "forged"


def test_a_forger_who_borrows_a_trusted_key_id_is_called_forged() -> None:
    assert status(issue(CLAIMS, STRANGER, KEY_ID)) == "forged"


def test_cards_from_before_issues_were_counted_are_the_first() -> None:
    old = verify(seal(CWT, protected={1: -8, 4: KEY_ID}), [TRUSTED], NOW)
    assert (old.status, old.issue, old.valid_from) == ("genuine", 1, None)


@pytest.mark.parametrize("value", [0, -1, 1_000, 2**64 - 1, 1.5, True, "2", b"2", [2]])
def test_another_issuers_private_claims_are_not_taken_for_ours(value: object) -> None:
    verdict = verify(seal({**CWT, 169: {4: "Yusniar", 76: value, 77: value}}), [TRUSTED], NOW)
    assert (verdict.status, verdict.issue) == ("genuine", 1)
    assert verdict.valid_from in {None, *(date(1970, 1, 1), date(1972, 9, 27))}


@pytest.mark.parametrize("called", [KEY_ID, KEY_ID[:4], KEY_ID[:6]])
def test_a_key_is_known_by_the_beginning_of_its_name(called: bytes) -> None:
    assert status(seal(CWT, protected={1: -8, 4: called})) == "genuine"


@pytest.mark.parametrize("called", [KEY_ID[:3], KEY_ID + b"0", b"", KEY_ID[1:5]])
def test_another_name_is_another_key(called: bytes) -> None:
    assert status(seal(CWT, protected={1: -8, 4: called})) == "unknown_key"


def test_of_two_keys_that_begin_alike_both_are_tried() -> None:
    twin = TrustedKey(STRANGER.public_key().public_bytes_raw(), KEY_ID[:4] + b"else")
    assert status(GENUINE, [twin, TRUSTED]) == "genuine"
    assert status(GENUINE, [twin]) == "forged"


def test_a_card_of_an_issuer_nobody_told_us_about_is_an_unknown_key_not_a_forgery() -> None:
    assert status(issue(CLAIMS, STRANGER, b"stranger")) == "unknown_key"
    assert status(GENUINE, []) == "unknown_key"
    assert status(seal(CWT, protected={1: -8}), [TrustedKey(bytes(32), b"other")]) == "unknown_key"


def test_a_key_handed_over_by_hand_answers_whether_it_signed_the_card() -> None:
    assert status(GENUINE, [trusted_key_from_hex(PUBLIC.hex().upper() + "\n")]) == "genuine"
    other = STRANGER.public_key().public_bytes_raw()
    assert status(GENUINE, [TrustedKey(other)]) == "forged"
    assert status(GENUINE, [TrustedKey(other), TrustedKey(PUBLIC)]) == "genuine"


def test_a_key_of_another_kind_says_nothing_about_a_card_that_names_its_own_key() -> None:
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = TrustedKey(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    assert status(GENUINE, [key]) == "unknown_key"


def test_cards_are_checked_by_date() -> None:
    at = CLAIMS.expires_at
    assert status(GENUINE, now=at - timedelta(seconds=1)) == "genuine"
    assert status(GENUINE, now=at) == "expired"
    # Another laptop's clock may run ahead by up to a day.
    assert status(GENUINE, now=CLAIMS.issued_at - timedelta(hours=24)) == "genuine"
    assert status(GENUINE, now=CLAIMS.issued_at - timedelta(hours=24, seconds=1)) == "not_yet_valid"
    not_before = seal({**CWT, 5: int(NOW.timestamp())})
    assert status(not_before) == "genuine"
    assert status(not_before, now=NOW - timedelta(seconds=1)) == "not_yet_valid"


def test_a_forged_card_is_not_excused_as_expired() -> None:
    late = CLAIMS.expires_at + timedelta(days=1)
    assert status(with_changed_name(GENUINE), now=late) == "forged"


def test_a_card_of_another_issuer_with_p256_verifies_when_its_key_is_trusted() -> None:
    private = ec.derive_private_key(12345, ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    meta = claim169.CwtMetaInput(issuer="kota.example", expires_at=1798761600)
    text = claim169.encode_with_ecdsa_p256(
        claim169.Claim169Input(id="7", full_name="Mak Uniang", gender=2),
        meta,
        (12345).to_bytes(32),
    )
    verdict = verify(text, [trusted_key_from_hex(point.hex())], NOW)
    assert (verdict.status, verdict.issuer) == ("genuine", "kota.example")
    assert verdict.claims == {"id": "7", "fullName": "Mak Uniang", "gender": 2}
    assert status(text, []) == "unknown_key"
    changed = pack(zlib.decompress(base45.b45decode(text)).replace(b"Mak Uniang", b"Mak Unianh"))
    assert status(changed, [TrustedKey(point)]) == "forged"


def test_a_card_without_signature_is_called_unsigned() -> None:
    empty = pack(cbor2.dumps(cbor2.CBORTag(18, [b"", {}, cbor2.dumps(CWT), b""])))
    for text in (empty, pack(cbor2.dumps(CWT)), pack(cbor2.dumps(cbor2.CBORTag(61, CWT)))):
        verdict = verify(text, [TRUSTED], NOW)
        assert (verdict.status, verdict.claims["fullName"]) == ("unsigned", "Yusniar")


def test_an_encrypted_card_is_called_encrypted() -> None:
    parts = [b"\xa1\x01\x01", {5: bytes(12)}, bytes(40)]
    for message in (parts, cbor2.CBORTag(16, parts), cbor2.CBORTag(61, cbor2.CBORTag(16, parts))):
        assert verify(pack(cbor2.dumps(message)), [TRUSTED], NOW).status == "encrypted"


@pytest.mark.parametrize(
    "text",
    [
        f"\r\n  {GENUINE}\t\n",
        seal(CWT, wrap=list),
        seal(CWT, wrap=lambda parts: cbor2.CBORTag(61, cbor2.CBORTag(18, parts))),
        seal({**CWT, 169: cbor2.dumps(CWT[169])}),
        seal(CWT, protected={1: -8}, unprotected={4: KEY_ID}),
        seal(CWT, protected={1: -8}),
        seal({**CWT, 4: 1798761600.5, 6: 1767578400.0}),
        seal({169: {4: "Yusniar"}}),
    ],
    ids=["blanks", "bare", "tag 61", "nested bytes", "kid outside", "no kid", "float", "timeless"],
)
def test_writers_differ_and_are_all_read(text: str) -> None:
    assert status(text) == "genuine"


@pytest.mark.parametrize(
    ("key", "value", "name", "read"),
    [
        (9, "male", "gender", 1),
        (9, " Perempuan", "gender", 2),
        (9, "M", "gender", 1),
        (9, "Laki-laki", "gender", 1),
        (9, "unstated", "gender", "unstated"),
        (8, "1975-04-12", "dateOfBirth", "19750412"),
        (8, "19750412", "dateOfBirth", "19750412"),
        (8, date(1975, 4, 12), "dateOfBirth", "19750412"),
        (16, b"\xff\xd8", "photo", "/9g="),
        (62, [{0: b"\x00"}], "62", [{"0": "AA=="}]),
        (99, {"kartu": [1, None, True]}, "99", {"kartu": [1, None, True]}),
        (98, math.inf, "98", "inf"),
        (140, "x", "140", "x"),
        ("warna", "hijau", "warna", "hijau"),
    ],
)
def test_claims_come_out_under_their_names_and_as_json(
    key: object, value: object, name: str, read: object
) -> None:
    body = cbor2.dumps({169: {key: value}}, date_as_datetime=False)
    verdict = verify(seal(body), [TRUSTED], NOW)
    assert (verdict.status, verdict.claims) == ("genuine", {name: read})
    json.dumps(verdict.claims, allow_nan=False)


def bomb() -> str:
    return base45.b45encode(zlib.compress(bytes(10_000_000))).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "selamat pagi",
        "https://example.com/kartu/1",
        GENUINE[:-3],
        GENUINE + "000",
        GENUINE.lower(),
        "0" * 8_193,
        bomb(),
        pack(cbor2.dumps(CWT) + b"\0"),
        pack(b"\x81" * 400 + b"\0"),
        pack(b"\x9b" + b"\xff" * 8),
        pack(b"\x5b" + b"\xff" * 8),
        pack(b"\x9f" * 40),
        pack(b"\xbf\x01\xff"),
        pack(cbor2.dumps({169: list(range(2_000))})),
        pack(b"\xa1\x18\xa9\xa2\x04\x61A\x04\x61B"),
        pack(b"\xa1\x18\xa9\xa2\x04\x61A\x18\x04\x61B"),
        pack(cbor2.dumps({169: {4: "A", "fullName": "B"}})),
        pack(b"\xa1\x18\xa9\xa1\x80\x01"),
        pack(cbor2.dumps({169: {75: cbor2.CBORTag(35, "(a+)+$")}})),
        pack(cbor2.dumps({169: {75: 1 << 9_000}})),
        pack(cbor2.dumps({169: "no map"})),
        pack(cbor2.dumps({1: "no claim 169"})),
        pack(b"\xa1\x18\xa9\xa1\x04\x61\xff"),
        seal({**CWT, 4: 1e300}),
        seal({**CWT, 4: math.nan}),
        seal({**CWT, 4: "tomorrow"}),
        seal(CWT, protected={1: -8, 2: [99], 99: 1}),
        seal(CWT, wrap=lambda parts: cbor2.CBORTag(18, [parts[0], {}, None, parts[3]])),
        seal(CWT, wrap=lambda parts: cbor2.CBORTag(17, parts)),
    ],
)
def test_what_is_no_credential_is_unreadable_and_does_no_harm(text: str) -> None:
    verdict = verify(text, [TRUSTED], NOW)
    assert (verdict.status, verdict.claims) == ("unreadable", {})


def test_the_header_cannot_choose_an_algorithm_the_key_is_not_for() -> None:
    assert status(seal(CWT, protected={1: -7, 4: KEY_ID})) == "forged"
    assert status(seal(CWT, protected={4: KEY_ID})) == "forged"


def test_times_at_the_edge_of_the_calendar_do_not_stop_the_reader() -> None:
    assert status(seal({**CWT, 6: -62_135_596_800})) == "genuine"
    assert (
        status(seal({**CWT, 4: 253_402_300_799}), now=datetime(9998, 1, 1, tzinfo=UTC)) == "genuine"
    )


@pytest.mark.parametrize("text", ["", "zz", "00" * 31, "00" * 33, "04" + "11" * 64])
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        trusted_key_from_hex(text)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert verify(text, [TRUSTED], NOW).status == "unreadable"


@given(st.binary(max_size=200))
def test_any_bytes_in_the_wrapping_get_an_answer(data: bytes) -> None:
    assert status(pack(data)) in {"unreadable", "unsigned", "encrypted"}


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-9, 99) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.integers(-9, 99) | st.text(max_size=4), JSON_LIKE, max_size=6))
def test_any_signed_claims_are_json_or_refused(claims: dict[object, object]) -> None:
    verdict = verify(seal({169: claims}), [TRUSTED], NOW)
    assert verdict.status in {"genuine", "unreadable"}
    json.dumps(verdict.claims, allow_nan=False)


@given(st.randoms(use_true_random=False))
def test_no_flipped_bit_leaves_a_card_genuine(dice: random.Random) -> None:
    raw = bytearray(zlib.decompress(base45.b45decode(GENUINE)))
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    verdict = verify(pack(bytes(raw)), [TRUSTED, replace(TRUSTED, key_id=None)], NOW)
    if verdict.status == "genuine":
        # Only the unsigned wrapping may have changed: never a claim, an issuer or a date.
        assert verdict == verify(GENUINE, [TRUSTED], NOW)
