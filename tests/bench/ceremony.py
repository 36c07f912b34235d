"""The day of a ceremony: how long the queue waits for a scan."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

from kerjadesa.actions.attach_photo import normalise
from kerjadesa.actions.ceremonies import ceremony, invitable, plan_ceremony, seat
from kerjadesa.actions.hand_over import Guest, guests, hand_over
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.office import Office
from kerjadesa.actions.unlock import open_office
from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.domain.ceremony import CeremonyFacts
from tests.bench import village
from tests.bench.line import Line, median_of

WORKERS = 1_333
GOAL = "< 1000 ms"
ROUNDS = 20


def handing_over() -> Iterator[Line]:
    """From the scanner's Enter to the picture, and from the operator's Enter to the commit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from kerjadesa.ui import hand_over_view
    from kerjadesa.ui.desk import Around
    from kerjadesa.ui.dress import clothe, dress
    from kerjadesa.ui.jobs import Lane

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "light")
    hand_over_view.SECOND_ENTER = 0
    village.opened(WORKERS).close()
    with tempfile.TemporaryDirectory() as name:
        # A copy: whoever measures listing and search has a register without a ceremony.
        home = Path(name) / "home"
        shutil.copytree(village.folder_of(WORKERS), home)
        office = open_office(home, village.PASSPHRASE, village.now)
        lane = Lane()
        groups = seat(office, None, [place.jorong for place in invitable(office)])
        held = plan_ceremony(
            office, CeremonyFacts(title="Serah terima", held_on=date(2026, 11, 20), groups=groups)
        )
        plan = ceremony(office, held)
        _photograph(office, groups[0].workers[0])
        people = guests(office, held)
        around = Around(office, lane, lambda *_: None)
        view = hand_over_view.HandOverView(around, lambda _text: None)
        clothe(view)
        view.resize(1366, 768)
        view.show()
        view.start(plan, people)
        text = _card_of(office, people[0])
        turn = iter(people[1:])

        def scan() -> None:
            view.field.setText(text)
            view.field.returnPressed.emit()
            application.processEvents()
            # What a screen would have to show by now.
            view.grab()

        def press_enter() -> None:
            view.look_up(next(turn).seat)
            view.serve()
            # No card of this register is recorded as printed: that asks for a second Enter.
            view.serve()
            application.processEvents()
            view.grab()

        def write() -> None:
            hand_over(office, held, next(turn).worker)

        for what, work in (
            ("a scanned card to its owner's picture, 1,333 seats", scan),
            ("a seat typed, handed over and on screen", press_enter),
            ("one hand-over committed", write),
            ("everybody of the ceremony read again", lambda: guests(office, held)),
        ):
            yield Line(what, f"{1000 * median_of(work, ROUNDS):.1f} ms", GOAL)
        view.close()
        lane.close()
        office.close()


def _photograph(office: Office, worker: str) -> None:
    from kerjadesa.actions.correct import Corrected, correct

    assert isinstance(correct(office, worker, {}, photo=normalise(portrait(3))), Corrected)


def _card_of(office: Office, guest: Guest) -> str:
    now = office.now().astimezone(UTC)
    claims = CardClaims(
        card_number=guest.card_number,
        name=guest.name,
        birth_date=date(1985, 3, 1),
        sex="M",
        location=office.place.code,
        programme="1N100PR2026",
        issuer=office.place.code.replace(".", ""),
        issued_at=now,
        expires_at=now + timedelta(days=41),
        valid_from=now.date(),
    )
    return issue(claims, office.keys.ed25519, office.keys.key_id)
