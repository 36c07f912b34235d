"""Seeking all pairs of a register that was filled under other rules, a few thousand at a time.

Registering goes on meanwhile: whoever is written is looked at then by today's rules (`twins`), so
that whatever this search has passed by stays true. How far it is stands in a setting.
"""

import json
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlmodel import Session

from kerjadesa.domain import likeness as alike
from kerjadesa.store import twins
from kerjadesa.store.tables import SettingRow
from kerjadesa.store.twins import Sought

_SETTING = "likeness"
"""Setting: how far the search by these rules is, a `Place`."""
_CHUNK = 5000

Walk = Literal["birth_date", "name_key", "known", "end"]
_NEXT: dict[Walk, Walk] = {"birth_date": "name_key", "name_key": "known", "known": "end"}
_INDEX = {"birth_date": "worker_by_birth", "name_key": "worker_by_name"}


class Place(NamedTuple):
    """How far the search is: by which rules, along what, past which key and how many workers."""

    rules: int
    walk: Walk
    after: str
    seen: int


@dataclass(frozen=True, slots=True)
class Step:
    """What was found between two places."""

    start: Place
    end: Place
    pairs: frozenset[tuple[int, int]]


def percent(session: Session) -> int | None:
    """How much of the search is done; None once all pairs are found."""
    place = _place(session)
    if place.walk == "end":
        return None
    newest = session.connection().exec_driver_sql("SELECT max(number) FROM worker").scalar_one()
    return min(99, 100 * place.seen // max(1, 2 * int(newest or 0)))


def next_step(session: Session) -> Step | None:
    """The pairs of the workers that come next; None when all is done. Writes nothing."""
    here = _place(session)
    if here.walk == "end":
        return None
    if here.walk == "known":
        pairs = twins.with_one_nik(session) | twins.undecided(session)
        return Step(here, _onward(here), frozenset(pairs))
    last, sought = _some(session, here)
    if not sought:
        return Step(here, _onward(here), frozenset())
    by = twins.alike_by_birth if here.walk == "birth_date" else twins.alike_by_name
    found = twins.measured(session, by(session, sought))
    there = here._replace(after=last, seen=here.seen + len(sought))
    return Step(here, there, frozenset((first, second) for first, second, _score in found))


def keep(session: Session, step: Step) -> None:
    """Writes what a step has found, unless another program has taken that step meanwhile."""
    if _place(session) != step.start:
        return
    pairs = set(step.pairs)
    if step.end.walk == "end":
        # Those found by earlier rules stood until now, so that none comes and goes before a person.
        pairs |= twins.take_all(session)
    # Since they were found, some may have been corrected, or decided.
    twins.keep(session, twins.measured(session, twins.still_met(session, pairs)))
    if step.end.walk == "end":
        twins.show_rings(session)
    session.merge(SettingRow(name=_SETTING, value=[*step.end]))
    session.flush()


def _onward(here: Place) -> Place:
    return Place(here.rules, _NEXT[here.walk], "", here.seen)


def _place(session: Session) -> Place:
    row = session.connection().exec_driver_sql(
        "SELECT value FROM setting WHERE name = :name", {"name": _SETTING}
    )
    value = json.loads(str(row.scalar() or "null"))
    if isinstance(value, list) and value[0] == alike.VERSION:
        return Place(*value)
    return Place(alike.VERSION, "birth_date", "", 0)


def _some(session: Session, here: Place) -> tuple[str, list[Sought]]:
    """The workers after a place and the key of the last: whoever shares it is among them."""
    connection, key = session.connection(), here.walk
    walked = f"FROM worker INDEXED BY {_INDEX[key]} WHERE {key} > :after"
    asked = {"after": here.after, "skipped": _CHUNK}
    last = connection.exec_driver_sql(
        f"SELECT {key} {walked} ORDER BY {key} LIMIT 1 OFFSET :skipped",
        asked,
    ).scalar()
    if last is None:
        last = connection.exec_driver_sql(f"SELECT max({key}) {walked}", asked).scalar()
    # Nothing but the index is read; it has no NIKs, nor are they asked for.
    rows = connection.exec_driver_sql(
        f"SELECT number, '', name_key, birth_date, sex, jorong {walked} AND {key} <= :last",
        {"after": here.after, "last": last},
    )
    return str(last or ""), [Sought(*row) for row in rows]
