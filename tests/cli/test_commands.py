"""The commands as a script sees them: JSON, exit codes, one line on stderr."""

import csv
import re
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from tests.cli.conftest import Command

COLUMNS = ("nik", "nama", "sex", "tanggallahir", "dusun", "pekerjaan_id")


def write_workbook(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """A resident workbook with only the columns that matter here."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data Penduduk")
        for number, row in enumerate([COLUMNS, *rows]):
            sheet.write_row(number, 0, row)
    return path


GOOD = ("1303044103850001", "UPIK CONTOH", "2", "1985-03-01", "Tapian", "9")
FORMAL = ("1303040103850002", "BUYUNG CONTOH", "1", "1985-03-01", "Pasar", "5")
SHORT = ("13030441038500", "SINGKAT CONTOH", "2", "1985-03-01", "Pasar", "9")


def test_a_script_reads_what_a_nik_says(command: Command) -> None:
    ran = command("nik", "1303046111900243", "--json")
    assert ran.code == 0
    assert ran.json == {
        "valid": True,
        "problem": None,
        "birth_date": "1990-11-21",
        "sex": "F",
        "region": "13.03.04",
    }


def test_a_bad_nik_ends_with_one_and_says_why_in_one_line(command: Command) -> None:
    ran = command("nik", "0303046111900243", "--json")
    assert ran.code == 1
    assert ran.json["problem"] == "nik_temporary"
    assert ran.err.count("\n") == 1


def test_wrong_usage_ends_with_two(command: Command) -> None:
    assert command("nik").code == 2
    assert command("nosuchverb").code == 2
    assert command("qr").code == 2
    assert command("cards").code == 2


def test_setting_up_shows_the_recovery_key_once_and_never_again(command: Command) -> None:
    made = command("setup", "--nagari", "13.03.04.2001", "--operator", "Petugas")
    assert re.search(r"^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$", made.out, re.MULTILINE)
    again = command("setup", "--nagari", "13.03.04.2001", "--operator", "Petugas")
    assert again.code == 1
    assert not again.out


def test_an_unknown_nagari_is_refused_and_leaves_nothing_behind(command: Command) -> None:
    assert command("setup", "--nagari", "99.99.99.9999", "--operator", "Petugas").code == 1
    assert command("status").code == 1


def test_a_wrong_passphrase_gives_no_hint(
    village: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERJADESA_PASSPHRASE", "bukan yang itu")
    ran = village("status")
    assert ran.code == 1
    assert not ran.out
    assert ran.err.count("\n") == 1


def test_an_import_reports_every_row_by_its_number_in_the_sheet(
    village: Command, tmp_path: Path
) -> None:
    book = write_workbook(tmp_path / "penduduk.xlsx", [GOOD, SHORT, FORMAL, GOOD])
    first = village("import", str(book), "--on", "2026-11-20", "--json")
    assert first.code == 0
    assert first.json == {
        "read": 4,
        "registered": 2,
        "unchanged": 0,
        "refused": [
            {"row": 3, "code": "nik_length"},
            {"row": 5, "code": "duplicate_in_file"},
        ],
        "warned": [{"row": 4, "code": "job_formal"}],
    }
    second = village("import", str(book), "--on", "2026-11-20", "--json")
    assert (second.json["registered"], second.json["unchanged"]) == (0, 2)


def test_the_import_says_rows_and_reasons_to_a_person_too(village: Command, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "penduduk.xlsx", [SHORT])
    ran = village("import", str(book))
    assert "baris 2" in ran.out
    assert "16 angka" in ran.out


def test_a_missing_column_is_named_with_the_header_that_is_nearest(
    village: Command, tmp_path: Path
) -> None:
    path = tmp_path / "salah.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["nikk", "nama", "tanggallahir"], GOOD[:3]])
    ran = village("import", str(path))
    assert ran.code == 1
    assert "nikk" in ran.err
    assert village("status", "--json").json["workers"] == 0


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    village: Command, tmp_path: Path
) -> None:
    path = tmp_path / "surat.xlsx"
    path.write_bytes(b"%PDF-1.7 ini bukan buku kerja")
    ran = village("import", str(path))
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_lists_mask_the_nik_unless_asked(village: Command, tmp_path: Path) -> None:
    village("import", str(write_workbook(tmp_path / "a.xlsx", [GOOD, FORMAL])))
    listed = village("workers", "upik", "--json").json
    assert [set(worker) for worker in listed] == [
        {"id", "name", "nik", "jorong", "card_number", "sync"}
    ]
    assert GOOD[0] not in str(listed)
    assert listed[0]["sync"] == "waiting"
    assert village("workers", "upik", "--json", "--show-nik").json[0]["nik"] == GOOD[0]
    assert len(village("workers", "--json", "--limit", "1").json) == 1


def test_cards_are_written_and_a_picture_of_one_is_judged(village: Command, tmp_path: Path) -> None:
    import pypdfium2

    village("import", str(write_workbook(tmp_path / "a.xlsx", [GOOD, FORMAL])))
    pdf = tmp_path / "kartu.pdf"
    assert village("cards", "--out", str(pdf), "--layout", "cr80", "upik").code == 0
    picture = tmp_path / "kartu.png"
    pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().save(picture)
    ran = village("qr", "--image", str(picture), "--json")
    assert ran.code == 0
    assert ran.json["status"] == "genuine"
    assert ran.json["claims"]["fullName"] == "UPIK CONTOH"
    late = village("qr", "--image", str(picture), "--json", "--now", "2040-01-01T00:00:00+00:00")
    assert (late.code, late.json["status"]) == (1, "expired")
    stranger = village("qr", "--image", str(picture), "--json", home="empty")
    assert (stranger.code, stranger.json["status"]) == (1, "unknown_key")


def test_cards_are_replaced_for_a_reason_and_count_once_the_paper_is_good(
    village: Command, tmp_path: Path
) -> None:
    village("import", str(write_workbook(tmp_path / "a.xlsx", [GOOD, FORMAL])))
    pdf = str(tmp_path / "kartu.pdf")
    made = village("cards", "--out", pdf, "--paper", "cr80", "--sides", "both", "--index-cards")
    assert (made.code, made.out.split()[0]) == (0, "2")
    first, second = (one["id"] for one in village("workers", "--json").json)
    assert village("printed", "--spoiled", second).out.startswith("1 ")
    assert village("printed").out.startswith("0 "), "each printing is judged once"
    # Only whose card is on record is left out.
    assert village("cards", "--out", pdf, "--order", "list").out.startswith("1 ")
    only = ("--only", first)
    assert village("cards", "--out", pdf, *only).code == 1
    assert village("cards", "--out", pdf, *only, "--reprint", "lost").code == 0
    assert village("cards", "--out", pdf, "--reprint", "because").code == 2
    assert village("cards", "--out", pdf, "--design", "rekaan").code == 1
    assert village("cards", "--out", pdf, "--layout", "rekaan").code == 1
    assert village("cards", "--out", pdf, "--sheet", "9").code == 1


def test_no_cards_for_nobody(village: Command, tmp_path: Path) -> None:
    ran = village("cards", "--out", str(tmp_path / "kartu.pdf"))
    assert ran.code == 1
    assert not (tmp_path / "kartu.pdf").exists()


def test_the_way_to_the_district_and_back_by_stick(village: Command, tmp_path: Path) -> None:
    village("import", str(write_workbook(tmp_path / "a.xlsx", [GOOD, FORMAL])))
    stick = tmp_path / "stick"
    stick.mkdir()
    uninvited = village("send", "--to", str(stick))
    assert uninvited.code == 1
    assert village("status", "--json").json["waiting"] == 2

    invitation = village("hub", "invite", "13.03.04.2001", home="district").out.strip()
    assert village("enrol", invitation.splitlines()[-1]).code == 0
    assert village("send", "--to", str(stick)).code == 0
    assert village("status", "--json").json["sent"] == 2
    assert village("hub", "receive", str(stick), home="district").code == 0
    counted = village("hub", "status", "--json", home="district").json
    assert (counted["workers"], counted["devices"]) == (2, 1)
    assert counted["kecamatan"] == {"13.03.04": 2}
    assert village("receive", str(stick)).code == 0
    now = village("status", "--json").json
    assert set(now) == {
        "workers",
        "waiting",
        "sent",
        "received",
        "refused",
        "device",
        "batches",
    }
    assert (now["received"], now["batches"]) == (2, 1)
    devices = village("hub", "devices", "--json", home="district").json
    assert [device["device"] for device in devices] == [now["device"]]
    assert devices[0]["revoked"] is False
    assert village("check").code == 0


def test_a_vanished_stick_is_one_sentence_and_loses_nothing(
    village: Command, tmp_path: Path
) -> None:
    village("import", str(write_workbook(tmp_path / "a.xlsx", [GOOD])))
    invitation = village("hub", "invite", "13.03.04.2001", home="district").out.strip()
    village("enrol", invitation.splitlines()[-1])
    ran = village("send", "--to", str(tmp_path / "gone"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert village("status", "--json").json["waiting"] == 1


def test_nothing_that_names_a_person_reaches_a_file_name_or_an_error(
    village: Command, tmp_path: Path
) -> None:
    book = write_workbook(tmp_path / "a.xlsx", [GOOD, SHORT])
    ran = village("import", str(book))
    assert GOOD[0] not in ran.out + ran.err
    assert "UPIK" not in ran.out + ran.err
    names = " ".join(str(path) for path in (tmp_path / "home").rglob("*"))
    assert GOOD[0] not in names


def test_a_script_takes_the_list_and_photos_in_and_out(village: Command, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "penduduk.xlsx", [GOOD])
    assert village("import", str(book), "--on", "2026-11-20").code == 0
    table = tmp_path / "pekerja.csv"
    assert village("export", str(table)).code == 2, "first say why"
    assert village("export", str(tmp_path / "p.pdf"), "--reason", "district").code == 2
    assert village("export", str(table), "--reason", "district").code == 0
    assert "Upik Contoh".casefold() in table.read_text("utf-8-sig").casefold()
    assert GOOD[0] not in table.read_text("utf-8-sig")
    assert village("export", str(table), "--reason", "bpjs", "--show-nik").code == 0
    assert GOOD[0] in table.read_text("utf-8-sig")
    folder = tmp_path / "foto"
    folder.mkdir()
    face = folder / f"{GOOD[0]}.png"
    Image.new("RGB", (600, 800), "tan").save(face)
    assert "1 terpasang" in village("photos", str(folder)).out
    assert "1 sudah berfoto" in village("photos", str(folder)).out
    assert village("photo", GOOD[0], str(face)).code == 0
    assert village("photo", "1303044103850009", str(face)).code == 1
    assert village("photo", GOOD[0], str(folder / "tidak-ada.png")).code == 1


def test_a_programme_is_listed_and_corrected(village: Command) -> None:
    (before,) = village("programme", "list", "--json").json
    ran = village("programme", "correct", before["code"], "--valid-until", "2031-06-30")
    assert (ran.code, "2031-06-30" in ran.out) == (0, True)
    assert village("programme", "list", "--json").json == [before | {"valid_until": "2031-06-30"}]
    assert before["code"] in village("programme", "list").out
    assert village("programme", "correct", "TIDAKADA", "--name", "Lain").code == 1
    assert village("programme", "correct", before["code"], "--valid-from", "besok").code == 2
