"""Lists are in the order in which people look for a name."""

from hypothesis import given
from hypothesis import strategies as st

from kerjadesa.domain.collation import collation_key


def in_order(*texts: str) -> list[str]:
    return sorted(texts, key=collation_key)


def test_a_jorong_with_a_larger_number_comes_later() -> None:
    assert in_order("Koto 10", "Koto 2", "Koto") == ["Koto", "Koto 2", "Koto 10"]
    assert in_order("2 Koto", "10 Koto", "Aur") == ["2 Koto", "10 Koto", "Aur"]


def test_case_accents_and_apostrophes_part_nobody() -> None:
    assert collation_key("NUR'AINI") == collation_key("Nuraini") == collation_key("Nur’aini")
    assert collation_key("Pagaruyuang Tigo Luak") == collation_key("pagaruyuang  tigo luak")
    assert collation_key("Rénée") == collation_key("Renee")
    assert in_order("Étek", "zul", "Amai", "elok") == ["Amai", "elok", "Étek", "zul"]


def test_no_letter_pair_counts_as_one_letter() -> None:
    assert in_order("Nz", "Nyak", "Ngah", "Nur") == ["Ngah", "Nur", "Nyak", "Nz"]


@given(st.text(), st.text())
def test_any_two_texts_have_an_order(one: str, other: str) -> None:
    first, second = collation_key(one), collation_key(other)
    assert (first < second) + (second < first) + (first == second) == 1
