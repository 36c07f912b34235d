"""Takes in the batches of devices: check, store, fold, decide, receipt, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.chain import Item
from kerjadesa.domain.device import DISTRICT, PUBLIC
from kerjadesa.domain.entry import GENESIS, Entry
from kerjadesa.domain.link import linked_to
from kerjadesa.exchange.batch import MAX_SEALED, Opened, open_batch, verify_signature
from kerjadesa.exchange.manifest import follows, is_reader
from kerjadesa.exchange.refusal import BatchRefused
from kerjadesa.hub import chains, decisions
from kerjadesa.hub.home import Hub
from kerjadesa.hub.replaced_cards import announcements, replaced_cards
from kerjadesa.hub.tables import HubAlarm, HubBatch, HubDevice


@dataclass(frozen=True)
class Accepted:
    """The hub's answer to a batch it can act on.

    `delivered`: stored now, the receipt is written. `known`: it was here before, so is its receipt.
    `gap`: not stored, number `expected` has to come first.
    """

    id: str
    status: Literal["delivered", "known", "gap"]
    expected: int = 0


@dataclass(frozen=True)
class Refused:
    """The hub takes nothing, and says why by `code`."""

    code: str


def accept(hub: Hub, sealed: bytes, now: datetime) -> Accepted | Refused:
    """Takes in one sealed batch; handing it in again changes nothing and answers `known`.

    Refusals: `batch_too_large`, `batch_damaged`, `batch_not_for_us`, `batch_schema_newer`,
    `device_unknown`, `device_revoked`, `batch_signature`, `batch_nagari` (another nagari than the
    device's), and, both with an alarm, `batch_fork` (an entry the hub holds says something else)
    and `batch_replay` (a batch it holds has this number and other bytes). A device may bring a
    colleague's batch: what counts is who signed it.
    """
    if len(sealed) > MAX_SEALED:
        return Refused("batch_too_large")
    try:
        opened = open_batch(sealed, hub.keys)
        if not is_reader(opened.manifest, hub.id, DISTRICT):
            return Refused("batch_not_for_us")
        # Unsealing is slow and needs no lock; whose batch it is, is asked again under it.
        with hub.reading() as session:
            device = session.get(HubDevice, opened.manifest.sender)
        if device is None:
            return Refused("device_unknown")
        verify_signature(opened, device.signing_key)
    except BatchRefused as refusal:
        return Refused(refusal.code)
    with hub.writing() as session:
        return _take_in(session, hub, opened, sealed, now)


def _take_in(
    session: Session, hub: Hub, opened: Opened, sealed: bytes, now: datetime
) -> Accepted | Refused:
    manifest, run = opened.manifest, opened.entries
    device = session.get_one(HubDevice, manifest.sender)
    if objection := _objection(device, opened):
        return Refused(objection)
    last = session.exec(
        select(HubBatch.number, HubBatch.last)
        .where(HubBatch.sender == device.device)
        .order_by(col(HubBatch.number).desc())
        .limit(1)
    ).first()
    number, last_seq = last or (0, 0)

    def id_of(earlier: int) -> str | None:
        batch = session.get(HubBatch, (device.device, earlier))
        return batch.id if batch else None

    place = follows(manifest, opened.id, number, id_of)
    if place == "known":
        return Accepted(opened.id, "known")
    held = chains.held_hashes(session, device.device, run[0].seq - 1, run[-1].seq) if run else {}
    forked = _forked_at(run, held)
    if forked is not None:
        _raise_alarm(session, opened, "fork", forked, now)
        return Refused("batch_fork")
    if place == "replay":
        _raise_alarm(session, opened, "replay", last_seq, now)
        return Refused("batch_replay")
    if place == "gap":
        return Accepted(opened.id, "gap", number + 1)
    if run and run[0].seq > last_seq + 1:
        return Refused("batch_damaged")

    _store(session, opened, sealed, device.nagari, last_seq, now)
    fresh = [entry for entry in run if entry.seq > last_seq]
    judged = _fold_and_judge(session, hub, device.nagari, fresh)
    # Receipt last: whoever holds it holds every refusal too, so silence means accepted.
    items = [*judged.decisions, _receipt(opened)]
    chains.append(session, hub.chain(device.nagari), items, now)
    if issues := replaced_cards(device.nagari, judged.states):
        chains.append(session, hub.chain(PUBLIC), announcements(session, issues), now)
    return Accepted(opened.id, "delivered")


def _objection(device: HubDevice, opened: Opened) -> str:
    if device.revoked_at:
        return "device_revoked"
    if opened.manifest.nagari != device.nagari:
        return "batch_nagari"
    # A laptop speaks for itself alone; its colleagues' batches it may bring, signed by them.
    foreign = any(entry.device != device.device for entry in opened.entries)
    return "batch_damaged" if foreign else ""


def _fold_and_judge(
    session: Session, hub: Hub, scope: str, fresh: Sequence[Entry]
) -> decisions.Judged:
    said: dict[str, list[Entry]] = {}
    for entry in fresh:
        if entry.verb in verbs.WORKER_VERBS:
            said.setdefault(entry.subject, []).append(entry)
    for subject, entries in chains.of_subjects(session, scope, list(said)).items():
        said[subject].extend(entries)
    # Whoever goes into a record that has just come, or was merged before it came.
    others = {other for entries in said.values() for other in linked_to(entries)} - said.keys()
    said |= chains.of_subjects(session, scope, sorted(others))
    chains.keep(session, scope, fresh)
    return decisions.fold_and_judge(session, hub.id, scope, said)


def _store(
    session: Session, opened: Opened, sealed: bytes, scope: str, last_seq: int, now: datetime
) -> None:
    session.add(
        HubBatch(
            sender=opened.manifest.sender,
            number=opened.manifest.number,
            id=opened.id,
            scope=scope,
            last=max(last_seq, opened.entries[-1].seq if opened.entries else 0),
            size=len(sealed),
            sealed=sealed,
            at=iso(now),
        )
    )


def _receipt(opened: Opened) -> Item:
    manifest, run = opened.manifest, opened.entries
    body: dict[str, Any] = {
        "device": manifest.sender,
        "number": manifest.number,
        "first": run[0].seq if run else 0,
        "last": run[-1].seq if run else 0,
        "hash": run[-1].hash.hex() if run else "",
    }
    return (verbs.BATCH_RECEIVED, opened.id, body)


def _forked_at(run: Sequence[Entry], held: dict[int, bytes]) -> int | None:
    """The first seq at which the run says something else than what is held."""
    if not run:
        return None
    before = GENESIS if run[0].seq == 1 else held.get(run[0].seq - 1)
    if before is not None and before != run[0].prev:
        return run[0].seq - 1
    return next((e.seq for e in run if held.get(e.seq, e.hash) != e.hash), None)


def _raise_alarm(session: Session, opened: Opened, kind: str, seq: int, now: datetime) -> None:
    device = opened.manifest.sender
    session.merge(HubAlarm(device=device, batch=opened.id, kind=kind, seq=seq, at=iso(now)))


def iso(moment: datetime) -> str:
    """The moment as the hub's tables hold it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
