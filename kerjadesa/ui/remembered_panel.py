"""Tells in the settings whom lists have named, and forgets them when asked to."""

from PySide6.QtWidgets import QFrame

from kerjadesa.actions.family import forget_residents, remembered
from kerjadesa.actions.office import Office
from kerjadesa.ui.labels import long_date, number
from kerjadesa.ui.theme import GRID
from kerjadesa.ui.widgets import button, column, label, row
from kerjadesa.words import _


class RememberedPanel(QFrame):
    """They gave no consent to be kept for good, so whoever sits here can see and end it."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setProperty("role", "panel")
        self._words = label(wrap=True)
        self.forget_button = button(_("Lupakan &mereka"), self._forget, picture_name="remove")
        self.setLayout(
            column(
                label(_("Warga dari daftar"), role="lead"),
                self._words,
                label(
                    _("Dipakai untuk mengisi formulir orang lain di KK yang sama. Hanya di "
                      "komputer ini, terenkripsi, dan tidak ikut dikirim."),
                    role="quiet",
                    wrap=True,
                ),
                row(self.forget_button, None),
                margin=2 * GRID,
            )
        )  # fmt: skip

    def look(self) -> None:
        """Asks how many there are by now."""
        held = remembered(self._office)
        if held.until is None:
            self._words.setText(_("Tidak ada warga dari daftar yang diingat."))
        else:
            self._words.setText(
                _("{count} warga dari daftar impor diingat sampai {day}.").format(
                    count=number(held.count), day=long_date(held.until)
                )
            )
        self.forget_button.setVisible(held.until is not None)

    @property
    def text(self) -> str:
        """What the panel says."""
        return self._words.text()

    def _forget(self) -> None:
        forget_residents(self._office)
        self.look()
