"""What an operator feels: measured in the real window, in a process of its own.

`run(what, home)` is for the bench; a figure is in milliseconds, memory in MiB.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.line import peak_mib

WORDS = ("alfian ko", "zulkifli", "tapian", "13030401", "koto", "guci pas", "1303041", "rahmat")
OTHERS: dict[str, tuple[str, ...]] = {
    "worker": ("worker",), "register": ("worker",), "import": (), "cards": (), "design": (),
    "printer": (), "ceremony": (), "exchange": (), "verify": (), "settings": (),
}  # fmt: skip
"""Pages, and what they are told to show."""
_ROOT = Path(__file__).resolve().parents[2]


def run(what: str, home: Path) -> dict[str, float]:
    """The figures of one kind, from a fresh process on this register."""
    environment = {**os.environ}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.in_window", what, str(home.resolve())],
        cwd=_ROOT, env=environment, check=True, capture_output=True, text=True, timeout=1200,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _child(what: str, home: Path) -> None:
    # Before PySide6, as in the program: it sees to what an import costs.
    from kerjadesa.ui.start import open_window, preload  # isort: skip
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.bench import village

    window = open_window(QApplication([]), home, village.now)
    window.resize(1366, 768)
    window.show()
    # As it happens while an operator types the passphrase.
    preload()
    window.unlock.passphrase.setText(village.PASSPHRASE)  # type: ignore[union-attr]
    window.unlock.open()  # type: ignore[union-attr]
    while window.desk is None or window.lane.busy:
        QTest.qWait(10)
    figures = {"typing": _typing, "memory": _memory, "gaps": _gaps}[what](window)
    print(json.dumps(figures), flush=True)
    # Nothing was changed that would have to be written on leaving.
    os._exit(0)


def _typing(window: Any) -> dict[str, float]:
    """From the key's press until the window has painted the rows that fit."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    window.desk.go("workers")
    page, application = window.desk.page("workers"), QApplication.instance()
    QTest.qWait(300)
    painted = _paints_of(page.table.viewport())
    times = []
    for _round in range(3):
        for word in WORDS:
            for key in [*word, *[Qt.Key.Key_Backspace] * len(word)]:
                painted.clear()
                began = time.perf_counter()
                QTest.keyClick(page.search, key)
                while not painted and page.model.rowCount():
                    application.processEvents()
                application.processEvents()
                times.append(time.perf_counter() - began)
    return {
        "median": statistics.median(times) * 1000,
        "p95": statistics.quantiles(times, n=20)[-1] * 1000,
    }


def _paints_of(widget: Any) -> list[object]:
    from PySide6.QtCore import QEvent, QObject

    painted: list[object] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                painted.append(True)
            return False

    widget.installEventFilter(Watch(widget))
    return painted


def _memory(window: Any) -> dict[str, float]:
    """The peak after the list was opened, scrolled to its end, searched and filtered."""
    from PySide6.QtTest import QTest

    window.desk.go("workers")
    page = window.desk.page("workers")
    while page.model.more:
        page.table.scrollToBottom()
        QTest.qWait(1)
        if page.model.canFetchMore(page.table.rootIndex()):
            page.model.fetchMore(page.table.rootIndex())
    page.table.scrollTo(page.model.index(page.model.rowCount() // 2, 0))
    for word in WORDS:
        page.search.setText(word)
        QTest.qWait(10)
    page.search.clear()
    page.filters.choose("sync", "waiting")
    page.filters.choose("sex", "M")
    QTest.qWait(500)
    return {"peak": peak_mib()}


def _gaps(window: Any) -> dict[str, float]:
    """The longest time between two turns of the event loop, per thing done."""
    from PySide6.QtCore import QModelIndex, Qt, QTimer
    from PySide6.QtTest import QTest

    last, longest = [0.0], [0.0]

    def beat() -> None:
        moment = time.perf_counter()
        longest[0] = max(longest[0], moment - last[0])
        last[0] = moment

    timer = QTimer(interval=2)
    timer.timeout.connect(beat)
    timer.start()
    found: dict[str, float] = {}

    @contextmanager
    def watched(name: str) -> Iterator[None]:
        last[0], longest[0] = time.perf_counter(), 0.0
        yield
        beat()
        found[name] = longest[0] * 1000

    def wait() -> None:
        QTest.qWait(250)
        while window.lane.busy:
            QTest.qWait(20)

    def each(name: str, *ways: Callable[[], object]) -> None:
        with watched(name):
            for way in ways:
                way()
                wait()

    with watched("Beranda, building ahead"):
        while not {"workers", "register"} <= window.desk._pages.keys():
            QTest.qWait(20)
    each("opening", lambda: window.desk.go("workers"))
    page = window.desk.page("workers")
    someone = page.model.ids([0])[0]
    with watched("first visit of another page"):
        for name, what in OTHERS.items():
            window.desk.go(name, **dict.fromkeys(what, someone))
            while window.desk.name != name:
                QTest.qWait(5)
            wait()
    window.desk.go("workers")
    wait()
    table, model = page.table, page.model
    with watched("typing"):
        for key in "zulkifli":
            QTest.keyClick(page.search, key)
            QTest.qWait(30)
    page.search.clear()
    wait()
    each("sorting", *[lambda i=i: page.order.setCurrentIndex(i) for i in (1, 2, 3, 0)])
    states = [lambda s=s: page.filters.choose("sync", s) for s in ("waiting", "received", None)]
    choices = (("sex", "F"), ("sex", "M"), ("photo", True), ("photo", None), ("sex", None))
    others = [lambda n=n, v=v: page.filters.choose(n, v) for n, v in choices]
    each("filtering", *states, *others)
    with watched("scrolling"):
        for _page in range(60):
            QTest.keyClick(table, Qt.Key.Key_PageDown)
            QTest.qWait(5)
    each("selecting all", table.selectAll)
    while model.canFetchMore(QModelIndex()) and model.rowCount() < 600:
        model.fetchMore(QModelIndex())
    table.mark(model.ids(range(600)))
    code = next(iter(model.programmes))
    other = next((known for known in model.programmes if known != code), code)
    each("setting the programme", lambda: page.acts.put_under(other))
    page.filters.clear()
    wait()
    with tempfile.TemporaryDirectory() as folder:
        each("asking why it is exported", page.acts._ask_export)
        page.acts.panel.reason.setCurrentIndex(1)
        each("exporting", lambda: page.acts.export_to(Path(folder) / "all.csv"))
    return found


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
