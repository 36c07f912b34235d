"""A choice between names that may be too long for their place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox


class LongChoice(QComboBox):
    """A choice between names of any length: one that is cut ends in dots, the tip has it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentTextChanged.connect(self.setToolTip)

    def show_whole(self) -> None:
        """Brings the tip up to date after a choice made while the signals were blocked."""
        self.setToolTip(self.currentText())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 -- Qt's name
        """What is drawn, with the name as long as there is room."""
        super().initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )
