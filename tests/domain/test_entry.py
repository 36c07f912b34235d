"""Entries and the chain over them."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kerjadesa.domain.entry import (
    GENESIS,
    ChainBroken,
    Entry,
    canonical,
    chain_hash,
    verify_chain,
)
from tests.domain.said import Laptop, erased

_LETTERS = st.text(st.characters(exclude_categories=["Cs"]))
_ODD = '\x00\x1f\x7f\u0085\u2028\ufffe😀é\u0301"\\/'
_KEYS = st.text(st.characters(max_codepoint=127))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
)


def chain() -> list[Entry]:
    """A registration, a correction and a second registration, on one laptop."""
    laptop = Laptop("a" * 20)
    first = laptop.register()
    laptop.correct({"name": [first]}, name="Upik Lain")
    laptop.register("worker-2")
    return laptop.entries


@given(st.dictionaries(_KEYS, _VALUES, max_size=6))
@example({_ODD.encode("ascii", "ignore").decode(): _ODD})
def test_a_body_is_written_as_any_rfc_8785_library_writes_it(values: dict[str, Any]) -> None:
    assert canonical(values) == rfc8785.dumps(values)


@given(_LETTERS, st.integers(1, 2**53 - 1), _LETTERS, _LETTERS)
@example(_ODD, 1, _ODD, _ODD)
def test_a_hash_covers_the_rfc_8785_form_of_the_header(
    device: str, seq: int, operator: str, subject: str
) -> None:
    digest, prev = bytes(range(32)), bytes(range(32, 64))
    header = [device, seq, "t", operator, "verb", subject, digest.hex(), prev.hex()]
    expected = hashlib.sha256(rfc8785.dumps(header)).digest()
    assert chain_hash(device, seq, "t", operator, "verb", subject, digest, prev) == expected


@pytest.mark.parametrize(
    "values",
    [
        {"money": 1.5},
        {"deep": [{"money": 1.0}]},
        {"nothing": float("nan")},
        {"large": 2**53},
        {"name": "\ud800"},
        {"\ud800": 1},
        {"é": 1},
        {"pair": (1.5, 2)},
        {"raw": b"x"},
        {1: "number as a key"},
    ],
)
def test_what_two_programs_would_write_differently_is_never_written(values: Any) -> None:
    with pytest.raises(ValueError):
        canonical(values)


def test_half_a_surrogate_in_the_header_is_refused_and_no_hash_is_made_of_it() -> None:
    with pytest.raises(ValueError):
        chain_hash("d", 1, "t", "\ud800", "verb", "subject", GENESIS, GENESIS)


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device", "b" * 20),
        ("seq", 7),
        ("hlc", "1790000000009-0000"),
        ("operator", "Orang Lain"),
        ("verb", "worker.ended"),
        ("subject", "worker-9"),
        ("body", b'{"name":"Upik Palsu"}'),
        ("body", None),
        ("salt", bytes(15) + b"x"),
        ("salt", None),
        ("body_digest", bytes(32)),
        ("prev", bytes(31) + b"x"),
        ("hash", bytes(32)),
    ],
)
def test_a_change_of_anything_in_any_entry_is_found(at: int, field: str, value: Any) -> None:
    entries = chain()
    entries[at] = replace(entries[at], **{field: value})
    with pytest.raises(ChainBroken):
        verify_chain(entries)


def test_an_entry_left_out_doubled_or_moved_is_found() -> None:
    one, two, three = chain()
    for run in ([two, three], [one, three], [one, one, two], [two, one, three]):
        with pytest.raises(ChainBroken):
            verify_chain(run)


def test_an_entry_of_another_device_cannot_be_hashed_into_a_chain() -> None:
    one, two, _ = chain()
    stranger = "b" * 20
    hashed = chain_hash(
        stranger, two.seq, two.hlc, two.operator, two.verb, two.subject, two.body_digest, one.hash
    )
    with pytest.raises(ChainBroken):
        verify_chain([one, replace(two, device=stranger, hash=hashed)])


def test_a_whole_chain_verifies_in_one_run_or_in_two() -> None:
    entries = chain()
    assert verify_chain(entries) == entries[-1].hash
    assert verify_chain(entries[1:], 1, entries[0].hash) == entries[-1].hash
    assert verify_chain([]) == GENESIS


def test_erasing_a_person_leaves_no_word_of_them_and_the_chain_whole() -> None:
    entries = chain()
    entries[0] = erased(entries[0])
    assert verify_chain(entries) == entries[-1].hash
    assert entries[0].values() == {} and entries[0].salt is None


def test_a_digest_without_its_salt_does_not_give_the_body_away() -> None:
    laptop = Laptop("a" * 20)
    one, same_again = laptop.register(), laptop.register()
    assert one.body == same_again.body
    assert one.body_digest != same_again.body_digest
    assert hashlib.sha256(one.body or b"").digest() != one.body_digest


@pytest.mark.parametrize("body", [b"[]", b"7", b"{", b"\xff", b"[" * 200_000, b""])
def test_a_hostile_body_is_a_value_error_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(ValueError):
        replace(chain()[0], body=body).values()


def test_what_goes_wrong_in_a_chain_is_told_without_what_the_entry_says() -> None:
    entries = chain()
    with pytest.raises(ChainBroken) as broken:
        verify_chain([replace(entries[0], operator="Orang Lain")])
    assert "Orang" not in str(broken.value) and "Upik" not in str(broken.value)
