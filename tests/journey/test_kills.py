"""Kills the program in the midst of work: everything confirmed, or older than a second, is there.

Real child processes and SIGKILL, as the power goes; typing into the form is killed in
`tests/ui/test_drafts_in_the_window.py`.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from kerjadesa.actions import drafts
from kerjadesa.actions.attach_photo import normalise
from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.list_review import newest_review
from kerjadesa.actions.list_workers import get
from kerjadesa.actions.status import status
from tests.list_kit import HEADERS, row, workbook
from tests.office_kit import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as POSIX does")

ROWS = 3_000
PATIENCE = 60


@contextmanager
def working(what: str, home: Path, file: Path) -> Iterator[Callable[[], str]]:
    """The next line of a child that works; it is killed when the block is left."""
    with opened(home):
        pass
    read_end, write_end = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journey.works_until_killed", what, str(home), str(file)],
        stdout=write_end,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    os.close(write_end)

    def following() -> str:
        line = b""
        while not line.endswith(b"\n"):
            assert select.select([read_end], [], [], PATIENCE)[0], "it stands still"
            # One by one, for `select` knows nothing of what is read ahead.
            letter = os.read(read_end, 1)
            assert letter, "it ended by itself"
            line += letter
        return line.decode().strip()

    try:
        yield following
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        os.close(read_end)


def a_second_later(following: Callable[[], str], word: str) -> None:
    """Reads on until this was first said more than a second ago."""
    while following() != word:
        pass
    first = time.monotonic()
    while time.monotonic() - first <= 1.0:
        assert following() == word


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people, each with a NIK of her own."""
    days = [f"{41 + place % 28:02d}{1 + place // 28 % 12:02d}" for place in range(ROWS)]
    people = [
        row(1, nik=f"130304{day}85{1 + place // 336:04d}", name=f"Upik Contoh {place}",
            born=f"{int(day[:2]) - 40:02d}-{day[2:]}-1985")
        for place, day in enumerate(days)
    ]  # fmt: skip
    return workbook(tmp_path_factory.mktemp("list") / "panjang.xlsx", *people)


@pytest.mark.parametrize("killed_at", ["wrote 1000", "written"])
def test_a_kill_while_importing_leaves_all_rows_or_none_and_what_was_confirmed(
    tmp_path: Path, long_list: Path, killed_at: str
) -> None:
    home = tmp_path / "home"
    with working("import", home, long_list) as following:
        word, _, by_hand = following().partition(" ")
        assert word == "registered"
        assert following() == f"writing {ROWS}"
        while following() != killed_at:
            pass
    with opened(home) as office:
        assert get(office, by_hand) is not None
        assert status(office).workers == (1 if killed_at == "wrote 1000" else ROWS + 1)
        assert all(finding.ok for finding in check_house(office))
        if killed_at == "wrote 1000":
            assert import_workbook(office, long_list).registered == ROWS, "it goes in afterwards"


def test_a_kill_while_cropping_keeps_the_form_and_the_photo_as_it_was_cut(tmp_path: Path) -> None:
    picture = tmp_path / "wajah.png"
    Image.linear_gradient("L").resize((900, 1200)).save(picture)
    home = tmp_path / "home"
    with working("crop", home, picture) as following:
        a_second_later(following, "cropping")
    with opened(home) as office:
        (left,) = drafts.unfinished(office)
        assert left.name == "Upik Contoh"
        kept = drafts.take_up(office, left.id)
        assert kept is not None
        assert kept.photo == normalise(picture.read_bytes())


def test_a_kill_while_cells_are_mended_keeps_them_and_the_ticks(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    book = workbook(folder / "l.xlsx", *(row(serial) for serial in range(1, 5)), headers=HEADERS)
    home = tmp_path / "home"
    with working("mend", home, book) as following:
        a_second_later(following, "mended")
    with opened(home) as office:
        review = newest_review(office)
        assert review is not None
        assert review.path == book
        assert review.fixes == {0: {1: "Upik Dibetulkan"}, 2: {1: "Upik Diketik"}}
        assert (review.taken, review.left) == (frozenset(), {1})
    assert [path.name for path in folder.iterdir()] == ["l.xlsx"], "nothing lies beside the file"
    for path in home.rglob("*"):
        assert path.is_dir() or b"Upik" not in path.read_bytes(), path.name
