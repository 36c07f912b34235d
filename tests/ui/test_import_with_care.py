"""A clerk's care for a list is not lost: ticks stay, many are asked about, the cursor is seen."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QTableView

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import Registered, register
from kerjadesa.ui.columns_model import FACT
from kerjadesa.ui.import_words import written_words
from kerjadesa.ui.theme import colours
from tests.list_kit import row, workbook
from tests.office_kit import PROGRAMME, worker
from tests.ui.conftest import Operator
from tests.ui.import_kit import shown

CONTROL = Qt.KeyboardModifier.ControlModifier


def reviewed(operator: Operator, book: Path) -> Any:
    """The page of a list that was read."""
    imports = operator.go("import")
    operator.wait(lambda: imports.load(book))
    return imports


def around(table: QTableView, index: QModelIndex) -> set[str]:
    """The colours of a cell's four corners, and of its middle at the right."""
    cell = table.visualRect(index)
    image = table.viewport().grab(QRect(QPoint(0, 0), table.viewport().size())).toImage()
    corners = (cell.topLeft(), cell.topRight(), cell.bottomLeft(), cell.bottomRight())
    return {image.pixelColor(corner).name() for corner in corners}


def test_whoever_was_left_out_stays_left_out_when_the_columns_are_looked_at_again(
    operator: Operator, tmp_path: Path
) -> None:
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", *(row(n) for n in (1, 2, 3))))
    imports.rows.model.toggle([1])
    imports.rows.columns.click()
    operator.wait(imports.columns.forward.click)
    assert imports.rows.model.chosen == {0, 2}
    assert imports.rows.write.text().strip() == "Daftarkan 2 pekerja"
    imports._restart()
    imports = reviewed(operator, workbook(tmp_path / "m.xlsx", *(row(n) for n in (4, 5, 6))))
    assert imports.rows.model.chosen == {0, 1, 2}, "another list begins anew"


def test_many_are_registered_after_a_look_at_programme_and_day_and_enter_agrees(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = operator.window.office
    assert office is not None
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", *(row(n) for n in range(1, 52))))
    asked: list[str] = []
    answers = [Qt.Key.Key_Escape, Qt.Key.Key_Return]

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        box.show()
        operator.bot.waitUntil(box.isActiveWindow)
        operator.bot.keyClick(box, answers.pop(0))
        operator.window.activateWindow()
        operator.bot.waitUntil(operator.window.isActiveWindow)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    operator.press(Qt.Key.Key_S, CONTROL)
    assert page(office) == [] and imports._ticket is None
    operator.wait(lambda: operator.press(Qt.Key.Key_S, CONTROL))
    assert len(page(office)) == 51
    assert asked == [f"Daftarkan 51 pekerja di program {PROGRAMME}, tanggal 20-11-2026?"] * 2


def test_the_cell_that_keys_act_on_is_seen_in_rows_and_columns(
    operator: Operator, tmp_path: Path
) -> None:
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", row(1), row(2)))
    table, model = imports.rows.table, imports.rows.model
    name = model.index(0, 3)
    table.setCurrentIndex(name)
    assert around(table, name) == {colours.accent}
    assert colours.accent not in around(table, model.index(0, 2))
    imports.rows.words.setFocus()
    assert colours.accent not in around(table, name), "no key reaches it from elsewhere"
    imports.rows.columns.click()
    columns = imports.columns
    assert operator.focus is columns.table
    assert columns.table.currentIndex() == columns.model.index(0, FACT)
    assert around(columns.table, columns.model.index(0, FACT)) == {colours.accent}


def test_a_mended_cell_is_told_from_the_others_though_its_row_is_marked(
    operator: Operator, tmp_path: Path
) -> None:
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", row(1, name="")))
    table, model = imports.rows.table, imports.rows.model
    model.setData(model.index(0, 3), "Upik Rekaan")
    table.setCurrentIndex(model.index(0, 0))
    assert around(table, model.index(0, 3)) == {colours.caution_ground}
    assert around(table, model.index(0, 4)) == {colours.accent_ground}


def test_a_file_that_cannot_be_read_leaves_the_cursor_where_another_is_chosen(
    operator: Operator, tmp_path: Path
) -> None:
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    imports = operator.go("import")
    operator.wait(lambda: imports.load(broken))
    assert imports.frame.banner.text
    assert operator.focus is imports.choose


def test_enter_opens_whoever_is_registered_even_with_another_nik_or_after_he_has_left(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    left, mended = (register(office, worker(serial)) for serial in (1, 2))
    assert isinstance(left, Registered) and isinstance(mended, Registered)
    end_enrolment(office, left.id, "deceased", office.today)
    changed = correct(office, mended.id, {"nik": worker(9)["nik"]}, "typo")
    assert isinstance(changed, Corrected)
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", row(1), row(2), row(3)))
    assert shown(imports, "") == ["Sudah ada", "Sudah ada", "Siap ditulis"]
    for place, name in enumerate(("Upik Contoh 1", "Upik Contoh 2")):
        operator.go("import")
        imports.rows.table.setCurrentIndex(imports.rows.model.index(place, 3))
        assert "membuka datanya" in imports.rows.told.text()
        operator.press(Qt.Key.Key_Return)
        assert operator.desk.name == "worker"
        assert operator.desk.current.frame.heading.text() == name


def test_what_was_written_and_what_was_not_add_up() -> None:
    counts = dict.fromkeys(("new", "warned", "refused", "unknown"), 0)
    assert written_words("poverty", counts, 10) == "Desil 10 pekerja tertulis."
    counts |= {"unknown": 20, "refused": 2}
    assert "22 baris tidak tertulis; simpan" in written_words("poverty", counts, 10)
    counts |= {"warned": 2}
    assert written_words("poverty", counts, 10) == (
        "Desil 10 pekerja tertulis. 24 baris tidak tertulis, 2 di antaranya tidak dicentang; "
        "simpan laporannya bagi pembuat daftar."
    )
    counts |= {"unknown": 0, "refused": 0}
    assert "2 baris tidak dicentang, jadi" in written_words("residents", counts, 10)


def test_every_kind_of_workbook_that_can_be_read_is_offered(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(*words: Any, **_named: Any) -> tuple[str, str]:
        offered.append(words[-1])
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    operator.go("import").choose.click()
    assert all(f"*.{kind}" in offered[0] for kind in ("xlsx", "xlsm", "xls", "ods", "csv"))


def test_a_family_card_number_is_read_whole_in_its_column(
    operator: Operator, tmp_path: Path
) -> None:
    headers = ["NIK", "Nama", "Tanggal Lahir", "Pekerjaan", "Nomor KK"]
    people = [[*row(1), "1303042503150002"]]
    imports = reviewed(operator, workbook(tmp_path / "l.xlsx", *people, headers=headers))
    table, section = imports.rows.table, 2 + imports.rows.model.columns.index("no_kk")
    wanted = table.fontMetrics().horizontalAdvance("1303042503150002")
    assert table.columnWidth(section) >= wanted + 16
