"""Serah terima before and after its day: planned with the mouse, its papers, what is looked at."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kerjadesa.actions.ceremonies import ceremonies
from tests.ui.ceremony_table import Table
from tests.ui.conftest import Operator


def test_a_first_visit_says_what_a_ceremony_is_for(operator: Operator) -> None:
    page = operator.go("ceremony")
    assert any("Rencanakan acaranya" in part.text() for part in page.findChildren(QLabel))
    assert operator.focus is page.first_button


def test_a_plan_counts_while_places_are_ticked_and_warns_of_missing_cards(table: Table) -> None:
    plan = table.page.plan
    table.operator.wait(table.page.plan_new)
    assert plan.counted.text().startswith("6 orang")
    assert "1 belum tercatat punya kartu" in plan.lacking.text
    plan.ticks["Koto"].setChecked(False)
    assert plan.counted.text().startswith("3 orang")


def test_a_plan_without_title_day_or_guests_is_not_saved(table: Table) -> None:
    plan = table.page.plan
    table.operator.wait(table.page.plan_new)
    plan.title.clear()
    plan.save()
    assert "judul" in plan.note.text
    plan.title.setText("Serah terima")
    plan.held_on.setText("31-02-2026")
    plan.save()
    assert "tanggal" in plan.note.text.casefold()
    plan.held_on.setText("20-11-2026")
    for tick in plan.ticks.values():
        tick.setChecked(False)
    plan.save()
    assert "undang" in plan.lacking.text
    assert len(ceremonies(table.office)) == 1


def test_a_plan_keeps_what_the_berita_acara_needs(table: Table) -> None:
    table.view.leave()
    table.operator.wait(table.page.plan_again)
    plan = table.page.plan
    plan.number.setText("140/12/2026")
    plan.basis.setPlainText("SK Wali Nagari Nomor 7\n\nPerna Nomor 3")
    plan.signers["handing"].name.setText("Contoh Penyerah")
    plan.signers["handing"].staff_number.setText("19700101 199503 1 001")
    plan.signers["handing"].on_behalf_of.setText("Pemerintah Kabupaten Sijunjung")
    plan.signers["first"].name.setText("Contoh Saksi")
    table.operator.wait(plan.save)
    (kept,) = ceremonies(table.office)
    assert kept.facts.legal_basis == ("SK Wali Nagari Nomor 7", "Perna Nomor 3")
    assert kept.facts.handing.staff_number == "197001011995031001"
    assert kept.facts.handing.on_behalf_of == "Pemerintah Kabupaten Sijunjung"
    assert [one.name for one in kept.facts.witnesses] == ["Contoh Saksi"]
    assert kept.count == 6


def test_papers_are_saved_with_one_click(table: Table, tmp_path: Path) -> None:
    from kerjadesa.actions.ceremony_papers import AFTER, BEFORE

    table.operator.wait(table.view.leave)
    overview = table.page.overview
    for papers, name in ((BEFORE, "before"), (AFTER, "after")):
        table.operator.wait(lambda papers=papers, name=name: overview.save_all(
            papers, tmp_path / name))  # fmt: skip
        written = sorted((tmp_path / name).iterdir())
        assert len(written) == len(papers)
        assert all(path.read_bytes().startswith(b"%PDF") for path in written)
        assert "tersimpan" in table.page.frame.banner.text


def test_a_card_handed_over_twice_is_a_line_to_look_at(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    table.operator.wait(table.view.leave)
    twice = [replace(table.people[0], state="handed", times=2, at=table.office.now())]
    table.page.overview.show_ceremony(table.page._open, twice)
    assert table.people[0].name in table.page.overview.twice.text


def test_a_workers_page_says_where_the_card_is(table: Table) -> None:
    first, second, third = table.people[:3]
    table.scan(first.seat)
    table.press(Qt.Key.Key_Return)
    table.scan(second.seat)
    table.press(Qt.Key.Key_F7)
    table.press(Qt.Key.Key_Return)
    page = table.operator.go("worker", worker=first.worker)
    said = {part.text() for part in page.findChildren(QLabel)}
    assert any(text.startswith("Sudah diserahkan. Pada 20 November 2026") for text in said)
    assert "Kartu diserahkan" in said, "in the history"
    table.operator.go("worker", worker=second.worker)
    assert any("tanpa keterangan" in part.text() for part in page.findChildren(QLabel))
    table.operator.go("worker", worker=third.worker)
    assert not page._handed.isVisible()
