"""The words for facts, states and choices: what a form, a list and a report call them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from kerjadesa.domain.check import read_date
from kerjadesa.reference import read_rows
from kerjadesa.words import N_, _, language

Choice = tuple[object, str]
"""A value as the register holds it, and the words for it."""

SECTIONS = {
    "identity": N_("Identitas"),
    "address": N_("Tempat tinggal"),
    "work": N_("Pekerjaan"),
    "poverty": N_("Data kemiskinan"),
    "heirs": N_("Ahli waris"),
    "consent": N_("Persetujuan"),
    "programme": N_("Program"),
    "notes": N_("Catatan"),
    "photo": N_("Foto"),
}

FACTS = {
    "nik": N_("NIK"),
    "kk": N_("Nomor KK"),
    "name": N_("Nama lengkap"),
    "sex": N_("Jenis kelamin"),
    "birth_place": N_("Tempat lahir"),
    "birth_date": N_("Tanggal lahir"),
    "mother_name": N_("Nama ibu kandung"),
    "marital_status": N_("Status kawin"),
    "nagari": N_("Nagari"),
    "jorong": N_("Jorong"),
    "address": N_("Alamat"),
    "rt": N_("RT"),
    "rw": N_("RW"),
    "phone": N_("Nomor telepon"),
    "occupation": N_("Pekerjaan di KTP"),
    "occupation_text": N_("Kerja sehari-hari"),
    "income_base": N_("Dasar upah untuk iuran"),
    "poverty_source": N_("Sumber data"),
    "poverty_decile": N_("Desil"),
    "poverty_date": N_("Tanggal data"),
    "heirs": N_("Ahli waris"),
    "consent_date": N_("Tanggal persetujuan"),
    "consent_manner": N_("Cara persetujuan"),
    "programme": N_("Program"),
    "notes": N_("Catatan"),
    "photo": N_("Foto"),
    "registered_on": N_("Tanggal pendaftaran"),
    "ended": N_("Akhir kepesertaan"),
    "decision": N_("Keputusan dinas"),
}

HINTS = {
    "nik": N_("16 angka"),
    "kk": N_("16 angka"),
    "birth_date": N_("hh-bb-tttt"),
    "poverty_date": N_("hh-bb-tttt"),
    "consent_date": N_("hh-bb-tttt"),
    "occupation_text": N_("misalnya: petani karet"),
}

RELATIONS = (
    N_("Suami"),
    N_("Istri"),
    N_("Anak"),
    N_("Ayah"),
    N_("Ibu"),
    N_("Kakek atau nenek"),
    N_("Cucu"),
    N_("Saudara kandung"),
    N_("Mertua"),
    N_("Penerima wasiat"),
)


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is shown: never by colour alone."""

    word: str
    icon: str
    tone: str


SYNC = {
    "waiting": StateLook(N_("Menunggu"), "waiting", "caution"),
    "sent": StateLook(N_("Di perjalanan"), "travelling", "accent"),
    "received": StateLook(N_("Diterima"), "ok", "good"),
    "refused": StateLook(N_("Ditolak"), "refused", "bad"),
}

SYNC_MEANINGS = {
    "waiting": N_("Belum dikirim ke dinas."),
    "sent": N_("Sudah diberangkatkan; tanda terima dinas belum kembali."),
    "received": N_("Dinas sudah mengirim tanda terima."),
    "refused": N_("Dinas menolak data ini."),
}

VERDICTS = {
    "genuine": ("ok", "good"),
    "replaced": ("replaced", "caution"),
    "expired": ("waiting", "caution"),
    "not_yet_valid": ("waiting", "caution"),
    "unknown_key": ("warning", "caution"),
    "unsigned": ("refused", "bad"),
    "forged": ("refused", "bad"),
    "encrypted": ("warning", "caution"),
    "unreadable": ("error", "bad"),
}
"""Icon and tone of what a card turned out to be; `card_sentences.verdict_words` has the words."""

REPRINTS = {
    "lost": N_("hilang"),
    "broken": N_("rusak"),
    "wrong_data": N_("data salah"),
    "renewed": N_("program baru"),
    "spoiled": N_("lembar cetak rusak"),
}
"""Why a card replaces an earlier one."""

_MONTHS = (
    N_("Januari"), N_("Februari"), N_("Maret"), N_("April"), N_("Mei"), N_("Juni"), N_("Juli"),
    N_("Agustus"), N_("September"), N_("Oktober"), N_("November"), N_("Desember"),
)  # fmt: skip


def choices(fact: str) -> list[Choice]:
    """What may be chosen for a fact, the empty choice first; nothing where it is typed freely."""
    empty: list[Choice] = [("", "")]
    if fact == "sex":
        return [*empty, ("M", _("Laki-laki")), ("F", _("Perempuan"))]
    if fact == "marital_status":
        words = (_("Belum kawin"), _("Kawin"), _("Cerai hidup"), _("Cerai mati"))
        return [*empty, *enumerate(words, start=1)]
    if fact == "poverty_source":
        return [*empty, *((code, code) for code in ("DTSEN", "P3KE", "DTKS")),
                ("survey", _("Pendataan sendiri"))]  # fmt: skip
    if fact == "poverty_decile":
        return [*empty, *((decile, str(decile)) for decile in range(1, 11))]
    if fact == "consent_manner":
        return [*empty, ("spoken", _("Lisan")), ("signed", _("Bertanda tangan"))]
    if fact == "ended":
        # It draws in the database, which the lock does not wait for.
        from kerjadesa.actions.register_columns import ENDINGS

        return [(None, _("Masih berjalan")), *((code, _(w)) for code, w in ENDINGS.items())]
    if fact == "occupation":
        return [*empty, *occupations()]
    return []


@cache
def occupations() -> list[Choice]:
    """Occupations as the KTP has them, by their codes."""
    rows = read_rows("occupations.csv")
    return [(int(row["code"]), row["label"].capitalize()) for row in rows]


def value_words(fact: str, value: Any) -> str:
    """A value as the journal has it, in the words a form shows for it."""
    if value in (None, "", []) and fact != "ended":
        return _("(dikosongkan)")
    if fact == "heirs":
        return "\n".join(_heir_words(heir) for heir in value)
    if fact.endswith("_date") and (day := read_date(value)):
        return short_date(day)
    if fact == "income_base" and isinstance(value, int):
        return number(value)
    return next((words for known, words in choices(fact) if known == value), str(value))


def _heir_words(heir: dict[str, str]) -> str:
    relation = heir.get("relation", "")
    relation = _(relation) if relation in RELATIONS else relation
    nik, phone = heir.get("nik", ""), heir.get("phone", "")
    parts = (
        heir.get("name", ""),
        relation,
        _("NIK {number}").format(number=nik) if nik else "",
        _("Telepon {number}").format(number=phone) if phone else "",
    )
    return ", ".join(part for part in parts if part)


def issue_words(issue: int, reason: str) -> str:
    """Which of somebody's cards one is, and why there is more than one."""
    if issue <= 1:
        return _("Kartu dicetak")
    if reason in REPRINTS:
        return _("Kartu ke-{issue} dicetak; yang lama diganti karena {reason}").format(
            issue=number(issue), reason=_(REPRINTS[reason])
        )
    return _("Kartu ke-{issue} dicetak").format(issue=number(issue))


def short_date(day: date) -> str:
    """A date as it is typed, `07-03-1985`."""
    return f"{day:%d-%m-%Y}"


def long_date(day: date) -> str:
    """A date in words, `7 Maret 2026`."""
    return f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def long_moment(moment: datetime) -> str:
    """A moment on this computer's clock, `7 Maret 2026 14.05`."""
    here = moment.astimezone()
    separator = "." if language() == "id" else ":"
    return f"{long_date(here)} {here:%H}{separator}{here:%M}"


def number(value: int) -> str:
    """A count with its thousands parted as the language does, `1.333`."""
    return f"{value:,}".replace(",", "." if language() == "id" else ",")
