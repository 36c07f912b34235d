"""Opening the installation with the passphrase or the recovery key."""

import base64
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kerjadesa.actions.home_files import BACKUPS, DATABASE, VAULT
from kerjadesa.actions.office import KEYS, NAGARI, OPERATOR, Office
from kerjadesa.actions.tables import regions, rules
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import place_of
from kerjadesa.exchange.keys import KeyRing
from kerjadesa.store import vault
from kerjadesa.store.store import open_store


def open_office(home: Path, passphrase: str, now: Callable[[], datetime]) -> Office:
    """The unlocked installation. Waits by itself before a try that follows several wrong ones.

    Raises UserError `not_set_up`, `passphrase_wrong`, `vault_damaged`, `database_newer`,
    `database_unreadable`, `database_missing`.
    """
    key = vault.unlock(home / VAULT, passphrase)
    if not (home / DATABASE).is_file():
        # Opening would make an empty register where a full one has gone missing.
        raise UserError("database_missing")
    store = open_store(home / DATABASE, key, home / BACKUPS)
    with store.reading(now()) as unit:
        kept, nagari, operator = unit.setting(KEYS), unit.setting(NAGARI), unit.setting(OPERATOR)
    place = place_of(str(nagari), regions())
    if kept is None or place is None:
        store.close()
        raise UserError("database_unreadable")
    keys = KeyRing(signing=base64.b64decode(kept["signing"]), age_identity=kept["age"])
    return Office(home, store, keys, place, rules(), str(operator), now)
