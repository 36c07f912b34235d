"""What is measured: each function gives one or more lines."""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter

from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.lane import never, unwatched
from kerjadesa.actions.list_workers import View, find, look
from kerjadesa.actions.list_workers import count as how_many
from kerjadesa.actions.open_list import open_list
from kerjadesa.actions.preview_import import preview_residents
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import GENESIS, write
from kerjadesa.domain.identifier import new_id
from kerjadesa.exchange.batch import Envelope, fit
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.reference import read_text
from tests.bench import hub_intake, register, village
from tests.bench.cards import printing, printing_memory
from tests.bench.ceremony import handing_over
from tests.bench.line import ROUNDS, Line, median_of
from tests.bench.verify import checking
from tests.hub.private_postgresql import private_postgresql
from tests.ui import measure_start

WORDS = ("nik1303", "alf", "alfian ko", "zulkifli", "tapian", "13030401", "koto", "guci pas")
DAY = date(2026, 11, 20)
Measure = Callable[[], Iterator[Line]]


def importing() -> Iterator[Line]:
    """10,000 rows of 43 columns into a fresh register, against openpyxl's mere reading."""
    book = _workbook(10_000)
    rounds = []
    for _ in range(3):
        shutil.rmtree(village.folder_of(0), ignore_errors=True)
        office = village.opened(0)
        began = time.perf_counter()
        report = import_workbook(office, book, DAY)
        rounds.append(time.perf_counter() - began)
        office.close()
        assert report.registered == 10_000
    ours = statistics.median(rounds)
    for read_only in (False, True):
        theirs = median_of(lambda mode=read_only: _read_with_openpyxl(book, mode), 3)
        yield Line(
            f"import of 10,000 rows (openpyxl read_only={read_only})",
            f"{ours:.2f} s",
            "ratio < 1",
            f"{theirs:.2f} s",
            f"{ours / theirs:.2f}",
        )


def previewing() -> Iterator[Line]:
    """The same workbook until every row is judged and nothing is written."""
    book = _workbook(10_000)
    office = village.opened(10_000)

    def preview() -> None:
        found = open_list(office, book, unwatched, never)
        places = found.matched.places
        rows = preview_residents(office, found.table, places, DAY, {}, unwatched, never)
        assert len(rows.verdicts) == 10_000

    yield Line("preview of 10,000 rows beside 10,000", f"{median_of(preview, 3):.2f} s", "< 5 s")
    office.close()


def searching() -> Iterator[Line]:
    """From a keystroke to the rows of the first screen."""
    for count in (10_000, 100_000):
        office = village.opened(count)
        times = []
        for words in WORDS:
            find(office, words, 50)
            for _ in range(ROUNDS):
                began = time.perf_counter()
                find(office, words, 50)
                times.append(time.perf_counter() - began)
        office.close()
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        yield Line(
            f"search keystroke at {count:,} workers",
            f"{middle * 1000:.1f} ms (p95 {slow * 1000:.1f})",
            "≤ 16 ms",
        )


def listing() -> Iterator[Line]:
    """The next page of the list in its worst cases: hardly anybody fits, or nobody."""
    office = village.opened(100_000)
    first = look(office, View(), 200).workers
    for name, view, after in (
        ("everybody by name, next page", View(), first[-1].key),
        ("filtered to nobody, by jorong", View(occupation=88, order="jorong"), None),
        ("filtered by age, newest first", View(born_from=date(1999, 1, 1), order="newest"), None),
    ):
        seconds = median_of(lambda view=view, after=after: look(office, view, 200, after))
        yield Line(f"list of 100,000: {name}", f"{seconds * 1000:.1f} ms", "≤ 50 ms")
    seconds = median_of(lambda: how_many(office, View(photo=False, sex="F")))
    yield Line("list of 100,000: how many a filter leaves", f"{seconds * 1000:.1f} ms", "≤ 50 ms")
    office.close()


def sealing() -> Iterator[Line]:
    """Bytes of sealed batches per worker, without photos."""
    keys, hub = new_keyring(), new_keyring()
    entries, prev = [], GENESIS
    for seq, body in enumerate(village.bodies(2000), start=1):
        entry = write(
            device=keys.device,
            seq=seq,
            hlc=f"{1_795_000_000_000 + seq * 61_013:013d}-0000",
            operator="Petugas Contoh",
            verb=verbs.REGISTERED,
            subject=new_id(1_795_000_000_000 + seq * 61_013, os.urandom(10)),
            values=body,
            salt=os.urandom(16),
            prev=prev,
        )
        prev = entry.hash
        entries.append(entry)
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    envelope = Envelope(keys.device, village.NAGARI, ["district", village.NAGARI], {}, moment)
    sealed = list(fit(envelope, 1, "", entries, lambda _: None, keys, [hub.age_recipient]))
    size = sum(len(batch.data) for batch in sealed)
    yield Line("sealed batch, a worker without photo", f"{size / 2000:.0f} bytes", "≤ 200 bytes")


def taking_in() -> Iterator[Line]:
    """The hub, from sealed bytes to the committed receipt."""
    with tempfile.TemporaryDirectory() as folder:
        rate = statistics.median(
            hub_intake.measure(f"sqlite:///{Path(folder) / f'hub-{n}.db'}") for n in range(3)
        )
    yield Line("hub intake on SQLite", f"{rate:,.0f} workers/s")
    with private_postgresql(durable=True) as fresh:
        if fresh is None:
            yield Line("hub intake on PostgreSQL", "SKIPPED: PostgreSQL is not installed")
            return
        rate = statistics.median(hub_intake.measure(fresh()) for _ in range(3))
        yield Line("hub intake on PostgreSQL", f"{rate:,.0f} workers/s")


def _workbook(rows: int) -> Path:
    path = village.FOLDER / f"residents-{rows}.xlsx"
    if path.exists():
        return path
    columns = read_text("resident_columns.txt").split()
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data Penduduk")
        sheet.write_row(0, 0, columns)
        for number, body in enumerate(village.bodies(rows), start=1):
            cells = {
                "alamat": "-",
                "dusun": body["jorong"],
                "rw": body["rw"],
                "rt": body["rt"],
                "nama": body["name"].upper(),
                "no_kk": body["kk"],
                "nik": body["nik"],
                "sex": 1,
                "tempatlahir": body["birth_place"].upper(),
                "tanggallahir": body["birth_date"],
                "agama_id": 1,
                "pendidikan_kk_id": 3,
                "pekerjaan_id": 9,
                "status_kawin": 2,
                "kk_level": 1,
                "warganegara_id": 1,
                "nama_ibu": body["mother_name"].upper(),
                "golongan_darah_id": 13,
                "status_dasar": 1,
                "suku": "MINANG",
            }
            sheet.write_row(number, 0, [cells.get(column, "") for column in columns])
    return path


def _read_with_openpyxl(path: Path, read_only: bool) -> int:
    book = openpyxl.load_workbook(path, read_only=read_only)
    count = sum(1 for _ in book.active.iter_rows(values_only=True))
    book.close()
    return count


def starting() -> Iterator[Line]:
    """From process start to the first paint, and from Enter to the list of 10,000 workers."""
    village.opened(10_000).close()
    start = measure_start.measure(village.folder_of(10_000), village.PASSPHRASE)
    bare = f"{start.bare:.2f} s"

    def line(name: str, seconds: float, goal: str = "ratio ≤ 3") -> Line:
        return Line(name, f"{seconds:.2f} s", goal, bare, f"{seconds / start.bare:.1f}")

    yield line("window on screen, ready for the passphrase", start.lock)
    yield line("from Enter to the list of 10,000 workers", start.opening)
    yield line("both, the passphrase given at once", start.register, "")


ALL: tuple[Measure, ...] = (
    starting, importing, previewing, searching, listing, register.states, register.typing,
    register.memory, register.freezes, printing, printing_memory, checking,
    handing_over, sealing, taking_in,
)  # fmt: skip
BY_NAME: tuple[Measure, ...] = (register.million,)
"""Only where they are asked for by name: they take long, and much room."""
