"""Drives the window through the cards: chosen, printed, designed, measured, and looked at again."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from tests.screen_window import Drive


def print_cards(drive: Drive, folder: Path) -> Iterator[str]:
    """Cards from choosing to judged paper, the design with a refusal, a printer measured."""
    assert drive.window.desk is not None
    desk = drive.window.desk
    desk.go("cards")
    yield "cards-choose"
    cards = desk.page("cards")
    cards.choice.sides.setCurrentIndex(1)
    cards.make()
    drive.rest()
    drive.settle(600)
    yield "cards-preview"
    cards.save_to(folder / "kartu.pdf")
    drive.rest()
    yield "cards-judge"
    cards.judge.spoiled_button.click()
    cards.judge.panel.list.setCurrentRow(3)
    cards.judge.panel.list.item(3).setCheckState(Qt.CheckState.Checked)
    yield "cards-spoiled"
    cards.judge.panel.write_button.click()
    drive.rest()
    yield "cards-again"
    cards.show_what(workers=[])
    cards.choice.issued.setCurrentIndex(1)
    cards.choice.paper.setCurrentIndex(2)
    yield "cards-reprint"
    cards.choice.issued.setCurrentIndex(0)
    cards.choice.paper.setCurrentIndex(0)

    desk.go("design")
    drive.rest()
    drive.settle(300)
    yield "design"
    form = desk.page("design").form
    form.designs["potret"].click()
    drive.settle(300)
    drive.rest()
    form.heading.setText("Kartu dengan judul yang jauh lebih panjang daripada tempatnya di kartu")
    form.heading.textEdited.emit(form.heading.text())
    drive.settle(300)
    drive.rest()
    yield "design-refused"
    desk.page("design").reset()
    drive.settle(300)
    drive.rest()
    form.designs["lanskap"].click()
    drive.settle(300)
    drive.rest()

    desk.go("printer")
    printer = desk.page("printer")
    printer.sides.setCurrentIndex(1)
    yield "printer"
    front = printer.forms["front"].rows
    front["x_mm"].measured.setText("104,6")
    front["x_mm"].measured.textEdited.emit("104,6")
    front["scale_x"].figure.setText("120")
    printer.keep()
    yield "printer-refused"


def verify(drive: Drive, folder: Path) -> Iterator[str]:
    """A genuine card, a forged one, and a picture without a code."""
    import pypdfium2

    window = drive.window
    assert window.desk is not None
    window.desk.go("verify")
    yield "verify-waiting"
    cards, page = window.desk.page("cards"), window.desk.page("verify")
    picture = folder / "card.png"
    cards._around.go("cards")
    cards.choice.paper.setCurrentIndex(cards.choice.paper.findData("cr80"))
    cards.choice.words.setText("alfian")
    cards.choice.issued.setCurrentIndex(cards.choice.issued.findData("again"))
    cards.make()
    drive.rest()
    pypdfium2.PdfDocument(cards._cards.pdf)[0].render(scale=6).to_pil().save(picture)
    cards._around.go("verify")
    page.take(picture)
    drive.rest()
    yield "verify-genuine"
    page.code.setText("6BF ini bukan kode kartu")
    page.check()
    yield "verify-unreadable"
    page.take(folder / "photo.jpg")
    drive.rest()
    yield "verify-no-code"
