"""Cards in every state that *Periksa kartu* tells apart, as their codes: for tests and pictures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.office import Office
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.send import send_to_folder
from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.domain import entry as verbs
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.store.projection import project
from kerjadesa.store.tables import WorkerRow
from tests.office_kit import District, worker


def registered(office: Office, serial: int, photo: bytes | None = None, **facts: Any) -> WorkerRow:
    """One more worker of this register."""
    made = register(office, worker(serial, **facts), photo)
    assert isinstance(made, Registered)
    return row_of(office, made.card_number)


def row_of(office: Office, card_number: str) -> WorkerRow:
    """The worker with this card."""
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_card_number(card_number)
        assert row is not None
        return row


def card_of(row: WorkerRow, keys: KeyRing, at: datetime, **changes: Any) -> str:
    """The code on this worker's card, signed by a laptop."""
    claims = CardClaims(
        card_number=row.card_number,
        name=row.name,
        birth_date=row.birth_date,
        sex="F" if row.sex == "F" else "M",
        location=row.nagari,
        programme=row.programme,
        issuer=row.nagari.replace(".", ""),
        issued_at=at,
        expires_at=at + timedelta(days=41),
        valid_from=at.date(),
    )
    return issue(replace(claims, **changes), keys.ed25519, keys.key_id)


def printed(office: Office, row: WorkerRow, number: int = 1) -> None:
    """Journals that an operator holds a good card of this issue."""
    body: dict[str, Any] = {"number": row.card_number, "issue": number}
    if number > 1:
        body["reason"] = "lost"
    with office.store.unit(office.now()) as unit:
        project(unit, unit.journal.append_many([(verbs.CARD_PRINTED, row.id, body)], "Contoh"))


def in_touch(offices: Sequence[Office], district: District, stick: Path) -> None:
    """Every office hands its news to the district and hears what it has to say."""
    stick.mkdir(exist_ok=True)
    for office in offices:
        send_to_folder(office, stick)
    district.collect(stick)
    for office in offices:
        receive_from_folder(office, stick)


def join(office: Office, district: District, stick: Path) -> None:
    """Has an office certified by the district."""
    stick.mkdir(exist_ok=True)
    enrol(office, district.invite(office.place.code))
    in_touch([office], district, stick)


def every_verdict(office: Office, photo: bytes | None = None) -> dict[str, str]:
    """A code for each verdict at this office, by status."""
    here = office.now().astimezone(UTC)
    one = registered(office, 1, photo, name="Siti Nur'aini Contoh")
    lost = registered(office, 2, photo, name="Yusniar Contoh")
    printed(office, one)
    printed(office, lost)
    printed(office, lost, 2)
    keys, stranger = office.keys, new_keyring()
    forged = issue_with_key_id(one, stranger, keys.key_id, here)
    return {
        "genuine": card_of(one, keys, here),
        "replaced": card_of(lost, keys, here),
        "expired": card_of(one, keys, here - timedelta(days=400)),
        "not_yet_valid": card_of(one, keys, here + timedelta(days=9)),
        "unknown_key": card_of(one, stranger, here),
        "forged": forged,
        "unreadable": "HTTPS://CONTOH.ID/KARTU",
    }


def issue_with_key_id(row: WorkerRow, thief: KeyRing, key_id: bytes, at: datetime) -> str:
    """A card that names a trusted key and is signed by another."""
    claims = CardClaims(
        card_number=row.card_number,
        name="Orang Lain Contoh",
        birth_date=row.birth_date,
        sex="F",
        location=row.nagari,
        programme=row.programme,
        issuer=row.nagari.replace(".", ""),
        issued_at=at,
        expires_at=at + timedelta(days=41),
    )
    return issue(claims, thief.ed25519, key_id)
