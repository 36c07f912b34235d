"""Invented people, and chains of entries about them."""

from dataclasses import dataclass, field, replace
from typing import Any

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.check import Rules
from kerjadesa.domain.entry import GENESIS, Entry, write

MUARO = "13.03.04.2001"
HUB = "district-hub-0000001"
RULES = Rules(
    youngest=18,
    oldest_exclusive=65,
    lowest_income_base=1_000_000,
    formal_occupations=frozenset({5, 6, 7, 15, 16, 17, 18, 85, 86}),
)


def draft(**changes: Any) -> dict[str, Any]:
    """What the form collects of one invented woman; everything about her agrees."""
    return {
        "nik": "1303044103850001",
        "name": "Upik Contoh",
        "birth_date": "1985-03-01",
        "nagari": MUARO,
        **changes,
    }


def body(**changes: Any) -> dict[str, Any]:
    """The same woman as the journal holds her."""
    return {**draft(), "sex": "F", "jorong": "Tapian", **changes}


def erased(entry: Entry) -> Entry:
    """The entry as a program that erases leaves it: without what it said of a person."""
    return replace(entry, body=None, salt=None)


@dataclass
class Laptop:
    """A device that writes entries, at a time the test winds by hand."""

    name: str
    at: int = 1_790_000_000_000
    entries: list[Entry] = field(default_factory=list)

    def say(self, verb: str, values: dict[str, Any], subject: str = "worker-1") -> Entry:
        """Writes one entry, a millisecond after the one before."""
        self.at += 1
        entry = write(
            device=self.name,
            seq=len(self.entries) + 1,
            hlc=f"{self.at:013d}-0000",
            operator="Petugas Contoh",
            verb=verb,
            subject=subject,
            values=values,
            salt=len(self.entries).to_bytes(16, "big"),
            prev=self.entries[-1].hash if self.entries else GENESIS,
        )
        self.entries.append(entry)
        return entry

    def register(self, subject: str = "worker-1", **changes: Any) -> Entry:
        """Registers the invented woman."""
        return self.say(verbs.REGISTERED, body(**changes), subject)

    def correct(self, replaces: dict[str, list[Entry]], **values: Any) -> Entry:
        """Corrects facts, naming per fact the entries it has seen."""
        seen = {name: [entry.id for entry in entries] for name, entries in replaces.items()}
        return self.say(verbs.CORRECTED, {"set": values, "replaces": seen})
