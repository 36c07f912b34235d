"""The words for two records side by side: why they are alike, and what each of them says."""

from collections.abc import Mapping

from kerjadesa.actions.likely_twins import Comparison, Side
from kerjadesa.actions.register_columns import ending_words
from kerjadesa.ui.labels import SYNC_MEANINGS, long_moment, number, value_words
from kerjadesa.words import N_, _

_BIRTH = {
    "equal": N_("tanggal lahir sama"),
    "swapped": N_("hari dan bulan lahir tertukar"),
    "digit": N_("tanggal lahir berbeda satu angka"),
    "year": N_("tahun lahir sama"),
    "apart": N_("tanggal lahir berbeda"),
}
_MOTHER_SAME = 85


def reasons(both: Comparison) -> str:
    """Why two records may be one person, likeness of the names in per cent."""
    alike = both.alike
    parts = [_("NIK sama") if alike.nik else _("NIK berbeda")]
    if alike.name == 100:
        # Names that only sound the same stand below as two, of which one has to be chosen.
        parts.append(_("nama berbunyi sama") if "name" in both.differs else _("nama sama"))
    else:
        parts.append(_("nama mirip {percent} %").format(percent=alike.name))
    parts.append(_(_BIRTH[alike.birth]))
    if alike.mother is None:
        parts.append(_("nama ibu belum lengkap"))
    elif alike.mother >= _MOTHER_SAME:
        parts.append(_("nama ibu mirip") if "mother_name" in both.differs else _("nama ibu sama"))
    else:
        parts.append(_("nama ibu berbeda"))
    return ", ".join(parts)


def how_alike(both: Comparison) -> str:
    """The score and its reasons, or that two laptops disagree."""
    text = _("Kemiripan {score} dari 100: {reasons}.").format(
        score=both.alike.score, reasons=reasons(both)
    )
    if both.outcome == "undecided":
        text += " " + _("Dua laptop memutuskannya berbeda; putuskan sekali lagi.")
    return text


def fact_words(fact: str, side: Side, programmes: Mapping[str, str]) -> str:
    """A fact of one record in the words of the form; a dash where nothing is known."""
    value = side.value(fact)
    if value in (None, "", []):
        return "–"
    if fact == "programme":
        return programmes.get(str(value), str(value))
    return value_words(fact, value)


def record_words(side: Side) -> str:
    """Where the record comes from, and where its card and data stand."""
    place = _("laptop ini") if side.here else _("laptop {device}").format(device=side.device)
    parts = [
        _("Didaftarkan {operator}, {laptop}, {moment}.").format(
            operator=side.by, laptop=place, moment=long_moment(side.at)
        ),
        _("Kartu {card}: {state}.").format(card=side.card_number, state=_card_state(side)),
        _(SYNC_MEANINGS[side.sync]),
    ]
    if side.ended:
        parts.append(_("Kepesertaan berakhir: {reason}.").format(reason=ending_words(side.ended)))
    return "\n".join(parts)


def _card_state(side: Side) -> str:
    if side.handover == "handed":
        return _("sudah diserahkan")
    if side.printed:
        return _("dicetak {count} kali, belum diserahkan").format(count=number(side.printed))
    return _("belum dicetak")
