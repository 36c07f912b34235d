"""Card numbers."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from kerjadesa.domain.card_number import card_number, device_code
from kerjadesa.domain.device import device_id
from tests.domain.said import MUARO

_EVERY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def device(number: int) -> str:
    """An invented device's id."""
    return hashlib.sha256(number.to_bytes(4, "big")).hexdigest()[:20]


def is_card_number(text: str) -> bool:
    """Whether somebody with the published standard would take the text for a card number."""
    plain = text.replace("-", "").strip().upper()
    return len(plain) >= 21 and mod_37_36.is_valid(plain)


def test_a_card_number_reads_in_four_groups() -> None:
    number = card_number(MUARO, device(1), 42)
    nagari, laptop, entry, check = number.split("-")
    assert (nagari, laptop, len(check)) == ("1303042001", device_code(device(1)), 1)
    assert (len(laptop), entry) == (6, "001A")


def test_two_laptops_and_ten_thousand_entries_never_share_a_number() -> None:
    numbers = {card_number(MUARO, device(d), seq) for d in range(5) for seq in range(1, 2001)}
    assert len(numbers) == 10_000


def test_a_number_past_a_million_entries_is_longer_and_still_its_own() -> None:
    long = card_number(MUARO, device(1), 2**20 + 1)
    assert is_card_number(long)
    assert long != card_number(MUARO, device(1), 1)


@given(st.integers(1, 2**30))
def test_every_number_given_out_passes_however_it_is_typed(seq: int) -> None:
    number = card_number(MUARO, device(7), seq)
    assert is_card_number(number)
    assert is_card_number(f" {number.replace('-', '').lower()} ")


def test_any_single_wrong_character_is_noticed() -> None:
    plain = card_number(MUARO, device(3), 1234).replace("-", "")
    for at, right in enumerate(plain):
        for wrong in _EVERY:
            assert is_card_number(plain[:at] + wrong + plain[at + 1 :]) == (wrong == right)


def test_neighbours_changed_for_each_other_are_noticed_but_for_one_in_a_thousand() -> None:
    # ISO 7064's hybrid systems let a few of these through; no wrong single character ever.
    swapped = missed = 0
    for seq in range(1, 400):
        plain = card_number(MUARO, device(seq % 7), seq).replace("-", "")
        for at, (left, right) in enumerate(pairwise(plain)):
            if left != right:
                swapped += 1
                missed += is_card_number(plain[:at] + right + left + plain[at + 2 :])
    assert swapped > 5000
    assert missed * 1000 <= swapped


@pytest.mark.parametrize("text", ["", "-", "1303042001", "é" * 21, "1303042001-K7Q2MX-0042"])
def test_what_is_no_card_number_is_none(text: str) -> None:
    assert not is_card_number(text)


def test_a_device_is_named_after_its_key_and_nothing_else() -> None:
    assert device_id(b"k" * 32) == device_id(b"k" * 32) != device_id(b"l" * 32)
    assert len(device_id(b"k" * 32)) == 20
