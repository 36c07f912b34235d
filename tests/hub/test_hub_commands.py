"""`kerjadesa hub …` as an operator at the district types it."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
import typer
import zxingcpp
from PIL import Image
from pyrage import x25519

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.enrolment import enrol_request, read_invitation
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.exchange.signing import sign_request
from kerjadesa.hub import devices as known_devices
from kerjadesa.hub import home as homes
from kerjadesa.hub.commands import app

from .village import MUARO, NOW, Laptop, worker

PASSPHRASE = "frasa sandi contoh"
CHECKOUT = Path(__file__).resolve().parents[2]

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command of a hub in a temporary home and returns what it prints."""
    line = SimpleNamespace(
        home=tmp_path / "home", passphrase=lambda: PASSPHRASE, new_passphrase=lambda: PASSPHRASE
    )

    def command(*arguments: str | Path) -> str:
        capsys.readouterr()
        typer.main.get_command(app).main(
            [str(argument) for argument in arguments], standalone_mode=False, obj=line
        )
        return capsys.readouterr().out

    return command


@pytest.fixture
def enrolled(run: Run, tmp_path: Path) -> Laptop:
    """A laptop on the hub's list, with one batch handed in."""
    run("invite", MUARO)
    hub = homes.open_hub(tmp_path / "home", PASSPHRASE)
    laptop = Laptop(hub).enrolled()
    laptop.send(worker(1), worker(2))
    hub.engine.dispose()
    return laptop


def test_the_first_command_sets_the_hub_up_and_shows_the_recovery_key_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    line = SimpleNamespace(home=tmp_path, new_passphrase=lambda: PASSPHRASE)
    line.passphrase = line.new_passphrase
    for shown in (True, False):
        typer.main.get_command(app).main(["invite", MUARO], standalone_mode=False, obj=line)
        assert ("Kunci pemulihan" in capsys.readouterr().err) is shown


def test_an_invitation_is_for_this_nagari_and_reads_back_from_its_qr(run: Run, tmp_path: Path):
    picture = tmp_path / "undangan.png"
    text = run("invite", "1303042001", "--url", "https://hub.example", "--qr", picture).strip()
    invitation = read_invitation(text)
    assert (invitation.nagari, invitation.url) == (MUARO, "https://hub.example")
    (code,) = zxingcpp.read_barcodes(Image.open(picture))
    assert code.text == text
    with pytest.raises(UserError, match="nagari_unknown"):
        run("invite", "99.99.99.9999")


def test_status_and_devices_say_what_was_received(run: Run, enrolled: Laptop):
    assert json.loads(run("status", "--json")) == {
        "workers": 2,
        "batches": 1,
        "devices": 1,
        "kecamatan": {"13.03.04": 2},
    }
    (device,) = json.loads(run("devices", "--json"))
    assert device == {
        "device": enrolled.keys.device,
        "nagari": MUARO,
        "minisign_public_key": enrolled.keys.minisign_public_key,
        "revoked": False,
    }
    run("revoke", enrolled.keys.device)
    assert json.loads(run("devices", "--json"))[0]["revoked"] is True
    assert "13.03.04: 2" in run("status")
    assert enrolled.keys.device in run("devices")


def test_a_stick_is_served_and_a_bad_file_makes_the_command_fail(
    run: Run, enrolled: Laptop, tmp_path: Path
):
    folder = tmp_path / "stick" / "kerjadesa" / "to-district" / enrolled.keys.device
    folder.mkdir(parents=True)
    (folder / "000001.kdb").write_bytes(enrolled.batches[0].data)
    told = run("receive", tmp_path / "stick")
    assert "000001.kdb: sudah diterima sebelumnya" in told
    assert (tmp_path / "stick" / "kerjadesa" / "from-district" / MUARO).is_dir()
    (folder / "000002.kdb").write_bytes(b"rusak")
    with pytest.raises(UserError, match="hub_files_refused"):
        run("receive", tmp_path / "stick", "--reply", tmp_path)


def test_the_escrowed_identity_is_the_hubs_and_overwrites_nothing(
    run: Run, enrolled: Laptop, tmp_path: Path
):
    file = tmp_path / "brankas.txt"
    run("escrow", file)
    comments = [line for line in file.read_text().splitlines() if line.startswith("#")]
    (identity,) = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    recipient = str(x25519.Identity.from_str(identity).to_public())
    assert recipient == enrolled.hub.keys.age_recipient
    assert f"# public key: {recipient}" in comments
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UserError, match="hub_already_there"):
        run("escrow", file)


@pytest.mark.parametrize(
    "command",
    [
        ["status", "--json"],
        ["devices"],
        ["receive", "stick"],
        ["escrow", "brankas.txt"],
        ["revoke", "a" * 20],
        ["reinstate", "a" * 20],
    ],
    ids=lambda words: words[0],
)
def test_a_mistyped_home_is_said_and_no_hub_of_nobody_is_made_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="hub_not_set_up"):
        run(*command)
    assert list(tmp_path.iterdir()) == []


def test_half_a_key_is_not_left_for_the_safe(
    run: Run, enrolled: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("kerjadesa.hub.escrow.os.fsync", full)
    with pytest.raises(UserError, match="disk_full"):
        run("escrow", tmp_path / "brankas.txt")
    assert not (tmp_path / "brankas.txt").exists()


class Served:
    """A real hub process on a free port."""

    def __init__(self, home: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "kerjadesa", "--home", str(home), "hub", "serve"]
        environment = {**os.environ, "KERJADESA_PASSPHRASE": PASSPHRASE}
        self.process = subprocess.Popen(
            [*command, "--port", "0", *arguments],
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.line = self.process.stdout.readline().strip()
        self.url = self.line.removeprefix("listening on ")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Starts hubs and ends them with the test."""
    started: list[Served] = []

    def start(*arguments: str) -> Served:
        started.append(Served(tmp_path / "home", *arguments))
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.kill()
            served.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_when_it_is_ready_and_ends_well_when_told_to(
    run: Run, serve: Callable[..., Served], number: int
):
    run("invite", MUARO)
    served = serve()
    assert served.line.startswith("listening on http://127.0.0.1:")
    assert httpx.get(f"{served.url}/v1/health").json() == {"status": "ok"}
    # Another process, at the same time, on the same database.
    assert read_invitation(run("invite", MUARO)).url == served.url
    assert served.stop(number) == 0


def test_serve_remembers_its_database_and_public_address(
    run: Run, serve: Callable[..., Served], tmp_path: Path
):
    database = f"sqlite:///{tmp_path / 'kabupaten.db'}"
    served = serve("--database", database, "--public-url", "https://hub.example/")
    assert served.url == "https://hub.example"
    assert served.stop() == 0
    assert (tmp_path / "kabupaten.db").exists()
    assert read_invitation(run("invite", MUARO)).url == "https://hub.example"
    assert not (tmp_path / "home" / "hub" / "hub.db").exists()


def test_a_running_hub_leaves_a_trace_of_what_broke(
    run: Run, serve: Callable[..., Served], tmp_path: Path
):
    run("invite", MUARO)
    served = serve()
    hub = homes.open_hub(tmp_path / "home", PASSPHRASE)
    with hub.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE hub_device")
    hub.engine.dispose()
    url, body = f"{served.url}/v1/collect", b"{}"
    headers = sign_request("POST", url, body, new_keyring(), datetime.now(UTC))
    assert httpx.post(url, content=body, headers=headers).json() == {"code": "hub_trouble"}
    assert served.stop() == 0
    text = (tmp_path / "home" / "hub" / "hub.log").read_text(encoding="utf-8")
    assert "OperationalError" in text
    assert "api.py" in text


def test_a_taken_port_is_one_sentence(run: Run, serve: Callable[..., Served]):
    run("invite", MUARO)
    served = serve()
    port = served.url.rpartition(":")[2]
    with pytest.raises(UserError, match="hub_address_taken"):
        run("serve", "--port", port)
    with pytest.raises(typer.BadParameter):
        run("serve", "--certificate", __file__)
    with pytest.raises(UserError, match="hub_certificate_unusable"):
        run("serve", "--port", "0", "--certificate", __file__, "--private-key", __file__)


def test_revoking_a_restored_laptop_names_the_former_one_that_goes_with_it(
    run: Run, enrolled: Laptop
):
    former, fresh = Laptop(enrolled.hub), Laptop(enrolled.hub)
    invitation = known_devices.invite(enrolled.hub, MUARO, "", NOW)
    asked = enrol_request(invitation, fresh.facts, fresh.keys, [(former.facts, former.keys)])
    known_devices.enrol(enrolled.hub, asked, NOW)
    for told in (run("revoke", fresh.keys.device), run("reinstate", fresh.keys.device)):
        first, second = told.splitlines()
        assert fresh.keys.device in first
        assert f"kerjadesa hub reinstate {former.keys.device}" in second
    assert run("revoke", enrolled.keys.device).count("\n") == 1
