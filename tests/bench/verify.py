"""How long a scanned card waits for its verdict, in a register of 10,000 workers."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from kerjadesa.actions.office import Office
from kerjadesa.actions.verify_card import check_card, read_qr_frame
from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.store.tables import WorkerRow
from kerjadesa.ui.desk import Around
from kerjadesa.ui.jobs import Lane
from kerjadesa.ui.verify_page import VerifyPage
from tests.bench import village
from tests.bench.line import Line, median_of
from tests.cards.test_hostile_codes import picture_of

WORKERS = 10_000
GOAL = "< 1 s"
ROUNDS = 21


def card_of(office: Office) -> str:
    """The code of a worker in the midst of the register."""
    with office.store.reading(office.now()) as unit:
        row = unit.session.exec(select(WorkerRow).where(WorkerRow.number == WORKERS // 2)).one()
    now = datetime.now(UTC)
    claims = CardClaims(
        card_number=row.card_number,
        name=row.name,
        birth_date=row.birth_date,
        sex="M",
        location=row.nagari,
        programme=row.programme,
        issuer=row.nagari.replace(".", ""),
        issued_at=now,
        expires_at=now + timedelta(days=40),
        valid_from=date(now.year, 1, 1),
    )
    return issue(claims, office.keys.ed25519, office.keys.key_id)


def checking() -> Iterator[Line]:
    """From the scanner's Enter, and from a webcam's picture, to the verdict on screen."""
    application = QApplication.instance() or QApplication([])
    office, lane = village.opened(WORKERS), Lane()
    text = card_of(office)
    assert check_card(office, text, office.now()).verdict.status == "genuine"
    page = VerifyPage(Around(office, lane, lambda *_: None))
    page.resize(1166, 768)
    page.show()

    def scan() -> None:
        page.code.setText(text)
        page.check()
        application.processEvents()
        # What a screen would have to show by now.
        page.grab()

    seen = picture_of(text, 4).convert("L")
    framed = QImage(1280, 720, QImage.Format.Format_Grayscale8)
    framed.fill(140)
    for y in range(seen.height):
        line = seen.crop((0, y, seen.width, y + 1)).tobytes()
        framed.bits()[(y + 200) * framed.bytesPerLine() + 400 :][: len(line)] = line
    grey = bytes(framed.constBits())

    def look() -> None:
        found = read_qr_frame(grey, framed.width(), framed.height(), framed.bytesPerLine())
        assert found == text

    def judge() -> None:
        check_card(office, text, office.now())

    for name, work in (
        ("a card's text to its verdict, 10,000 workers", judge),
        ("a scanner's Enter to the verdict on screen", scan),
        ("a webcam's picture (1280 × 720) to the card's text", look),
    ):
        yield Line(name, f"{1000 * median_of(work, ROUNDS):.1f} ms", GOAL)
    page.close()
    lane.close()
    office.close()
