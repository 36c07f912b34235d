"""The clock that orders entries of several laptops, and what a device has."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kerjadesa.domain.clock import DAY_MS, Stamp, hear, stands_behind, tick
from kerjadesa.domain.vector import lacking

WALL = 1_790_000_000_000
_STAMPS = st.builds(Stamp, st.integers(0, 9 * 10**12), st.integers(0, 9999))


@given(_STAMPS, st.integers(0, 9 * 10**12))
@example(Stamp(WALL, 9999), WALL)
@example(Stamp(WALL, 9999), 0)
def test_an_entry_is_always_later_than_the_one_before(last: Stamp, wall: int) -> None:
    following = tick(last, wall)
    assert following > last
    assert following.milliseconds >= wall
    assert following.counter <= 9999


@given(_STAMPS, _STAMPS)
def test_stamps_sort_as_text_as_they_sort_in_time(one: Stamp, two: Stamp) -> None:
    assert (str(one) < str(two)) == (one < two)
    assert Stamp.parse(str(one)) == one


@given(_STAMPS, _STAMPS, st.integers(0, 8 * 10**12))
def test_a_wrong_clock_elsewhere_moves_ones_own_at_most_a_day(
    last: Stamp, heard: Stamp, wall: int
) -> None:
    after = hear(last, heard, wall)
    assert after >= last
    assert after == last or after.milliseconds <= wall + DAY_MS


def test_what_was_heard_within_the_day_is_believed() -> None:
    heard = Stamp(WALL + 5000, 3)
    assert hear(Stamp(WALL), heard, WALL) == heard
    assert tick(heard, WALL) == Stamp(WALL + 5000, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1790000000000",
        "1790000000000-00000",
        "179000000000-0000",
        "1790000000000_0000",
        "17900000000000000-",
        "-790000000000-0000",
        "179000000000x-0000",
        "١٧٩٠٠٠٠٠٠٠٠٠٠-٠٠٠٠",
        "²²²²²²²²²²²²²-²²²²",
    ],
)
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Stamp.parse(text)


def test_a_clock_behind_the_last_entry_is_told_after_a_minute() -> None:
    assert not stands_behind(Stamp(WALL), WALL - 60_000)
    assert stands_behind(Stamp(WALL), WALL - 60_001)


_VECTORS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 50))


@given(_VECTORS, _VECTORS)
def test_a_reader_who_gets_what_it_lacks_has_everything(
    reader: dict[str, int], have: dict[str, int]
) -> None:
    missing = lacking(reader, have)
    for device, (first, last) in missing.items():
        assert first == reader.get(device, 0) + 1 and last == have[device]
    after = {**reader, **{device: last for device, (_, last) in missing.items()}}
    assert all(after[device] >= last for device, last in have.items())


def test_a_reader_who_has_more_lacks_nothing() -> None:
    assert lacking({"a": 9}, {"a": 3}) == {}
