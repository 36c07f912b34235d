"""What a page shows where there is nothing yet: why, and the way on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import column, label, picture_label, row


def empty_state(picture: str, title: str, says: str, *actions: QPushButton) -> QWidget:
    """A picture, a sentence, an explanation and the buttons that change it."""
    made = QWidget()
    drawing = picture_label(picture, "plain", 56)
    drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
    lines = [label(title, role="lead"), label(says, role="quiet", wrap=True)]
    for line in lines:
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = column(drawing, *lines, gap=GRID)
    if actions:
        layout.addSpacing(GRID)
        layout.addLayout(row(None, *actions, None))
    layout.insertStretch(0, 1)
    layout.addStretch(2)
    made.setLayout(layout)
    return made
