"""The verdict on a card as the page shows it: one word, a colour and an icon, then whose it is."""

from datetime import timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from kerjadesa.actions.tables import regions
from kerjadesa.actions.verify_card import Checked
from kerjadesa.card_sentences import verdict_words
from kerjadesa.cards.verify import Verdict
from kerjadesa.domain.region import nagari_code, place_of
from kerjadesa.sentences import sentence
from kerjadesa.ui.icons import picture
from kerjadesa.ui.labels import VERDICTS, choices, long_date
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import Note, column, label, panel, row, set_property, tone_colour
from kerjadesa.words import _

_PHOTO, _NO_PHOTO = QSize(210, 280), QSize(126, 168)
_ICON = 72
_LONGEST = 80
"""Letters of a value that are shown: what stands in a stranger's code may be of any length."""
_MOST_CAUTIONS = 4
_ROWS = 10


class VerdictView(QWidget):
    """The right side of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self.verdict = label(role="verdict", wrap=True)
        self.meaning = label(wrap=True)
        self._band = QFrame()
        self._band.setProperty("role", "banner")
        band = row(self._picture, column(self.verdict, self.meaning, gap=2), gap=2 * GRID)
        band.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        band.setStretch(1, 1)
        self._band.setLayout(band)
        self.cautions = [Note() for _place in range(_MOST_CAUTIONS)]
        self.photo = QLabel()
        self.photo.setFixedSize(_PHOTO)
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.photo.setWordWrap(True)
        self._frame = QFrame()
        self._frame.setProperty("role", "photo")
        self._frame.setLayout(column(self.photo, gap=0))
        self.name = label(role="heading", wrap=True)
        self._trust = label(role="quiet", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows = [(label(role="quiet"), label(wrap=True)) for _place in range(_ROWS)]
        for place, parts in enumerate(self._rows):
            for side, part in enumerate(parts):
                part.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(part, place, side)
        words = column(self.name, self._trust, self._grid, gap=GRID)
        words.addStretch(1)
        holder = row(self._frame, words, gap=3 * GRID)
        holder.setAlignment(self._frame, Qt.AlignmentFlag.AlignTop)
        holder.setStretch(1, 1)
        self._holder = panel(holder)
        layout = column(self._band, *self.cautions, self._holder, gap=12)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_checked(self, checked: Checked) -> None:
        """Shows a verdict in place of the one before."""
        verdict = checked.verdict
        drawing, tone = VERDICTS[verdict.status]
        word, meaning = verdict_words(verdict.status)
        self.verdict.setText(word)
        self.meaning.setText(meaning)
        for part in (self._band, self.verdict):
            set_property(part, "tone", tone)
        self._picture.setPixmap(QPixmap.fromImage(picture(drawing, tone_colour(tone), _ICON, 2)))
        self._band.setAccessibleName(f"{word}. {meaning}")
        found = [sentence(caution) for caution in checked.cautions]
        for place, note in enumerate(self.cautions):
            note.say(found[place] if place < len(found) else "", "caution")
        name = _text(verdict.claims.get("fullName"))
        self.name.setText(name)
        self._trust.setText(_trust_words(checked))
        rows = facts_of(checked)
        for place, (caption, value) in enumerate(self._rows):
            shown = place < len(rows)
            caption.setText(rows[place][0] if shown else "")
            value.setText(rows[place][1] if shown else "")
            caption.setVisible(shown)
            value.setVisible(shown)
        self._show_photo(checked)
        self._holder.setVisible(bool(rows or name))

    def _show_photo(self, checked: Checked) -> None:
        # A face beside a forged card would lend it what it has not.
        self._frame.setVisible(checked.verdict.signed)
        image = QImage()
        if checked.known is not None and checked.known.photo:
            image.loadFromData(checked.known.photo)
        self.photo.setFixedSize(_NO_PHOTO if image.isNull() else _PHOTO)
        if image.isNull():
            self.photo.setText(_no_photo_words(checked))
            set_property(self.photo, "role", "quiet")
            return
        ratio = self.devicePixelRatioF()
        shown = image.scaled(
            _PHOTO * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self.photo.setPixmap(QPixmap.fromImage(shown))
        self.photo.setAccessibleName(_("Foto pemegang kartu"))


def facts_of(checked: Checked) -> list[tuple[str, str]]:
    """What is to be compared with the card in hand, with its captions; at most ten."""
    verdict, known, claims = checked.verdict, checked.known, checked.verdict.claims
    programme = _text(claims.get("75"))
    differs = any(caution.code == "card_name_differs" for caution in checked.cautions)
    # Birth date and sex are the hidden digits of a masked NIK: never both on one screen.
    born, sex = ("", "") if known else (claims.get("dateOfBirth"), claims.get("gender"))
    rows = [
        (_("Nama di register"), known.name if known and differs else ""),
        (_("NIK"), known.nik_masked if known else ""),
        (_("Nomor kartu"), _text(claims.get("id"))),
        (_("Terbitan ke"), str(verdict.issue) if programme else ""),
        (_("Program"), known.programme_name if known and known.programme_name else programme),
        (_("Berlaku"), _validity(verdict)),
        (_("Tempat"), _place(verdict)),
        (_("Tanggal lahir"), _birth_date(born)),
        (_("Jenis kelamin"), _sex(sex)),
        (_("Diterbitkan"), long_date(verdict.issued_at.astimezone()) if verdict.issued_at else ""),
    ]
    return [(caption, value) for caption, value in rows if value]


def _trust_words(checked: Checked) -> str:
    if checked.known is not None and checked.known.photo:
        return _("Terdaftar di sini; bandingkan fotonya dengan orangnya.")
    if checked.known is not None:
        return _("Terdaftar di sini; bandingkan namanya dengan KTP.")
    if checked.verdict.signed:
        return _("Tidak terdaftar di laptop ini; bandingkan dengan muka kartu dan KTP.")
    return _("Tertulis di kode itu; jangan dipercaya.") if checked.verdict.claims else ""


def _no_photo_words(checked: Checked) -> str:
    if checked.known is not None:
        return _("Belum ada fotonya di register.")
    return _("Fotonya tidak ada di laptop ini.")


def _validity(verdict: Verdict) -> str:
    if verdict.expires_at is None:
        return ""
    # A card expires at the first moment it is no longer valid; it prints the day before.
    last = long_date((verdict.expires_at - timedelta(seconds=1)).astimezone())
    if verdict.valid_from is None:
        return _("sampai {last}").format(last=last)
    return _("{first} sampai {last}").format(first=long_date(verdict.valid_from), last=last)


def _place(verdict: Verdict) -> str:
    """The nagari by its name where its code is known, else what the code says."""
    stated = _text(verdict.claims.get("locationCode")) or _text(verdict.issuer)
    code = nagari_code(stated)
    place = place_of(code, regions()) if code else None
    if place is None:
        return stated
    return _("{nagari}, Kecamatan {kecamatan}").format(
        nagari=place.title, kecamatan=place.kecamatan.name
    )


def _birth_date(value: object) -> str:
    text = _text(value)
    if len(text) == 8 and text.isdecimal():
        return f"{text[6:]}-{text[4:6]}-{text[:4]}"
    return text


def _sex(value: object) -> str:
    sexes = dict(choices("sex"))
    return {1: sexes["M"], 2: sexes["F"]}.get(value, "") if isinstance(value, int) else ""


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = " ".join(str(value)[: 4 * _LONGEST].split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
