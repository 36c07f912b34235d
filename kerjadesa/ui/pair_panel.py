"""Two records side by side: what differs is marked, and of each such fact one side is chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from kerjadesa.actions.likely_twins import FIXED, Comparison, Side
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.ui.labels import FACTS
from kerjadesa.ui.same_person_words import fact_words, record_words
from kerjadesa.ui.theme import GRID, LABEL_WIDTH
from kerjadesa.ui.widgets import label
from kerjadesa.words import _

_FACE_HEIGHT = 96


class FactChoice(QWidget):
    """One fact that differs. The arrows choose a side, Enter and the arrows down and up go on."""

    def __init__(
        self, fact: str, words: tuple[str, str], left: bool, moved: Callable[[str, int], None]
    ) -> None:
        """`moved(fact, step)` asks for the next choice, or the one before."""
        super().__init__()
        self.fact, self._words, self._moved = fact, words, moved
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "choice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self.sides = (QRadioButton(), QRadioButton())
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID, 4, GRID, 4)
        grid.setHorizontalSpacing(GRID)
        caption = label(_(FACTS[fact]), role="strong", wrap=True)
        caption.setFixedWidth(LABEL_WIDTH)
        grid.addWidget(caption, 0, 0)
        for place, (side, text) in enumerate(zip(self.sides, words, strict=True)):
            said = label(text, wrap=True)
            said.setBuddy(side)
            side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(side)
            grid.addWidget(side, 0, 1 + 2 * place)
            grid.addWidget(said, 0, 2 + 2 * place)
            grid.setColumnStretch(2 + 2 * place, 1)
            side.toggled.connect(lambda _on: self._name())
        self.choose(left)

    @property
    def left(self) -> bool:
        """Whether the left record's value is chosen."""
        return self.sides[0].isChecked()

    def choose(self, left: bool) -> None:
        """Chooses a side."""
        self.sides[0 if left else 1].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """The whole choice by keyboard."""
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.choose(key == Qt.Key.Key_Left)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._moved(self.fact, 1)
        elif key == Qt.Key.Key_Up:
            self._moved(self.fact, -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        """A click on a value chooses it, too."""
        self.choose(event.position().x() < self.sides[1].x())
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _name(self) -> None:
        chosen, other = self._words if self.left else self._words[::-1]
        side = _("kiri") if self.left else _("kanan")
        self.setAccessibleName(
            _("{fact}: dipilih {side}, {value}; yang lain {other}").format(
                fact=_(FACTS[self.fact]), side=side, value=chosen, other=other
            )
        )


class PairPanel(QWidget):
    """Shows a comparison. `past_end()` is called when the last choice is left by Enter."""

    def __init__(self, photo: Callable[[str], bytes | None], past_end: Callable[[], None]) -> None:
        super().__init__()
        self._photo, self._past_end = photo, past_end
        self.choices: list[FactChoice] = []
        self._sheet = QVBoxLayout(self)
        self._sheet.setContentsMargins(0, 0, 0, 0)
        self._sheet.setSpacing(GRID)

    def show_pair(self, both: Comparison, kept: str, programmes: Mapping[str, str]) -> None:
        """Shows two records; of what differs, the kept record's value is chosen where it has one.

        `programmes` has the names of codes.
        """
        while item := self._sheet.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.choices = []
        self._sheet.addWidget(self._heads(both, kept))
        sides = (both.left, both.right)
        differing = both.differs
        for fact in differing:
            words = (fact_words(fact, sides[0], programmes), fact_words(fact, sides[1], programmes))
            if fact == "photo":
                words = tuple(_("ada foto") if side.facts.photo else "–" for side in sides)  # type: ignore[assignment]
            left = (both.left.id == kept) == bool(self._own(both, kept).value(fact))
            choice = FactChoice(fact, words, left, self._move)
            self.choices.append(choice)
            self._sheet.addWidget(choice)
            # At once, or the cursor could not go there yet.
            choice.show()
        equal = [
            fact
            for fact in FACT_NAMES
            if fact not in FIXED and fact not in differing and both.left.value(fact)
        ]
        self._sheet.addWidget(self._equal(equal, both.left, programmes))
        self._sheet.addStretch(1)

    def taken(self, both: Comparison, kept: str) -> list[str]:
        """The facts that the kept record has to take from the other one."""
        keeps_left = both.left.id == kept
        return [choice.fact for choice in self.choices if choice.left != keeps_left]

    def _own(self, both: Comparison, kept: str) -> Side:
        return both.left if both.left.id == kept else both.right

    def _move(self, fact: str, step: int) -> None:
        place = [choice.fact for choice in self.choices].index(fact) + step
        if place >= len(self.choices):
            self._past_end()
        elif place >= 0:
            self.choices[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _heads(self, both: Comparison, kept: str) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(GRID, 0, GRID, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        for place, side in enumerate((both.left, both.right)):
            stays = _("Tetap berlaku") if side.id == kept else _("Akan digabung")
            grid.addWidget(label(side.facts.name, role="lead", wrap=True), 0, 1 + place)
            grid.addWidget(label(stays, role="caption"), 1, 1 + place)
            if face := self._face(side):
                grid.addWidget(face, 2, 1 + place)
            grid.addWidget(
                label(record_words(side), role="caption", wrap=True),
                3,
                1 + place,
                Qt.AlignmentFlag.AlignTop,
            )
            grid.setColumnStretch(1 + place, 1)
        return made

    def _face(self, side: Side) -> QLabel | None:
        jpeg, picture = self._photo(side.facts.photo), QPixmap()
        if jpeg is None or not picture.loadFromData(jpeg):
            return None
        made = QLabel()
        smooth = Qt.TransformationMode.SmoothTransformation
        made.setPixmap(picture.scaledToHeight(_FACE_HEIGHT, smooth))
        made.setAccessibleName(_("Foto {name}").format(name=side.facts.name))
        return made

    def _equal(self, facts: list[str], side: Side, programmes: Mapping[str, str]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(GRID, GRID, GRID, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(_("Sama pada keduanya"), role="quiet"), 0, 0, 1, 2)
        for place, fact in enumerate(facts, start=1):
            caption = label(_(FACTS[fact]), role="quiet")
            caption.setFixedWidth(LABEL_WIDTH)
            told = _("ada foto") if fact == "photo" else fact_words(fact, side, programmes)
            grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(told, wrap=True), place, 1)
        return made
