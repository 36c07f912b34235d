"""A list's columns and kind: shown once, never mixed up; a list of the poor or of residents."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from kerjadesa.actions.list_workers import get
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.columns_model import FACT
from kerjadesa.ui.import_words import place_letters
from tests.list_kit import HEADERS, row, workbook
from tests.office_kit import worker
from tests.ui.conftest import Operator
from tests.ui.import_kit import shown


def test_unknown_columns_are_pointed_out_once_and_remembered(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    headers = ["Identitas", "Siapa", "Kapan", "Kerja"]
    names = ("Upik Contoh", "Siti Misal", "Ani Rekaan")
    first = [row(serial, name=name, born="?") for serial, name in enumerate(names, start=1)]
    operator.wait(lambda: imports.load(workbook(tmp_path / "a.xlsx", *first, headers=headers)))
    columns = imports.columns
    assert operator.focus is columns.table
    assert columns.note.text == "Tunjukkan dulu kolom untuk: Tanggal lahir."
    assert not columns.forward.isEnabled()
    assert columns.model.index(0, FACT).data() == "NIK (dikira dari isinya)"
    assert columns.model.index(1, 2).data() == "   |   ".join(names)
    columns.table.setCurrentIndex(columns.model.index(2, FACT))
    operator.press(Qt.Key.Key_F2)
    chooser = columns.table.findChild(QComboBox)
    chooser.setCurrentIndex(chooser.findData("tanggallahir"))
    chooser.activated.emit(chooser.currentIndex())
    assert columns.model.index(2, FACT).data() == "Tanggal lahir"
    assert columns.note.text == ""
    operator.wait(columns.forward.click)
    assert set(shown(imports, "")) == {"Ditolak"}
    imports.again.click()
    operator.wait(lambda: imports.load(workbook(tmp_path / "b.xlsx", row(9), headers=headers)))
    assert shown(imports, "tanggallahir") == ["01-03-1985"]
    imports.rows.columns.click()
    assert columns.isVisible(), "and they can be changed again"


def test_two_columns_of_the_file_are_never_read_as_one_fact(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", row(1))))
    imports.rows.columns.click()
    model = imports.columns.model
    model.setData(model.index(3, FACT), "nama")
    assert model.places["nama"] == 3
    assert model.index(1, FACT).data() == "(tidak dipakai)"
    model.setData(model.index(3, FACT), "")
    assert "Nama lengkap" in imports.columns.note.text


def test_columns_without_a_header_are_called_as_the_spreadsheet_calls_them() -> None:
    assert [place_letters(place) for place in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_a_poverty_list_gives_deciles_and_names_those_nobody_registered(
    operator: Operator, tmp_path: Path
) -> None:
    imports, office = operator.go("import"), operator.window.office
    assert office is not None
    made = register(office, worker(1, name="Upik Contoh 1"))
    assert isinstance(made, Registered)
    assert isinstance(register(office, worker(3)), Registered)
    people = [
        ["1303044103850001", "UPIK CONTOH 1", "2"],
        ["1303044103850002", "Orang Lain", "1"],
        ["1303044103850003", "ZULKIFLI", "1"],
    ]
    book = workbook(tmp_path / "P3KE Muaro.xlsx", *people, headers=["NIK", "Nama", "Desil"])
    operator.wait(lambda: imports.load(book))
    columns = imports.columns
    assert (columns.kind.currentText(), columns.source.currentData()) == (
        "Daftar kemiskinan", "P3KE",
    )  # fmt: skip
    assert not columns.forward.isEnabled()
    columns.dated.setText("30-06-2031")
    assert "sesudah hari ini" in columns.note.text
    columns.dated.setText("30-06-2026")
    operator.wait(columns.forward.click)
    assert shown(imports, "") == ["Siap ditulis", "Belum terdaftar", "Perlu diperiksa"]
    assert imports.rows.write.text().strip() == "Tulis desil 1 pekerja"
    operator.wait(imports.rows.write.click)
    facts = get(office, made.id)
    assert facts is not None
    assert (facts.poverty_source, facts.poverty_decile) == ("P3KE", 2)
    operator.wait(lambda: imports.save_to(tmp_path / "laporan.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "laporan.xlsx").active
    assert [cell.value for cell in sheet[2]][:2] == [3, "Belum terdaftar"]


def test_a_resident_list_that_names_deciles_may_still_be_registered_from(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", [*row(1), "2"], headers=[*HEADERS, "Desil"])
    operator.wait(lambda: imports.load(book))
    columns = imports.columns
    assert columns.kind.currentText() == "Daftar kemiskinan"
    columns.kind.setCurrentIndex(0)
    assert columns.forward.isEnabled()
    operator.wait(columns.forward.click)
    assert imports.rows.write.text().strip() == "Daftarkan 1 pekerja"
