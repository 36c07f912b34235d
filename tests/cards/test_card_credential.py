"""The credential is strict in what it states and readable by programs that are not ours."""

import re
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import base45
import cbor2
import claim169
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kerjadesa.cards.credential import issue
from kerjadesa.cards.symbol import qr
from kerjadesa.cards.verify import trusted_key_from_hex, verify

from .conftest import CLAIMS, KEY, KEY_ID, NOW, PUBLIC, TRUSTED

EXAMPLE = Path(__file__).parents[2] / "docs" / "card-credential.md"


def test_another_program_reads_and_verifies_the_card() -> None:
    result = claim169.decode_with_ed25519(
        issue(CLAIMS, KEY, KEY_ID), PUBLIC, validate_timestamps=False
    )
    holder = result.claim169
    assert result.is_verified()
    assert (holder.id, holder.full_name, holder.date_of_birth) == (
        CLAIMS.card_number,
        "Siti Nur'aini",
        "19750412",
    )
    assert (holder.gender, holder.location_code, holder.country_of_issuance) == (
        2,
        "1303042001",
        "IDN",
    )
    assert result.cwt_meta.issuer == CLAIMS.issuer
    assert result.cwt_meta.issued_at == int(CLAIMS.issued_at.timestamp())
    assert result.cwt_meta.expires_at == int(CLAIMS.expires_at.timestamp())
    assert claim169.inspect(issue(CLAIMS, KEY, KEY_ID)).key_id == KEY_ID[:4]


def stated_in(text: str) -> dict[int, object]:
    message = cbor2.loads(zlib.decompress(base45.b45decode(text)))
    assert message.tag == 18
    return cbor2.loads(message.value[2])


def test_programme_issue_and_first_day_travel_under_private_keys() -> None:
    claims = stated_in(issue(CLAIMS, KEY, KEY_ID))[169]
    assert (claims[75], claims[76]) == ("1N100PR2026", 2)
    assert date(1970, 1, 1) + timedelta(days=claims[77]) == date(2026, 1, 1)
    plain = stated_in(issue(replace(CLAIMS, issue=1, valid_from=None), KEY, KEY_ID))[169]
    assert (plain[76], 77 in plain) == (1, False)


LONG_NAMES = (
    "Muhammad Syafruddin Zulkarnain Dt Rajo B",
    "SYAHRIZAL EFENDI DATUAK BANDARO KUNIANGS",
    "Yulia Fransiska Oktaviani Kusumaningtyas",
    "Kxqzv Wjfpy Bmtgh Ulsdr Nciae Ozkqj Xwvp",
)


@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_name_of_forty_letters_fits_a_code_that_any_printer_prints(name: str) -> None:
    assert len(name) == 40
    for times in range(40):
        text = issue(
            replace(
                CLAIMS,
                name=name,
                card_number="1303042001-5NRHCG-7ZZZZ-E",
                programme="PPRAKS20261234",
                issue=12,
                issued_at=CLAIMS.issued_at + timedelta(seconds=997 * times),
            ),
            KEY,
            KEY_ID,
        )
        assert qr(text).version <= 10
        verdict = verify(text, [TRUSTED], NOW)
        # What has to be on a card stays, however long the name.
        assert (verdict.status, verdict.issue) == ("genuine", 12)
        assert verdict.valid_from == date(2026, 1, 1)
        assert verdict.claims["fullName"] == name
        assert verdict.claims["75"] == "PPRAKS20261234"


def test_a_name_as_most_people_have_leaves_nothing_out() -> None:
    text = issue(replace(CLAIMS, name="Rahmawati Contoh"), KEY, KEY_ID)
    assert qr(text).version <= 10
    payload = stated_in(text)
    assert set(payload) == {1, 4, 6, 169}
    assert set(payload[169]) == {1, 4, 8, 9, 21, 23, 75, 76, 77}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " Yusniar"),
        ("name", "Yus\nniar"),
        ("name", "Y" * 101),
        ("card_number", ""),
        ("programme", "P" * 33),
        ("issuer", ""),
        ("location", "1303042001"),
        ("location", "13.03.04.2001\n"),
        ("sex", "L"),
        ("birth_date", date(2026, 6, 2)),
        ("birth_date", date(1899, 12, 31)),
        ("issued_at", datetime(2026, 1, 1)),
        ("expires_at", datetime(2026, 1, 5, 2, tzinfo=UTC)),
        ("issue", 0),
        ("issue", 1_000),
        ("valid_from", date(1969, 12, 31)),
        ("valid_from", date(2027, 1, 2)),
    ],
)
def test_a_card_with_a_wrong_fact_is_never_signed(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        issue(replace(CLAIMS, **{field: value}), KEY, KEY_ID)


def test_a_card_without_a_key_id_is_never_signed() -> None:
    with pytest.raises(ValueError, match="key_id"):
        issue(CLAIMS, KEY, b"abc")


def test_the_documented_example_is_true() -> None:
    blocks = re.findall(r"```text\n(.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)
    public, text, message = ("".join(block.split("\n")) for block in blocks)
    verdict = verify(text, [trusted_key_from_hex(public)], NOW)
    assert verdict.status == "genuine"
    assert verdict.claims["fullName"] == "Siti Nur'aini"

    # Step by step, with nothing of ours, as the page tells a third party to do it.
    assert zlib.decompress(base45.b45decode(text)).hex() == message
    protected, _, payload, signature = cbor2.loads(bytes.fromhex(message)).value
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    key.verify(signature, signed)
    with pytest.raises(InvalidSignature):
        key.verify(signature, signed + b"\0")
    # Compression may differ between zlib builds, what is compressed may not.
    assert zlib.decompress(base45.b45decode(issue(CLAIMS, KEY, KEY_ID))).hex() == message
