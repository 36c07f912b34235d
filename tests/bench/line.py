"""What a measure prints, and how its rounds are taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Line:
    """One printed line. `ratio` compares with `peer`, measured in the same run."""

    name: str
    value: str
    goal: str = ""
    peer: str = ""
    ratio: str = ""


def median_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median seconds of some rounds, after one that warms up."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def peak_mib() -> float:
    """The most memory this process has held, in MiB (Linux).

    Not `ru_maxrss`: that also counts what the parent held when it started this process.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
