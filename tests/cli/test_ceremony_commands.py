"""A ceremony's papers as a script gets them."""

from datetime import date
from pathlib import Path

from kerjadesa.actions.ceremonies import invitable, plan_ceremony, seat
from kerjadesa.actions.hand_over import guests, hand_over
from kerjadesa.actions.register import register
from kerjadesa.domain.ceremony import CeremonyFacts
from tests.cli.conftest import Command
from tests.office_kit import opened, worker


def test_ceremonies_are_listed_and_their_papers_written(village: Command, tmp_path: Path) -> None:
    assert village("ceremony", "list").out == ""
    with opened(tmp_path / "home") as office:
        for serial in range(1, 4):
            register(office, worker(serial))
        groups = seat(office, None, [place.jorong for place in invitable(office)])
        facts = CeremonyFacts(title="Serah terima", held_on=date(2026, 11, 20), groups=groups)
        held = plan_ceremony(office, facts)
        hand_over(office, held, guests(office, held)[0].worker)
    (told,) = village("ceremony", "list", "--json").json
    assert (told["id"], told["invited"], told["handed"]) == (held, 3, 1)
    assert held in village("ceremony", "list").out
    before = village("ceremony", "papers", held, "--folder", str(tmp_path / "papers"))
    assert before.code == 0
    assert [Path(line).name for line in before.out.split()] == [
        "1-daftar-hadir.pdf", "2-papan-jorong.pdf", "3-nomor-kursi.pdf", "4-tanda-terima.pdf",
        "5-berita-acara-blangko.pdf",
    ]  # fmt: skip
    after = village("ceremony", "papers", held, "--folder", str(tmp_path / "results"), "--after")
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in after.out.split())
    unknown = village("ceremony", "papers", "nope", "--folder", str(tmp_path / "no"))
    assert (unknown.code, unknown.err.count("\n")) == (1, 1)
