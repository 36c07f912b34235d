"""An invented nagari's laptops, as the hub sees them: keys, journals and sealed batches."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.entry import GENESIS, Entry, write
from kerjadesa.exchange.batch import Envelope, Opened, Sealed, open_batch, seal, verify_signature
from kerjadesa.exchange.enrolment import enrol_request
from kerjadesa.exchange.keys import KeyRing, new_keyring
from kerjadesa.hub import devices, intake, outgoing
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Accepted, Refused

MUARO = "13.03.04.2001"
PEMATANG_PANJANG = "13.03.04.2004"
SUNGAI_LANSEK = "13.03.06.2001"
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)


def worker(serial: int, nagari: str = MUARO, **changes: Any) -> dict[str, Any]:
    """The journal body of an invented worker, her NIK made of the serial."""
    return {
        "nik": f"130304{41 + serial // 9000 % 28:02d}0385{serial % 9000 + 1:04d}",
        "name": f"Upik Contoh {serial}",
        "sex": "F",
        "birth_date": f"1985-03-{1 + serial // 9000 % 28:02d}",
        "nagari": nagari,
        "jorong": "Jorong Contoh",
        "occupation": 9,
        **changes,
    }


@dataclass
class Laptop:
    """One device: writes entries and seals what it has not sent yet."""

    hub: Hub
    nagari: str = MUARO
    keys: KeyRing = field(default_factory=new_keyring)
    entries: list[Entry] = field(default_factory=list)
    batches: list[Sealed] = field(default_factory=list)

    @property
    def facts(self) -> DeviceFacts:
        """What the laptop says of itself when it asks to be certified."""
        return DeviceFacts(
            device=self.keys.device,
            nagari=self.nagari,
            signing_key=self.keys.minisign_public_key,
            age_recipient=self.keys.age_recipient,
            label="Laptop contoh",
        )

    def request(self, url: str = "") -> bytes:
        """A request to enrol, answering a fresh invitation."""
        invitation = devices.invite(self.hub, self.nagari, url, NOW)
        return enrol_request(invitation, self.facts, self.keys)

    def enrolled(self) -> "Laptop":
        """The same laptop, certified by the hub."""
        assert isinstance(devices.enrol(self.hub, self.request(), NOW), devices.Certified)
        return self

    def write(self, verb: str, subject: str, body: dict[str, Any]) -> Entry:
        """One more entry of its journal."""
        seq = len(self.entries) + 1
        entry = write(
            device=self.keys.device,
            seq=seq,
            hlc=f"{int(NOW.timestamp() * 1000) + seq:013d}-0000",
            operator="Contoh",
            verb=verb,
            subject=subject,
            values=body,
            salt=os.urandom(16),
            prev=self.entries[-1].hash if self.entries else GENESIS,
        )
        self.entries.append(entry)
        return entry

    def register(self, *bodies: dict[str, Any]) -> list[str]:
        """Registers workers; returns their ids."""
        subjects = []
        for body in bodies:
            subject = f"{self.keys.device}-{len(self.entries)}"
            self.write(verbs.REGISTERED, subject, body)
            subjects.append(subject)
        return subjects

    def seal(
        self,
        entries: Sequence[Entry] | None = None,
        number: int | None = None,
        previous: str | None = None,
        have: dict[str, int] | None = None,
        readers: Sequence[str] = (),
        nagari: str = "",
    ) -> Sealed:
        """The next batch: everything not sealed yet, unless told otherwise."""
        done = self.batches[-1].manifest.ranges[0].last if self.batches else 0
        envelope = Envelope(
            sender=self.keys.device,
            nagari=nagari or self.nagari,
            readers=readers or ["district", self.nagari],
            have=have or {},
            created=NOW,
        )
        sealed = seal(
            envelope,
            len(self.batches) + 1 if number is None else number,
            (self.batches[-1].id if self.batches else "") if previous is None else previous,
            self.entries[done:] if entries is None else entries,
            {},
            self.keys,
            [self.hub.keys.age_recipient],
        )
        self.batches.append(sealed)
        return sealed

    def send(self, *bodies: dict[str, Any]) -> Accepted | Refused:
        """Registers these workers and hands in the batch with them."""
        self.register(*bodies)
        return intake.accept(self.hub, self.seal().data, NOW)

    def collect(self, now: datetime = NOW + timedelta(hours=1)) -> list[Opened]:
        """Everything the hub has for this laptop, opened with its own key."""
        device = devices.find(self.hub, self.keys.device)
        assert device is not None
        opened = []
        have = {self.keys.device: len(self.batches)}
        for offer in outgoing.offers(self.hub, self.nagari, have, now):
            sealed = outgoing.sealed_for(
                self.hub, [device], self.nagari, offer.sender, offer.number
            )
            assert sealed is not None
            opened.append(open_batch(sealed, self.keys))
        return opened

    def heard(self) -> list[Entry]:
        """The hub's entries for this laptop, their signatures checked."""
        entries = []
        for opened in self.collect():
            if opened.manifest.sender.startswith(self.hub.id):
                verify_signature(opened, self.hub.keys.minisign_public_key)
                entries += opened.entries
        return entries

    def said(self, verb: str) -> list[Entry]:
        """The hub's entries with this verb."""
        return [entry for entry in self.heard() if entry.verb == verb]
