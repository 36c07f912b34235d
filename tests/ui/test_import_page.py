"""A list is taken in as an officer does it: columns, rows, a cell put right, then written."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from kerjadesa.actions.list_review import newest_review
from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui import import_page
from kerjadesa.ui.columns_model import FACT
from kerjadesa.ui.import_words import place_letters
from tests.list_kit import HEADERS, row, workbook
from tests.office_kit import worker
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(imports, column: str) -> list[str]:
    """One column of the rows on show."""
    model = imports.rows.model
    section = 2 + model.columns.index(column) if column in model.columns else 1
    return [model.index(place, section).data() for place in range(model.rowCount())]


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


def test_columns_without_a_header_are_called_as_the_spreadsheet_calls_them() -> None:
    assert [place_letters(place) for place in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def reopened(operator: Operator):
    """The page as it is when the window is opened again after the power went."""
    operator.desk.page("import").keeper.finish()
    operator.window._show_desk("home")
    return operator.go("import")


def test_a_list_that_was_cut_off_goes_on_with_its_cells_and_ticks(
    operator: Operator, tmp_path: Path
) -> None:
    imports, office = operator.go("import"), operator.window.office
    assert office is not None
    book = workbook(tmp_path / "l.xlsx", row(1, name=""), row(2), row(3), row(4, job="5"))
    assert imports.strip.text == ""
    operator.wait(lambda: imports.load(book))
    imports.rows.model.setData(imports.rows.model.index(0, 3), "Upik Dibetulkan")
    imports.rows.model.toggle([1])
    # This one is still being typed when the power goes.
    imports.rows.table.setCurrentIndex(imports.rows.model.index(2, 3))
    imports.rows.table.edit(imports.rows.model.index(2, 3))
    editor = imports.rows.table.findChild(QLineEdit)
    editor.clear()
    operator.type("Upik Diketik", editor)

    imports = reopened(operator)
    assert imports.strip.text == "Daftar l.xlsx belum selesai"
    operator.wait(imports.strip.continue_button.click)
    model = imports.rows.model
    assert shown(imports, "nama") == [
        "Upik Dibetulkan", "Upik Contoh 2", "Upik Diketik", "Upik Contoh 4",
    ]  # fmt: skip
    assert model.chosen == {0, 2, 3}
    operator.wait(imports.rows.write.click)
    assert sorted(listed.name for listed in page(office)) == [
        "Upik Contoh 4", "Upik Dibetulkan", "Upik Diketik",
    ]  # fmt: skip
    imports = reopened(operator)
    assert imports.strip.text == "", "who was left out of what is written was left out on purpose"
    assert newest_review(office) is None


def test_a_file_that_has_changed_since_is_read_as_it_is_now(
    operator: Operator, tmp_path: Path
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", row(1, name=""), row(2))
    operator.wait(lambda: imports.load(book))
    imports.rows.model.setData(imports.rows.model.index(0, 3), "Upik Dibetulkan")
    imports = reopened(operator)
    workbook(book, row(3, name=""), row(1, name=""))
    operator.wait(imports.strip.continue_button.click)
    assert shown(imports, "nama") == ["", ""]
    assert "Berkasnya sudah berubah" in imports.frame.banner.text


def test_a_review_is_thrown_away_after_a_question_and_a_lost_file_is_said(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", row(1), row(2))
    operator.wait(lambda: imports.load(book))
    imports.rows.model.toggle([0])
    imports = reopened(operator)
    book.unlink()
    operator.wait(imports.strip.continue_button.click)
    assert "tidak ditemukan" in imports.frame.banner.text
    answers = iter([False, True])
    monkeypatch.setattr("kerjadesa.ui.resume_strip.ask", lambda *_args, **_words: next(answers))
    imports.strip.drop_button.click()
    assert imports.strip.text
    imports.strip.drop_button.click()
    assert imports.strip.text == ""


def test_a_poverty_list_goes_on_with_its_source_and_date(
    operator: Operator, tmp_path: Path
) -> None:
    office = operator.window.office
    assert office is not None
    assert isinstance(register(office, worker(1)), Registered)
    imports = operator.go("import")
    book = workbook(tmp_path / "l.xlsx", ["1303044103850001", "Upik Contoh 1", "x"],
                    headers=["NIK", "Nama", "Desil"])  # fmt: skip
    operator.wait(lambda: imports.load(book))
    imports.columns.source.setCurrentIndex(imports.columns.source.findData("P3KE"))
    imports.columns.dated.setText("01-02-2026")
    operator.wait(imports.columns.forward.click)
    imports.rows.model.setData(imports.rows.model.index(0, 4), "3")
    imports = reopened(operator)
    operator.wait(imports.strip.continue_button.click)
    assert imports.columns.poverty == ("P3KE", date(2026, 2, 1))
    operator.wait(imports.columns.forward.click)
    operator.wait(imports.rows.write.click)
    facts = get(office, page(office)[0].id)
    assert facts is not None
    assert (facts.poverty_source, facts.poverty_decile) == ("P3KE", 3)


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
