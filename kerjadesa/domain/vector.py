"""The version vector: what a device has, `{device: last seq}`."""

from collections.abc import Mapping

Vector = Mapping[str, int]


def lacking(reader: Vector, have: Vector) -> dict[str, tuple[int, int]]:
    """The ranges (first, last) a reader lacks of what one has."""
    return {
        device: (reader.get(device, 0) + 1, last)
        for device, last in have.items()
        if last > reader.get(device, 0)
    }
