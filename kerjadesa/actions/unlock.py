"""Opening the installation with the passphrase or the recovery key."""

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kerjadesa.actions.former import keys_from_text
from kerjadesa.actions.home_files import BACKUPS, CARDS_BEING_MADE, DATABASE, VAULT
from kerjadesa.actions.office import KEYS, NAGARI, OPERATOR, Office
from kerjadesa.actions.tables import regions, rules
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import place_of
from kerjadesa.store import reviews, seen_residents, vault
from kerjadesa.store.home_lock import Presence, enter
from kerjadesa.store.store import open_store


def open_office(home: Path, passphrase: str, now: Callable[[], datetime]) -> Office:
    """The unlocked installation. Waits by itself before a try that follows several wrong ones.

    Raises UserError `not_set_up`, `passphrase_wrong`, `vault_damaged`, `database_newer`,
    `database_unreadable`, `database_missing`, `database_readonly`, `home_being_replaced`.
    """
    if not home.is_dir():
        raise UserError("not_set_up")
    presence = enter(home)
    try:
        office = _open(home, passphrase, now, presence)
    except BaseException:
        presence.leave()
        raise
    _forget_overdue(office)
    _clear_cut_off(home)
    return office


def _open(home: Path, passphrase: str, now: Callable[[], datetime], presence: Presence) -> Office:
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
    keys = keys_from_text(kept)
    return Office(home, store, keys, place, rules(), str(operator), now, presence)


def _clear_cut_off(home: Path) -> None:
    """Deletes the cards, names and photos with them, that a power cut has left on Windows."""
    for left in home.glob(f"{CARDS_BEING_MADE}*"):
        # What another window is making is open there, and stays until that window lets go.
        with contextlib.suppress(OSError):
            left.unlink()


def _forget_overdue(office: Office) -> None:
    """Forgets whom no list has named for too long, and reviews that nobody went on with."""
    first_day = office.today - timedelta(days=seen_residents.KEPT_DAYS)
    with office.store.reading(office.now()) as unit:
        oldest = (seen_residents.oldest(unit.session), reviews.oldest(unit.session))
    # Nearly always there is nothing to do, and opening must not wait for a writer.
    if not any(day is not None and day < first_day for day in oldest):
        return
    try:
        with office.store.unit(office.now()) as unit:
            seen_residents.forget_before(unit.session, first_day)
            reviews.forget_before(unit.session, first_day)
    except UserError as trouble:
        # A full or locked disk: the next opening tries again, and whoever wants to look may look.
        logging.getLogger(__name__).warning("overdue residents kept: %s", trouble.code)
