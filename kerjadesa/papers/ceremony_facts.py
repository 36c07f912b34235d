"""What the papers of a hand-over ceremony are told: who sits where, what came of it, who signs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["waiting", "handed", "proxy", "absent"]
"""`waiting`: nothing is recorded yet; `proxy`: handed to somebody who stands in for the owner."""

_SEAT = re.compile(r"(.*?)(\d{1,9})", re.ASCII | re.DOTALL)
_OWN_WORDS = ("jorong", "dusun", "lingkungan", "kelompok", "meja")


@dataclass(frozen=True, slots=True, repr=False)
class Seat:
    """One person who is invited; the order of the list is the order on every paper."""

    number: int
    """Running number over the whole ceremony, from 1."""
    seat: str
    """`A-12`."""
    name: str
    nik_masked: str
    jorong: str
    """`Koto` or `Jorong Koto`: those who sit together."""
    card_number: str
    nagari: str = ""
    """`Nagari Muaro`; only where several meet, because names of jorong repeat."""


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of one person's card."""

    seat: Seat
    state: State = "waiting"
    at: datetime | None = None
    """When, in local time as it is to be read."""
    proxy_name: str = ""
    proxy_relation: str = ""
    proxy_nik_masked: str = ""
    reason: str = ""
    """Why absent, as it is to be read; empty: no reason given."""

    @property
    def remains(self) -> bool:
        """Whether the card is still with the office."""
        return self.state in ("waiting", "absent")


@dataclass(frozen=True, slots=True, repr=False)
class Official:
    """Somebody who signs; an empty name leaves a dotted line to write on."""

    name: str = ""
    position: str = ""
    nip: str = ""
    on_behalf_of: str = ""
    """`Pemerintah Kabupaten Sijunjung`; empty: the position itself."""

    @property
    def nip_spaced(self) -> str:
        """The NIP as papers write it, `19700101 199503 1 001`."""
        digits = "".join(self.nip.split())
        if len(digits) != 18 or not digits.isdigit():
            return self.nip
        return " ".join((digits[:8], digits[8:14], digits[14], digits[15:]))


@dataclass(frozen=True, slots=True, repr=False)
class Gathering:
    """The ceremony: what, when, where, who pays and who signs."""

    title: str
    """`Serah Terima Kartu Tahun 2026`, below the title of each paper."""
    programme: str
    payer: str
    held_on: date
    starts_at: str
    """`09.00 WIB`."""
    place: str
    """`Balai Nagari Muaro`."""
    kabupaten: str
    """With its own word, `Kabupaten Sijunjung`."""
    kecamatan: str = ""
    """Without its word; empty where several meet."""
    nagari_title: str = ""
    """`Nagari Muaro`; empty where several meet."""
    signed_at: str = ""
    """The town before the date above the signatures; empty becomes dots."""
    address: str = ""
    """A line under the letterhead."""
    logo: bytes | None = None
    """PNG or JPEG as the user picked it."""
    number: str = ""
    """Of the *berita acara*; empty becomes dots."""
    giver: Official = Official()
    """*Pihak Kesatu*."""
    receiver: Official = Official()
    """*Pihak Kedua*."""
    keeper: Official = Official()
    """Who keeps the cards that remain."""
    witnesses: tuple[Official, ...] = ()
    """None given leaves room for two."""
    legal_basis: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    """None given lists the papers that belong to every ceremony."""


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Those of one jorong, in the order of their seats."""

    jorong: str
    nagari: str
    outcomes: tuple[Outcome, ...]

    @property
    def title(self) -> str:
        """`Jorong Koto`, with its nagari where several meet."""
        return ", ".join(filter(None, (self.jorong, self.nagari)))

    @property
    def seats(self) -> str:
        """`A-1 – A-28`."""
        seats = [outcome.seat.seat for outcome in self.outcomes]
        # Who came without being in the plan has a dash for a seat.
        return seat_ranges([seat for seat in seats if any(map(str.isalnum, seat))])


def groups_of(outcomes: Sequence[Outcome]) -> list[Group]:
    """The people by jorong, jorong and people in the order they come. Raises ValueError on none."""
    if not outcomes:
        raise ValueError("nobody is invited")
    found: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.seat.nagari, outcome.seat.jorong), []).append(outcome)
    return [
        Group(_jorong_title(jorong), nagari, tuple(people))
        for (nagari, jorong), people in found.items()
    ]


def seat_ranges(seats: Sequence[str]) -> str:
    """The seats in short: `A-1 – A-28, B-3`; what carries no number stands by itself."""
    ranges: list[tuple[str, str]] = []
    follows = ""
    for seat in seats:
        if ranges and seat == follows:
            ranges[-1] = ranges[-1][0], seat
        else:
            ranges.append((seat, seat))
        match = _SEAT.fullmatch(seat)
        # Without a number nothing follows; "" would be an empty seat's successor.
        follows = f"{match[1]}{int(match[2]) + 1}" if match else "\0"
    return ", ".join(first if first == last else f"{first} – {last}" for first, last in ranges)


def _jorong_title(jorong: str) -> str:
    name = jorong.strip()
    if not name:
        return "Tanpa jorong"
    return name if name.casefold().startswith(_OWN_WORDS) else f"Jorong {name}"
