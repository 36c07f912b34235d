"""A list is taken in as an officer does it: rows looked at, a cell put right, then written."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kerjadesa.actions.list_workers import page
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui import import_page
from tests.intake.made_workbooks import xlsx
from tests.list_kit import HEADERS, row, workbook
from tests.ui.conftest import Operator
from tests.ui.import_kit import shown

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_nothing_is_written_before_the_officer_says_so(operator: Operator, tmp_path: Path) -> None:
    imports, office = operator.go("import"), operator.window.office
    assert office is not None
    book = workbook(tmp_path / "l.xlsx", row(1), row(2, job="5"), row(3, name=""), row(4))
    operator.wait(lambda: imports.load(book))
    assert "Belum ada yang tertulis" in imports.frame.banner.text
    assert page(office) == []
    assert imports.rows.counts() == {
        "": 4, "new": 2, "warned": 1, "unchanged": 0, "unknown": 0, "refused": 1,
        "done": 0, "check": 0,
    }  # fmt: skip
    assert imports.rows.write.text().strip() == "Daftarkan 3 pekerja"
    assert "•" in shown(imports, "nik")[0], "a NIK nobody has to compare is masked"
    assert "•" not in shown(imports, "nik")[1]
    # The row under the cursor is left out by the keyboard.
    assert operator.focus is imports.rows.table
    operator.press(Qt.Key.Key_Space)
    assert imports.rows.write.text().strip() == "Daftarkan 2 pekerja"
    operator.wait(lambda: operator.press(Qt.Key.Key_S, CONTROL))
    assert "2 pekerja terdaftar" in imports.frame.banner.text
    assert [listed.name for listed in page(office)] == ["Upik Contoh 2", "Upik Contoh 4"]
    assert shown(imports, "") == [
        "Siap ditulis",
        "Tertulis, periksa",
        "Ditolak",
        "Tertulis",
    ]
    assert not imports.rows.write.isEnabled()


def test_people_on_a_sheet_that_was_not_read_are_named_until_the_list_is_left(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    other = [["Nama", "NIK", "Lahir"], *([name, nik, born] for nik, name, born, _ in [row(7)])]
    book = xlsx(tmp_path / "l.xlsx", [HEADERS, row(1)], [HEADERS, row(2), row(3, name="")], other)
    operator.wait(lambda: imports.load(book))
    banner = imports.frame.banner
    told = "Lembar yang dibaca: Sheet1, Sheet2. Lembar Sheet3 (1 orang) tidak dibaca"
    assert banner.text.startswith("3 baris dibaca")
    assert told in banner.text
    model = imports.rows.model
    assert [model.index(place, 0).data() for place in range(3)] == [
        "Sheet1 · 2", "Sheet2 · 2", "Sheet2 · 3",
    ]  # fmt: skip
    operator.press(Qt.Key.Key_Space)
    assert told in banner.text
    operator.press(Qt.Key.Key_Space)
    operator.wait(imports.rows.write.click)
    assert banner.text.startswith("2 pekerja terdaftar")
    assert told in banner.text


def test_a_cell_is_put_right_in_its_place_by_keyboard(operator: Operator, tmp_path: Path) -> None:
    imports, office = operator.go("import"), operator.window.office
    assert office is not None
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", row(1, born="31-02-1985"))))
    table, model = imports.rows.table, imports.rows.model
    assert not imports.rows.write.isEnabled()
    assert shown(imports, "reason")[0].startswith("Tanggal lahir tidak terbaca")
    table.setCurrentIndex(model.index(0, 2 + model.columns.index("tanggallahir")))
    operator.press(Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    editor.selectAll()
    operator.type("01-03-1985", editor)
    operator.bot.keyClick(editor, Qt.Key.Key_Return)
    operator.bot.waitUntil(lambda: shown(imports, "reason") == [""])
    operator.wait(imports.rows.write.click)
    assert [listed.name for listed in page(office)] == ["Upik Contoh 1"]
    table.setCurrentIndex(model.index(0, 3))
    operator.press(Qt.Key.Key_F2)
    assert not model.flags(model.index(0, 3)) & Qt.ItemFlag.ItemIsEditable


def test_rows_are_filtered_by_outcome_and_found_by_name_number_and_reason(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(
        tmp_path / "l.xlsx", row(1), row(2, job="5"), row(3, name=""), row(4, name="Buyung")
    )
    operator.wait(lambda: imports.load(book))
    rows = imports.rows
    rows.filters["refused"].click()
    assert rows.model.rows == [2]
    rows.words.setText("upik")
    assert rows.model.rows == []
    rows.filters[""].click()
    assert rows.model.rows == [0, 1]
    for words, found in (("buyung", [3]), ("0002", [1]), ("penerima upah", [1]), ("nama kos", [2])):
        rows.words.setText(words)
        assert rows.model.rows == found, words
    rows.words.clear()
    rows.filters["warned"].click()
    rows.model.choose(False)
    assert rows.model.chosen == {0, 3}, "only the rows on show are left out"
    # A row put right stays in sight until the officer looks elsewhere.
    rows.filters["refused"].click()
    rows.model.setData(rows.model.index(0, 3), "Upik Rekaan")
    assert rows.model.rows == [2]
    assert rows.counts()["refused"] == 0


def test_whoever_was_written_with_a_warning_is_a_key_away_from_being_checked(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", row(1), row(2, job="5"), row(3, name=""))
    operator.wait(lambda: imports.load(book))
    operator.wait(imports.rows.write.click)
    banner, rows = imports.frame.banner, imports.rows
    assert banner._action.text() == "Lihat yang perlu diperiksa (1)"
    banner._action.click()
    assert rows.model.rows == [1]
    assert operator.focus is rows.table
    assert "Enter atau klik ganda membuka datanya" in rows.told.text()
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.name == "register"
    assert operator.desk.page("register").form.fields["name"].read() == "Upik Contoh 2"
    operator.go("import")
    rows.filters["refused"].click()
    assert "membuka datanya" not in rows.told.text(), "the foot speaks of a row that is on show"


def test_the_sentence_the_buttons_and_the_groups_agree_at_every_step(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", row(1), row(2, job="5"), row(3, name=""), row(4, name=""))
    operator.wait(lambda: imports.load(book))
    banner, rows = imports.frame.banner, imports.rows

    def adds_up() -> bool:
        counts = rows.counts()
        return counts.pop("") == sum(counts.values())

    assert banner.text == (
        "4 baris dibaca: 1 siap; 1 perlu diperiksa; 2 ditolak. Belum ada yang tertulis."
    )
    rows.model.setData(rows.model.index(2, 3), "Upik Rekaan")
    assert "2 siap; 1 perlu diperiksa; 1 ditolak" in banner.text
    assert rows.write.text().strip() == "Daftarkan 3 pekerja"
    assert adds_up()
    operator.wait(rows.write.click)
    assert adds_up()
    assert not rows.write.isVisible()
    assert "1 baris tidak tertulis" in banner.text
    rows.model.setData(rows.model.index(3, 3), "Upik Misal")
    assert "1 siap; 2 tertulis; 1 tertulis, periksa" in banner.text
    assert rows.write.isVisible()
    assert adds_up()
    operator.wait(rows.write.click)
    rows.leave.click()
    assert operator.desk.name == "workers"


def test_what_was_mended_is_not_thrown_away_unasked(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = operator.go("import")
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", row(1, name=""))))
    rows = imports.rows
    rows.model.setData(rows.model.index(0, 3), "Upik Rekaan")
    monkeypatch.setattr(import_page, "ask", lambda *_args, **_words: False)
    imports.again.click()
    assert rows.isVisible()
    operator.wait(rows.write.click)
    imports.again.click()
    assert imports.choose.isVisible(), "nothing is left to be lost"


def test_a_cancelled_list_is_not_there_and_another_can_be_chosen(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", *(row(serial) for serial in range(1, 500)))

    def begin_and_stop() -> None:
        imports.load(book)
        imports._cancel()

    operator.wait(begin_and_stop)
    assert "tidak ada yang tertulis" in imports.frame.banner.text
    assert imports.choose.isEnabled()
    operator.wait(lambda: imports.load(book))
    assert imports.rows.model.rowCount() == 499


def test_who_is_registered_is_said_to_be_though_the_rest_of_the_list_is_not_remembered(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports, office = operator.go("import"), operator.window.office
    assert office is not None
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", row(1))))

    def full(*_: object) -> None:
        raise UserError("disk_full")

    monkeypatch.setattr(import_page, "remember_residents", full)
    operator.wait(imports.rows.write.click)
    operator.bot.waitUntil(lambda: sentence(UserError("disk_full")) in imports.frame.banner.text)
    assert "1 pekerja terdaftar" in imports.frame.banner.text
    assert shown(imports, "") == ["Tertulis"]
    assert [listed.name for listed in page(office)] == ["Upik Contoh 1"]


def test_with_enlarged_letters_the_buttons_that_write_stay_on_screen(
    operator: Operator, tmp_path: Path
) -> None:
    operator.window.resize(911, 472)
    imports = operator.go("import")
    operator.wait(lambda: imports.load(workbook(tmp_path / "l.xlsx", row(1), row(2, job="5"))))
    place = operator.desk._places["import"]
    operator.bot.waitUntil(lambda: place.verticalScrollBar().maximum() == 0)
    button = imports.rows.write
    assert button.mapTo(place, button.rect().bottomLeft()).y() < place.height()
    assert imports.rows.table.viewport().height() >= 3 * 32, "three rows to look at"
