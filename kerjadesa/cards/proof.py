"""Proofreads a finished PDF: every QR code is read back from the drawn page.

The symbols are written here and read by zxing-cpp from pixels drawn by PDFium, two programs that
share no line with the writer, so a fault in the symbol, the PDF or the order of cards shows
before a card is on paper.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2
import zxingcpp

from kerjadesa.cards.drawing import MM
from kerjadesa.cards.layout import Design
from kerjadesa.cards.pdf import RenderCancelled
from kerjadesa.cards.sheet import Setup, pages, spots
from kerjadesa.cards.symbol import modules_across

# Of 500 cards 500 were read with 1.8 pixels a module already. A page with a fault is drawn once
# more, far larger, before the fault counts.
_PIXELS_A_MODULE = 2.0
_CLOSER_DPI = 300
# PDFium keeps what it has parsed until a document is closed; opening one anew costs a table.
_PAGES_AT_A_TIME = 50

Strip = tuple[float, float, float, float]
"""Left, top, right and bottom in mm of a part of a page."""


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
    pdf: bytes | BinaryIO,
    expected: Sequence[str | None],
    setup: Setup,
    design: Design,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Mismatch]:
    """Compares the QR codes of all pages with the credentials, in order; no answer means no fault.

    `expected` has None where a card without code lies. Looks where the design has its QR code, and
    at the whole page, closer, where that finds a fault; the other face is not looked at. `progress`
    hears how many cards are read. Raises `pdf.RenderCancelled` when `cancelled` answers True. Call
    it from one thread at a time: PDFium is not made for more.
    """
    side_with_code, _ = design.qr
    if side_with_code not in setup.faces():
        return []
    places = _places(setup, design)
    strips = _strips(places, setup, design)
    paper = setup.paper_for(design)
    dpi = _dpi(design, expected)
    whole_page: list[Strip] = [(0.0, 0.0, paper.width, paper.height)]
    # Pages beyond the expected ones are read as well, for codes that nobody asked for.
    wanted_pages = list(pages(len(expected), setup))
    mismatches: list[Mismatch] = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in range(max(len(document), len(wanted_pages))):
            if cancelled and cancelled():
                raise RenderCancelled
            if page and page % _PAGES_AT_A_TIME == 0:
                document.close()
                document = pypdfium2.PdfDocument(pdf)
            side, first, last = (
                wanted_pages[page] if page < len(wanted_pages) else (side_with_code, 0, 0)
            )
            if side != side_with_code:
                continue
            wanted = expected[first:last]
            faults: dict[int, str | None] = dict.fromkeys(
                place for place, text in enumerate(wanted) if text is not None
            )
            if page < len(document):
                found = _read_page(document, page, dpi, strips, places)
                if _faults(found, wanted):
                    found = _read_page(document, page, _CLOSER_DPI, whole_page, places)
                faults = _faults(found, wanted)
            mismatches += [
                Mismatch(
                    page=page + 1,
                    position=place + 1,
                    expected_index=first + place
                    if place < len(wanted) and wanted[place] is not None
                    else None,
                    found=text,
                )
                for place, text in sorted(faults.items())
            ]
            if progress and last:
                progress(last)
    finally:
        document.close()
    return mismatches


def _dpi(design: Design, expected: Sequence[str | None]) -> float:
    """As fine as the smallest module wants it."""
    modules = modules_across(max(len(text or "") for text in [*expected, ""]))
    return min(_PIXELS_A_MODULE * modules / design.qr[1].at[2] * 25.4, _CLOSER_DPI)


def _places(setup: Setup, design: Design) -> list[tuple[float, float]]:
    """The middle of the QR code of every place of a page, in mm, as the calibration moves it."""
    side, box = design.qr
    paper, slack = setup.paper_for(design), setup.calibration(side)
    # From the middle of the card to the middle of its code, as the card is read.
    across = box.at[0] + box.at[2] / 2 - design.width / 2
    down = box.at[1] + box.at[3] / 2 - design.height / 2
    found = []
    for spot in spots(setup, design, side):
        turn = math.radians(spot.degrees)
        x = spot.x + across * math.cos(turn) - down * math.sin(turn)
        y = spot.y + across * math.sin(turn) + down * math.cos(turn)
        found.append(slack.moved(x, y, paper.width, paper.height))
    return found


def _strips(places: Sequence[tuple[float, float]], setup: Setup, design: Design) -> list[Strip]:
    """The columns of a page that hold QR codes, each with its own white margin.

    Photos beside them need not be decoded, nor most of the texts be drawn.
    """
    paper = setup.paper_for(design)
    reach = design.qr[1].at[2] / 2
    columns: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        # A page turned by a hair leaves the codes of one column not quite below each other.
        if columns and place[0] - columns[-1][0][0] < reach:
            columns[-1].append(place)
        else:
            columns.append([place])
    return [
        (
            max(min(x for x, _ in column) - reach, 0.0),
            max(min(y for _, y in column) - reach, 0.0),
            min(max(x for x, _ in column) + reach, paper.width),
            min(max(y for _, y in column) + reach, paper.height),
        )
        for column in columns
    ]


def _faults(found: Mapping[int, list[str]], wanted: Sequence[str | None]) -> dict[int, str | None]:
    """The places of one page that do not hold exactly the wanted code, with what they hold."""
    faults: dict[int, str | None] = {}
    for place in range(max([len(wanted), *(place + 1 for place in found)])):
        texts = found.get(place, [])
        text = wanted[place] if place < len(wanted) else None
        expected = [] if text is None else [text]
        if texts != expected:
            faults[place] = next((text for text in texts if text not in expected), None)
    return faults


def _read_page(
    document: pypdfium2.PdfDocument,
    number: int,
    dpi: float,
    strips: Sequence[Strip],
    places: Sequence[tuple[float, float]],
) -> dict[int, list[str]]:
    """The QR codes in these strips of a page, by the place (from 0) of the card they lie on."""
    page = document[number]
    width, height = page.get_width() / MM, page.get_height() / MM
    by_place: dict[int, list[str]] = defaultdict(list)
    for left, top, right, bottom in strips:
        # Photos outside the strip are not even decoded, which is most of the work on a page.
        outside = (
            left * MM,
            max(height - bottom, 0) * MM,
            max(width - right, 0) * MM,
            top * MM,
        )
        bitmap = page.render(scale=dpi / 72, grayscale=True, crop=outside)
        codes = zxingcpp.read_barcodes(
            bitmap.to_pil(),
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            # The pages are drawn dark on white, without shadows, and at a known size, and a QR code
            # is found at any turn; not looking for anything else halves the time.
            binarizer=zxingcpp.Binarizer.FixedThreshold,
            try_rotate=False,
            try_invert=False,
            try_downscale=False,
        )
        bitmap.close()
        for code in codes:
            corners = code.position
            x = left + (corners.top_left.x + corners.bottom_right.x) / 2 / dpi * 25.4
            y = top + (corners.top_left.y + corners.bottom_right.y) / 2 / dpi * 25.4
            nearest = min(range(len(places)), key=lambda n: math.dist(places[n], (x, y)))
            by_place[nearest].append(code.text)
    page.close()
    return by_place
