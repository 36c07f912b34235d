"""Turning a register that was put back, or copied, into a device of its own.

Two computers that write under one name would say two different things in one chain. The restored
register therefore begins a chain of its own, and keeps the former device's keys for one purpose:
to hand over, under its name, what the district has not receipted (docs/decisions/0004).
"""

import base64
from typing import Any

from kerjadesa.actions.office import (
    BACKED_UP,
    BACKED_UP_AT_HOME,
    CLOCK_OFFSET,
    EARLIER_INVITATION,
    INVITATION,
    KEYS,
)
from kerjadesa.domain.vector import lacking
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.store.store import DEVICE, FORMER, Unit


def keys_to_text(keys: KeyRing) -> dict[str, Any]:
    """The key ring as a setting; it lies in the encrypted database and nowhere else."""
    return {"signing": base64.b64encode(keys.signing).decode(), "age": keys.age_identity}


def keys_from_text(kept: dict[str, Any]) -> KeyRing:
    """The key ring that `keys_to_text` wrote."""
    return KeyRing(signing=base64.b64decode(kept["signing"]), age_identity=kept["age"])


def former_keys(unit: Unit) -> list[KeyRing]:
    """The keys of devices this register was, whose work the district does not hold yet."""
    return [keys_from_text(kept) for kept in unit.former.values()]


def unsealed(unit: Unit, former: str) -> tuple[int, int] | None:
    """The entries (first, last) of a device that lie in no batch yet, None where all do."""
    return lacking({former: unit.batches.sealed_upto(former)}, unit.journal.vector()).get(former)


def let_go(unit: Unit) -> set[str]:
    """Forgets the keys of former devices of which the district holds all that is held here.

    Returns the devices that still have something to hand over.
    """
    kept = {
        device: keys
        for device, keys in unit.former.items()
        if unsealed(unit, device) or unit.batches.without_receipt(device)
    }
    if kept != unit.former:
        unit.set(FORMER, kept)
    return set(kept)


def become_new_device(unit: Unit, keys: KeyRing) -> None:
    """From the next unit on, this register writes under new keys.

    The invitation was spent on the former device, so the district has to send another.
    """
    unit.set(FORMER, {**unit.former, unit.device: unit.setting(KEYS)})
    unit.set(KEYS, keys_to_text(keys))
    unit.set(DEVICE, keys.device)
    if (invitation := unit.setting(INVITATION)) is not None:
        unit.set(EARLIER_INVITATION, invitation)
    for name in (INVITATION, BACKED_UP, BACKED_UP_AT_HOME, CLOCK_OFFSET):
        unit.unset(name)
