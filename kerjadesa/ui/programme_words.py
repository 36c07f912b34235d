"""What Beranda and the settings say of a usual programme that has ended or soon will."""

from kerjadesa.actions.usual_programme import Ending
from kerjadesa.ui.labels import long_date
from kerjadesa.words import _


def ending_words(ending: Ending) -> tuple[str, str]:
    """What has to be decided, in one line, and its tone."""
    if not ending.over:
        text = _("Program utama berakhir {day}. Siapkan program berikutnya.")
        return text.format(day=long_date(ending.last_day)), "caution"
    if ending.other:
        return _("Program utama sudah berakhir. Pilih yang lain untuk pendaftaran baru."), "bad"
    return _("Program utama sudah berakhir. Buat program baru."), "bad"
