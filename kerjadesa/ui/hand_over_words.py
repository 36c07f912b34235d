"""What the day of the ceremony says of a card: an icon, a tone, a word and a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kerjadesa.actions.hand_over import Guest
from kerjadesa.domain.handover import AbsenceReason
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.ui.labels import long_date
from kerjadesa.words import N_, _, language

REASONS: dict[AbsenceReason, str] = {
    "ill": N_("Sakit"),
    "travelling": N_("Bepergian"),
    "moved": N_("Pindah"),
    "dead": N_("Meninggal"),
    "unknown": N_("Tanpa keterangan"),
    "other": N_("Lainnya"),
}

_TROUBLES = {
    "card_forged": N_("Kartu palsu"),
    "card_issuer_unknown": N_("Penerbit tidak dikenal"),
    "card_replaced": N_("Kartu lama"),
    "card_not_here": N_("Tidak dikenal di sini"),
    "card_unreadable": N_("Bukan kartu program"),
    "seat_unknown": N_("Kursi tidak ada"),
    "guest_unknown": N_("Tidak ketemu"),
}


@dataclass(frozen=True, slots=True)
class Say:
    """One state as it is shown: never by colour alone."""

    icon: str
    tone: str
    word: str
    text: str


def waiting() -> Say:
    """Of nobody yet."""
    return Say("verify", "plain", _("Menunggu kartu"), _("Pindai kartu berikutnya."))


def doubts(guest: Guest) -> str:
    """Why one Enter is not enough to hand the card over; empty where it is."""
    found = [] if guest.seat else [_("Tidak ada di rencana acara ini.")]
    if not guest.issue:
        found.append(_("Kartunya belum tercatat dicetak."))
    return " ".join((*found, *(sentence(caution) for caution in guest.cautions)))


def ready(guest: Guest, confirming: bool) -> Say:
    """Of somebody whose card lies on the table."""
    cautions = doubts(guest)
    if confirming:
        absent = _absent_words(guest) if guest.state == "absent" else ""
        again = _("Enter sekali lagi menyerahkan kartunya; Esc membatalkan.")
        text = " ".join(part for part in (absent, cautions, again) if part)
        return Say("warning", "caution", _("Enter sekali lagi"), text)
    if guest.state == "absent":
        return Say("warning", "caution", _("Tidak hadir tadi"), _called_words(guest))
    if cautions:
        word = _("Tanpa kursi") if not guest.seat else _("Perhatikan")
        text = " ".join((cautions, _("Enter untuk menyerahkan.")))
        return Say("warning", "caution", word, text)
    return Say("card", "plain", _("Belum diserahkan"), _("Enter bila kartunya sudah diterima."))


def handed(guest: Guest, now: bool) -> Say:
    """Of somebody who has the card: just now, or found out by a second scan."""
    if now:
        words = _("Kepada pemiliknya, pukul {time}.") if guest.proxy is None else _(
            "Kepada wakil {proxy} ({relation}), pukul {time}."
        )  # fmt: skip
        return Say("ok", "good", _("Diserahkan"), _filled(words, guest))
    words = _("Pada {moment} oleh {operator}, {laptop}, kepada pemiliknya.")
    if guest.proxy is not None:
        words = _("Pada {moment} oleh {operator}, {laptop}, kepada wakil {proxy} ({relation}).")
    text = _filled(words, guest)
    if guest.times > 1:
        twice = _("Tercatat {count} kali oleh laptop yang berbeda.")
        text = f"{text} {twice.format(count=guest.times)}"
    return Say("warning", "caution", _("Sudah diserahkan"), text)


def called(guest: Guest) -> Say:
    """Of somebody who was just marked absent."""
    return Say("waiting", "caution", _("Tidak hadir"), _called_words(guest))


def taken_back(guest: Guest) -> Say:
    """Of a hand-over that was just undone; who was absent before it is so again."""
    text = _("Kartunya kembali di meja. Enter bila jadi diserahkan.")
    if guest.state == "absent":
        again = _("Enter bila kartunya jadi diambil.")
        text = " ".join((_("Kembali tercatat tidak hadir."), again))
    return Say("replaced", "caution", _("Dibatalkan"), text)


def trouble(error: UserError) -> Say:
    """Of what could not be looked up or written."""
    word = _TROUBLES.get(error.code)
    return Say("error", "bad", _(word) if word else _("Tidak berhasil"), sentence(error))


def card_words(guest: Guest) -> str:
    """Where somebody's card is, for their own page; empty while nothing was said of it."""
    if guest.state == "handed":
        say = handed(guest, now=False)
        return f"{say.word}. {say.text}"
    if guest.state == "absent":
        return " ".join((_("Tidak hadir."), _absent_words(guest)))
    return ""


def _absent_words(guest: Guest) -> str:
    key = guest.reason or "unknown"
    reason = _(REASONS[key])
    why = f"{reason}, {guest.note}" if guest.note else reason.lower()
    return _("Dipanggil {moment}: {why}.").format(moment=moment_words(guest.at), why=why)


def _called_words(guest: Guest) -> str:
    return " ".join((_absent_words(guest), _("Enter bila kartunya jadi diambil.")))


def state_word(guest: Guest) -> str:
    """Where a card is, in two words for a list."""
    if guest.state == "handed":
        return _("lewat wakil") if guest.proxy else _("diserahkan")
    return _("tidak hadir") if guest.state == "absent" else _("belum")


def awaited(guest: Guest) -> bool:
    """Whether it is to be noticed that this guest's card was not handed over after all."""
    return guest.state == "waiting" and not guest.ended and bool(guest.seat or guest.scanned)


def pending(left: Sequence[Guest]) -> str:
    """Whose cards were scanned and neither served nor called; the one scanned last comes first."""
    if not left:
        return ""
    shown = ", ".join(where(guest) for guest in reversed(left[-2:]))
    more = _(" dan {count} lagi").format(count=len(left) - 2) if len(left) > 2 else ""
    return _("Dipindai, belum diserahkan: {who}{more}.").format(who=shown, more=more)


def where(guest: Guest) -> str:
    """Who and where, in one line."""
    return "  ".join(part for part in (guest.seat or _("tanpa kursi"), guest.name) if part)


def who_and_where(guest: Guest) -> str:
    """For choosing between people of like names."""
    return "   ".join(part for part in (where(guest), guest.jorong, state_word(guest)) if part)


def who_and_state(guest: Guest) -> str:
    """For calling out one jorong."""
    return where(guest) if guest.state == "waiting" else f"{where(guest)}   {state_word(guest)}"


def when_and_who(guest: Guest) -> str:
    """For looking back."""
    at = clock(guest.at) if guest.at else ""
    return "   ".join((at, state_word(guest), where(guest)))


def moment_words(moment: datetime | None) -> str:
    """The day and the time, `20 November 2026 pukul 09.41`."""
    if moment is None:
        return "…"
    here = moment.astimezone()
    return _("{day} pukul {time}").format(day=long_date(here.date()), time=clock(here))


def clock(moment: datetime) -> str:
    """`09.41`, as the language parts hours from minutes."""
    separator = "." if language() == "id" else ":"
    here = moment.astimezone()
    return f"{here:%H}{separator}{here:%M}"


def _filled(words: str, guest: Guest) -> str:
    laptop = _("laptop ini") if guest.here else _("laptop {device}").format(device=guest.device)
    return words.format(
        time=clock(guest.at) if guest.at else "…",
        moment=moment_words(guest.at),
        operator=guest.operator or "…",
        laptop=laptop,
        proxy=guest.proxy.name if guest.proxy else "",
        relation=guest.proxy.relation if guest.proxy else "",
    )
