"""The stick: pulled, full, write-protected, or filled by somebody else."""

import errno
import os
from pathlib import Path

import pytest

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange import stick as stick_files
from kerjadesa.exchange.batch import MAX_SEALED, rewrap
from kerjadesa.exchange.mailbox import Delivery
from kerjadesa.exchange.usb import DistrictFolder, UsbFolder

from .sample import MUARO, sealed

HUB = "f" * 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def usb(root: Path, laptop) -> UsbFolder:
    """The laptop's side of it."""
    return UsbFolder(root, laptop, MUARO)


def code_of(call, *args) -> str:
    """The code of the trouble a call meets."""
    with pytest.raises(UserError) as caught:
        result = call(*args)
        if not isinstance(result, Delivery | None):
            list(result)
    return caught.value.code


def files(root: Path) -> list[str]:
    """Every file on the stick."""
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def test_everything_lies_where_the_district_looks(usb, root, laptop, district):
    usb.enrol(b"a request", laptop.device)
    usb.deliver(sealed(laptop, district).data, laptop.device, 1)
    assert files(root) == [
        f"kerjadesa/enrol/{laptop.device}.kde",
        f"kerjadesa/to-district/{laptop.device}/000001.kdb",
    ]
    folder = DistrictFolder(root)
    assert [folder.read(found) for found in folder.requests()] == [b"a request"]
    assert [(f.sender, f.number) for f in folder.batches()] == [(laptop.device, 1)]


@pytest.mark.parametrize("cut", [0, 100, -1])
def test_a_batch_cut_short_by_a_pulled_stick_is_written_again(usb, root, laptop, district, cut):
    batch = sealed(laptop, district)
    usb.deliver(batch.data, laptop.device, 1)
    lying = root / "kerjadesa" / "to-district" / laptop.device / "000001.kdb"
    lying.write_bytes(batch.data[:cut])
    assert usb.deliver(batch.data, laptop.device, 1) == Delivery("delivered")
    assert lying.read_bytes() == batch.data


def test_the_same_batch_for_more_readers_takes_the_place_of_the_first(
    usb, root, laptop, district, stranger
):
    batch = sealed(laptop, district)
    usb.deliver(batch.data, laptop.device, 1)
    more = rewrap(batch.data, laptop, [k.age_recipient for k in (laptop, district, stranger)])
    assert usb.deliver(more, laptop.device, 1) == Delivery("delivered")
    assert DistrictFolder(root).read(DistrictFolder(root).batches()[0]) == more


def test_batches_come_in_the_order_of_their_numbers(usb, root, laptop, district):
    for number in (10, 9, 1_000_000, 2):
        DistrictFolder(root).reply(MUARO, f"{HUB}.public", number, b"%d" % number)
    assert list(usb.collect({})) == [b"2", b"9", b"10", b"1000000"]
    assert list(usb.collect({f"{HUB}.public": 9})) == [b"10", b"1000000"]


def test_another_nagaris_answers_are_left_alone(usb, root):
    DistrictFolder(root).reply("13.03.04.2002", f"{HUB}.public", 1, b"not ours")
    assert list(usb.collect({})) == []


@pytest.mark.parametrize(
    "name",
    [
        "1.kdb",
        "0000001.kdb",
        "000000.kdb",
        "000001.kdb.part",
        "000001.exe",
        "٠٠٠٠٠١.kdb",
        "000001.kdb\n",
        "autorun.inf",
    ],
)
def test_files_under_any_other_name_are_not_even_read(usb, root, name):
    for sender in (f"{HUB}.public", f"{HUB}.13.03.04.2001.more", "nobody", "...", "F" * 20):
        folder = root / "kerjadesa" / "from-district" / MUARO / sender
        folder.mkdir(parents=True)
        (folder / name).write_bytes(b"junk")
    assert list(usb.collect({})) == []


def test_links_on_a_stick_lead_nowhere(usb, root, tmp_path, laptop, district):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "000001.kdb").write_bytes(b"a secret of this computer")
    down = root / "kerjadesa" / "from-district" / MUARO
    down.mkdir(parents=True)
    (down / f"{HUB}.public").symlink_to(secret)
    (down / f"{HUB}.{MUARO}").mkdir()
    (down / f"{HUB}.{MUARO}" / "000001.kdb").symlink_to(secret / "000001.kdb")
    assert list(usb.collect({})) == []

    (root / "kerjadesa" / "to-district").symlink_to(secret)
    assert code_of(usb.deliver, b"sealed", laptop.device, 1) == "usb_strange"
    assert [path.name for path in secret.iterdir()] == ["000001.kdb"]


def test_a_link_under_the_batchs_name_is_replaced_not_followed(usb, root, tmp_path, laptop):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    folder = root / "kerjadesa" / "to-district" / laptop.device
    folder.mkdir(parents=True)
    for name in ("000001.kdb", "000001.kdb.part"):
        (folder / name).symlink_to(victim)
    usb.deliver(b"sealed", laptop.device, 1)
    assert victim.read_bytes() == b"precious"
    assert (folder / "000001.kdb").read_bytes() == b"sealed"
    assert not (folder / "000001.kdb").is_symlink()


def test_a_pipe_under_a_batchs_name_does_not_hold_the_program(usb, root):
    folder = root / "kerjadesa" / "from-district" / MUARO / f"{HUB}.public"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "000001.kdb")
    assert list(usb.collect({})) == []


def test_a_giant_is_read_no_further_than_needed_to_refuse_it(usb, root):
    folder = root / "kerjadesa" / "from-district" / MUARO / f"{HUB}.public"
    folder.mkdir(parents=True)
    with (folder / "000001.kdb").open("wb") as file:
        file.truncate(1 << 30)
    assert [len(data) for data in usb.collect({})] == [MAX_SEALED + 1]


def test_a_flooded_folder_stops_no_other(usb, root, monkeypatch):
    monkeypatch.setattr(stick_files, "_MOST_NAMES", 5)
    for number in range(1, 9):
        DistrictFolder(root).reply(MUARO, "a" * 20, number, b"flood")
    DistrictFolder(root).reply(MUARO, f"{HUB}.public", 1, b"wanted")
    assert list(usb.collect({})) == [b"wanted"]


def test_a_stick_that_is_gone_is_told_and_nothing_lands_on_the_disk(tmp_path, laptop, district):
    gone = tmp_path / "gone"
    usb = UsbFolder(gone, laptop, MUARO)
    batch = sealed(laptop, district).data
    assert code_of(usb.deliver, batch, laptop.device, 1) == "usb_missing"
    assert code_of(usb.enrol, b"request", laptop.device) == "usb_missing"
    assert code_of(usb.collect, {}) == "usb_missing"
    assert code_of(DistrictFolder(gone).batches) == "usb_missing"
    assert not gone.exists()


def test_an_empty_stick_has_nothing_to_collect(usb, root):
    assert list(usb.collect({})) == []
    assert DistrictFolder(root).batches() == DistrictFolder(root).requests() == []
    assert files(root) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "usb_full"),
        (errno.EROFS, "usb_readonly"),
        (errno.EIO, "usb_missing"),
        (errno.ENODEV, "usb_missing"),
        (errno.EINVAL, "usb_failed"),
    ],
)
def test_a_stick_that_fails_while_writing_leaves_no_half_file(
    usb, root, laptop, district, monkeypatch, number, code
):
    def fails(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    batch = sealed(laptop, district).data
    assert code_of(usb.deliver, batch, laptop.device, 1) == code
    assert files(root) == []


def test_a_rename_held_up_by_an_antivirus_is_tried_again(usb, root, laptop, district, monkeypatch):
    held, pauses = [2], []
    rename = Path.replace

    def busy(self: Path, target: Path) -> Path:
        if held[0]:
            held[0] -= 1
            raise PermissionError(errno.EACCES, "held")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(stick_files.time, "sleep", pauses.append)
    batch = sealed(laptop, district).data
    assert usb.deliver(batch, laptop.device, 1) == Delivery("delivered")
    assert len(pauses) == 2
    held[0] = 99
    assert code_of(usb.deliver, b"other", laptop.device, 2) == "usb_readonly"
    assert [name for name in files(root) if name.endswith(".part")] == []


def test_names_that_are_no_names_never_become_paths(usb, root):
    for name in ("../../escape", "a" * 20 + "/..", "A" * 20, ""):
        with pytest.raises(ValueError, match="name"):
            usb.deliver(b"sealed", name, 1)
        with pytest.raises(ValueError, match="name"):
            usb.enrol(b"request", name)
        with pytest.raises(ValueError, match="name"):
            DistrictFolder(root).reply(MUARO, name, 1, b"sealed")
        with pytest.raises(ValueError, match="name"):
            DistrictFolder(root).reply(name, HUB, 1, b"sealed")
    assert files(root) == []
