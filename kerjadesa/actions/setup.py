"""Setting up a new installation: nagari, operator, passphrase, keys."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kerjadesa.actions.change_operator import operator_name
from kerjadesa.actions.declare_programme import declare
from kerjadesa.actions.former import keys_to_text
from kerjadesa.actions.home_files import BACKUPS, DATABASE, VAULT
from kerjadesa.actions.office import KEYS, NAGARI, OPERATOR, PROGRAMME
from kerjadesa.actions.tables import regions
from kerjadesa.domain.check import clean
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import calendar_year
from kerjadesa.domain.region import Place, place_of
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.store import vault
from kerjadesa.store.files import (
    fresh_folder,
    made_home,
    replace_file,
    sync_folder,
    writing_trouble,
)
from kerjadesa.store.home_lock import alone
from kerjadesa.store.store import DEVICE, open_store

USUAL_PROGRAMME = "Pekerja Rentan {year}"

# A card takes no longer programme.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SetUp:
    """A fresh installation; the recovery key is shown once and kept nowhere."""

    device: str
    recovery: str

    def __repr__(self) -> str:
        return f"SetUp(device={self.device!r})"


def is_set_up(home: Path) -> bool:
    """Whether this home holds a finished installation."""
    return vault.exists(home / VAULT)


def set_up(
    home: Path,
    nagari: str,
    operator: str,
    passphrase: str,
    programme: str,
    now: datetime,
    payer: str = "",
) -> SetUp:
    """Makes the database of one nagari on this computer; the nagari pays if nobody else is named.

    The vault, without which there is no installation, takes its place last: a power cut half way
    leaves a home that is simply not set up yet. Raises UserError `already_set_up`,
    `nagari_unknown`, `operator_missing`, `passphrase_short`, `disk_full`, `file_not_written`,
    `home_in_use`.
    """
    place = place_of(nagari, regions())
    if place is None:
        raise UserError("nagari_unknown", nagari=nagari[:20])
    operator = operator_name(operator)
    programme = str(clean("programme", programme))[:_LONGEST_NAME]

    made_home(home)
    with alone(home):
        # Only now: another window may just have finished its own.
        if is_set_up(home):
            raise UserError("already_set_up")
        return _set_up(home, place, operator, passphrase, programme, now, payer)


def _set_up(
    home: Path,
    place: Place,
    operator: str,
    passphrase: str,
    programme: str,
    now: datetime,
    payer: str,
) -> SetUp:
    draft = home / "setting-up"
    fresh_folder(draft)
    unlocked = vault.create(draft / VAULT, passphrase)
    keys = new_keyring()
    store = open_store(draft / DATABASE, unlocked.key, draft / BACKUPS)
    name = programme or USUAL_PROGRAMME.format(year=now.astimezone().year)
    facts = calendar_year(name, payer or place.title, now.astimezone().date())
    with store.unit(now) as unit:
        for setting, value in (
            (KEYS, keys_to_text(keys)),
            (DEVICE, keys.device),
            (NAGARI, place.code),
            (OPERATOR, operator),
            (PROGRAMME, facts.code),
        ):
            unit.set(setting, value)
    with store.unit(now) as unit:
        declare(unit, facts, operator)
    store.close()
    with writing_trouble():
        _put_aside(home, now)
        replace_file(draft / DATABASE, home / DATABASE)
        # The recovery key is about to be shown: what it opens has to outlast a power cut too.
        sync_folder(home)
        replace_file(draft / VAULT, home / VAULT)
        sync_folder(home)
    shutil.rmtree(draft, ignore_errors=True)
    return SetUp(keys.device, unlocked.recovery)


def _put_aside(home: Path, now: datetime) -> None:
    # A database without its vault: left by a set-up that was cut off, or its vault is on paper or
    # on a stick somewhere. It is not ours to delete.
    if (home / DATABASE).exists():
        aside = home / BACKUPS / f"without-vault-{now:%Y%m%d%H%M%S}"
        aside.mkdir(parents=True)
        for part in home.glob(f"{DATABASE}*"):
            replace_file(part, aside / part.name)
