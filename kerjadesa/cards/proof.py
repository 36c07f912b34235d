"""Proofreads a finished PDF: every QR code is read back from the drawn page.

The symbols are written here and read by zxing-cpp from pixels drawn by PDFium, two programs that
share no line with the writer, so a fault in the symbol, the PDF or the order of cards shows
before a card is on paper.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from kerjadesa.cards.layout import CARD_HEIGHT, CARD_WIDTH, Design
from kerjadesa.cards.pdf import A4_WIDTH, COLUMNS, MM, ROWS, Paper, RenderCancelled, a4_place

# At 150 dpi a module of 0.4 mm is 2.4 pixels; 200 cards in 200 were read at 110 dpi already. A page
# with a fault is drawn once more, four times as large, before the fault counts.
_DPI, _CLOSER_DPI = 150, 300
_AROUND = 3.0
"""Millimetres beside the QR box that are looked at too."""


@dataclass(frozen=True)
class Mismatch:
    """A place in the PDF whose QR code is not the expected one; pages and positions count from 1.

    `expected_index` is None for a code where no card should be; `found` is None for a missing one.
    """

    page: int
    position: int
    expected_index: int | None
    found: str | None


def proofread(
    pdf: bytes,
    expected: Sequence[str],
    paper: Paper,
    design: Design,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Mismatch]:
    """Compares the QR codes of all pages with the credentials, in order; no answer means no fault.

    Looks where the design has its QR code, and at the whole page, closer, where that finds a fault.
    `progress` hears how many cards are read. Raises `pdf.RenderCancelled` when `cancelled` answers
    True. Call it from one thread at a time: PDFium is not made for more.
    """
    per_page = 1 if paper == "cr80" else COLUMNS * ROWS
    width = CARD_WIDTH if paper == "cr80" else A4_WIDTH
    strips = _strips(design, paper)
    mismatches: list[Mismatch] = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = max(len(document), -(-len(expected) // per_page))
        for page in range(pages):
            if cancelled and cancelled():
                raise RenderCancelled
            first = page * per_page
            wanted = expected[first : first + per_page]
            faults: dict[int, str | None] = dict(enumerate([None] * len(wanted)))
            if page < len(document):
                found = _read_page(document, page, paper, _DPI, strips)
                if _faults(found, wanted):
                    found = _read_page(document, page, paper, _CLOSER_DPI, [(0.0, width)])
                faults = _faults(found, wanted)
            mismatches += [
                Mismatch(
                    page=page + 1,
                    position=place + 1,
                    expected_index=first + place if place < len(wanted) else None,
                    found=found,
                )
                for place, found in sorted(faults.items())
            ]
            if progress:
                progress(min(first + per_page, len(expected)))
    finally:
        document.close()
    return mismatches


def _strips(design: Design, paper: Paper) -> list[tuple[float, float]]:
    """Left and right, in mm, of the columns of a page that hold QR codes."""
    boxes = [box for box in design.boxes if box.kind == "qr"]
    left = min(box.at[0] for box in boxes) - _AROUND
    right = max(box.at[0] + box.at[2] for box in boxes) + _AROUND
    starts = [0.0] if paper == "cr80" else [a4_place(column)[0] for column in range(COLUMNS)]
    return [(max(start + left, 0.0), min(start + right, start + CARD_WIDTH)) for start in starts]


def _faults(found: Mapping[int, list[str]], wanted: Sequence[str]) -> dict[int, str | None]:
    """The places of one page that do not hold exactly the wanted code, with what they hold."""
    faults: dict[int, str | None] = {}
    for place in range(max([len(wanted), *(place + 1 for place in found)])):
        texts = found.get(place, [])
        expected = [wanted[place]] if place < len(wanted) else []
        if texts != expected:
            faults[place] = next((text for text in texts if text not in expected), None)
    return faults


def _read_page(
    document: pypdfium2.PdfDocument,
    number: int,
    paper: Paper,
    dpi: int,
    strips: Sequence[tuple[float, float]],
) -> dict[int, list[str]]:
    """The QR codes in these strips of a page, by the place (from 0) of the card they lie on."""
    page = document[number]
    width = page.get_width() / MM
    by_place: dict[int, list[str]] = defaultdict(list)
    for left, right in strips:
        # Photos outside the strip are not even decoded, which is most of the work on a page.
        outside = (left * MM, 0, max(width - right, 0) * MM, 0)
        bitmap = page.render(scale=dpi / 72, grayscale=True, crop=outside)
        codes = zxingcpp.read_barcodes(
            bitmap.to_pil(),
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            # The pages are drawn upright, dark on white and at a known size; not looking for
            # anything else halves the time.
            try_rotate=False,
            try_invert=False,
            try_downscale=False,
        )
        bitmap.close()
        for code in codes:
            corner = code.position.top_left
            x, y = left + corner.x / dpi * 25.4, corner.y / dpi * 25.4
            by_place[_place(x, y, paper)].append(code.text)
    page.close()
    return by_place


def _place(x: float, y: float, paper: Paper) -> int:
    """The card that a point of the page, in mm from its top left corner, lies on."""
    if paper == "cr80":
        return 0
    left, top = a4_place(0)
    column = min(max(int((x - left) / CARD_WIDTH), 0), COLUMNS - 1)
    row = min(max(int((y - top) / CARD_HEIGHT), 0), ROWS - 1)
    return row * COLUMNS + column
