"""Who is marked in the list stays marked, and keys go on in it after each act."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.same_person import Decided, merge
from tests.office_kit import worker
from tests.ui.conftest import Operator
from tests.ui.test_same_person import ROSMA, registered
from tests.ui.test_workers_page import filled

ARRANGING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def crowded(operator: Operator) -> tuple[Any, list[str]]:
    """The list of so many that it scrolls, with four of them marked and the cursor on one."""
    office = operator.window.office
    assert office is not None
    ids = []
    for serial in range(1, 91):
        made = register(office, worker(serial, name=f"Upik Contoh {serial:02d}"))
        assert isinstance(made, Registered)
        ids.append(made.id)
    workers = operator.go("workers")
    workers.model.fetch(90)
    wanted = [ids[place] for place in (4, 5, 30, 80)]
    workers.table.setFocus()
    workers.table.setCurrentIndex(workers.model.index(30, 3))
    workers.table.clearSelection()
    workers.table.mark(wanted)
    workers.table.verticalScrollBar().setValue(20)
    return workers, wanted


def stands(workers: Any) -> tuple[Any, ...]:
    """Marked people, the row of the cursor, its column and the first row in sight."""
    here = workers.table.currentIndex()
    return workers.table.chosen, here.row(), workers.table.column, workers.table.rowAt(0)


def test_columns_are_arranged_without_losing_a_mark_the_cursor_or_the_place(
    operator: Operator,
) -> None:
    workers, marked = crowded(operator)
    before = stands(workers)
    assert before == (marked, 30, "jorong", 20)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        operator.press(key, ARRANGING)
        assert stands(workers) == before, key
    workers.turn_column("phone" if "phone" in workers.model.columns else "kk")
    assert stands(workers) == before
    workers.table.horizontalHeader().moveSection(0, 2)
    assert stands(workers) == before
    workers.restore_columns()
    assert stands(workers) == before
    assert "4 ditandai" in workers.acts.export_button.text()
    workers.turn_column("jorong")
    assert workers.table.chosen == marked, "even where the cursor's own column is gone"


def test_after_an_export_the_next_enter_opens_a_worker(operator: Operator, tmp_path: Path) -> None:
    workers, _marked = crowded(operator)
    before = stands(workers)
    workers.acts.export_button.click()
    panel = workers.acts.panel
    assert operator.focus is panel.reason
    operator.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert operator.focus is workers.table
    workers.acts.export_button.click()
    panel.reason.setCurrentIndex(1)
    operator.wait(lambda: workers.acts.export_to(tmp_path / "p.csv"))
    assert "4 pekerja tersimpan" in workers.frame.banner.text
    assert operator.focus is workers.table
    assert stands(workers) == before, "those beyond the first page are marked as well"
    operator.press(Qt.Key.Key_Return)
    assert operator.desk.name == "worker"
    assert operator.desk.current.frame.heading.text() == "Upik Contoh 31"


def test_a_programme_that_changed_for_nobody_is_no_success(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ids = filled(operator)
    with office.store.reading(office.now()) as unit:
        code = unit.programmes()[0].code
    workers = operator.go("workers")
    monkeypatch.setattr("kerjadesa.ui.workers_acts.ask", lambda *_words: True)
    operator.wait(lambda: workers.acts._ask_programme(code, "Pekerja Rentan"))
    banner = workers.frame.banner
    assert "Tidak ada yang diganti" in banner.text
    assert banner.property("tone") == "plain"


def test_merged_records_alone_are_nobody_to_print_a_card_for(operator: Operator) -> None:
    first = registered(operator, 1, **ROSMA)
    second = registered(operator, 2, **ROSMA)
    assert operator.window.office is not None
    assert isinstance(merge(operator.window.office, first, second, []), Decided)
    workers = operator.go("workers")
    workers.filters.choose("ended", True)
    assert workers.model.rowCount() == 1
    assert "semua 0" in workers.acts.print_button.text()
    assert not workers.acts.print_button.isEnabled()


def test_names_that_only_sound_the_same_are_not_called_the_same(operator: Operator) -> None:
    registered(operator, 1, name="FITRIANI", mother_name="Salmah Contoh")
    registered(operator, 2, name="FITRYANI", mother_name="Salmah Contoh")
    page = operator.go("same_person")
    assert "nama berbunyi sama" in page.says.text()
    assert "nama ibu sama" in page.says.text()


def test_the_last_line_of_an_open_filter_is_shown_whole(operator: Operator) -> None:
    filled(operator)
    workers = operator.go("workers")
    combo = workers.filters.combos["jorong"]
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    last = view.visualRect(combo.model().index(combo.count() - 1, 0))
    height = view.viewport().height()
    combo.hidePopup()
    assert last.bottom() < height
