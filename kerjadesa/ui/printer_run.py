"""Drawing a finished PDF onto a printer, at the printer's own resolution and in its true size.

A page is drawn strip by strip, a strip at each turn of the event loop: the window answers all the
while, and a page of 600 dpi never lies in memory as a whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QObject, QRect, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from kerjadesa.cards.sheet import Flip, Sides

_FINEST = 600
"""Dots per inch beyond which a card gains nothing and a spool grows by gigabytes."""
_STRIP_PIXELS = 3_000_000
_POINT = 72


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of a run: pages done, and exactly one of the three ends with the pages done."""

    progress: Callable[[int, int], object]
    done: Callable[[], object]
    failed: Callable[[int], object]
    stopped: Callable[[int], object]


def set_paper(printer: QPrinter, document: QPdfDocument, sides: Sides, flip: Flip) -> None:
    """Gives the printer the paper of the document, to its edges, one copy, turned as chosen.

    Called once more after a print dialog: what was changed there must not move a card.
    """
    points = document.pagePointSize(0)
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    # A card lying on its long edge is a paper of its own, not one turned by the driver.
    if size.size(QPageSize.Unit.Point).width() - points.width() > 2:
        size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setCopyCount(1)
    modes = QPrinter.DuplexMode
    if sides != "both":
        printer.setDuplex(modes.DuplexNone)
    else:
        printer.setDuplex(modes.DuplexLongSide if flip == "long" else modes.DuplexShortSide)


def chosen_printer(
    owner: QWidget, name: str, document: QPdfDocument, sides: Sides, flip: Flip
) -> QPrinter | None:
    """Asks for a printer, the one of this name first; None where the operator thought better."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    set_paper(printer, document, sides, flip)
    dialog = QPrintDialog(printer, owner)
    options = QPrintDialog.PrintDialogOption
    for option in (options.PrintPageRange, options.PrintSelection, options.PrintCurrentPage):
        dialog.setOption(option, False)
    return printer if dialog.exec() else None


class PrinterRun(QObject):
    """One document on its way to one printer; `stop()` takes back what the printer still holds."""

    def __init__(
        self, owner: QObject, printer: QPrinter, document: QPdfDocument, told: Told
    ) -> None:
        super().__init__(owner)
        self._printer, self._document, self._told = printer, document, told
        self._painter = QPainter()
        self._pages, self._page, self._top = document.pageCount(), 0, 0
        self._stopping = False

    def start(self) -> None:
        """Begins; what comes of it is told later."""
        QTimer.singleShot(0, self._begin)

    def stop(self) -> None:
        """Stops before the next strip."""
        self._stopping = True

    def _begin(self) -> None:
        if not self._painter.begin(self._printer):
            self._end(self._told.failed)
            return
        # Where a printer is a PDF, its pictures would otherwise be blurred as JPEGs.
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self._next()

    def _next(self) -> None:
        if self._stopping:
            self._end(self._told.stopped)
        elif self._is_lost():
            self._end(self._told.failed)
        elif self._draw_strip():
            QTimer.singleShot(0, self._next)
        else:
            self._turn_page()

    def _turn_page(self) -> None:
        self._page, self._top = self._page + 1, 0
        self._told.progress(self._page, self._pages)
        if self._page < self._pages:
            if self._printer.newPage():
                QTimer.singleShot(0, self._next)
            else:
                self._page -= 1
                self._end(self._told.failed)
        elif self._painter.end() and not self._is_lost():
            self.deleteLater()
            self._told.done()
        else:
            self._end(self._told.failed)

    def _draw_strip(self) -> bool:
        """Draws the next strip of the page; False where the page is full."""
        dots = self._printer.resolution()
        # Whole dots for a dot: a code's edges stay sharp on a printer of 1,200 dpi.
        coarser = -(-dots // _FINEST)
        whole = _pixels(self._document.pagePointSize(self._page), dots / coarser)
        height = min(max(1, _STRIP_PIXELS // whole.width()), whole.height() - self._top)
        strip = QRect(0, self._top, whole.width(), height)
        image = _rendered(self._document, self._page, whole, strip)
        self._painter.drawImage(
            QRectF(0, strip.top() * coarser, strip.width() * coarser, strip.height() * coarser),
            image,
        )
        self._top += height
        return self._top < whole.height()

    def _is_lost(self) -> bool:
        states = QPrinter.PrinterState
        return self._printer.printerState() in {states.Error, states.Aborted}

    def _end(self, how: Callable[[int], object]) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self.deleteLater()
        how(self._page)


def _pixels(points: QSizeF, dots: float) -> QSize:
    return QSize(round(points.width() / _POINT * dots), round(points.height() / _POINT * dots))


def _rendered(document: QPdfDocument, page: int, whole: QSize, strip: QRect) -> QImage:
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(whole)
    options.setScaledClipRect(strip)
    drawn = document.render(page, strip.size(), options)
    # On white: where nothing is drawn the strip is clear, and a printer takes clear for black.
    image = QImage(strip.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image
