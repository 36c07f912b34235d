"""Cards as paper and phones treat them: drawn at 300 dpi, blurred, askew; read by two readers."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from kerjadesa.cards.changes import module_of
from kerjadesa.cards.layout import design_names, load_design
from kerjadesa.cards.pdf import Card, render
from kerjadesa.cards.sheet import A4_TEN, Setup

MakeCard = Callable[..., Card]
DPI = 300


def as_drawn(sheet: Image.Image, module: float) -> Image.Image:
    return sheet


def blurred(sheet: Image.Image, module: float) -> Image.Image:
    """Out of focus: each point spreads over half a module of the code.

    zbar gives up at a standard deviation of 0.35 modules and zxing-cpp at 0.5, whatever is printed.
    """
    return sheet.filter(ImageFilter.GaussianBlur(module / 4))


def askew(sheet: Image.Image, module: float) -> Image.Image:
    return sheet.rotate(10, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def read_by_zxing(sheet: Image.Image, _folder: Path) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(sheet)}


def read_by_zbar(sheet: Image.Image, folder: Path) -> set[str]:
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg (Debian: zbar-tools) is missing: no second opinion on the codes")
    picture = folder / "sheet.png"
    sheet.save(picture)
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable"]
    ran = subprocess.run([*command, str(picture)], check=True, capture_output=True, text=True)
    return set(ran.stdout.splitlines())


@pytest.mark.parametrize("name", design_names())
@pytest.mark.parametrize("treated", [as_drawn, blurred, askew])
@pytest.mark.parametrize("read", [read_by_zxing, read_by_zbar])
def test_every_code_of_a_sheet_is_read(
    make_card: MakeCard,
    tmp_path: Path,
    name: str,
    treated: Callable[[Image.Image, float], Image.Image],
    read: Callable[[Image.Image, Path], set[str]],
) -> None:
    design = load_design(name)
    cards = [make_card(seq, name="Mhd. Rasyid Datuak Rajo Malano" + seq * "x") for seq in range(10)]
    with pypdfium2.PdfDocument(render(cards, Setup(A4_TEN), design)) as document:
        sheet = document[0].render(scale=DPI / 72, grayscale=True).to_pil()
    module = min(module_of(design, len(card.credential)) for card in cards) / 25.4 * DPI
    assert read(treated(sheet, module), tmp_path) == {card.credential for card in cards}
