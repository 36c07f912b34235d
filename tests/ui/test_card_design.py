"""The design editor and the calibration of a printer, as an operator uses them."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtPrintSupport import QPrinterInfo

from kerjadesa.actions import card_settings
from kerjadesa.actions.card_settings import Habits, card_changes, slack_of
from kerjadesa.actions.list_workers import page as everybody
from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.changes import Changes
from kerjadesa.domain.problem import UserError
from tests.ui.conftest import Operator
from tests.ui.test_cards_page import MM, fill, office_of, pdf_printer


def design_page(operator: Operator) -> Any:
    page: Any = None

    def visit() -> None:
        nonlocal page
        page = operator.go("design")
        page._pause.setInterval(0)

    operator.wait(visit)
    operator.bot.waitUntil(lambda: page.faces.pages == 2)
    return page


def retype(operator: Operator, field: Any, text: str) -> None:
    field.selectAll()
    operator.wait(lambda: operator.type(text, field))


def test_a_changed_colour_and_title_are_seen_at_once_kept_and_undone(operator: Operator) -> None:
    fill(operator, 1)
    page = design_page(operator)
    retype(operator, page.form.colours["primary"], "#5A1A1A")
    retype(operator, page.form.heading, "Kartu Pekerja")
    operator.bot.waitUntil(lambda: card_changes(office_of(operator)).heading == "Kartu Pekerja")
    kept = card_changes(office_of(operator))
    assert kept.colours == {"primary": "#5A1A1A"}
    cards = operator.go("cards")
    operator.wait(cards.make)
    text = pypdfium2.PdfDocument(cards._cards.pdf)[0].get_textpage().get_text_range()
    assert "Kartu Pekerja" in text
    page = design_page(operator)
    operator.wait(page.reset)
    assert card_changes(office_of(operator)) == Changes()
    operator.wait(page.undo_button.click)
    assert card_changes(office_of(operator)) == kept
    assert page.form.colours["primary"].text() == "#5A1A1A"


@pytest.mark.parametrize(
    ("name", "colour", "said"),
    [("ink", "#F2F2F2", "Tulisan sukar dibaca"), ("ground", "#1A1A1A", "Kode QR tidak akan")],
)
def test_a_colour_that_spoils_the_card_is_refused_beside_it(
    operator: Operator, name: str, colour: str, said: str
) -> None:
    fill(operator, 1)
    page = design_page(operator)
    retype(operator, page.form.colours[name], colour)
    operator.bot.waitUntil(lambda: any(note.text for note in page.form.notes.values()))
    assert said in " ".join(note.text for note in page.form.notes.values())
    assert card_changes(office_of(operator)) == Changes(), "the last good design stays"
    assert page.faces.pages == 2


def test_a_design_is_chosen_by_its_picture(operator: Operator) -> None:
    fill(operator, 1)
    page = design_page(operator)
    operator.wait(page.form.designs["potret"].click)
    assert card_changes(office_of(operator)).design == "potret"
    assert not page.form.designs["hemat"].icon().isNull()


def test_a_logo_from_a_file_is_on_the_card_and_a_bad_one_is_one_sentence(
    operator: Operator, tmp_path: Path
) -> None:
    fill(operator, 1)
    page = design_page(operator)
    note = page.form.notes["logo"]
    operator.wait(lambda: page.take_logo(tmp_path / "gone.png"))
    assert note.text.startswith("Berkas tidak ditemukan")
    (tmp_path / "large.png").write_bytes(bytes(10 * 1024 * 1024))
    operator.wait(lambda: page.take_logo(tmp_path / "large.png"))
    assert note.text.startswith("Berkas logo terlalu besar")
    (tmp_path / "odd.png").write_bytes(b"no picture")
    operator.wait(lambda: page.take_logo(tmp_path / "odd.png"))
    assert note.text.startswith("Gambar ini tidak terbaca")
    assert card_changes(office_of(operator)).logo is None
    picture = io.BytesIO()
    Image.new("RGBA", (300, 300), "#AA2222").save(picture, "PNG")
    (tmp_path / "logo.png").write_bytes(picture.getvalue())
    page.take_logo(tmp_path / "logo.png")
    operator.bot.waitUntil(lambda: card_changes(office_of(operator)).logo is not None)
    operator.bot.waitUntil(lambda: note.text == "" and page.form.no_logo_button.isVisible())


def test_a_spoilt_design_file_is_one_sentence_and_the_others_are_offered(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kerjadesa.cards.layout import LayoutError, load_design
    from kerjadesa.ui import design_page as module

    def load(name: str = "lanskap") -> Any:
        if name == "hemat":
            raise LayoutError("hemat.toml", "photo", "kind", "unknown")
        return load_design(name)

    fill(operator, 1)
    monkeypatch.setattr(module, "load_design", load)
    card_settings.keep_changes(office_of(operator), Changes("hemat"))
    page = design_page(operator)
    assert "hemat.toml" in page.frame.banner.text
    assert list(page.form.designs) == ["lanskap", "potret"]
    assert card_changes(office_of(operator)).design == "hemat", "looking changes nothing"


def test_an_office_without_workers_sees_its_design_with_an_invented_person(
    operator: Operator,
) -> None:
    assert everybody(office_of(operator), 1) == []
    assert design_page(operator).frame.banner.text == ""


# ---- calibration


def test_measurements_become_figures_that_move_the_next_card(
    operator: Operator, tmp_path: Path
) -> None:
    fill(operator, 1)
    page = operator.go("printer", chosen=Habits(sides="both"))
    front = page.forms["front"]
    for figure, measured in (("x_mm", "104,6"), ("scale_x", "170,5"), ("rotation_degrees", "0,5")):
        front.rows[figure].measured.setFocus()
        operator.type(measured)
    assert front.rows["x_mm"].figure.text() == "0,4"
    page.keep()
    assert "disimpan" in page.frame.banner.text
    kept = slack_of(office_of(operator), "")
    assert kept.front == Calibration(x_mm=0.4, scale_x=0.9971, rotation_degrees=0.17)
    assert kept.back == Calibration()
    cards = operator.go("cards")
    operator.wait(cards.make)
    assert cards._options.front == kept.front


@pytest.mark.parametrize(
    ("figure", "typed", "said"),
    [("scale_y", "120", "95 sampai 105"), ("x_mm", "banyak", "Tulis angka"),
     ("rotation_degrees", "9", "-3 sampai 3")],
)  # fmt: skip
def test_a_figure_out_of_bounds_is_refused_beside_it(
    operator: Operator, figure: str, typed: str, said: str
) -> None:
    page = operator.go("printer")
    row = page.forms["front"].rows[figure]
    row.figure.setText(typed)
    page.keep()
    assert said in row.note.text
    assert operator.focus is row.figure
    assert slack_of(office_of(operator), "") == card_settings.Slack()


def test_the_test_sheet_is_saved_and_printed_in_its_true_size(
    operator: Operator, tmp_path: Path
) -> None:
    page = operator.go("printer")
    operator.wait(lambda: page.save_sheet(tmp_path / "uji.pdf"))
    page.print_sheet(pdf_printer(tmp_path / "printed.pdf", 150))
    operator.bot.waitUntil(lambda: page._run is None, timeout=20_000)
    for name in ("uji.pdf", "printed.pdf"):
        size = pypdfium2.PdfDocument(tmp_path / name)[0].get_size()
        assert [edge / MM for edge in size] == pytest.approx([210, 297], abs=0.3)
    assert "Sekarang ukurlah" in page.frame.banner.text


def test_a_printer_name_too_long_for_its_place_is_whole_in_the_tip(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "HP LaserJet Professional P1102w (Ruang Kaur Pemerintahan, lantai dua)"
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [name])
    printer = operator.go("printer", chosen=Habits(printer=name)).printer
    assert printer.toolTip() == name
    assert printer.sizeHint().width() < printer.fontMetrics().horizontalAdvance(name)


def test_a_calibration_is_kept_for_each_printer_by_its_name(operator: Operator) -> None:
    office = office_of(operator)
    card_settings.keep_slack(office, "Epson L805", card_settings.Slack(Calibration(x_mm=1.5)))
    card_settings.keep_slack(office, "Canon", card_settings.Slack(Calibration(y_mm=-1)))
    page = operator.go("printer")
    page.printer.setCurrentIndex(page.printer.findData("Epson L805"))
    assert page.forms["front"].rows["x_mm"].figure.text() == "1,5"
    page.straighten()
    page.keep()
    assert slack_of(office, "Epson L805") == card_settings.Slack()
    assert slack_of(office, "Canon").front.y_mm == -1


def test_an_unverified_tray_asks_for_the_test_sheet_first(operator: Operator) -> None:
    fill(operator, 1)
    choice = operator.go("cards").choice
    choice.paper.setCurrentIndex(choice.paper.findData("tray-2-flat"))
    assert "lembar uji" in choice._test_first.text
    card_settings.keep_slack(office_of(operator), "", card_settings.Slack(Calibration(x_mm=0.1)))
    operator.go("cards")
    assert choice._test_first.text == ""


def test_an_unusable_logo_kept_by_hand_is_no_logo() -> None:
    from kerjadesa.cards.changes import changes_from_json

    assert changes_from_json({"logo": "bukan gambar"}).logo is None
    with pytest.raises(UserError):
        card_settings.read_logo(Path("/nonexistent/logo.png"))
