"""Whether a NIK that is being typed is known here, and how the form differs from the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.domain.check import MULTI_LINE, clean, read_date
from kerjadesa.domain.worker import FACT_NAMES
from kerjadesa.store import former_niks
from kerjadesa.store.workers import facts_of


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """The worker who has this NIK, or had it."""

    id: str
    name: str
    differs: tuple[str, ...]
    """Facts that the form states and the register has otherwise."""
    former: bool
    """The NIK was hers until it was corrected."""


def known_worker(office: Office, nik: str, draft: Mapping[str, Any]) -> Known | None:
    """The worker who has this NIK, or else one who had it, compared with what the form holds."""
    with office.store.reading(office.now()) as unit:
        present = unit.workers.by_nik(nik)
        row = present or unit.workers.by_id(former_niks.holder(unit.session, nik))
        if row is None:
            return None
        held = facts_of(row).model_dump(mode="json")
    differs = tuple(
        fact
        for fact in FACT_NAMES
        if fact != "nik" and (stated := _stated(fact, draft.get(fact))) and stated != held[fact]
    )
    return Known(row.id, row.name, differs, former=present is None)


def _stated(fact: str, value: Any) -> Any:
    """What the form says of a fact as the register would hold it; empty where it says nothing."""
    cleaned = clean(fact, value)
    if fact.endswith("_date"):
        day = read_date(cleaned or "")
        return day.isoformat() if day else ""
    if fact in MULTI_LINE or not isinstance(cleaned, list):
        return cleaned
    return [{"name": "", "relation": "", "nik": "", "phone": "", **heir} for heir in cleaned]
