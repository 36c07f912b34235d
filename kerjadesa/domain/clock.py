"""The hybrid logical clock: orders entries of several laptops, whatever their wall clocks say."""

from dataclasses import dataclass

DAY_MS = 24 * 60 * 60 * 1000
_COUNTER_LIMIT = 9999


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """A time: wall milliseconds since 1970 (UTC), then a counter within the same millisecond."""

    milliseconds: int
    counter: int = 0

    def __str__(self) -> str:
        # Fixed width, so that text order is time order in an index.
        return f"{self.milliseconds:013d}-{self.counter:04d}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """Reads `1763623200000-0000`; raises ValueError for anything else."""
        wall, _, counter = text.partition("-")
        digits = wall + counter
        if len(wall) != 13 or len(counter) != 4 or not (digits.isascii() and digits.isdigit()):
            raise ValueError("not a time stamp")
        return cls(int(wall), int(counter))


def tick(last: Stamp, wall_ms: int) -> Stamp:
    """The stamp of this device's next entry: never before its last one."""
    if wall_ms > last.milliseconds:
        return Stamp(wall_ms)
    if last.counter < _COUNTER_LIMIT:
        return Stamp(last.milliseconds, last.counter + 1)
    return Stamp(last.milliseconds + 1)


def hear(last: Stamp, heard: Stamp, wall_ms: int) -> Stamp:
    """The clock after reading another device's stamp.

    A device whose clock stands far ahead must not drag everyone with it: what is heard moves
    one's own clock at most a day past the wall.
    """
    allowed = Stamp(min(heard.milliseconds, wall_ms + DAY_MS), heard.counter)
    return max(last, allowed)


def stands_behind(last: Stamp, wall_ms: int) -> bool:
    """Whether the wall clock stands more than a minute behind the device's own last entry."""
    return wall_ms + 60_000 < last.milliseconds
