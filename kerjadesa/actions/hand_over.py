"""The day of the ceremony: whose card is this, and to whom did it go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from kerjadesa.actions.ceremonies import Planned, planned
from kerjadesa.actions.office import Office
from kerjadesa.actions.verify_card import Checked, check_card
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.card_number import device_code
from kerjadesa.domain.ceremony import seats
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.fold import WorkerState, fold, what_it_says
from kerjadesa.domain.handover import HANDOVER, AbsenceReason, Absent, Handed, Proxy, handover_said
from kerjadesa.domain.nik import mask
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.store.projection import project
from kerjadesa.store.store import Unit
from kerjadesa.store.tables import WorkerRow

State = Literal["waiting", "handed", "absent"]

_SEAT = re.compile(r"([A-Za-z]{1,2})[\s.-]?(\d{1,4})")
_CARD_NUMBER = re.compile(r"\d{10}-[0-9A-Z]{6}-[0-9A-Z-]{1,14}", re.IGNORECASE)
# A name, a part of one, or a NIK; a code holds signs and is longer than anybody types.
_WORDS = re.compile(r"[\w\s'’.-]{2,40}")
_MOST_FOUND = 50
_MOST_SEARCHED = 200


@dataclass(frozen=True, slots=True)
class Guest:
    """One person at the table, as the hand-over shows them."""

    worker: str
    name: str
    nik_masked: str
    jorong: str
    card_number: str
    issue: int
    """Issue of the card that counts, or of a later one that was scanned; 0 while none is known."""
    seat: str
    """Such as "B-12"; empty for who comes without a seat."""
    group: str
    photo: str
    """SHA-256 of the photo, empty without one; `photo_of` has the picture."""
    state: State
    scanned: bool = False
    """Whether the card itself was read just now: it is in the operator's hand."""
    cautions: tuple[Problem, ...] = ()
    """What to look out for before the card changes hands."""
    at: datetime | None = None
    """When the card was handed over, or the owner called in vain."""
    hlc: str = ""
    """Sorts what was written, also where a clock was set back in between."""
    ceremony: str = ""
    """At which ceremony that was."""
    operator: str = ""
    device: str = ""
    """The six characters that stand for the laptop in card numbers."""
    here: bool = False
    """Whether it was this laptop."""
    proxy: Proxy | None = None
    reason: AbsenceReason | None = None
    note: str = ""
    times: int = 0
    """Over 1: two laptops handed the card over unseen by each other."""
    handed_issue: int = 0

    @property
    def ended(self) -> bool:
        """Whether the owner has left the programme."""
        return any(caution.code == "card_enrolment_ended" for caution in self.cautions)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one group; `extra` came without a seat."""

    name: str
    planned: int = 0
    direct: int = 0
    proxy: int = 0
    absent: int = 0
    extra: int = 0

    @property
    def handed(self) -> int:
        """Cards that are with their owners."""
        return self.direct + self.proxy

    @property
    def remaining(self) -> int:
        """Cards still on the table, those of the absent among them."""
        return self.planned + self.extra - self.handed


def guests(office: Office, ceremony: str) -> list[Guest]:
    """Everybody with a seat, in the order of seats, then those who were served without one.

    A seat whose worker is not known on this laptop (registered on another one) is left out.
    Raises UserError `ceremony_unknown`.
    """
    with office.store.reading(office.now()) as unit:
        plan = planned(unit, ceremony)
        order = list(seats(plan.facts))
        rows = {row.id: row for row in unit.workers.by_ids(order)}
        extra = [row for row in unit.workers.served_at(ceremony) if row.id not in rows]
        return _guests(unit, plan, [*(rows[w] for w in order if w in rows), *extra])


def find_guests(office: Office, ceremony: str, text: str) -> list[Guest]:
    """Whose card was scanned, or who fits what was typed: a seat, a card number, part of a name.

    One guest for a card, a number or a seat; those with a seat come first. Raises UserError
    `ceremony_unknown`, `seat_unknown`, `guest_unknown`, `card_not_here` (registered on a laptop
    whose data is not here), `card_forged`, `card_issuer_unknown`, `card_replaced`,
    `card_unreadable`.
    """
    text = text.strip()
    if seat := _SEAT.fullmatch(text):
        return [_at_seat(office, ceremony, f"{seat[1].upper()}-{int(seat[2])}")]
    if _CARD_NUMBER.fullmatch(text):
        return [_with_card(office, ceremony, text.upper())]
    if _WORDS.fullmatch(text):
        return _named(office, ceremony, text)
    # Base45 has capitals alone; a scanner at a keyboard with Caps Lock on types small ones.
    checked = check_card(office, text.upper(), office.now())
    match checked.verdict.status:
        case "forged":
            raise UserError("card_forged")
        case "unknown_key":
            raise UserError("card_issuer_unknown")
        case "replaced":
            raise UserError("card_replaced")
        case "unsigned" | "unreadable" | "encrypted":
            raise UserError("card_unreadable")
    # A card of the year that has just ended, or of a programme yet to begin, still has its owner.
    guest = _with_card(office, ceremony, str(checked.verdict.claims.get("id", "")))
    return [_holding(guest, checked)]


def photo_of(office: Office, guest: Guest) -> bytes | None:
    """The JPEG of a guest, None without one."""
    with office.store.reading(office.now()) as unit:
        return unit.photo(guest.photo)


def card_at(office: Office, worker: str) -> Guest | None:
    """Where the card of a worker is, whatever ceremony it went at; None for nobody known here."""
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_id(worker)
        if row is None:
            return None
        operators = unit.journal.operators([row.handover_facts["entry"]] if row.handover else [])
        return _guest(row, {}, {}, operators, unit.device)


def hand_over(
    office: Office, ceremony: str, worker: str, proxy: Proxy | None = None, issue: int = 0
) -> Guest:
    """Writes that the card is with its owner, or with who came for them.

    `issue` is that of the card in hand: the other laptop may have printed a later one than this
    one knows of. Raises UserError `worker_unknown`, `card_already_handed` and `ceremony_unknown`.
    """
    with office.store.unit(office.now()) as unit:
        plan, row, state = _look(unit, ceremony, worker)
        issue = max(row.card_issue, issue, 1)
        if row.handover == "handed" and row.handover_facts.get("issue", 1) >= issue:
            raise UserError("card_already_handed")
        said = Handed(ceremony=ceremony, number=row.card_number, issue=issue, proxy=proxy)
        _write(office, unit, verbs.CARD_HANDED, state, said.model_dump(exclude={"state"}))
        return _again(unit, plan, worker)


def mark_absent(
    office: Office, ceremony: str, worker: str, reason: AbsenceReason, note: str = ""
) -> Guest:
    """Writes that the owner was called and is not there, and why.

    Raises UserError `worker_unknown`, `card_already_handed` and `ceremony_unknown`.
    """
    with office.store.unit(office.now()) as unit:
        plan, row, state = _look(unit, ceremony, worker)
        if row.handover == "handed":
            raise UserError("card_already_handed")
        said = Absent(ceremony=ceremony, reason=reason, note=" ".join(note.split())[:100])
        _write(office, unit, verbs.CARD_ABSENT, state, said.model_dump(exclude={"state"}))
        return _again(unit, plan, worker)


def undo_handover(office: Office, ceremony: str, worker: str) -> Guest:
    """Takes back what was said of this card's hand-over: it lies on the table again.

    Who was called in vain at this ceremony before the hand-over is absent again. Raises UserError
    `worker_unknown` and `ceremony_unknown`.
    """
    with office.store.unit(office.now()) as unit:
        plan, row, state = _look(unit, ceremony, worker)
        if row.handover:
            absence = _absence_before(unit, state, ceremony) if row.handover == "handed" else None
            _write(office, unit, verbs.HANDOVER_UNDONE, state, {})
            if absence is not None:
                state = _look(unit, ceremony, worker)[2]
                _write(
                    office, unit, verbs.CARD_ABSENT, state, absence.model_dump(exclude={"state"})
                )
        return _again(unit, plan, worker)


def tallies(plan: Planned, people: Sequence[Guest]) -> list[Tally]:
    """Counts by group, in the order of the plan; guests without a seat come last, by jorong."""
    names = [group.name for group in plan.facts.groups]
    counts = {name: Tally(name) for name in names}
    found: dict[str, list[Guest]] = {}
    for guest in people:
        found.setdefault(guest.group or guest.jorong, []).append(guest)
    for name, here in found.items():
        seated = sum(bool(guest.seat) for guest in here)
        handed = [guest for guest in here if guest.state == "handed"]
        counts[name] = Tally(
            name,
            planned=seated,
            direct=sum(guest.proxy is None for guest in handed),
            proxy=sum(guest.proxy is not None for guest in handed),
            absent=sum(guest.state == "absent" for guest in here),
            extra=len(here) - seated,
        )
    return list(counts.values())


def _at_seat(office: Office, ceremony: str, seat: str) -> Guest:
    with office.store.reading(office.now()) as unit:
        plan = planned(unit, ceremony)
        found = next((w for w, place in seats(plan.facts).items() if place == seat), None)
        if found is None:
            raise UserError("seat_unknown", seat=seat)
        return _known(unit, plan, unit.workers.by_id(found))


def _with_card(office: Office, ceremony: str, number: str) -> Guest:
    with office.store.reading(office.now()) as unit:
        return _known(unit, planned(unit, ceremony), unit.workers.by_card_number(number))


def _known(unit: Unit, plan: Planned, row: WorkerRow | None) -> Guest:
    if row is None:
        raise UserError("card_not_here")
    return _guests(unit, plan, [row])[0]


def _named(office: Office, ceremony: str, words: str) -> list[Guest]:
    with office.store.reading(office.now()) as unit:
        plan = planned(unit, ceremony)
        listed, _more = unit.search(words, _MOST_SEARCHED)
        order = {row.id: place for place, row in enumerate(listed)}
        found = _guests(unit, plan, unit.workers.by_ids(list(order)))
    if not found:
        raise UserError("guest_unknown")
    found.sort(key=lambda guest: (not guest.seat, order[guest.worker]))
    return found[:_MOST_FOUND]


def _holding(guest: Guest, checked: Checked) -> Guest:
    """The guest with the card that was scanned, which may be a later one than this laptop knows."""
    held = replace(
        guest,
        scanned=True,
        issue=max(guest.issue, checked.verdict.issue),
        cautions=(
            *checked.cautions,
            *(caution for caution in guest.cautions if caution not in checked.cautions),
        ),
    )
    if held.state == "handed" and held.handed_issue < held.issue:
        return replace(held, state="waiting", at=None, hlc="", proxy=None, times=0)
    return held


def _look(unit: Unit, ceremony: str, worker: str) -> tuple[Planned, WorkerRow, WorkerState]:
    plan = planned(unit, ceremony)
    row = unit.workers.by_id(worker)
    state = fold(unit.journal.of_subjects([worker])[worker], unit.hub)
    if row is None or state is None or state.erased:
        raise UserError("worker_unknown")
    return plan, row, state


def _write(
    office: Office, unit: Unit, verb: str, state: WorkerState, values: dict[str, Any]
) -> None:
    body = {name: value for name, value in values.items() if value not in (None, "")}
    body["replaces"] = state.replaces([HANDOVER])
    project(unit, [unit.journal.append(verb, state.subject, body, office.operator)])


def _absence_before(unit: Unit, state: WorkerState, ceremony: str) -> Absent | None:
    """The newest absence at this ceremony that the standing hand-over replaced or outweighs."""
    told = {entry.id: entry for entry in unit.journal.of_subjects([state.subject])[state.subject]}
    seen = {head.entry for head in state.heads[HANDOVER]}
    for entry in [told[one] for one in seen]:
        seen.update(what_it_says(entry, entry.values())[1].get(HANDOVER, ()))
    called = [
        entry
        for entry in told.values()
        if entry.id in seen - set(state.unreadable)
        and entry.verb == verbs.CARD_ABSENT
        and entry.body is not None
    ]
    for entry in sorted(called, key=lambda entry: (entry.hlc, entry.id), reverse=True):
        said = Absent.model_validate(handover_said(entry.verb, entry.values()))
        if said.ceremony == ceremony:
            return said
    return None


def _again(unit: Unit, plan: Planned, worker: str) -> Guest:
    row = unit.workers.by_id(worker)
    assert row is not None  # noqa: S101 -- looked at a moment ago in the same transaction
    return _guests(unit, plan, [row])[0]


def _guests(unit: Unit, plan: Planned, rows: Sequence[WorkerRow]) -> list[Guest]:
    seat_of = seats(plan.facts)
    group_of = {worker: group.name for group in plan.facts.groups for worker in group.workers}
    operators = unit.journal.operators(row.handover_facts["entry"] for row in rows if row.handover)
    return [_guest(row, seat_of, group_of, operators, unit.device) for row in rows]


def _guest(
    row: WorkerRow,
    seat_of: dict[str, str],
    group_of: dict[str, str],
    operators: dict[str, str],
    own: str,
) -> Guest:
    said: dict[str, Any] = {}
    if row.handover:
        facts = row.handover_facts
        at = Stamp.parse(row.handover_hlc).milliseconds / 1000
        device = facts["entry"].rpartition(":")[0]
        said = {
            "at": datetime.fromtimestamp(at, tz=UTC),
            "hlc": row.handover_hlc,
            "ceremony": facts["ceremony"],
            "operator": operators.get(facts["entry"], ""),
            "device": device_code(device),
            "here": device == own,
            "proxy": Proxy.model_validate(facts["proxy"]) if facts.get("proxy") else None,
            "reason": facts.get("reason"),
            "note": facts.get("note", ""),
            "times": facts["times"],
            "handed_issue": facts.get("issue", 0),
        }
    state: State = "handed" if row.handover == "handed" else "absent" if row.handover else "waiting"
    return Guest(
        worker=row.id,
        name=row.name,
        nik_masked=mask(row.nik),
        jorong=row.jorong,
        card_number=row.card_number,
        issue=row.card_issue,
        seat=seat_of.get(row.id, ""),
        group=group_of.get(row.id, ""),
        photo=row.photo,
        state=state,
        cautions=_cautions(row),
        **said,
    )


def _cautions(row: WorkerRow) -> tuple[Problem, ...]:
    found = []
    if row.ended:
        found.append(Problem("card", "card_enrolment_ended"))
    if row.decision == "refused":
        found.append(Problem("card", "card_worker_refused"))
    return tuple(found)
