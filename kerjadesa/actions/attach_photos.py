"""Photos of a whole folder, each named by its worker's NIK, in one go."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from kerjadesa.actions.attach_photo import normalise
from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.lane import Cancelled, Progress
from kerjadesa.actions.office import Office
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.images import LARGEST_FILE

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
_NIK = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])", re.ASCII)
_MOST = 20_000


@dataclass(slots=True)
class Attached:
    """What became of the pictures in a folder.

    File names hold NIKs: they are for the screen, never for a log.
    """

    pictures: int
    attached: int = 0
    had_one: int = 0
    """Pictures of workers who have a photo already; theirs was left alone."""
    nameless: list[str] = field(default_factory=list, repr=False)
    """Names of files that hold no NIK, or more than one."""
    unknown: list[str] = field(default_factory=list, repr=False)
    """Names of files whose NIK belongs to nobody in the register."""
    unreadable: list[str] = field(default_factory=list, repr=False)
    """Names of files that hold no picture fit for a card."""
    stopped: bool = False
    """Whether the operator stopped it; what was attached until then stays."""


def attach_photos(
    office: Office, folder: Path, progress: Progress, cancelled: Cancelled
) -> Attached:
    """Gives every worker without a photo the picture that bears their NIK in its file's name.

    Looks into the folder itself, not below it. Each photo is one correction, so whatever is cut off
    goes on at the next run. Raises UserError `file_unreadable`, `too_many_pictures`.
    """
    pictures = _pictures(folder)
    outcome = Attached(len(pictures))
    progress(0, len(pictures))
    for done, path in enumerate(pictures, start=1):
        if cancelled():
            outcome.stopped = True
            break
        _attach(office, path, outcome)
        progress(done, len(pictures))
    return outcome


def attach_photo(office: Office, nik: str, path: Path) -> Problem | None:
    """Gives the worker with this NIK the picture in a file; the problem where it cannot be.

    Problems: those of `nik.parse`, `not_registered`, and those of `correct`. Raises UserError
    `file_unreadable`, `image_unreadable`, `image_too_large`, `image_too_small`.
    """
    parsed = nik_rules.parse(nik)
    if isinstance(parsed, Problem):
        return parsed
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_nik(parsed.text)
    if row is None:
        return Problem("nik", "not_registered")
    try:
        with path.open("rb") as file:
            picture = file.read(LARGEST_FILE + 1)
    except OSError:
        raise UserError("file_unreadable") from None
    made = correct(office, row.id, {}, photo=normalise(picture))
    return None if isinstance(made, Corrected) else made[0]


def _pictures(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                # A link could lead anywhere, and a pipe would be read for ever.
                if Path(entry.name).suffix.lower() in _SUFFIXES and entry.is_file(
                    follow_symlinks=False
                ):
                    found.append(Path(entry.path))
                if len(found) > _MOST:
                    raise UserError("too_many_pictures", most=_MOST)
    except OSError:
        raise UserError("file_unreadable") from None
    return sorted(found)


def _attach(office: Office, path: Path, outcome: Attached) -> None:
    niks = _NIK.findall(path.stem)
    if len(niks) != 1:
        outcome.nameless.append(path.name)
        return
    with office.store.reading(office.now()) as unit:
        row = unit.workers.by_nik(niks[0])
    if row is None:
        outcome.unknown.append(path.name)
        return
    if row.photo:
        outcome.had_one += 1
        return
    try:
        with path.open("rb") as file:
            photo = normalise(file.read(LARGEST_FILE + 1))
    except (OSError, UserError):
        outcome.unreadable.append(path.name)
        return
    if isinstance(correct(office, row.id, {}, photo=photo), Corrected):
        outcome.attached += 1
    else:
        # Facts that an older list let in and today's rules refuse: a person has to look first.
        outcome.unreadable.append(path.name)
