"""A card is judged on the command line: as text, as a picture, and out of a pipe."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from kerjadesa.actions.unlock import open_office
from kerjadesa.cards.verify import LONGEST_TEXT
from tests.cards.test_hostile_codes import picture_of
from tests.cli.conftest import PASSPHRASE, Command
from tests.ui.verify_states import every_verdict

OWN_WORD = {
    "genuine": (0, "Asli."),
    "replaced": (1, "Asli – diganti."),
    "expired": (1, "Asli – kedaluwarsa."),
    "unknown_key": (1, "Tidak dikenal penerbitnya."),
    "forged": (1, "Palsu."),
    "unreadable": (1, "Bukan kartu program."),
}


@pytest.fixture
def codes(village: Command, tmp_path: Path) -> dict[str, str]:
    """A code for each verdict at this village."""
    from kerjadesa.cli.caller import now

    assert village("status").code == 0
    office = open_office(tmp_path / "home", PASSPHRASE, now)
    try:
        return every_verdict(office)
    finally:
        office.close()


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Lets the next command read these bytes from stdin."""
    piped = SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False)
    monkeypatch.setattr("kerjadesa.cli.card_codes.sys.stdin", piped)


def test_each_verdict_has_its_word_and_only_a_genuine_card_ends_well(
    village: Command, codes: dict[str, str]
) -> None:
    for status, (code, word) in OWN_WORD.items():
        as_words = village("qr", codes[status])
        assert (as_words.code, word in as_words.out + as_words.err) == (code, True)
        as_json = village("qr", codes[status], "--json")
        assert (as_json.code, as_json.json["status"]) == (code, status)
        assert set(as_json.json) == {"status", "claims"}


def test_a_replaced_card_says_which_issue_counts(village: Command, codes: dict[str, str]) -> None:
    assert "ke-2" in village("qr", codes["replaced"]).err


def test_text_and_picture_may_come_out_of_a_pipe(
    village: Command, codes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, codes["genuine"].encode() + b"\n")
    assert village("qr", "-", "--json").json["status"] == "genuine"
    buffer = io.BytesIO()
    picture_of(codes["genuine"]).save(buffer, "PNG")
    pipe(monkeypatch, buffer.getvalue())
    assert village("qr", "--image", "-", "--json").json["status"] == "genuine"
    for hostile in (b"\xff\xfe\x00" * 100, b"0" * (LONGEST_TEXT * 50), b""):
        pipe(monkeypatch, hostile)
        assert village("qr", "-", "--json").json["status"] == "unreadable"
    pipe(monkeypatch, b"bukan gambar")
    refused = village("qr", "--image", "-")
    assert (refused.code, "tidak terbaca" in refused.err) == (1, True)
