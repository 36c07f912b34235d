"""A batch is no private format: the tools of any Debian open it."""

import shutil
import subprocess

import pytest

from kerjadesa.exchange.batch import seal
from kerjadesa.exchange.enrolment import Invitation, enrol_request

from .sample import MUARO, envelope, journal, photo, worker

_TOOLS = ("age", "zstd", "tar", "minisign")
_MISSING = [tool for tool in _TOOLS if shutil.which(tool) is None]

pytestmark = pytest.mark.skipif(
    bool(_MISSING), reason=f"STOCK TOOLS MISSING, the batch format is not proven: {_MISSING}"
)


def shell(command: str, folder) -> subprocess.CompletedProcess:
    """Runs a pipe of stock tools in a folder."""
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; {command}"],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_age_zstd_tar_and_minisign_open_and_verify_a_real_batch(tmp_path, laptop, district):
    sha, jpeg = photo(1)
    entries = journal(laptop.device, [worker(1, photo=sha), worker(2)])
    batch = seal(envelope(laptop), 1, "", entries, {sha: jpeg}, laptop, [district.age_recipient])
    (tmp_path / "key").write_text(f"# the hub's\n{district.age_identity}\n")
    (tmp_path / "batch.kdb").write_bytes(batch.data)

    key = laptop.minisign_public_key
    done = shell(
        f"age -d -i key batch.kdb | zstd -d | tar x && minisign -Vm manifest.json -P {key}",
        tmp_path,
    )

    assert done.returncode == 0, done.stderr
    assert f"kerjadesa batch {laptop.device} 1" in done.stdout
    assert (tmp_path / "photos" / f"{sha}.jpg").read_bytes() == jpeg
    assert len((tmp_path / "entries.ndjson").read_text().splitlines()) == 2
    sums = shell("sha256sum manifest.json entries.ndjson", tmp_path).stdout
    assert batch.id in sums
    assert batch.manifest.files["entries.ndjson"] in sums


def test_minisign_notices_a_changed_manifest(tmp_path, laptop, district):
    batch = seal(envelope(laptop), 1, "", [], {}, laptop, [district.age_recipient])
    (tmp_path / "key").write_text(district.age_identity)
    (tmp_path / "batch.kdb").write_bytes(batch.data)
    shell("age -d -i key batch.kdb | zstd -d | tar x", tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"number":1', b'"number":2'))
    key = laptop.minisign_public_key
    assert shell(f"minisign -Vm manifest.json -P {key}", tmp_path).returncode != 0


def test_what_minisign_signs_with_our_key_file_our_key_verifies(tmp_path, laptop):
    (tmp_path / "key").write_bytes(laptop.signing)
    (tmp_path / "paper").write_text("a paper")
    done = shell(
        f"minisign -S -s key -m paper && minisign -V -m paper -P {laptop.minisign_public_key}",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr


def test_an_enrolment_request_opens_with_age(tmp_path, laptop, district):
    invitation = Invitation(
        MUARO, "CODE-FOR-ONE", district.minisign_public_key, district.age_recipient
    )
    from .test_enrolment import facts_of

    (tmp_path / "key").write_text(district.age_identity)
    (tmp_path / "r.kde").write_bytes(enrol_request(invitation, facts_of(laptop), laptop))
    done = shell("age -d -i key r.kde", tmp_path)
    assert "CODE-FOR-ONE" in done.stdout
