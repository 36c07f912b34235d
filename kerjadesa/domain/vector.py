"""The version vector: what a device has, `{device: last seq}`."""

from collections.abc import Mapping

Vector = Mapping[str, int]


def merged(one: Vector, other: Vector) -> dict[str, int]:
    """What both have together, for chains without gaps."""
    return {device: max(one.get(device, 0), other.get(device, 0)) for device in {*one, *other}}


def lacking(reader: Vector, have: Vector) -> dict[str, tuple[int, int]]:
    """The ranges (first, last) a reader lacks of what one has."""
    return {
        device: (reader.get(device, 0) + 1, last)
        for device, last in have.items()
        if last > reader.get(device, 0)
    }
