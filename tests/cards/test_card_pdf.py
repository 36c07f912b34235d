"""The finished PDF, looked at from outside: pages, letters, photos, codes."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from kerjadesa.cards.layout import load_design
from kerjadesa.cards.pdf import Card, RenderCancelled, render
from kerjadesa.cards.sheet import A4_TEN, CR80, Setup
from kerjadesa.cards.symbol import qr
from kerjadesa.cards.verify import verify

from .conftest import NOW, TRUSTED, drawn_portrait

DESIGN = load_design()
SHEETS, SINGLE = Setup(A4_TEN), Setup(CR80)
MakeCard = Callable[..., Card]


def text_of(pdf: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[page].get_textpage().get_text_bounded().split())


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            tuple(round(points / 72 * 25.4, 2) for points in page.get_size()) for page in document
        ]


def test_a_card_printer_gets_one_card_a_page_and_an_office_printer_ten(make_card: MakeCard) -> None:
    cards = [make_card(seq) for seq in range(1, 13)]
    assert sizes(render(cards, SINGLE, DESIGN)) == [(85.6, 53.98)] * 12
    assert sizes(render(cards, SHEETS, DESIGN)) == [(210.0, 297.0)] * 2


def test_a_card_says_who_pays_what_for_whom_and_until_when(make_card: MakeCard) -> None:
    text = text_of(render([make_card(kpj_masked="*******1234")], SINGLE, DESIGN))
    for printed in (
        "Kartu Tanda Penerima Program",
        "1 Nagari 100 Pekerja Rentan 2026",
        "Iuran dibayar oleh Pemerintah Nagari Muaro (APB Nagari)",
        "31 Desember 2026",
        "1303042001-5NRHCG-0001-E",
        "Nagari Muaro",
        "Kecamatan Sijunjung",
        "KPJ *******1234",
        "Bukan kartu peserta BPJS",
    ):
        assert printed in text


def test_a_card_without_kpj_or_payer_leaves_the_words_out_too(make_card: MakeCard) -> None:
    text = text_of(render([make_card(payer="")], SINGLE, DESIGN))
    assert "KPJ" not in text
    assert "Iuran" not in text


@pytest.mark.parametrize(
    "name",
    [
        "Y",
        "Nur'aini D'Souza",
        "Siti Nurhaliza Ramadhani Putri Mangkuto S",
        "Wolfeschlegelsteinhausenbergerdorffmann",
        "Rénée Ḥusnul Ḫatimah",
    ],
)
def test_no_name_is_cut(make_card: MakeCard, name: str) -> None:
    card = make_card(name=name, kecamatan="Lima Puluh Koto Tanjung Gadang Timur")
    text = text_of(render([card], SINGLE, DESIGN))
    assert name in text
    assert "Lima Puluh Koto Tanjung Gadang Timur" in text


def test_photos_go_in_as_they_came_and_once(make_card: MakeCard) -> None:
    photo = drawn_portrait(90)
    cards = [make_card(seq, photo=photo) for seq in range(1, 6)]
    pdf = render(cards, SHEETS, DESIGN)
    assert pdf.count(photo) == 1


def test_codes_are_one_bit_stencils_as_large_as_the_symbol(make_card: MakeCard) -> None:
    card = make_card(photo=None)
    with pypdfium2.PdfDocument(render([card], SINGLE, DESIGN)) as document:
        (code,) = document[0].get_objects([FPDF_PAGEOBJ_IMAGE])
        metadata = code.get_metadata()
    assert metadata.bits_per_pixel == 1
    assert (metadata.width, metadata.height) == (qr(card.credential).size,) * 2


def test_the_same_cards_give_the_same_file(make_card: MakeCard) -> None:
    cards = [make_card(1), make_card(2, photo=None)]
    assert render(cards, SHEETS, DESIGN) == render(cards, SHEETS, DESIGN)


def test_printed_cards_are_read_by_a_phone_and_verify(make_card: MakeCard, tmp_path: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm (Debian: poppler-utils) is missing: no second opinion on the PDF")
    cards = [make_card(seq, name="Mhd. Rasyid Datuak Rajo Malano") for seq in range(1, 4)]
    (tmp_path / "cards.pdf").write_bytes(render(cards, SINGLE, DESIGN))
    subprocess.run(["pdftoppm", "-r", "300", "-png", "cards.pdf", "page"], cwd=tmp_path, check=True)
    for card, image in zip(cards, sorted(tmp_path.glob("page-*.png")), strict=True):
        text = read_by_zbar(image) if shutil.which("zbarimg") else read_by_zxing(image)
        assert text == card.credential
        assert verify(text, [TRUSTED], NOW).claims["fullName"] == card.name


def read_by_zbar(image: Path) -> str:
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", str(image)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip("\n")


def read_by_zxing(image: Path) -> str:
    code = zxingcpp.read_barcode(Image.open(image))
    assert code is not None
    return code.text


def test_printing_can_be_stopped_and_tells_how_far_it_is(make_card: MakeCard) -> None:
    done: list[int] = []
    cards = [make_card(seq) for seq in range(1, 5)]
    with pytest.raises(RenderCancelled):
        render(cards, SINGLE, DESIGN, progress=done.append, cancelled=lambda: len(done) == 2)
    assert done == [1, 2]


def test_no_file_is_made_of_no_cards_or_of_a_photo_that_is_none(make_card: MakeCard) -> None:
    with pytest.raises(ValueError, match="no cards"):
        render([], SINGLE, DESIGN)
    with pytest.raises(ValueError, match="photo"):
        render([make_card(photo=b"GIF89a")], SINGLE, DESIGN)
