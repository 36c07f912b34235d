"""A restored register is a device of its own, and what the old one left reaches the district."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kerjadesa.actions import restore as restoring
from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.home_files import DATABASE
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.restore import renew, restore
from kerjadesa.actions.send import send_to_folder, send_to_hub
from kerjadesa.actions.setup import set_up
from kerjadesa.actions.status import status
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange import https
from kerjadesa.hub import devices
from kerjadesa.hub.api import create_app
from kerjadesa.hub.status import status as hub_status
from tests.backup_kit import clean, fill, join, names, saved, visit
from tests.office_kit import MUARO, PASSPHRASE, START, District, opened, worker


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    made = District(tmp_path / "district")
    yield made
    made.hub.engine.dispose()


def test_what_was_unsent_at_the_backup_reaches_the_district_after_a_restore(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    join(home, stick, district)
    fill(home, 2)
    with opened(home) as office:
        # One batch sealed and handed to a stick that is lost, one entry sealed nowhere.
        (tmp_path / "lost").mkdir()
        send_to_folder(office, tmp_path / "lost")
        numbers = {listed.name: listed.card_number for listed in page(office)}
    fill(home, 3)
    file = saved(home, stick)
    shutil.rmtree(home)

    assert restore(other, file, PASSPHRASE, START).unsent
    fill(other, 4)
    with opened(other) as office:
        assert (status(office).waiting, status(office).sent) == (2, 1)
        assert not status(office).invited
    join(other, stick, district)
    visit(other, stick, district)

    held = hub_status(district.hub)
    assert (held.workers, held.alarms, held.devices) == (4, 0, 2)
    with opened(other) as office:
        assert status(office).received == 4
        # Not one card that was printed before has become wrong.
        assert numbers.items() <= {w.name: w.card_number for w in page(office)}.items()
        with office.store.reading(office.now()) as unit:
            assert not unit.former
        assert all(finding.ok for finding in check_house(office))


def test_what_the_district_holds_beyond_the_backup_comes_back_from_there(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    join(home, stick, district)
    fill(home, 2)
    file = saved(home, stick)
    fill(home, 3)
    visit(home, stick, district)
    shutil.rmtree(home)

    restore(other, file, PASSPHRASE, START)
    join(other, stick, district)
    assert len(names(other)) == 3
    visit(other, stick, district)

    held = hub_status(district.hub)
    assert (held.workers, held.alarms) == (3, 0)
    with opened(other) as office:
        assert (status(office).received, status(office).waiting) == (3, 0)


def test_a_register_nobody_knew_yet_is_known_by_both_its_names_after_a_restore(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    file = saved(home, stick)
    shutil.rmtree(home)

    restore(other, file, PASSPHRASE, START)
    join(other, stick, district)
    visit(other, stick, district)

    assert hub_status(district.hub).workers == 1
    assert hub_status(district.hub).devices == 2
    with opened(other) as office:
        assert status(office).received == 1


def test_the_laptop_believed_lost_comes_back_and_nothing_of_either_is_lost(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    join(home, stick, district)
    fill(home, 2)
    file = saved(home, stick)
    restore(other, file, PASSPHRASE, START)
    join(other, stick, district)
    fill(other, 3)
    visit(other, stick, district)
    assert hub_status(district.hub).workers == 3

    # The old one knows nothing of it and goes on writing.
    fill(home, 4)
    refusals = visit(home, clean(stick), district)
    assert "batch_fork" in refusals
    assert hub_status(district.hub).alarms == 1
    assert hub_status(district.hub).workers == 3
    assert "Upik Contoh 4" in names(home)

    with opened(home) as office:
        renew(office)
    join(home, clean(stick), district)
    visit(home, stick, district)
    visit(other, stick, district)

    assert hub_status(district.hub).workers == 4
    for one in (home, other):
        assert len(names(one)) == 4
        with opened(one) as office:
            assert (status(office).received, status(office).waiting) == (4, 0)
            assert all(finding.ok for finding in check_house(office))


def test_a_restored_register_stays_with_the_district_it_belongs_to(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    join(home, stick, district)
    restore(other, saved(home, stick), PASSPHRASE, START)
    stranger = District(tmp_path / "stranger")
    with opened(other) as office, pytest.raises(UserError, match="enrolled_elsewhere"):
        enrol(office, stranger.invite())
    stranger.hub.engine.dispose()


def test_a_district_that_revoked_the_lost_laptop_too_early_is_asked_to_let_it_finish(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    fill(home, 1)
    join(home, stick, district)
    fill(home, 2)
    file = saved(home, stick)
    with opened(home) as office:
        lost = office.keys.device
    shutil.rmtree(home)
    devices.revoke(district.hub, lost, START)

    restore(other, file, PASSPHRASE, START)
    fill(other, 3)
    join(other, stick, district)
    assert visit(other, stick, district) == ["former_revoked"]
    assert hub_status(district.hub).workers == 2
    with opened(other) as office:
        assert (status(office).received, status(office).waiting) == (2, 1)

    devices.reinstate(district.hub, lost, START)
    visit(other, stick, district)
    assert visit(other, stick, district) == []
    assert hub_status(district.hub).workers == 3
    with opened(other) as office:
        assert status(office).received == 3


def test_a_folder_copied_by_hand_forks_aloud_and_both_go_on_after_it(
    tmp_path: Path, stick: Path, district: District
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    fill(home, 1)
    join(home, stick, district)
    shutil.copytree(home, copy)
    fill(home, 2)
    fill(copy, 3)
    visit(home, stick, district)
    assert "batch_fork" in visit(copy, clean(stick), district)
    assert hub_status(district.hub).alarms == 1

    with opened(copy) as office:
        renew(office)
    fill(copy, 4)
    join(copy, clean(stick), district)
    visit(copy, stick, district)
    # What the copy wrote under the other's name stays with it, told as waiting, and the rest goes.
    assert hub_status(district.hub).workers == 3
    assert names(copy) == [f"Upik Contoh {n}" for n in (1, 3, 4)]
    with opened(copy) as office:
        assert status(office).waiting + status(office).sent == 1
        assert all(finding.ok for finding in check_house(office))


class Wire(httpx.BaseTransport):
    """A line to a hub in this process."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answer() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app)) as client:
                return await client.request(
                    request.method, request.url, content=request.read(), headers=request.headers
                )

        answered = asyncio.run(answer())
        body = httpx.ByteStream(answered.content)
        return httpx.Response(answered.status_code, headers=answered.headers, stream=body)


def test_over_the_network_one_send_after_the_invitation_brings_everything(
    tmp_path: Path, stick: Path, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other, url = tmp_path / "home", tmp_path / "other", "http://127.0.0.1"
    app, client = create_app(district.hub, lambda: START), httpx.Client
    monkeypatch.setattr(https.httpx, "Client", lambda **how: client(transport=Wire(app), **how))

    def network(folder: Path) -> list[str]:
        with opened(folder) as office:
            received = send_to_hub(office).received
            assert received is not None
            return received.refusals

    def invited(folder: Path) -> None:
        with opened(folder) as office:
            enrol(office, devices.invite(district.hub, MUARO, url, START).to_text())

    fill(home, 1)
    invited(home)
    network(home)
    fill(home, 2)
    file = saved(home, stick)
    fill(home, 3)
    shutil.copytree(home, tmp_path / "alive")

    restore(other, file, PASSPHRASE, START)
    fill(other, 4)
    invited(other)
    assert network(other) == []
    assert hub_status(district.hub).workers == 3
    with opened(other) as office:
        assert status(office).received == 3

    # The laptop believed lost is refused out loud, becomes a new device, and catches up.
    with pytest.raises(UserError, match="batch_replay"):
        network(tmp_path / "alive")
    with opened(tmp_path / "alive") as office:
        renew(office)
    invited(tmp_path / "alive")
    assert network(tmp_path / "alive") == []
    assert hub_status(district.hub).workers == 4
    assert network(other) == []
    assert len(names(other)) == 4


def test_a_register_that_another_window_holds_open_is_left_as_it_was(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "home", 1, 2)
    file = saved(tmp_path / "home", stick)
    before = names(tmp_path / "home")
    moves = restoring.replace_file

    def as_on_windows(source: Path, target: Path) -> None:
        if source == tmp_path / "home" / DATABASE:
            raise PermissionError(13, "in use by another program")
        moves(source, target)

    monkeypatch.setattr(restoring, "replace_file", as_on_windows)
    with pytest.raises(UserError, match="file_not_written"):
        restore(tmp_path / "home", file, PASSPHRASE, START, replace=True)
    assert names(tmp_path / "home") == before


def test_an_open_window_keeps_its_register_and_loses_no_row_to_a_restore_beside_it(
    tmp_path: Path, stick: Path
) -> None:
    home = tmp_path / "home"
    fill(home, 1)
    file = saved(home, stick)
    with opened(home) as office:
        with pytest.raises(UserError, match="home_in_use"):
            restore(home, file, PASSPHRASE, START, replace=True)
        assert isinstance(register(office, worker(2)), Registered)
        # A command beside the window writes as it always did.
        fill(home, 3)
    assert names(home) == [f"Upik Contoh {n}" for n in (1, 2, 3)]
    assert not (home / "restoring").exists()

    restore(home, file, PASSPHRASE, START, replace=True)
    assert names(home) == ["Upik Contoh 1"]


def test_a_second_window_on_its_way_to_set_up_does_not_put_aside_what_the_first_has_open(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with opened(home) as office:
        with pytest.raises(UserError, match="home_in_use"):
            set_up(home, MUARO, "Petugas", PASSPHRASE, "", START)
        assert isinstance(register(office, worker(1)), Registered)
    assert names(home) == ["Upik Contoh 1"]
