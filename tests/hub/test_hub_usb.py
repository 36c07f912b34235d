"""The district's desk: a stick comes in, is served, and goes home with the answers."""

from pathlib import Path

import pytest

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.batch import Opened, open_batch
from kerjadesa.exchange.usb import DistrictFolder, UsbFolder
from kerjadesa.hub import devices
from kerjadesa.hub.home import Hub
from kerjadesa.hub.status import status
from kerjadesa.hub.usb import Exchanged, receive_folder

from .village import MUARO, NOW, SUNGAI_LANSEK, Laptop, worker


def _stick(root: Path, laptop: Laptop) -> UsbFolder:
    return UsbFolder(root, laptop.keys, laptop.nagari)


def _serve(hub: Hub, root: Path, reply: Path | None = None) -> Exchanged:
    return receive_folder(hub, DistrictFolder(root), DistrictFolder(reply or root), NOW)


def _collected(root: Path, laptop: Laptop, have: dict[str, int] | None = None) -> list[Opened]:
    return [open_batch(data, laptop.keys) for data in _stick(root, laptop).collect(have or {})]


def _leave(root: Path, laptop: Laptop) -> None:
    for number, sealed in enumerate(laptop.batches, start=1):
        _stick(root, laptop).deliver(sealed.data, laptop.keys.device, number)


def test_a_new_laptop_is_certified_and_its_batches_taken_on_one_visit(hub: Hub, tmp_path: Path):
    laptop = Laptop(hub)
    _stick(tmp_path, laptop).enrol(laptop.request(), laptop.keys.device)
    for serial in range(2):
        laptop.register(worker(serial))
        laptop.seal()
    _leave(tmp_path, laptop)
    done = _serve(hub, tmp_path)
    assert [outcome.result for outcome in done.outcomes] == ["certified", "delivered", "delivered"]
    assert done.written == {MUARO: 2}
    said = [entry for opened in _collected(tmp_path, laptop) for entry in opened.entries]
    assert [entry.verb for entry in said] == [
        verbs.DEVICE_CERTIFIED,
        verbs.BATCH_RECEIVED,
        verbs.BATCH_RECEIVED,
    ]


def test_serving_the_same_stick_again_changes_nothing(hub: Hub, tmp_path: Path):
    laptop = Laptop(hub).enrolled()
    laptop.register(worker(1))
    laptop.seal()
    _leave(tmp_path, laptop)
    _serve(hub, tmp_path)
    before = [opened.id for opened in _collected(tmp_path, laptop)]
    assert [outcome.result for outcome in _serve(hub, tmp_path).outcomes] == ["known"]
    assert [opened.id for opened in _collected(tmp_path, laptop)] == before
    assert status(hub).batches == 1


def test_a_bad_file_is_told_and_the_others_are_taken(hub: Hub, tmp_path: Path):
    laptop, stranger = Laptop(hub).enrolled(), Laptop(hub)
    for one in (laptop, stranger):
        one.register(worker(1))
        one.seal()
        _leave(tmp_path, one)
    up = tmp_path / "kerjadesa" / "to-district"
    bad = up / ("0" * 20)
    bad.mkdir()
    (bad / "000001.kdb").write_bytes(b"no batch at all")
    (bad / "000002.kdb").write_bytes(bytes(300_000))
    (up / laptop.keys.device / "000002.kdb").write_bytes(laptop.batches[0].data[:-9])
    (tmp_path / "kerjadesa" / "enrol").mkdir()
    (tmp_path / "kerjadesa" / "enrol" / f"{'1' * 20}.kde").write_bytes(b"rubbish")
    done = _serve(hub, tmp_path)
    told = {outcome.name.removeprefix("kerjadesa/"): outcome.result for outcome in done.outcomes}
    assert told == {
        f"enrol/{'1' * 20}.kde": "enrol_damaged",
        f"to-district/{'0' * 20}/000001.kdb": "batch_damaged",
        f"to-district/{'0' * 20}/000002.kdb": "batch_too_large",
        f"to-district/{laptop.keys.device}/000001.kdb": "delivered",
        f"to-district/{laptop.keys.device}/000002.kdb": "batch_damaged",
        f"to-district/{stranger.keys.device}/000001.kdb": "device_unknown",
    }
    assert set(done.written) == {MUARO}
    assert status(hub).workers == 1


def test_the_answer_is_for_the_nagari_on_the_stick_and_for_all_its_laptops(
    hub: Hub, tmp_path: Path
):
    laptop, colleague = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    far = Laptop(hub, SUNGAI_LANSEK).enrolled()
    colleague.send(worker(1))
    far.send(worker(2, SUNGAI_LANSEK))
    laptop.register(worker(3))
    laptop.seal()
    _leave(tmp_path, laptop)
    reply = tmp_path / "reply"
    reply.mkdir()
    _serve(hub, tmp_path, reply)
    senders = {opened.manifest.sender for opened in _collected(reply, laptop)}
    assert senders == {hub.chain("public"), hub.chain(MUARO), colleague.keys.device}
    assert laptop.batches[0].id in {o.id for o in _collected(reply, colleague)}
    assert not (reply / "kerjadesa" / "from-district" / SUNGAI_LANSEK).exists()


def test_a_revoked_laptop_brings_a_stick_in_vain(hub: Hub, tmp_path: Path):
    laptop = Laptop(hub).enrolled()
    devices.revoke(hub, laptop.keys.device, NOW)
    laptop.register(worker(1))
    laptop.seal()
    _leave(tmp_path, laptop)
    done = _serve(hub, tmp_path)
    assert [outcome.result for outcome in done.outcomes] == ["device_revoked"]
    assert (done.written, status(hub).workers) == ({}, 0)


def test_what_every_laptop_says_it_holds_is_not_written_again(hub: Hub, tmp_path: Path):
    one, other = Laptop(hub).enrolled(), Laptop(hub).enrolled()
    public, nagari = hub.chain("public"), hub.chain(MUARO)
    one.send(worker(1))
    other.send(worker(2))
    one.collect()
    one.register(worker(3))
    one.seal(have={public: 1, nagari: 1, other.keys.device: 1})
    other.register(worker(4))
    other.seal(have={public: 1, nagari: 0, one.keys.device: 1})
    for laptop in (one, other):
        _leave(tmp_path, laptop)
    _serve(hub, tmp_path)
    numbers: dict[str, list[int]] = {}
    for found in (tmp_path / "kerjadesa" / "from-district" / MUARO).rglob("*.kdb"):
        numbers.setdefault(found.parent.name, []).append(int(found.stem))
    assert {sender: sorted(held) for sender, held in numbers.items()} == {
        nagari: [1, 2],
        one.keys.device: [2],
        other.keys.device: [2],
    }


def test_a_gap_on_the_stick_says_what_is_missing(hub: Hub, tmp_path: Path):
    laptop = Laptop(hub).enrolled()
    for serial in range(2):
        laptop.register(worker(serial))
        laptop.seal()
    _stick(tmp_path, laptop).deliver(laptop.batches[1].data, laptop.keys.device, 2)
    (outcome,) = _serve(hub, tmp_path).outcomes
    assert (outcome.result, outcome.expected, outcome.refused) == ("gap", 1, True)


def test_a_batch_under_another_devices_name_counts_for_whoever_signed_it(hub: Hub, tmp_path: Path):
    laptop, far = Laptop(hub).enrolled(), Laptop(hub, SUNGAI_LANSEK).enrolled()
    laptop.register(worker(1))
    laptop.seal()
    folder = tmp_path / "kerjadesa" / "to-district" / far.keys.device
    folder.mkdir(parents=True)
    (folder / "000001.kdb").write_bytes(laptop.batches[0].data)
    _serve(hub, tmp_path)
    assert status(hub).kecamatan == {"13.03.04": 1}


def test_a_missing_stick_is_said_plainly(hub: Hub, tmp_path: Path):
    with pytest.raises(UserError, match="usb_missing"):
        _serve(hub, tmp_path / "nowhere")
