"""What goes out: batches of the hub's own chains, and devices' batches to their fellows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from kerjadesa.domain.device import DISTRICT, PUBLIC
from kerjadesa.exchange.batch import Envelope, fit, open_batch, rewrap
from kerjadesa.hub import chains
from kerjadesa.hub.home import Hub
from kerjadesa.hub.intake import iso
from kerjadesa.hub.tables import HubBatch, HubDevice, HubEntry


@dataclass(frozen=True)
class Offer:
    """One batch a reader lacks; `size` is that of the sealed bytes as the hub holds them."""

    sender: str
    number: int
    size: int


def offers(hub: Hub, nagari: str, have: Mapping[str, int], now: datetime) -> list[Offer]:
    """What the devices of a nagari may read and `have` (`{sender: last number}`) lacks.

    The public chain comes first, for it certifies the keys that signed the rest; then the hub's
    chain for the nagari, then the nagari's devices, a revoked one's earlier batches included.
    """
    cut(hub, (PUBLIC, nagari), now)
    with hub.reading() as session:
        rows = session.exec(
            select(HubBatch.sender, HubBatch.number, HubBatch.size)
            .where(col(HubBatch.scope).in_((PUBLIC, nagari)))
            .order_by(col(HubBatch.sender), col(HubBatch.number))
        ).all()
    lacking = [Offer(*row) for row in rows if row[1] > have.get(row[0], 0)]
    first = {hub.chain(PUBLIC): 0, hub.chain(nagari): 1}
    return sorted(lacking, key=lambda offer: first.get(offer.sender, 2))


def sealed_for(
    hub: Hub, readers: Iterable[HubDevice], nagari: str, sender: str, number: int
) -> bytes | None:
    """One batch sealed for these devices of the nagari alone; None where it is not theirs."""
    with hub.reading() as session:
        batch = session.get(HubBatch, (sender, number))
    if batch is None or batch.scope not in {PUBLIC, nagari}:
        return None
    return rewrap(batch.sealed, hub.keys, [reader.age_recipient for reader in readers])


def cut(hub: Hub, scopes: Iterable[str], now: datetime) -> None:
    """Seals what the hub has said in these chains since their last batch.

    Cut when somebody collects, so that a receipt and a trust entry do not make a batch each.
    """
    with hub.reading() as session:
        waiting = [scope for scope in scopes if _said(session, hub, scope)]
    if waiting:
        with hub.writing() as session:
            for scope in waiting:
                _cut(session, hub, scope, now)


def _said(session: Session, hub: Hub, scope: str) -> bool:
    said = select(func.max(HubEntry.seq)).where(HubEntry.device == hub.chain(scope))
    return (session.exec(said).one() or 0) > _tail(session, hub.chain(scope))[2]


def _tail(session: Session, sender: str) -> tuple[int, str, int]:
    """Number, id and last seq of a sender's newest batch."""
    newest = session.exec(
        select(HubBatch.number, HubBatch.id, HubBatch.last)
        .where(HubBatch.sender == sender)
        .order_by(col(HubBatch.number).desc())
        .limit(1)
    ).first()
    return (newest[0], newest[1], newest[2]) if newest else (0, "", 0)


def _cut(session: Session, hub: Hub, scope: str, now: datetime) -> None:
    chain = hub.chain(scope)
    number, previous, last = _tail(session, chain)
    run = chains.run_after(session, chain, last)
    if not run:
        return
    envelope = Envelope(
        sender=chain,
        nagari=DISTRICT if scope == PUBLIC else scope,
        readers=[scope],
        have=_held_batches(session, hub, scope),
        created=now,
    )
    # Sealed for the hub alone: it is sealed anew for whoever collects, and who may changes.
    for sealed in fit(
        envelope, number + 1, previous, run, _no_photo, hub.keys, [hub.keys.age_recipient]
    ):
        session.add(
            HubBatch(
                sender=chain,
                number=sealed.manifest.number,
                id=sealed.id,
                scope=scope,
                last=sealed.manifest.ranges[0].last,
                size=len(sealed.data),
                sealed=sealed.data,
                at=iso(now),
            )
        )


def _held_batches(session: Session, hub: Hub, scope: str) -> dict[str, int]:
    if scope == PUBLIC:
        return {}
    held = (
        select(HubBatch.sender, func.max(HubBatch.number))
        .where(HubBatch.scope == scope, HubBatch.sender != hub.chain(scope))
        .group_by(HubBatch.sender)
    )
    return dict(session.exec(held).all())


def held_by_all(hub: Hub, devices: Iterable[HubDevice]) -> dict[str, int]:
    """Per sender the last batch that every one of these devices has said it holds.

    A device's own newest batch says what it holds of others, which is how a stick acknowledges.
    """
    claims: list[dict[str, int]] = []
    with hub.reading() as session:
        for device in devices:
            number, _, _ = _tail(session, device.device)
            batch = session.get(HubBatch, (device.device, number))
            have = open_batch(batch.sealed, hub.keys).manifest.have if batch else {}
            # Its own batches it has anyway.
            claims.append({**have, device.device: number})
    senders = {sender for have in claims for sender in have}
    return {sender: min(have.get(sender, 0) for have in claims) for sender in senders}


def _no_photo(_sha256: str) -> None:
    return None
