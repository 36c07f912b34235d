"""The person whose card is in the operator's hand, readable from where the queue stands."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from kerjadesa.actions.hand_over import Guest
from kerjadesa.ui.hand_over_words import Say
from kerjadesa.ui.icons import picture
from kerjadesa.ui.theme import GRID, colours
from kerjadesa.ui.widgets import column, label, row, set_property, tone_colour
from kerjadesa.words import _

_ICON = 48
_SMALLEST, _LARGEST = 160, 400


class PersonView(QWidget):
    """A band that says how the card stands, then photo, seat, name and the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._photo_size = QSize(_LARGEST * 3 // 4, _LARGEST)
        self._jpeg: bytes | None = None
        self._icon = QLabel()
        self.word = label(role="day-word", wrap=True)
        self.text = label(role="day", wrap=True)
        self.band = QFrame()
        self.band.setProperty("role", "banner")
        inside = row(self._icon, column(self.word, self.text, gap=0), gap=2 * GRID)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setStretch(1, 1)
        self.band.setLayout(inside)
        self._photo = QLabel()
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame = QFrame()
        self._frame.setProperty("role", "photo")
        self._frame.setLayout(column(self._photo, gap=0))
        self.seat = label(role="day-seat")
        self.name = label(role="day-name", wrap=True)
        self.jorong = label(role="day-lead", wrap=True)
        self.nik = label(role="day")
        self.card = label(role="day", wrap=True)
        place = row(self.seat, self.jorong, gap=2 * GRID)
        place.setStretch(1, 1)
        words = column(place, self.name, self.nik, self.card, gap=4)
        words.addStretch(1)
        self._who = QWidget()
        holder = row(self._frame, words, gap=3 * GRID)
        holder.setAlignment(self._frame, Qt.AlignmentFlag.AlignTop)
        holder.setStretch(1, 1)
        self._who.setLayout(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.band)
        layout.addWidget(self._who)
        layout.addStretch(1)
        self._photo.setFixedSize(self._photo_size)

    def fit(self, height: int) -> None:
        """Takes as high a picture as there is room for."""
        height = min(max(height, _SMALLEST), _LARGEST)
        self._photo_size = QSize(height * 3 // 4, height)
        self._photo.setFixedSize(self._photo_size)
        self._draw()

    def show_guest(self, guest: Guest, jpeg: bytes | None, say: Say) -> None:
        """Shows somebody, and how the card stands."""
        self._jpeg = jpeg
        self._draw()
        self.seat.setText(guest.seat or _("Tanpa kursi"))
        self.name.setText(guest.name)
        self.jorong.setText(guest.group or guest.jorong or _("Tanpa jorong"))
        self.nik.setText(_("NIK {nik}").format(nik=guest.nik_masked))
        words = _("Kartu {number}")
        if guest.issue > 1:
            words = _("Kartu {number}, terbitan ke-{issue}")
        elif not guest.issue:
            words = _("Kartu {number}, belum tercatat dicetak")
        self.card.setText(words.format(number=guest.card_number, issue=guest.issue))
        self._who.show()
        self.say(say)

    def show_nobody(self, say: Say) -> None:
        """Shows a sentence about no one, such as a forged card's."""
        self._jpeg = None
        self._who.hide()
        self.say(say)

    def say(self, say: Say) -> None:
        """Changes the band alone."""
        self.word.setText(say.word)
        self.text.setText(say.text)
        for part in (self.band, self.word):
            set_property(part, "tone", say.tone)
        self._icon.setPixmap(QPixmap.fromImage(picture(say.icon, tone_colour(say.tone), _ICON, 2)))
        self.band.setAccessibleName(f"{say.word}. {say.text}")

    def _draw(self) -> None:
        drawn = QPixmap()
        if self._jpeg is not None:
            drawn.loadFromData(self._jpeg)
        if drawn.isNull():
            drawn = QPixmap.fromImage(_silhouette(self._photo_size.width()))
            self._photo.setAccessibleName(_("Tanpa foto"))
        else:
            scale = self.devicePixelRatioF()
            drawn = drawn.scaled(
                self._photo_size * scale,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            drawn.setDevicePixelRatio(scale)
            self._photo.setAccessibleName(_("Foto pekerja"))
        self._photo.setPixmap(drawn)


def _silhouette(width: int) -> QImage:
    return picture("person", colours.field_line, width * 3 // 4, 2)
