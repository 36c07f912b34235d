"""Restoring the register from a backup, as a new device; and letting a copy become one."""

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kerjadesa.actions.former import become_new_device, let_go
from kerjadesa.actions.home_files import BACKUPS, DATABASE, VAULT
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import KEYS, NAGARI, Office
from kerjadesa.actions.setup import is_set_up
from kerjadesa.actions.tables import regions
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import Place, place_of
from kerjadesa.exchange.keys import new_keyring
from kerjadesa.store import backup_file, migrations, vault
from kerjadesa.store.backup_file import DATABASE_PART, VAULT_PART, Head
from kerjadesa.store.files import (
    fresh_folder,
    made_home,
    replace_file,
    sync_folder,
    writing_trouble,
)
from kerjadesa.store.home_lock import alone
from kerjadesa.store.store import Store, open_store

_SPARE = 64 * 1024 * 1024
"""What a disk has to have free beside the database itself."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a backup file says of itself before it is unlocked; nothing of it is proven yet."""

    place: Place | None
    created: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A register put back, under a device of its own."""

    device: str
    workers: int
    unsent: bool
    """Whether it holds what the district may not have received from the former device."""


def look_at_backup(file: Path) -> Offered:
    """Reads the outside of a backup; raises UserError `file_missing`, `backup_damaged`,
    `backup_newer`."""
    head = backup_file.head_of(file)
    size = sum(size for _, size in head.files.values())
    return Offered(place_of(head.nagari, regions()), head.created, size)


def restore(
    home: Path,
    file: Path,
    passphrase: str,
    now: datetime,
    replace: bool = False,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> Restored:
    """Puts the register of a backup into `home`, to be opened by the backup's own passphrase.

    Where there is a register already, `replace` moves it aside into the folder of backups; it is
    never deleted. Nobody else may have the home open: another window would go on writing into what
    was moved. Until the last rename the home is as it was, or not set up. Raises Stopped, and
    UserError `restore_over`, `home_in_use`, `file_missing`, `backup_damaged`, `backup_newer`,
    `passphrase_wrong`, `vault_damaged`, `database_newer`, `database_unreadable`, `disk_full`,
    `file_not_written`.
    """
    made_home(home)
    with alone(home):
        if is_set_up(home) and not replace:
            raise UserError("restore_over")
        return _restore(home, file, passphrase, now, progress, cancelled)


def _restore(
    home: Path,
    file: Path,
    passphrase: str,
    now: datetime,
    progress: Progress,
    cancelled: Cancelled,
) -> Restored:
    draft = home / "restoring"
    fresh_folder(draft)
    try:
        key = _take_out(file, draft, passphrase, progress, cancelled)
        restored = _renew(open_store(draft / DATABASE, key, draft / BACKUPS), now)
        with writing_trouble():
            _put_in_place(home, draft, now)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return restored


def renew(office: Office) -> None:
    """Makes this register a device of its own; the office has to be opened anew afterwards.

    For a register that was copied to another computer, and for the computer that was believed
    lost and is in use again beside the one that took its place.
    """
    with office.store.unit(office.now()) as unit:
        become_new_device(unit, new_keyring())


def is_copied(office: Office) -> bool:
    """Whether the district has heard another computer under this register's name."""
    with office.store.reading(office.now()) as unit:
        return unit.batches.receipted_elsewhere() > 0


def _take_out(
    file: Path, draft: Path, passphrase: str, progress: Progress, cancelled: Cancelled
) -> bytes:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        if cancelled():
            raise Stopped
        done += more
        progress(done, whole)

    with ExitStack() as stack:
        head, members = stack.enter_context(backup_file.opened(file))
        whole = sum(size for _, size in head.files.values())
        _check_fits(head, draft)
        with writing_trouble():
            backup_file.take_out(members, head, VAULT_PART, draft / VAULT, step)
        # Before the long part: who mistypes should not have to wait for a gigabyte first.
        key = vault.unlock(draft / VAULT, passphrase)
        with writing_trouble():
            backup_file.take_out(members, head, DATABASE_PART, draft / DATABASE, step)
    return key


def _check_fits(head: Head, draft: Path) -> None:
    if head.schema > len(migrations.STEPS):
        raise UserError("database_newer")
    if shutil.disk_usage(draft).free < head.files[DATABASE_PART][1] + _SPARE:
        raise UserError("disk_full")


def _renew(store: Store, now: datetime) -> Restored:
    """The new device, in the database that nobody uses yet."""
    try:
        if store.integrity():
            raise UserError("backup_damaged")
        with store.unit(now) as unit:
            place = place_of(str(unit.setting(NAGARI)), regions())
            if unit.setting(KEYS) is None or place is None:
                raise UserError("backup_damaged")
            become_new_device(unit, new_keyring())
        with store.unit(now) as unit:
            let_go(unit)
        with store.reading(now) as unit:
            return Restored(unit.device, unit.workers.count(), bool(unit.former))
    finally:
        store.close()


def _put_in_place(home: Path, draft: Path, now: datetime) -> None:
    """The vault leaves first and comes last: without it nothing is opened half way."""
    left = [path for path in (home / VAULT, *sorted(home.glob(f"{DATABASE}*"))) if path.exists()]
    if left:
        aside = _aside(home, now)
        _move_aside(left, aside)
        sync_folder(aside)
    _flush(draft / DATABASE)
    replace_file(draft / DATABASE, home / DATABASE)
    sync_folder(home)
    replace_file(draft / VAULT, home / VAULT)
    sync_folder(home)


def _move_aside(left: list[Path], aside: Path) -> None:
    moved: list[Path] = []
    try:
        for path in left:
            replace_file(path, aside / path.name)
            moved.append(path)
    except OSError:
        # Windows moves no file that another window has open. A register without its vault could
        # not be opened any more, so what has moved goes back.
        for path in reversed(moved):
            replace_file(aside / path.name, path)
        raise


def _aside(home: Path, now: datetime) -> Path:
    """Where the register that was there goes to, vault and database together."""
    if not is_set_up(home):
        # A restore was cut off after the vault and before the database.
        for earlier in sorted((home / BACKUPS).glob("before-restore-*")):
            if (earlier / VAULT).exists() and not (earlier / DATABASE).exists():
                return earlier
    while (aside := home / BACKUPS / f"before-restore-{now:%Y%m%d%H%M%S}").exists():
        now += timedelta(seconds=1)
    aside.mkdir(parents=True)
    return aside


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
