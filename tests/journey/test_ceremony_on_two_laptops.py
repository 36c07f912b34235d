"""224 cards, two laptops without a network, and the power goes again and again.

Each laptop serves from its end of the hall, the middle is served by both unseen by each other; a
child process that serves is ended with SIGKILL in the midst of its commits and begins again.
"""

import os
import shutil
import signal
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.ceremonies import ceremony, invitable, plan_ceremony, seat
from kerjadesa.actions.hand_over import (
    Guest,
    find_guests,
    guests,
    hand_over,
    mark_absent,
    tallies,
    undo_handover,
)
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import CardPlace, confirm_printed
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.actions.status import status
from kerjadesa.domain.ceremony import CeremonyFacts
from kerjadesa.domain.handover import Proxy
from kerjadesa.hub.status import status as hub_status
from tests.journey.test_power_cuts import _die_at, _tell
from tests.office_kit import District, opened, worker
from tests.two_laptops import colleague, swap
from tests.ui.verify_states import card_of, row_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, as POSIX has it")

PEOPLE = 224
JORONG = ("Koto", "Pasar", "Tapian", "Ranah")
CUTS = (5, 22, 13)
"""At which commit of a child the power goes, one child after the other."""
ABSENT, BY_PROXY = 13, 9
"""Every so many: called in vain, or somebody came for the owner."""

Told = dict[str, str]
"""Worker → what a laptop had confirmed of the card."""


def serve(
    home: Path, held: str, work: Sequence[str], codes: dict[str, str], tell: Callable[[str], None]
) -> None:
    """Serves these seats, going on from wherever an earlier child was cut off."""
    with opened(home) as office:
        for place, text in enumerate(work, start=1):
            (guest,) = find_guests(office, held, codes.get(text, text))
            if guest.state == "waiting":
                if place % ABSENT == 0:
                    guest = mark_absent(office, held, guest.worker, "travelling")
                else:
                    proxy = Proxy(name="Contoh", relation="anak") if place % BY_PROXY == 0 else None
                    guest = hand_over(office, held, guest.worker, proxy, guest.issue)
            tell(f"{guest.worker} {guest.state}")


def serve_with_power_cuts(
    home: Path, held: str, work: Sequence[str], codes: dict[str, str]
) -> Told:
    """Children that die and one that lives; what they had confirmed is there each time."""
    told: Told = {}
    for number, cut_at in enumerate((*CUTS, 0)):
        cut, said = _child(home, held, work, codes, cut_at, before=bool(number % 2))
        assert cut == bool(cut_at), "it was cut where it should be"
        told |= said
        with opened(home) as office:
            found = states(office, held)
            assert {worker: found[worker].state for worker in told} == told
    return told


def _child(
    home: Path, held: str, work: Sequence[str], codes: dict[str, str], cut_at: int, before: bool
) -> tuple[bool, Told]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            if cut_at:
                _die_at(cut_at, before)
            serve(home, held, work, codes, lambda word: _tell(write_end, word))
            os._exit(0)
        except BaseException:
            os._exit(3)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        said = dict(line.split() for line in pipe.read().splitlines())
    _, outcome = os.waitpid(child, 0)
    cut = os.WIFSIGNALED(outcome) and os.WTERMSIG(outcome) == signal.SIGKILL
    assert cut or os.WEXITSTATUS(outcome) == 0, "the child failed by itself"
    return cut, said


def states(office: Office, held: str) -> dict[str, Guest]:
    return {guest.worker: guest for guest in guests(office, held)}


def outcome(office: Office, held: str) -> dict[str, tuple[object, ...]]:
    """What two laptops have to agree on."""
    return {
        guest.worker: (guest.seat, guest.state, guest.at, guest.proxy, guest.reason, guest.times,
                       guest.handed_issue, guest.operator, guest.device)
        for guest in guests(office, held)
    }  # fmt: skip


def reprinted(office: Office, guest: Guest) -> str:
    """The code of a second card that this laptop has just printed."""
    confirm_printed(office, [CardPlace(guest.worker, guest.card_number, 2, "lost", 1, 1, 1)])
    row = row_of(office, guest.card_number)
    return card_of(row, office.keys, office.now(), issue=2)


def test_224_cards_on_two_laptops_reach_their_owners_once_whatever_is_cut_off(
    tmp_path: Path,
) -> None:
    here, there, stick = tmp_path / "here", tmp_path / "colleague", tmp_path / "stick"
    district = District(tmp_path / "district")
    with opened(here) as office, colleague(office, tmp_path, district) as other:
        for serial in range(1, PEOPLE + 1):
            made = register(office, worker(serial, jorong=JORONG[serial % 4]))
            assert isinstance(made, Registered)
        confirm_printed(office, [CardPlace(one.id, one.card_number, 1, None, 1, 1, 1)
                                 for one in page(office, PEOPLE)])  # fmt: skip
        groups = seat(office, None, [place.jorong for place in invitable(office)])
        held = plan_ceremony(
            office, CeremonyFacts(title="Serah terima", held_on=date(2026, 11, 20), groups=groups)
        )
        swap(stick, office, other)
        order = [guest.seat for guest in guests(other, held)]
        assert len(order) == PEOPLE
        # One card is lost before the day, and the other laptop does not hear of the new one.
        codes = {order[200]: reprinted(office, find_guests(office, held, order[200])[0])}

    told_here = serve_with_power_cuts(here, held, order[:70], {})
    told_there = serve_with_power_cuts(there, held, order[:154:-1], codes)
    with opened(here) as office, opened(there) as other:
        # Half a merge: one reads the other's stick and not the other way round.
        send_to_folder(office, stick)
        receive_from_folder(other, stick)
        assert sum(guest.state != "waiting" for guest in guests(other, held)) == 70 + 69
    told_here |= serve_with_power_cuts(here, held, order[:125], {})
    told_there |= serve_with_power_cuts(there, held, order[:99:-1], codes)

    with opened(here) as office:
        mistaken = states(office, held)[
            next(w for w, said in told_here.items() if said == "handed")
        ]
        undo_handover(office, held, mistaken.worker)
        del told_here[mistaken.worker]

    copies = []
    for number, turned in enumerate((False, True)):
        copy = tmp_path / f"copy-{number}"
        copy.mkdir()
        shutil.copytree(here, copy / "here")
        shutil.copytree(there, copy / "there")
        with opened(copy / "here") as office, opened(copy / "there") as other:
            both = (other, office) if turned else (office, other)
            swap(copy / "stick", *both)
            assert outcome(office, held) == outcome(other, held)
            plan = ceremony(office, held)
            assert tallies(plan, guests(office, held)) == tallies(plan, guests(other, held))
            copies.append(outcome(office, held))
    assert copies[0] == copies[1], "whichever is read first"

    with opened(here) as office, opened(there) as other:
        swap(stick, office, other)
        found = states(office, held)
        assert len(found) == PEOPLE
        handed = {w for told in (told_here, told_there) for w, said in told.items()
                  if said == "handed"}  # fmt: skip
        absent = {w for told in (told_here, told_there) for w, said in told.items()
                  if said == "absent"} - handed  # fmt: skip
        assert {w for w, guest in found.items() if guest.state == "handed"} == handed
        assert {w for w, guest in found.items() if guest.state == "absent"} == absent
        assert {w for w, guest in found.items() if guest.state == "waiting"} == {mistaken.worker}
        middle = {w for w, said in told_here.items() if said == told_there.get(w) == "handed"}
        twice = {w for w, guest in found.items() if guest.times > 1}
        assert twice and twice <= middle, "counted once, and shown"
        counts = tallies(ceremony(office, held), list(found.values()))
        assert sum(count.handed + count.absent for count in counts) == PEOPLE - 1
        assert find_guests(office, held, order[200])[0].handed_issue == 2

        # What both wrote goes to the district and comes back as receipts.
        for one in (office, other):
            send_to_folder(one, stick)
        district.collect(stick)
        for one in (office, other):
            receive_from_folder(one, stick)
            assert status(one).received == PEOPLE
    assert hub_status(district.hub).workers == PEOPLE
