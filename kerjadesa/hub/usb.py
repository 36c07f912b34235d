"""The same exchange by stick: what a folder holds goes in, the answers go out to a folder."""

from dataclasses import dataclass
from datetime import datetime

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.usb import DistrictFolder, Found
from kerjadesa.hub import devices, intake, outgoing
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import Refused


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `certified`, `delivered`, `known`, `gap`, or a refusal's code.

    `name` is the file's path on the stick; `expected` the number that a gap waits for.
    """

    name: str
    result: str
    expected: int = 0

    @property
    def refused(self) -> bool:
        """Whether the file was not taken."""
        return self.result not in {"certified", "delivered", "known"}


@dataclass(frozen=True)
class Exchanged:
    """One stick served: an outcome per file, and how many batches were written for whom."""

    outcomes: list[Outcome]
    written: dict[str, int]
    """Batches written per nagari."""


def receive_folder(
    hub: Hub, folder: DistrictFolder, reply: DistrictFolder, now: datetime
) -> Exchanged:
    """Takes in a stick and writes the answers for every nagari that has a file on it.

    Requests to enrol come first, so that a new device's batches are taken on the same visit. A
    bad file is told and never stops the others. Raises UserError where a folder fails as a whole.
    """
    outcomes: list[Outcome] = []
    nagari: set[str] = set()
    for found in folder.requests():
        outcome, device = _enrol(hub, folder, found, now)
        outcomes.append(outcome)
        nagari |= _home_of(hub, device)
    for found in folder.batches():
        outcomes.append(_take_in(hub, folder, found, now))
        nagari |= _home_of(hub, found.sender)
    written = {code: _write_replies(hub, reply, code, now) for code in sorted(nagari)}
    return Exchanged(outcomes, written)


def _enrol(hub: Hub, folder: DistrictFolder, found: Found, now: datetime) -> tuple[Outcome, str]:
    try:
        answer = devices.enrol(hub, folder.read(found), now)
    except UserError as error:
        return Outcome(found.name, error.code), ""
    if isinstance(answer, Refused):
        return Outcome(found.name, answer.code), ""
    return Outcome(found.name, "certified"), answer.device


def _take_in(hub: Hub, folder: DistrictFolder, found: Found, now: datetime) -> Outcome:
    try:
        answer = intake.accept(hub, folder.read(found), now)
    except UserError as error:
        return Outcome(found.name, error.code)
    if isinstance(answer, Refused):
        return Outcome(found.name, answer.code)
    return Outcome(found.name, answer.status, answer.expected)


def _home_of(hub: Hub, device: str) -> set[str]:
    """The nagari of a device that may be answered; empty for anybody else."""
    found = devices.find(hub, device)
    return {found.nagari} if found is not None and not found.revoked_at else set()


def _write_replies(hub: Hub, reply: DistrictFolder, nagari: str, now: datetime) -> int:
    with hub.reading() as session:
        readers = devices.serving(session, nagari)
    have = outgoing.held_by_all(hub, readers)
    offers = outgoing.offers(hub, nagari, have, now)
    for offer in offers:
        sealed = outgoing.sealed_for(hub, readers, nagari, offer.sender, offer.number)
        if sealed is not None:
            reply.reply(nagari, offer.sender, offer.number, sealed)
    return len(offers)
