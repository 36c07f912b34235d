"""The test sheet of a printer: crosses to measure from, and the sentences on how to read them.

Every figure of a `Calibration` is read by itself: shifts at the middle of the page, which neither
scale nor rotation moves; scales between crosses; the rotation as a difference of two heights.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.drawing import LEADING, MM
from kerjadesa.cards.fonts import font_name, width_of
from kerjadesa.cards.layout import Design, Side
from kerjadesa.cards.pdf import calibrate, new_canvas
from kerjadesa.cards.sheet import Flip, Paper, Setup
from kerjadesa.cards.text_fit import fit
from kerjadesa.words import _

_REGULAR, _BOLD = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"
_ARM = 5.0
# A vernier: ten spaces on the back are as long as nine on the front, so the one line that meets
# its neighbour tells tenths of a millimetre without a ruler.
_VERNIER_LINES, _VERNIER_STEP = 10, 0.9
_VERNIER_LENGTH = 4.0


@dataclass(frozen=True)
class Marks:
    """Where the crosses of a paper lie, in mm from its top left corner."""

    inset_x: float
    inset_y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The cross M."""
        return self.width / 2, self.height / 2

    @property
    def across(self) -> float:
        """From A to B, and from C to D."""
        return self.width - 2 * self.inset_x

    @property
    def down(self) -> float:
        """From A to C, and from B to D."""
        return self.height - 2 * self.inset_y

    def crosses(self) -> dict[str, tuple[float, float]]:
        """The crosses by their letters."""
        left, right = self.inset_x, self.width - self.inset_x
        top, bottom = self.inset_y, self.height - self.inset_y
        return {
            "A": (left, top),
            "B": (right, top),
            "C": (left, bottom),
            "D": (right, bottom),
            "M": self.middle,
        }


def marks_of(paper: Paper) -> Marks:
    """The crosses of a paper: as far out as a printer reaches."""
    inset = 20.0 if _is_large(paper) else 8.0
    return Marks(inset, inset, paper.width, paper.height)


def reading_steps(setup: Setup, design: Design) -> list[str]:
    """What to measure on the printed sheet and where to type it in, a sentence or two each."""
    paper = setup.paper_for(design)
    marks = marks_of(paper)
    middle_x, middle_y = marks.middle
    steps = [
        _(
            "Cetak pada ukuran sebenarnya (100%), lalu ukur dengan penggaris milimeter. "
            "Ketik hasilnya di Kartu, Kalibrasi; angkanya dihitung oleh program."
        ),
        _(
            "Geser X: ukur jarak dari tepi kiri kertas ke silang M, lalu ketik. "
            "Seharusnya {right} mm."
        ).format(right=_mm(middle_x)),
        _(
            "Geser Y: ukur jarak dari tepi atas kertas ke silang M, lalu ketik. "
            "Seharusnya {right} mm."
        ).format(right=_mm(middle_y)),
        _(
            "Skala mendatar: ukur jarak dari silang A ke B, lalu ketik. Seharusnya {right} mm."
        ).format(right=_mm(marks.across)),
        _("Skala tegak: ukur jarak dari silang A ke C, lalu ketik. Seharusnya {right} mm.").format(
            right=_mm(marks.down)
        ),
        _(
            "Putaran: ukur jarak dari tepi atas kertas ke A, lalu ke B. Ketik selisihnya: A "
            "dikurangi B; di bawah nol bila A lebih kecil."
        ),
    ]
    if not paper.verified:
        steps.append(
            _(
                "Nampan ini belum diukur pada printer Anda: letakkan kertas uji di atasnya dan "
                "cocokkan garis putus-putus dengan tempat kartunya sebelum mencetak."
            )
        )
    if setup.sides == "both":
        steps.append(
            _(
                "Muka dan belakang: arahkan ke cahaya, muka menghadap Anda (kartu plastik: tusuk "
                "dengan jarum). Cari garis belakang yang tepat menyambung garis muka, baca "
                "angkanya; +3 berarti 0,3 mm. Tambahkan angka deret mendatar ke X belakang, "
                "kurangkan angka deret tegak dari Y belakang."
            )
            if setup.flip == "long"
            else _(
                "Muka dan belakang: arahkan ke cahaya, muka menghadap Anda (kartu plastik: tusuk "
                "dengan jarum). Cari garis belakang yang tepat menyambung garis muka, baca "
                "angkanya; +3 berarti 0,3 mm. Kurangkan angka deret mendatar dari X belakang, "
                "tambahkan angka deret tegak ke Y belakang."
            )
        )
    return steps


def calibration_sheet(setup: Setup, design: Design, printer: str = "") -> bytes:
    """The test sheet as a PDF, a page a face, moved by the calibration there is so far.

    The design tells how a page of one card stands.
    """
    paper = setup.paper_for(design)
    steps = reading_steps(setup, design)
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, paper)
    canvas.setTitle(_("Lembar uji printer"))
    canvas.setCreator("KerjaDesa")
    for side in setup.faces():
        canvas.saveState()
        calibrate(canvas, paper, setup, side)
        _draw_crosses(canvas, paper)
        if not paper.verified:
            _draw_places(canvas, paper, setup.flip, side)
        if setup.sides == "both":
            _draw_vernier(canvas, paper, setup.flip, side)
        words = [part for part in (printer, paper.title) if part]
        _draw_words(canvas, paper, side, [*words, _figures(setup.calibration(side))], steps)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _is_large(paper: Paper) -> bool:
    """Whether there is room for sentences."""
    return min(paper.width, paper.height) > 150


def _draw_crosses(canvas: Canvas, paper: Paper) -> None:
    canvas.setFillColorRGB(0, 0, 0)
    for letter, (x, y) in marks_of(paper).crosses().items():
        canvas.setLineWidth(0.3)
        _line(canvas, paper, x - _ARM, y, x + _ARM, y)
        _line(canvas, paper, x, y - _ARM, x, y + _ARM)
        for step in range(1, int(_ARM) + 1):
            tick = 1.0 if step == _ARM else 0.5
            for away in (-step, step):
                _line(canvas, paper, x + away, y - tick, x + away, y + tick)
                _line(canvas, paper, x - tick, y + away, x + tick, y + away)
        canvas.setFont(font_name(_BOLD), 8)
        canvas.drawString((x + 1.2) * MM, (paper.height - y + 1.2) * MM, letter)


def _draw_places(canvas: Canvas, paper: Paper, flip: Flip, side: Side) -> None:
    """Outlines where cards are printed: on a tray they must lie on its hollows."""
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 2)
    for number, (left, top) in enumerate(paper.at, start=1):
        x, y = _as_seen(
            paper, flip, side, left + paper.place_width / 2, top + paper.place_height / 2
        )
        canvas.rect(
            (x - paper.place_width / 2) * MM,
            (paper.height - y - paper.place_height / 2) * MM,
            paper.place_width * MM,
            paper.place_height * MM,
        )
        canvas.setFont(font_name(_BOLD), 12)
        canvas.drawString(
            (x - paper.place_width / 2 + 2) * MM,
            (paper.height - y - paper.place_height / 2 + 2) * MM,
            str(number),
        )
    canvas.setDash()


def _draw_vernier(canvas: Canvas, paper: Paper, flip: Flip, side: Side) -> None:
    marks = marks_of(paper)
    # Beside the middle, so that neither lies on the cross M.
    middle_x, middle_y = marks.middle
    # On a card that is below: above stand the words.
    away_x = marks.across / 3
    away_y = marks.down / 4 if _is_large(paper) else -marks.down * 0.36
    step = 1.0 if side == "front" else _VERNIER_STEP
    length = _VERNIER_LENGTH if side == "front" else -_VERNIER_LENGTH
    canvas.setLineWidth(0.25)
    canvas.setFont(font_name(_REGULAR), 4.5)
    for count in range(-_VERNIER_LINES, _VERNIER_LINES + 1):
        longer = 1.3 if count % 5 == 0 else 1.0
        x, y = middle_x + count * step, middle_y - away_y
        _line(
            canvas,
            paper,
            *_as_seen(paper, flip, side, x, y),
            *_as_seen(paper, flip, side, x, y - length * longer),
        )
        if side == "front" and count % 5 == 0:
            canvas.drawCentredString(
                x * MM, (paper.height - y + _VERNIER_LENGTH * longer + 0.6) * MM, f"{count:+d}"
            )
        x, y = middle_x + away_x, middle_y + count * step
        _line(
            canvas,
            paper,
            *_as_seen(paper, flip, side, x, y),
            *_as_seen(paper, flip, side, x - length * longer, y),
        )
        if side == "front" and count % 5 == 0:
            canvas.drawRightString(
                (x - _VERNIER_LENGTH * longer - 0.6) * MM,
                (paper.height - y - 0.5) * MM,
                f"{count:+d}",
            )


def _draw_words(
    canvas: Canvas, paper: Paper, side: Side, lines: Sequence[str], steps: Sequence[str]
) -> None:
    marks = marks_of(paper)
    small = not _is_large(paper)
    face = _("muka") if side == "front" else _("belakang")
    title = _("Lembar uji, {face}").format(face=face)
    left = marks.inset_x + (_ARM + 2)
    # Between A and B where a page is large, else in what is left above the cross M.
    top = marks.inset_y - (3.0 if small else 10.0)
    canvas.setFont(font_name(_BOLD), 6 if small else 12)
    canvas.drawString(left * MM, (paper.height - top) * MM, title)
    size = 4.5 if small else 8.5
    y = top + size * LEADING / MM + (0.4 if small else 2.0)
    for line in lines[-1:] if small else lines:
        y = _paragraph(canvas, paper, line, left, y, paper.width - 2 * left, size)
    if small or side == "back":
        return
    # Two thirds down the page, below cross and vernier.
    y = marks.height * 0.6
    for number, step in enumerate(steps):
        text = f"{number}. {step}" if number else step
        y = _paragraph(canvas, paper, text, marks.inset_x + 8, y, marks.across - 16, size) + 1.2


def _figures(calibration: Calibration) -> str:
    return _(
        "Dicetak dengan: X {x} mm, Y {y} mm, skala {scale_x}% × {scale_y}%, putaran {turn}°"
    ).format(
        x=_mm(calibration.x_mm, 2),
        y=_mm(calibration.y_mm, 2),
        scale_x=_mm(100 * calibration.scale_x, 2),
        scale_y=_mm(100 * calibration.scale_y, 2),
        turn=_mm(calibration.rotation_degrees, 2),
    )


def _paragraph(
    canvas: Canvas, paper: Paper, text: str, left: float, top: float, width: float, size: float
) -> float:
    """Writes a text on as many lines as it takes; returns where the next may begin."""
    lines, _size = fit(
        text,
        width=width * MM,
        height=1000,
        size=size,
        smallest=size,
        lines=8,
        leading=LEADING,
        measure=lambda part: width_of(part, _REGULAR),
    )
    canvas.setFont(font_name(_REGULAR), size)
    for line in lines:
        top += size * LEADING / MM
        canvas.drawString(left * MM, (paper.height - top) * MM, line)
    return top


def _as_seen(paper: Paper, flip: Flip, side: Side, x: float, y: float) -> tuple[float, float]:
    """The point of a page that lies at this point of its front when both are seen through."""
    if side == "front":
        return x, y
    if flip == "long":
        return paper.width - x, y
    return x, paper.height - y


def _line(canvas: Canvas, paper: Paper, x: float, y: float, to_x: float, to_y: float) -> None:
    canvas.line(x * MM, (paper.height - y) * MM, to_x * MM, (paper.height - to_y) * MM)


def _mm(figure: float, places: int = 1) -> str:
    return f"{figure:.{places}f}".replace(".", ",")
