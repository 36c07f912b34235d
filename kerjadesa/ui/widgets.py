"""Small parts that every page is made of."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kerjadesa.ui.icons import icon, picture
from kerjadesa.ui.theme import GRID, colours
from kerjadesa.words import _

_BANNER_ICONS = {"good": "ok", "caution": "warning", "bad": "error", "plain": "info"}


def tone_colour(tone: str) -> str:
    """The colour of a tone: `good`, `caution`, `bad`, `accent` or plain."""
    return {
        "good": colours.good,
        "caution": colours.caution,
        "bad": colours.bad,
        "accent": colours.accent,
    }.get(tone, colours.quiet)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet looks at, and has the widget drawn anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def plainly(callback: Callable[[], object]) -> Callable[..., None]:
    """A slot that calls back without what the signal carries."""

    def slot(*_carried: object) -> None:
        callback()

    return slot


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A text in one of the roles of the style sheet; what it says may be selected and copied."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def button(
    text: str, pressed: Callable[[], object], kind: str = "", picture_name: str = "", key: str = ""
) -> QPushButton:
    """A button; `key` is its shortcut, shown in the tip."""
    made = QPushButton()
    made.setProperty("kind", kind)
    # Enter presses the button that has the focus, as people expect who never use Space.
    made.setAutoDefault(True)
    made.clicked.connect(plainly(pressed))
    if picture_name:
        colour = colours.on_accent if kind == "primary" else colours.accent
        made.setIcon(icon(picture_name, colour))
        made.setIconSize(QSize(18, 18))
    rename(made, text)
    if key:
        # Not the button's own shortcut: that would take the place of its Alt+letter, and it acts
        # a tenth of a second late, when the next name is being typed already.
        QShortcut(QKeySequence(key), made).activated.connect(made.click)
        show_keys(made, key)
    return made


def rename(made: QPushButton, text: str) -> None:
    """Gives a button other words, on screen and for screen readers."""
    # Fusion leaves no gap between an icon and the words.
    made.setText(text if made.icon().isNull() or not text else f" {text}")
    made.setAccessibleName(text.replace("&", ""))


def show_keys(control: QPushButton, keys: str) -> QPushButton:
    """Says in the tip of a button which keys do the same."""
    control.setToolTip(f"{control.accessibleName()} ({keys})")
    return control


def fold(columns: QBoxLayout, room: int, needed: int) -> None:
    """Puts columns below each other where there is no room for them side by side."""
    ways = QBoxLayout.Direction
    columns.setDirection(ways.LeftToRight if room >= needed else ways.TopToBottom)


def column(*parts: QWidget | QLayout, gap: int = GRID, margin: int = 0) -> QVBoxLayout:
    """Parts below each other."""
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made


def row(*parts: QWidget | QLayout | None, gap: int = GRID) -> QHBoxLayout:
    """Parts beside each other; None is the place that takes the room left over."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made


def panel(*parts: QWidget | QLayout, gap: int = GRID) -> QFrame:
    """A white sheet that holds what belongs together."""
    made = QFrame()
    made.setProperty("role", "panel")
    made.setLayout(column(*parts, gap=gap, margin=2 * GRID))
    return made


def pushed_up(sheet: QFrame, growing: int = -1) -> QFrame:
    """Keeps a panel's content at its top; the part at `growing` takes the room while it shows."""
    layout = sheet.layout()
    assert isinstance(layout, QVBoxLayout)  # noqa: S101 -- what `panel` makes
    layout.addStretch(1)
    if growing >= 0:
        layout.setStretch(growing, 100)
    return sheet


def scrolled(content: QWidget) -> QScrollArea:
    """Content that is taller than the window, and on a very small screen also wider."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName("scrolled")
    area.setWidget(content)
    return area


def reachable(content: QWidget) -> QScrollArea:
    """Content that scrolls where the screen is too small for it, and otherwise fills its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    # Else the area would paint its own ground over the window's.
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def yielding(part: QWidget, lowest: int) -> QWidget:
    """Takes what height is left over, however much its content would like; it scrolls by itself."""
    part.setSizePolicy(part.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
    part.setMinimumHeight(lowest)
    return part


def name_control(control: QWidget, caption: QLabel, words: str) -> None:
    """Ties a control to its caption, for the mouse, for Alt+letter and for screen readers."""
    caption.setBuddy(control)
    control.setAccessibleName(words)


class Banner(QFrame):
    """One sentence about what just happened, inside the page: it blocks nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._picture = QLabel()
        self._text = label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = button("", lambda: self._run(self._then), kind="link")
        self._other = button("", lambda: self._run(self._or_then), kind="link")
        self._close = button(_("Tutup"), self.hide, kind="link")
        self._then: Callable[[], object] | None = None
        self._or_then: Callable[[], object] | None = None
        line = row(self._picture, self._text, self._other, self._action, self._close)
        line.setContentsMargins(12, 6, 6, 6)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(
        self,
        text: str,
        tone: str = "plain",
        action: str = "",
        then: Callable[[], object] | None = None,
        other: str = "",
        or_then: Callable[[], object] | None = None,
    ) -> None:
        """Shows a sentence, with one thing to do about it if there is one, at most two."""
        self._text.setText(text)
        self._picture.setPixmap(_pixmap(_BANNER_ICONS[tone], tone))
        set_property(self, "tone", tone)
        for made, words in ((self._action, action), (self._other, other)):
            rename(made, words)
            made.setVisible(bool(words))
        self._then, self._or_then = then, or_then
        self.setAccessibleName(text)
        self.show()

    @property
    def text(self) -> str:
        """The sentence on show, empty where there is none."""
        return "" if self.isHidden() else self._text.text()

    def _run(self, then: Callable[[], object] | None) -> None:
        self.hide()
        if then is not None:
            then()


class Note(QWidget):
    """A short sentence with an icon, in red or amber, beside what it speaks of."""

    def __init__(self) -> None:
        super().__init__()
        # A form has dozens of notes, most of which never say anything: their parts come with the
        # first sentence.
        self._parts: tuple[QLabel, QLabel] | None = None
        self.hide()

    def say(self, text: str, tone: str = "bad") -> None:
        """Shows the sentence; an empty one hides the note."""
        if text or self._parts:
            sign, words = self._parts = self._parts or self._made()
            words.setText(text)
            sign.setPixmap(_pixmap(_BANNER_ICONS[tone], tone, 16))
            set_property(words, "tone", tone)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """The sentence on show."""
        return self._parts[1].text() if self._parts else ""

    def _made(self) -> tuple[QLabel, QLabel]:
        sign, words = QLabel(), label(role="caption", wrap=True)
        line = row(sign, words, gap=6)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)
        return sign, words


class BusyBar(QWidget):
    """How far a job is, and the button that stops it."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self._words = label(role="quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Kemajuan pekerjaan"))
        self._stop = button(_("&Batalkan"), stop)
        line = row(column(self._words, self._bar, gap=6), self._stop, gap=2 * GRID)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def begin(self, words: str, stoppable: bool = True) -> None:
        """Shows that something began whose length is not known yet."""
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._stop.setVisible(stoppable)
        self._stop.setEnabled(True)
        self.show()

    def report(self, words: str, done: int, whole: int | None) -> None:
        """Shows how far it is."""
        self._words.setText(words)
        self._bar.setRange(0, whole or 0)
        self._bar.setValue(done)

    def stopping(self) -> None:
        """Shows that the wish to stop was heard."""
        self._words.setText(_("Menghentikan pekerjaan…"))
        self._stop.setEnabled(False)


def picture_label(name: str, tone: str, size: int) -> QLabel:
    """An icon on its own, for those who see; words beside it say the same."""
    made = QLabel()
    made.setPixmap(_pixmap(name, tone, size))
    return made


def _pixmap(name: str, tone: str, size: int = 20) -> QPixmap:
    return _drawn(name, tone_colour(tone), size)


@cache
def _drawn(name: str, colour: str, size: int) -> QPixmap:
    # A form has a note at each field, and all are said anew each time a field is left.
    return QPixmap.fromImage(picture(name, colour, size, 2))
