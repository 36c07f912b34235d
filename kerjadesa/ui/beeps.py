"""Short tones for what a scan turned out to be, made here: no file, off until they are wanted."""

import math
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QObject

from kerjadesa.ui.preferences import open_preferences

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

_SOUND = "hand_over_sound"
_RATE = 22_050
_LOUDNESS = 6_000
_FADE = 0.01
_TONES = {"good": (880.0, 0.09), "caution": (440.0, 0.18), "bad": (196.0, 0.35)}
"""Hertz and seconds by what they mean."""


class Beeps:
    """Plays a tone where the computer can; where it cannot, the screen has said it already."""

    def __init__(self, owner: QObject, home: Path) -> None:
        self._preferences = open_preferences(home)
        self.wanted = str(self._preferences.value(_SOUND, "0")) == "1"
        self._owner = owner
        self._sink: QAudioSink | None = None
        self._buffer = QBuffer(owner)

    def turn(self) -> None:
        """On, or off again; remembered."""
        self.wanted = not self.wanted
        self._preferences.setValue(_SOUND, int(self.wanted))
        self.play("good")

    def play(self, tone: str) -> None:
        """Plays `good`, `caution` or `bad`; the one before is cut off."""
        if not self.wanted or tone not in _TONES:
            return
        sink = self._sink or self._made()
        if sink is None:
            return
        sink.stop()
        self._buffer.close()
        self._buffer.setData(QByteArray(wave(*_TONES[tone])))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        sink.start(self._buffer)

    def _made(self) -> "QAudioSink | None":
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
        except ImportError:
            # A system without the libraries that sound needs is one without sound.
            return None
        output = QMediaDevices.defaultAudioOutput()
        if output.isNull():
            return None
        wanted = QAudioFormat()
        wanted.setSampleRate(_RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(output, wanted, self._owner)
        return self._sink


def wave(hertz: float, seconds: float) -> bytes:
    """A sine of this pitch as 16 bit samples, faded in and out so that it does not click."""
    count = int(_RATE * seconds)
    fade = _RATE * _FADE
    return array(
        "h",
        (
            int(
                _LOUDNESS
                * min(1.0, place / fade, (count - place) / fade)
                * math.sin(2 * math.pi * hertz * place / _RATE)
            )
            for place in range(count)
        ),
    ).tobytes()
