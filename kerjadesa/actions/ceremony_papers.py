"""The papers of a hand-over ceremony: before the day, on the day, and after it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from kerjadesa.actions.card_list import address_of
from kerjadesa.actions.card_settings import card_changes
from kerjadesa.actions.ceremonies import Planned, ceremony
from kerjadesa.actions.hand_over import Guest, guests
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import write_pdf
from kerjadesa.domain.ceremony import Signer
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import Place
from kerjadesa.papers import (
    ceremony_receipts,
    ceremony_record,
    ceremony_remaining,
    ceremony_roster,
    ceremony_signs,
)
from kerjadesa.papers.ceremony_facts import Gathering, Official, Outcome, Seat
from kerjadesa.papers.paper_style import RenderCancelled

Paper = Literal["roster", "signs", "tents", "receipts", "record_form", "record", "remaining"]
BEFORE: tuple[Paper, ...] = ("roster", "signs", "tents", "receipts", "record_form")
AFTER: tuple[Paper, ...] = ("record", "roster", "remaining")

_Render = Callable[[Gathering, Sequence[Outcome], Callable[[int], None], Callable[[], bool]], bytes]

# Papers are signed in Indonesian, whatever language the screen speaks.
_FILES: dict[Paper, tuple[str, _Render]] = {
    "roster": ("daftar-hadir.pdf", ceremony_roster.render_roster),
    "signs": ("papan-jorong.pdf", ceremony_signs.render_signs),
    "tents": ("nomor-kursi.pdf", ceremony_signs.render_seat_tents),
    "receipts": ("tanda-terima.pdf", ceremony_receipts.render_receipts),
    "record_form": ("berita-acara-blangko.pdf", ceremony_record.render_record_form),
    "record": ("berita-acara.pdf", ceremony_record.render_record),
    "remaining": ("sisa-kartu.pdf", ceremony_remaining.render_remaining),
}
# A nagari is divided into jorong, which the papers say by themselves.
_PARTS = {"desa": "Dusun", "kelurahan": "Lingkungan"}
_REASONS = {
    "ill": "sakit",
    "travelling": "bepergian",
    "moved": "pindah",
    "dead": "meninggal",
    "unknown": "tanpa keterangan",
    "other": "lainnya",
}


def render_paper(
    office: Office,
    ceremony_id: str,
    paper: Paper,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> bytes:
    """One paper as a PDF, with what is known by now.

    Raises UserError `ceremony_unknown`, `ceremony_nobody_here`, and Stopped.
    """
    plan = ceremony(office, ceremony_id)
    people = guests(office, ceremony_id)
    if not people:
        raise UserError("ceremony_nobody_here")
    render = _FILES[paper][1]
    outcomes = [
        _outcome(office.place, number, guest) for number, guest in enumerate(people, start=1)
    ]
    try:
        return render(
            _gathering(office, plan), outcomes, lambda done: progress(done, len(people)), cancelled
        )
    except RenderCancelled:
        raise Stopped from None


def write_papers(
    office: Office,
    ceremony_id: str,
    papers: Sequence[Paper],
    folder: Path,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> list[Path]:
    """Writes papers to a folder, made if it is not there; those of the same name are replaced.

    Raises what `render_paper` and `write_pdf` do; papers written by then stay, each of them whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError("file_not_written") from None
    written = []
    for number, paper in enumerate(papers):
        if cancelled():
            raise Stopped
        pdf = render_paper(
            office,
            ceremony_id,
            paper,
            lambda done, whole, before=number: progress(  # type: ignore[misc]
                before * (whole or 0) + done, len(papers) * (whole or 0)
            ),
            cancelled,
        )
        path = folder / f"{number + 1}-{_FILES[paper][0]}"
        write_pdf(path, pdf)
        written.append(path)
    return written


def file_name(paper: Paper) -> str:
    """What a paper's file is called."""
    return _FILES[paper][0]


def _gathering(office: Office, plan: Planned) -> Gathering:
    facts, place = plan.facts, office.place
    with office.store.reading(office.now()) as unit:
        programme = unit.programme(facts.programme) if facts.programme else None
    receiver = _official(facts.receiving)
    return Gathering(
        title=facts.title,
        programme=programme.name if programme else "",
        payer=programme.payer if programme else "",
        held_on=facts.held_on,
        starts_at=facts.starts_at,
        place=facts.place,
        kabupaten=f"{place.kabupaten.level.capitalize()} {place.kabupaten.name}",
        kecamatan=place.kecamatan.name,
        nagari_title=place.title,
        signed_at=place.nagari.name,
        address=address_of(place),
        logo=card_changes(office).logo,
        number=facts.number,
        giver=_official(facts.handing),
        receiver=receiver,
        keeper=receiver,
        witnesses=tuple(_official(witness) for witness in facts.witnesses),
        legal_basis=facts.legal_basis,
    )


def _official(signer: Signer) -> Official:
    return Official(signer.name, signer.position, signer.staff_number, signer.on_behalf_of)


def _outcome(place: Place, number: int, guest: Guest) -> Outcome:
    seat = Seat(
        number=number,
        seat=guest.seat or "–",
        name=guest.name,
        nik_masked=guest.nik_masked,
        jorong=_part_of(place, guest.group or guest.jorong),
        card_number=guest.card_number,
    )
    if guest.state == "waiting":
        return Outcome(seat)
    at = _local(guest.at)
    if guest.state == "absent":
        reason = _REASONS[guest.reason or "unknown"]
        return Outcome(
            seat, "absent", at, reason=f"{reason}, {guest.note}" if guest.note else reason
        )
    if guest.proxy is None:
        return Outcome(seat, "handed", at)
    return Outcome(
        seat,
        "proxy",
        at,
        proxy_name=guest.proxy.name,
        proxy_relation=guest.proxy.relation,
        proxy_nik_masked=guest.proxy.nik_masked,
    )


def _part_of(place: Place, name: str) -> str:
    word = _PARTS.get(place.nagari.level, "")
    if not word:
        return name
    if not name:
        return f"{word} tidak diketahui"
    return name if name.casefold().startswith(word.casefold()) else f"{word} {name}"


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone() if moment else None
