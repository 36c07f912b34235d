"""What an operator does on the cards page: choose, look, print, save, judge the paper."""

from pathlib import Path
from typing import Any
from unittest import mock

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QLabel, QStyleOptionComboBox

from kerjadesa.actions import card_settings
from kerjadesa.actions.card_settings import Habits, habits
from kerjadesa.actions.history import history_of
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import listed
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import confirm_printed, render_cards
from kerjadesa.actions.register import Registered, register
from kerjadesa.cards.changes import Changes
from kerjadesa.domain import entry as verbs
from tests.office_kit import PASSPHRASE, worker
from tests.ui.conftest import Operator

MM = 72 / 25.4


def office_of(operator: Operator) -> Office:
    assert operator.window.office is not None
    return operator.window.office


def fill(operator: Operator, count: int = 12, faces: bool = False) -> list[str]:
    office, made = office_of(operator), []
    for serial in range(1, count + 1):
        jpeg = portrait(serial) if faces else None
        registered = register(office, worker(serial, name=f"Upik Contoh {serial:02d}"), jpeg)
        assert isinstance(registered, Registered)
        made.append(registered.id)
    return made


def printed(operator: Operator, workers: list[str]) -> list[int]:
    return [one.printed for one in listed(office_of(operator), workers)]


def pdf_printer(path: Path, dots: int) -> QPrinter:
    """A printer that writes what it would print; all else is as with one that feeds paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


def print_to(operator: Operator, cards: Any, printer: QPrinter) -> None:
    cards.print_on(printer)
    operator.bot.waitUntil(lambda: not cards._printing, timeout=20_000)


@pytest.mark.parametrize(
    ("paper", "design", "dots", "size"),
    [
        ("a4-10", "lanskap", 300, (210.0, 297.0)),
        ("cr80", "potret", 300, (53.98, 85.6)),
        ("cr80", "lanskap", 1200, (85.6, 53.98)),
    ],
)
def test_a_printed_card_has_its_true_size_and_its_code_reads(
    operator: Operator,
    tmp_path: Path,
    paper: str,
    design: str,
    dots: int,
    size: tuple[float, float],
) -> None:
    fill(operator, 3, faces=True)
    card_settings.keep_changes(office_of(operator), Changes(design))
    cards = operator.go("cards")
    cards.choice.paper.setCurrentIndex(cards.choice.paper.findData(paper))
    operator.wait(cards.make)
    print_to(operator, cards, pdf_printer(tmp_path / "out.pdf", dots))
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert [edge / MM for edge in document[0].get_size()] == pytest.approx(size, abs=0.3)
    made = pypdfium2.PdfDocument(cards._cards.pdf)
    for page in range(len(made)):
        pictures = [pdf[page].render(scale=300 / 72).to_pil() for pdf in (document, made)]
        found, wanted = (
            {code.text: code.position for code in zxingcpp.read_barcodes(picture)}
            for picture in pictures
        )
        assert found.keys() == wanted.keys()
        assert found
        for text, place in found.items():
            # Half a millimetre at 300 dpi; a driver that scales to fit is off by several.
            assert abs(place.top_left.x - wanted[text].top_left.x) <= 6
            assert abs(place.bottom_right.y - wanted[text].bottom_right.y) <= 6
    assert "3 kartu dikirim ke printer" in cards.frame.banner.text
    assert "Apakah kertasnya baik?" in cards.judge.text


def test_cards_that_will_come_out_without_a_photo_are_counted_before_they_are_printed(
    operator: Operator,
) -> None:
    fill(operator, 2, faces=True)
    register(office_of(operator), worker(3, name="Upik Contoh 03"))
    cards = operator.go("cards")
    operator.wait(cards.make)
    assert "1 di antaranya tanpa foto." in cards.frame.banner.text
    assert cards.frame.banner.property("tone") == "caution"
    assert cards.print_button.isEnabled(), "a card without a photo is a card"
    cards.choice.sides.setCurrentIndex(cards.choice.sides.findData("back"))
    operator.wait(cards.make)
    assert "tanpa foto" not in cards.frame.banner.text


def test_both_sides_is_read_whole_in_its_box_on_a_small_screen(operator: Operator) -> None:
    operator.window.resize(911, 472)
    sides = operator.go("cards").choice.sides
    sides.setCurrentIndex(sides.findData("both"))
    needed = sides.fontMetrics().horizontalAdvance(sides.currentText()) + 36
    operator.bot.waitUntil(lambda: sides.width() >= needed)


def test_nothing_counts_as_printed_before_somebody_has_seen_the_paper(
    operator: Operator, tmp_path: Path
) -> None:
    workers = fill(operator)
    cards = operator.go("cards")
    operator.wait(cards.make)
    assert "12 kode QR dibaca ulang" in cards.frame.banner.text
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    assert (tmp_path / "kartu.pdf").read_bytes() == cards._cards.pdf
    assert printed(operator, workers) == [0] * 12
    operator.wait(cards.judge.good_button.click)
    assert printed(operator, workers) == [1] * 12
    assert cards.judge.text == ""
    assert "0 orang belum punya kartu, 12 sudah" in cards.choice._who.text()


def test_spoiled_cards_are_made_again_and_the_good_ones_are_on_record(
    operator: Operator, tmp_path: Path
) -> None:
    workers = fill(operator)
    cards = operator.go("cards")
    operator.wait(cards.make)
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    cards.judge.spoiled_button.click()
    rows = cards.judge.panel.list
    assert operator.focus is rows
    assert not cards.judge.panel.write_button.isEnabled(), "first say which"
    # The second sheet, by keyboard: sheet 1, its ten cards, then sheet 2.
    for _row in range(11):
        operator.press(Qt.Key.Key_Down)
    operator.press(Qt.Key.Key_Space)
    assert len(cards.judge.panel.spoiled) == 2
    bad = [card.worker for card in cards.judge.panel.spoiled]
    operator.wait(cards.judge.panel.write_button.click)
    good = [one for one in workers if one not in bad]
    assert printed(operator, good) == [1] * 10
    assert printed(operator, bad) == [0, 0]
    operator.wait(cards.make)
    assert cards._cards.workers == bad
    assert {(card.issue, card.reason) for card in cards._cards.cards} == {(1, None)}


def test_a_jam_spoils_everything_from_a_card_on(operator: Operator, tmp_path: Path) -> None:
    fill(operator)
    cards = operator.go("cards")
    operator.wait(cards.make)
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    cards.judge.spoiled_button.click()
    cards.judge.panel.list.setCurrentRow(9)
    cards.judge.panel.down_button.click()
    assert [card.position for card in cards.judge.panel.spoiled] == [9, 10, 11, 12]
    operator.press(Qt.Key.Key_Escape)
    assert cards.judge.text, "nothing was answered"


def test_closed_between_printing_and_looking_it_asks_on_return(
    operator: Operator, tmp_path: Path
) -> None:
    workers = fill(operator, 3)
    cards = operator.go("cards")
    operator.wait(cards.make)
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    operator.go("home")
    operator.desk.locked.emit()
    assert operator.window.unlock is not None
    operator.type(PASSPHRASE, operator.window.unlock.passphrase)
    operator.wait(lambda: operator.press(Qt.Key.Key_Return))
    assert "3 kartu dicetak" in operator.desk.current.frame.banner.text
    cards = operator.go("cards")
    assert "3 kartu dicetak" in cards.judge.text
    operator.wait(cards.judge.good_button.click)
    assert printed(operator, workers) == [1, 1, 1]
    assert operator.go("home").frame.banner.text == ""


def test_cards_never_printed_after_all_are_on_no_record(operator: Operator, tmp_path: Path) -> None:
    workers = fill(operator, 2)
    cards = operator.go("cards")
    operator.wait(cards.make)
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    operator.wait(cards.judge.none_button.click)
    assert printed(operator, workers) == [0, 0]
    assert cards.judge.text == ""


def test_a_lost_card_is_replaced_by_the_next_issue_and_the_history_says_why(
    operator: Operator, tmp_path: Path
) -> None:
    chosen, other = fill(operator, 2)
    office = office_of(operator)
    confirm_printed(office, render_cards(office).cards)
    page = operator.go("worker", worker=chosen)
    assert page.card_button.accessibleName() == "Cetak ulang…"
    page.card_button.click()
    cards = operator.desk.current
    assert not cards.choice.make_button.isEnabled(), "first say why"
    cards.choice.issued.setCurrentIndex(cards.choice.issued.findData("lost"))
    operator.wait(cards.make)
    assert [(card.worker, card.issue) for card in cards._cards.cards] == [(chosen, 2)]
    operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    operator.wait(cards.judge.good_button.click)
    newest = history_of(office, chosen)[0]
    assert (newest.verb, newest.issue, newest.reason) == (verbs.CARD_PRINTED, 2, "lost")
    assert printed(operator, [other]) == [1]
    page = operator.go("worker", worker=chosen)
    said = " ".join(part.text() for part in page.findChildren(QLabel))
    assert "Kartu ke-2 dicetak; yang lama diganti karena hilang" in said


class VanishingPrinter(QPrinter):
    """One whose cable is pulled after so many pages."""

    left = 0

    def newPage(self) -> bool:  # noqa: N802 -- Qt's name
        self.left -= 1
        return self.left > 0 and super().newPage()


def test_a_printer_that_vanishes_half_way_counts_nothing(
    operator: Operator, tmp_path: Path
) -> None:
    workers = fill(operator, 23)
    cards = operator.go("cards")
    operator.wait(cards.make)
    printer = VanishingPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(96)
    printer.left = 2
    print_to(operator, cards, printer)
    assert "Printer berhenti pada lembar 2" in cards.frame.banner.text
    assert printed(operator, workers) == [0] * 23
    # The first sheet did come out; whether it is good only a person can say.
    assert "10 kartu dicetak" in cards.judge.text
    operator.wait(cards.judge.none_button.click)
    assert printed(operator, workers) == [0] * 23


def test_a_printer_that_is_not_there_at_all_is_one_sentence(
    operator: Operator, tmp_path: Path
) -> None:
    fill(operator, 2)
    cards = operator.go("cards")
    operator.wait(cards.make)
    print_to(operator, cards, pdf_printer(tmp_path / "no such folder" / "out.pdf", 96))
    assert "Printer berhenti pada lembar 1" in cards.frame.banner.text
    assert cards.judge.text == "", "nothing can have come out"


def test_printing_is_cancelled_between_sheets_and_the_page_is_not_left_meanwhile(
    operator: Operator, tmp_path: Path
) -> None:
    fill(operator, 23)
    cards = operator.go("cards")
    operator.wait(cards.make)
    cards.print_on(pdf_printer(tmp_path / "out.pdf", 96))
    operator.go("home")
    assert operator.desk.current is cards
    operator.bot.waitUntil(lambda: cards._run is not None)
    cards._cancel()
    operator.bot.waitUntil(lambda: not cards._printing)
    assert "dibatalkan" in cards.frame.banner.text
    operator.go("home")
    assert operator.desk.name == "home"


def test_a_full_disk_leaves_no_half_file_and_nothing_to_judge(
    operator: Operator, tmp_path: Path
) -> None:
    fill(operator, 2)
    cards = operator.go("cards")
    operator.wait(cards.make)
    with mock.patch("kerjadesa.store.files.os.fsync", side_effect=OSError(28, "full")):
        operator.wait(lambda: cards.save_to(tmp_path / "kartu.pdf"))
    assert "Diska penuh" in cards.frame.banner.text
    assert list(tmp_path.glob("*.pdf")) == []
    assert cards.judge.text == ""


def test_a_disk_that_fills_up_while_cards_are_made_is_one_sentence(operator: Operator) -> None:
    workers = fill(operator, 3)
    cards = operator.go("cards")
    with mock.patch("kerjadesa.actions.print_cards.render_to", side_effect=OSError(28, "full")):
        operator.wait(cards.make)
    assert "Diska penuh" in cards.frame.banner.text
    assert printed(operator, workers) == [0] * 3
    assert cards.choice.make_button.isEnabled()


def test_paper_sides_and_order_are_there_again_the_next_day(operator: Operator) -> None:
    fill(operator, 2)
    cards = operator.go("cards")
    for combo, value in (
        (cards.choice.paper, "cr80"),
        (cards.choice.sides, "both"),
        (cards.choice.order, "list"),
    ):
        combo.setCurrentIndex(combo.findData(value))
    operator.wait(cards.make)
    assert habits(office_of(operator)) == Habits(paper="cr80", sides="both", order="list")
    assert cards._cards.pages == 4


def test_only_one_sheet_or_from_one_card_on(operator: Operator) -> None:
    fill(operator)
    choice = operator.go("cards").choice
    for part, place, wanted in (("sheet", "2", [11, 12]), ("from", "10", [10, 11, 12])):
        choice.part.setCurrentIndex(choice.part.findData(part))
        choice.place.setText(place)
        operator.wait(operator.desk.current.make)
        assert [card.position for card in operator.desk.current._cards.cards] == wanted


def test_papers_are_named_whole_and_a_longer_printer_name_is_in_the_tip(
    operator: Operator,
) -> None:
    choice = operator.go("cards").choice

    def drawn(combo: QComboBox) -> str:
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        return option.currentText

    for place in range(choice.paper.count()):
        choice.paper.setCurrentIndex(place)
        assert drawn(choice.paper) == choice.paper.currentText()
    name = "HP LaserJet Professional P1102w (Ruang Kaur Pemerintahan, lantai dua)"
    choice.printer.addItem(name, name)
    choice.printer.setCurrentText(name)
    assert drawn(choice.printer).endswith("…") and choice.printer.toolTip() == name
