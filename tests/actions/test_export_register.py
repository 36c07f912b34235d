"""The list as a spreadsheet: what is in it, what is not, and what stays on record."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from kerjadesa.actions.correct import correct
from kerjadesa.actions.export_register import export_register
from kerjadesa.actions.lane import Stopped
from kerjadesa.actions.list_workers import View, get, page
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.register_columns import COLUMNS
from kerjadesa.actions.set_programme import set_programme
from kerjadesa.actions.undo_change import undo_many
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.problem import UserError
from tests.office_kit import opened, worker

NIK = "1303044103850001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "home") as opened_office:
        for serial, name in ((1, "Upik Contoh"), (2, "Buyung Rekaan"), (3, "Ani Contoh")):
            made = register(opened_office, worker(serial, name=name, occupation_text="+62 ojek"))
            assert isinstance(made, Registered)
        yield opened_office


def exported(office: Office) -> list[dict[str, object]]:
    """The bodies of the entries that say something left the register."""
    with office.store.reading(office.now()) as unit:
        entries = unit.journal.run(unit.device, 1, 99)
        return [entry.values() for entry in entries if entry.verb == verbs.REGISTER_EXPORTED]


def test_an_export_has_what_is_on_screen_as_text_and_masked(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "pekerja.xlsx"
    columns = ("name", "nik", "born", "occupation", "state")
    assert export_register(office, path, View("contoh"), columns, "district") == 2
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Nama", "NIK", "Tanggal lahir", "Pekerjaan", "Keadaan")
    assert [row[0] for row in rows[1:]] == ["Ani Contoh", "Upik Contoh"]
    assert rows[2][1] == "130304••••••0001"
    assert rows[2][2].isoformat()[:10] == "1985-03-01"
    cell = sheet["D2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("+62 ojek", "s", True)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_readable_nik_keeps_its_sixteen_digits(
    office: Office, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"pekerja.{suffix}"
    who = [listed.id for listed in page(office) if listed.name == "Upik Contoh"]
    assert export_register(office, path, who, ("nik", "occupation"), "bpjs", show_nik=True) == 1
    if suffix == "csv":
        text = path.read_bytes().decode("utf-8-sig")
        assert text == f"NIK;Pekerjaan\r\n'{NIK};'+62 ojek\r\n"
    else:
        cell = openpyxl.load_workbook(path).active["A2"]
        assert (cell.value, cell.data_type) == (NIK, "s")


def test_an_export_is_closed_to_other_accounts_on_the_computer(
    office: Office, tmp_path: Path
) -> None:
    export_register(office, tmp_path / "a.csv", View(), ("nik", "name"), "bpjs", show_nik=True)
    assert (tmp_path / "a.csv").stat().st_mode & 0o077 == 0


def test_every_export_is_on_record_without_anybodys_data(office: Office, tmp_path: Path) -> None:
    columns = ("nik", "name")
    export_register(office, tmp_path / "a.csv", View("contoh"), columns, "bpjs", show_nik=True)
    assert exported(office) == [
        {"reason": "bpjs", "workers": 2, "columns": ["nik", "name"], "nik": "full"}
    ]


def test_an_export_of_nobody_or_one_that_is_stopped_leaves_nothing(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "pekerja.xlsx"
    with pytest.raises(UserError, match="export_nobody"):
        export_register(office, path, View("tidak ada"), COLUMNS, "meeting")
    with pytest.raises(Stopped):
        export_register(office, path, View(), tuple(COLUMNS), "meeting", cancelled=lambda: True)
    assert not path.exists()
    assert exported(office) == []


def test_several_workers_change_their_programme_at_once(office: Office) -> None:
    everybody = [listed.id for listed in page(office)]
    with office.store.reading(office.now()) as unit:
        code = unit.programmes()[0].code
    facts = get(office, everybody[0])
    assert facts is not None and facts.programme == code
    assert set_programme(office, everybody, code) == {}, "nobody is written about in vain"
    with pytest.raises(UserError, match="programme_unknown"):
        set_programme(office, everybody, "TIDAKADA")


def test_a_programme_set_by_mistake_is_taken_back_from_all_at_once(office: Office) -> None:
    everybody = [listed.id for listed in page(office)]
    with office.store.reading(office.now()) as unit:
        code = unit.programmes()[0].code
    for somebody in everybody:
        correct(office, somebody, {"programme": "LAIN2026"})
    changes = set_programme(office, View(), code)
    assert set(changes) == set(everybody)
    correct(office, everybody[0], {"programme": "KETIGA2026"})
    with pytest.raises(Stopped):
        undo_many(office, changes, cancelled=lambda: True)
    assert undo_many(office, changes) == len(everybody) - 1
    now = [get(office, worker) for worker in everybody]
    assert [facts and facts.programme for facts in now] == [
        "KETIGA2026", *["LAIN2026"] * (len(everybody) - 1),
    ], "what was said since stays"  # fmt: skip
