"""The register at size, as an operator feels it in the window."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kerjadesa.actions.list_workers import View, look
from tests.bench import in_window, village
from tests.bench.line import Line, median_of

LARGE, HUGE = 100_000, 1_000_000


def typing() -> Iterator[Line]:
    """From the press of a key in the window's search box to the rows it has painted."""
    village.opened(LARGE).close()
    yield _typing(LARGE, in_window.run("typing", village.folder_of(LARGE)), "p95 ≤ 16 ms")


def million() -> Iterator[Line]:
    """The same in a register of a million, made once: minutes, and 2 GB in build/bench."""
    if not (village.folder_of(HUGE) / "filled").exists():
        print(f"Making a register of {HUGE:,} workers: this takes many minutes and 2 GB …")
    for count in (LARGE, HUGE):
        village.opened(count).close()
    large = in_window.run("typing", village.folder_of(LARGE))
    huge = in_window.run("typing", village.folder_of(HUGE))
    peer, ratio = f"{large['p95']:.1f} ms", f"{huge['p95'] / large['p95']:.2f}"
    line = _typing(HUGE, huge, "ratio ≤ 2")
    yield Line(line.name, line.value, line.goal, peer, ratio)


def states() -> Iterator[Line]:
    """A page of those in one state of sending, while nobody has been sent."""
    office = village.opened(LARGE)
    for state in ("waiting", "received"):
        seconds = median_of(lambda state=state: look(office, View(sync=state), 200))
        yield Line(f"list of 100,000: all {state}", f"{seconds * 1000:.1f} ms", "≤ 50 ms")
    office.close()


def memory() -> Iterator[Line]:
    """The peak of the running app: the whole list scrolled through, searched, filtered."""
    village.opened(LARGE).close()
    peak = in_window.run("memory", village.folder_of(LARGE))["peak"]
    yield Line("memory of the window with 100,000 workers", f"{peak:.0f} MiB", "≤ 250 MiB")


def freezes() -> Iterator[Line]:
    """The longest time between two turns of the window's event loop."""
    village.opened(LARGE).close()
    with tempfile.TemporaryDirectory() as folder:
        # It changes the register, so a copy.
        copy = Path(shutil.copytree(village.folder_of(LARGE), Path(folder) / "home"))
        gaps = in_window.run("gaps", copy)
    for name, longest in gaps.items():
        yield Line(f"window of 100,000 stands still: {name}", f"{longest:.0f} ms", "≤ 100 ms")


def _typing(count: int, found: dict[str, float], goal: str) -> Line:
    value = f"{found['median']:.1f} ms (p95 {found['p95']:.1f})"
    return Line(f"key to painted rows at {count:,} workers", value, goal)
