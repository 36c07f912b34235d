"""The programmes at a glance, and how long the usual one still lasts."""

from dataclasses import dataclass
from datetime import date, timedelta

from kerjadesa.actions.office import PROGRAMME, Office
from kerjadesa.actions.setup import USUAL_PROGRAMME
from kerjadesa.domain.programme import ProgrammeFacts, calendar_year, following
from kerjadesa.store.listing import View
from kerjadesa.store.store import Unit

_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Known:
    """A programme with what this register makes of it."""

    facts: ProgrammeFacts
    workers: int
    """How many are in it; nobody whose enrolment has ended."""
    usual: bool
    """Whether it is that of whoever is registered on this computer without another one."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The usual programme has ended or soon will, and somebody has to say what comes then."""

    last_day: date
    over: bool
    other: bool
    """Whether another programme is running today."""


def usual_programme(office: Office) -> str:
    """The code of the programme of whoever is registered here without another one."""
    with office.store.reading(office.now()) as unit:
        return _usual(unit)


def known_programmes(office: Office) -> list[Known]:
    """Every programme, the one that ends last first."""
    with office.store.reading(office.now()) as unit:
        usual = _usual(unit)
        rows = sorted(unit.programmes(), key=lambda row: (-row.valid_until.toordinal(), row.code))
        return [
            Known(
                ProgrammeFacts.model_validate(row.model_dump()),
                unit.count(View(programme=row.code, ended=False)) or 0,
                row.code == usual,
            )
            for row in rows
        ]


def next_programme(office: Office) -> ProgrammeFacts:
    """What is probably declared next: the usual programme, one budget year on."""
    with office.store.reading(office.now()) as unit:
        row = unit.programme(_usual(unit))
    if row is None:
        name = USUAL_PROGRAMME.format(year=office.today.year)
        return calendar_year(name, office.place.title, office.today)
    return following(ProgrammeFacts.model_validate(row.model_dump()), office.today)


def usual_ending(office: Office) -> Ending | None:
    """None while the usual programme goes on for a month, or another one will take its place."""
    today = office.today
    with office.store.reading(office.now()) as unit:
        usual = unit.programme(_usual(unit))
        others = [row for row in unit.programmes() if usual and row.code != usual.code]
    if usual is None or usual.valid_until - today > _SOON:
        return None
    over = usual.valid_until < today
    if not over and any(row.valid_until > usual.valid_until for row in others):
        return None
    running = any(row.valid_from <= today <= row.valid_until for row in others)
    return Ending(usual.valid_until, over, running)


def _usual(unit: Unit) -> str:
    return str(unit.setting(PROGRAMME) or "")
