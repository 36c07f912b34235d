"""Backing up: one locked file on a stick, against loss; a copy at home, against a damaged file."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kerjadesa.actions.home_files import BACKUPS, VAULT
from kerjadesa.actions.lane import Cancelled, Progress, Stopped, never, unwatched
from kerjadesa.actions.office import BACKED_UP, BACKED_UP_AT_HOME, Office
from kerjadesa.domain.clock import Stamp
from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.stick import existing_folder, names_in, stick_trouble
from kerjadesa.store import backup_file
from kerjadesa.store.backup_file import DATABASE_PART, MOST_BYTES, SUFFIX, VAULT_PART, Head, Step
from kerjadesa.store.copying import Glance
from kerjadesa.store.files import replace_file, sync_folder, writing_trouble
from kerjadesa.store.home_lock import WORKSHOPS, alone, enter
from kerjadesa.store.store import Unit

KEEP = 10
"""How many backups of this device stay in a folder."""

REMIND_AFTER = timedelta(days=7)
_KEEP_AT_HOME = 3
_AT_HOME_AFTER = timedelta(hours=20)
_PART = ".part"
"""What a name ends in until the file is whole."""
_CUT_OFF_AFTER = timedelta(days=1)
_NAMES_TRIED = 600
_NAME = re.compile(
    rf"KerjaDesa-(\d{{10}})-(\d{{8}}-\d{{6}}){re.escape(SUFFIX)}({re.escape(_PART)})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written, read back and found whole."""

    file: Path
    bytes: int
    workers: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """When the register was last backed up, to where, and whether it is time again."""

    last: datetime | None
    folder: Path | None
    due: bool


def backup_state(office: Office) -> BackupState:
    """Due is a backup after seven days in which something has changed."""
    with office.store.reading(office.now()) as unit:
        done = unit.setting(BACKED_UP)
        due = _older_than(unit, done, REMIND_AFTER)
    if done is None:
        return BackupState(None, None, due)
    return BackupState(datetime.fromisoformat(done["at"]), Path(done["folder"]), due)


def back_up(
    office: Office,
    folder: Path,
    progress: Progress = unwatched,
    cancelled: Cancelled = never,
) -> BackedUp:
    """Writes one file from which the register can be restored, and reads it back.

    It opens with the passphrase or the recovery key of this register alone. Of this device's
    backups in the folder the newest ten stay. Several may be written at once. Raises Stopped, and
    UserError `usb_missing`, `usb_full`, `usb_readonly`, `usb_strange`, `usb_failed`, `disk_full`,
    `file_not_written`, `database_readonly`, `home_being_replaced`, `backup_too_large`,
    `backup_unfaithful`; nothing half written is left then.
    """
    if existing_folder(folder) is None:
        raise UserError("usb_missing")
    done = _write(office, folder, KEEP, progress, cancelled)
    _remember(office, BACKED_UP, {"folder": str(folder.absolute())}, done[1])
    return done[0]


def copy_at_home_due(office: Office) -> bool:
    """Whether a day has gone by, with changes, since the last copy beside the register."""
    with office.store.reading(office.now()) as unit:
        return _older_than(unit, unit.setting(BACKED_UP_AT_HOME), _AT_HOME_AFTER)


def copy_at_home(
    office: Office, progress: Progress = unwatched, cancelled: Cancelled = never
) -> BackedUp:
    """The same file on this computer's own disk; the newest three stay. Raises as `back_up`."""
    folder = office.home / BACKUPS
    with writing_trouble():
        folder.mkdir(parents=True, exist_ok=True)
    done = _write(office, folder, _KEEP_AT_HOME, progress, cancelled)
    _remember(office, BACKED_UP_AT_HOME, {}, done[1])
    return done[0]


def _write(
    office: Office, folder: Path, keep: int, progress: Progress, cancelled: Cancelled
) -> tuple[BackedUp, Glance]:
    now = office.now()
    with _workshop(office.home) as shop:
        copy = shop / DATABASE_PART
        walked = _Walked(progress, cancelled)
        with writing_trouble():
            glance = office.store.copy_to(copy, walked.pages)
            walked.whole = 4 * copy.stat().st_size
            shutil.copyfile(office.home / VAULT, shop / VAULT_PART)
            parts = {part: shop / part for part in (VAULT_PART, DATABASE_PART)}
            files = {part: backup_file.measure(path, walked.step) for part, path in parts.items()}
        if files[DATABASE_PART][1] > MOST_BYTES:
            raise UserError("backup_too_large")
        created = now.replace(microsecond=0)
        head = Head(office.place.code, office.keys.device, glance.schema, created, files)
        file, size = _put(folder, head, parts, walked.step)
    with contextlib.suppress(UserError):
        # The backup is there; one old file more takes away nothing.
        _clear(folder, office, keep)
    return BackedUp(file, size, glance.workers), glance


def _put(folder: Path, head: Head, parts: dict[str, Path], step: Step) -> tuple[Path, int]:
    with stick_trouble():
        # Two of one nagari, one folder, the same second: neither writes over the other.
        for later in range(_NAMES_TRIED):
            moment = head.created + timedelta(seconds=later)
            file = folder / backup_file.file_name(head.nagari, moment)
            part = file.with_name(file.name + _PART)
            if os.path.lexists(file):
                continue
            try:
                backup_file.write(part, head, parts, step)
                size = part.stat().st_size
                replace_file(part, file)
            except FileExistsError:
                continue  # somebody is writing it, or was cut off
            except BaseException:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
                raise
            sync_folder(folder)
            return file, size
    raise UserError("usb_strange")


@contextlib.contextmanager
def _workshop(home: Path) -> Iterator[Path]:
    """A folder at home for one copy, before it is known to be whole; it goes in any case."""
    # A nightly command and a closing window may be at it together: to each its own.
    with contextlib.suppress(UserError), alone(home, WORKSHOPS):
        for cut_off in home.glob("backing-up*/"):
            shutil.rmtree(cut_off, ignore_errors=True)
    presence = enter(home, WORKSHOPS)
    try:
        with writing_trouble():
            shop = Path(tempfile.mkdtemp(prefix="backing-up-", dir=home))
        try:
            yield shop
        finally:
            shutil.rmtree(shop, ignore_errors=True)
    finally:
        presence.leave()


def _clear(folder: Path, office: Office, keep: int) -> None:
    """Deletes what is older than the newest `keep`, and of this device's own writing.

    And what was cut off, of the whole nagari: a half file does not tell who began it.
    """
    code = office.place.code.replace(".", "")
    yesterday = f"{(office.now() - _CUT_OFF_AFTER).astimezone():%Y%m%d-%H%M%S}"
    own: list[tuple[datetime, Path]] = []
    cut_off: list[Path] = []
    for name in names_in(folder):
        match = _NAME.fullmatch(name)
        if match is None or match[1] != code or (folder / name).is_symlink():
            continue
        if match[3]:
            # A younger one may be another computer's, which is still writing.
            if match[2] < yesterday and (folder / name).is_file():
                cut_off.append(folder / name)
            continue
        try:
            head = backup_file.head_of(folder / name)
        except UserError:
            continue  # damaged, or newer than this program: not ours to judge
        if head.device == office.keys.device:
            own.append((head.created, folder / name))
    with stick_trouble():
        for old in (*cut_off, *(file for _, file in sorted(own, reverse=True)[keep:])):
            old.unlink(missing_ok=True)


def _remember(office: Office, setting: str, more: dict[str, Any], glance: Glance) -> None:
    now = office.now()
    with office.store.unit(now) as unit:
        entries = sum(glance.vector.values())
        unit.set(setting, {"at": now.isoformat(), "entries": entries, **more})


def _older_than(unit: Unit, done: Any, age: timedelta) -> bool:
    """Whether something has changed since, and so long ago."""
    if done is not None:
        changed = sum(unit.journal.vector().values()) != done["entries"]
        # A clock that was set back makes the last one lie ahead; that is no reason to wait longer.
        return changed and not timedelta(0) <= unit.now - datetime.fromisoformat(done["at"]) < age
    first = unit.journal.run(unit.device, 1, 1)
    # What the set-up writes by itself is no loss.
    if not first or not unit.workers.count():
        return False
    began = Stamp.parse(first[0].hlc).milliseconds / 1000
    return unit.now.timestamp() - began >= age.total_seconds()


class _Walked:
    """Adds up the bytes of copying, measuring, writing and reading back; stops if asked to."""

    def __init__(self, progress: Progress, cancelled: Cancelled) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._done = 0
        self.whole: int | None = None

    def pages(self, done: int, whole: int) -> None:
        self._stop_if_asked()
        page = 4096
        self._done = done * page
        self._progress(self._done, 4 * whole * page)

    def step(self, more: int) -> None:
        self._stop_if_asked()
        self._done += more
        if self.whole is not None:
            self._progress(min(self._done, self.whole), self.whole)

    def _stop_if_asked(self) -> None:
        if self._cancelled():
            raise Stopped
