"""Half-filled forms: kept while somebody types, taken up again after a power cut.

A draft lies in the encrypted database of this computer and nowhere else: it is no entry of the
journal and travels in no batch. It goes with the transaction that registers or corrects the worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.store import drafts as table
from kerjadesa.store.tables import DraftRow


@dataclass(frozen=True, slots=True, repr=False)
class Unfinished:
    """What one recognises a draft by."""

    id: str
    worker: str
    """Whom it corrects; empty for a new worker."""
    name: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A half-filled form as it was left."""

    id: str
    worker: str
    facts: dict[str, Any]
    photo: bytes | None
    """A JPEG that is not in the register yet."""
    photo_removed: bool


def keep(office: Office, draft: Draft) -> None:
    """Writes a form as it stands over what was kept of it before; on disk when this returns."""
    now = office.now()
    row = DraftRow(
        id=draft.id,
        worker=draft.worker,
        facts=draft.facts,
        photo=draft.photo,
        photo_removed=draft.photo_removed,
        kept_at=now.astimezone(UTC),
    )
    with office.store.unit(now) as unit:
        table.keep(unit.session, row)


def unfinished(office: Office) -> list[Unfinished]:
    """Every draft there is, the newest first."""
    with office.store.reading(office.now()) as unit:
        return [
            Unfinished(row.id, row.worker, _name(row.facts), row.kept_at.replace(tzinfo=UTC))
            for row in table.newest_first(unit.session)
        ]


def take_up(office: Office, draft: str) -> Draft | None:
    """A draft to go on with; it stays kept until the form is saved or dropped."""
    with office.store.reading(office.now()) as unit:
        row = table.by_id(unit.session, draft)
        if row is None:
            return None
        return Draft(row.id, row.worker, row.facts, row.photo, row.photo_removed)


def drop(office: Office, draft: str) -> None:
    """Throws a draft away."""
    with office.store.unit(office.now()) as unit:
        table.drop(unit.session, draft)


def _name(facts: Mapping[str, Any]) -> str:
    return str(facts.get("name") or "")
