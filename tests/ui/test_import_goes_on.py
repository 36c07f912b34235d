"""A list under review outlasts a power cut: its cells, its ticks, its source; or it is let go."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from kerjadesa.actions.list_review import newest_review
from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.register import Registered, register
from tests.list_kit import row, workbook
from tests.office_kit import worker
from tests.ui.conftest import Operator
from tests.ui.import_kit import shown


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
