"""Plain advice on a passphrase while it is typed."""

from kerjadesa.store.vault import SHORTEST_PASSPHRASE
from kerjadesa.words import _

_GOOD_LENGTH = 16
_FEWEST_CHARACTERS = 6


def passphrase_advice(passphrase: str) -> tuple[str, str]:
    """A tone and a sentence; length counts most, for it is what guessing has to pay for."""
    if not passphrase:
        return "plain", _("Pakailah empat kata atau lebih yang mudah Anda ingat.")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return "bad", _("Terlalu pendek: perlu paling sedikit {shortest} huruf atau angka.").format(
            shortest=SHORTEST_PASSPHRASE
        )
    if passphrase.isdigit() or len(set(passphrase.casefold())) < _FEWEST_CHARACTERS:
        return "caution", _("Mudah ditebak: campurkan beberapa kata yang berbeda.")
    if len(passphrase) < _GOOD_LENGTH:
        return "caution", _("Cukup. Satu atau dua kata lagi membuatnya kuat.")
    return "good", _("Kuat.")
