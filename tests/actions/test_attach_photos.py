"""A folder of photos named by NIK."""

import os
from pathlib import Path

import pytest

from kerjadesa.actions.attach_photos import attach_photos
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.lane import never, unwatched
from kerjadesa.actions.list_workers import page, photo
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.problem import UserError
from tests.office_kit import opened, worker


def folder_of(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "foto"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(portrait(len(name)))
    return folder


def fill(office: Office) -> None:
    for serial in (1, 2, 3):
        assert isinstance(register(office, worker(serial)), Registered)


def test_every_worker_whose_nik_names_a_picture_gets_it(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, "1303044103850001.jpg", "Foto 1303044103850002 baru.PNG", "liburan.jpg",
        "1303044103850099.jpg", "1303044103850001-1303044103850002.jpg", "catatan.txt",
    )  # fmt: skip
    (folder / "1303044103850003.jpg").write_bytes(b"%PDF-1.7")
    (folder / "lebih dalam.jpg").mkdir()
    told: list[int] = []
    with opened(tmp_path / "home") as office:
        fill(office)
        outcome = attach_photos(office, folder, lambda done, _whole: told.append(done), never)
        assert (outcome.pictures, outcome.attached, outcome.had_one) == (6, 2, 0)
        assert outcome.unknown == ["1303044103850099.jpg"]
        assert outcome.nameless == ["1303044103850001-1303044103850002.jpg", "liburan.jpg"]
        assert outcome.unreadable == ["1303044103850003.jpg"]
        assert told == [0, 1, 2, 3, 4, 5, 6]
        shown = {listed.nik[-1]: photo(office, listed.id) for listed in page(office)}
        assert shown["1"] and shown["2"] and not shown["3"]


def test_a_second_run_changes_nothing_and_keeps_photos_there_are(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "1303044103850001.jpg")
    with opened(tmp_path / "home") as office:
        fill(office)
        attach_photos(office, folder, unwatched, never)
        before = [photo(office, listed.id) for listed in page(office)]
        (folder / "1303044103850001.jpg").write_bytes(portrait(77))
        again = attach_photos(office, folder, unwatched, never)
        assert (again.attached, again.had_one) == (0, 1)
        assert [photo(office, listed.id) for listed in page(office)] == before


def test_stopping_keeps_what_is_attached_and_says_so(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "1303044103850001.jpg", "1303044103850002.jpg")
    asked: list[bool] = []
    with opened(tmp_path / "home") as office:
        fill(office)

        def after_the_first() -> bool:
            asked.append(True)
            return len(asked) > 1

        outcome = attach_photos(office, folder, unwatched, after_the_first)
        assert (outcome.attached, outcome.stopped) == (1, True)
        assert attach_photos(office, folder, unwatched, never).attached == 1


@pytest.mark.skipif(os.name == "nt", reason="links and pipes as POSIX has them")
def test_links_and_pipes_are_left_alone(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (tmp_path / "elsewhere.jpg").write_bytes(portrait(1))
    (folder / "1303044103850001.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    os.mkfifo(folder / "1303044103850002.jpg")
    with opened(tmp_path / "home") as office:
        fill(office)
        assert attach_photos(office, folder, unwatched, never).pictures == 0


def test_a_folder_that_is_gone_is_a_sentence_without_its_name(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office, pytest.raises(UserError, match="file_unreadable"):
        attach_photos(office, tmp_path / "1303044103850001", unwatched, never)
