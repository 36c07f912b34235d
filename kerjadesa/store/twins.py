"""Pairs of records that may be one person, kept true as workers come and change.

Nobody is compared with everybody: only records that share the NIK, the birth date (or the one with
day and month in each other's place), or the name. `refresh` looks at the pairs of those who have
changed; a test holds what it leaves together with pairs sought all anew (`store.seek_twins`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session

from kerjadesa.domain import likeness as alike
from kerjadesa.domain.ending import MERGED
from kerjadesa.domain.likeness import Traits
from kerjadesa.domain.link import Link

_CHUNK = 20_000
_CERTAIN = 100
_CROWD = 1_000
"""A day that so many men or women of one register share is a default of some list, no birth date:
comparing everybody with everybody would take minutes and tell nothing."""


class Sought(NamedTuple):
    """What a worker is sought by."""

    number: int
    nik: str
    name_key: str
    birth_date: str
    sex: str
    jorong: str


class Pair(NamedTuple):
    """Two records that may be one person, the one that came first in front."""

    first: str
    second: str
    score: int


def refresh(
    session: Session, numbers: Mapping[str, int], links: Mapping[str, Sequence[Link]]
) -> None:
    """Brings links and pairs up to the rows of these workers, just written.

    `numbers` has the row numbers by id, also of those whose rows are gone; `links` what stands
    between each of the workers and others.
    """
    said = _write_links(session, list(numbers), links)
    _drop_pairs(session, numbers.values())
    _seek(session, _sought(session, list(numbers.values())))
    if said:
        show_rings(session)


def add_new(session: Session, fresh: Sequence[Sought]) -> None:
    """The pairs of workers registered a moment ago, of whom nothing else was ever said."""
    for start in range(0, len(fresh), _CHUNK):
        _seek(session, fresh[start : start + _CHUNK])


def alike_by_birth(session: Session, sought: Sequence[Sought]) -> set[tuple[int, int]]:
    """Pairs of these workers with anybody of a like name who shares the day of birth."""
    return {*_by_date(session, sought)}


def alike_by_name(session: Session, sought: Sequence[Sought]) -> set[tuple[int, int]]:
    """Pairs of these workers with namesakes who were born about then."""
    return {*_by_name(session, sought)}


def with_one_nik(session: Session) -> set[tuple[int, int]]:
    """All pairs that share a NIK."""
    rows = session.connection().exec_driver_sql(
        "SELECT one.number, other.number FROM "
        "(SELECT nik FROM worker GROUP BY nik HAVING count(*) > 1) AS shared "
        "JOIN worker AS one ON one.nik = shared.nik "
        "JOIN worker AS other ON other.nik = shared.nik AND other.number > one.number"
    )
    return {(first, second) for first, second in rows}


def undecided(session: Session) -> set[tuple[int, int]]:
    """Pairs of which two laptops said different things unseen by each other."""
    return {pair for pair, outcomes in _said(session).items() if "undecided" in outcomes}


def waiting(session: Session, worker: str = "", limit: int = -1) -> list[Pair]:
    """Pairs that wait for a person, the likeliest first; of one worker, or all."""
    rows = session.connection().exec_driver_sql(
        "SELECT one.id, other.id, score FROM likely_twin "
        "JOIN worker AS one ON one.number = first JOIN worker AS other ON other.number = second "
        "WHERE :worker = '' OR one.id = :worker OR other.id = :worker "
        "ORDER BY score DESC, first, second LIMIT :limit",
        {"worker": worker, "limit": limit},
    )
    return [Pair(*row) for row in rows]


def waiting_count(session: Session) -> int:
    """How many pairs wait for a person."""
    counted = session.connection().exec_driver_sql("SELECT count(*) FROM likely_twin")
    return int(counted.scalar_one())


def in_pairs(session: Session, numbers: Iterable[int]) -> set[int]:
    """Those of the workers whom a pair waits for."""
    rows = session.connection().exec_driver_sql(
        "SELECT value FROM json_each(:numbers) WHERE EXISTS "
        "(SELECT 1 FROM likely_twin WHERE first = value) OR EXISTS "
        "(SELECT 1 FROM likely_twin INDEXED BY likely_twin_by_second WHERE second = value)",
        {"numbers": json.dumps([*numbers])},
    )
    return {row[0] for row in rows}


def merged_with(session: Session, worker: str) -> tuple[str, list[str]]:
    """Which record goes on for this one, empty if none; and whose records this one goes on for."""
    rows = session.connection().exec_driver_sql(
        # A record that nobody has here yet, or ever, must not stand in front of a real one.
        "SELECT other, kept FROM worker_link JOIN worker AS there ON there.id = other "
        "WHERE worker_link.worker = :worker AND outcome = 'same' ORDER BY other",
        {"worker": worker},
    )
    said = [(other, kept) for other, kept in rows]
    into = next((kept for _, kept in said if kept != worker), "")
    return into, [other for other, kept in said if kept == worker]


def _write_links(session: Session, workers: list[str], links: Mapping[str, Sequence[Link]]) -> bool:
    """Writes what stands; returns whether something stands, or stood."""
    connection = session.connection()
    gone = connection.exec_driver_sql(
        "DELETE FROM worker_link WHERE worker IN (SELECT value FROM json_each(:workers))",
        {"workers": json.dumps(workers)},
    )
    rows = [
        (worker, link.other, link.outcome, link.kept)
        for worker, standing in links.items()
        for link in standing
        if link.outcome != "open"
    ]
    if rows:
        connection.exec_driver_sql("INSERT INTO worker_link VALUES (?, ?, ?, ?)", rows)
    return bool(rows or gone.rowcount)


def _drop_pairs(session: Session, numbers: Iterable[int]) -> None:
    held = {"numbers": json.dumps([*numbers])}
    for side in ("first", "second"):
        session.connection().exec_driver_sql(
            f"DELETE FROM likely_twin WHERE {side} IN (SELECT value FROM json_each(:numbers))",  # noqa: S608
            held,
        )


def _sought(session: Session, numbers: list[int]) -> list[Sought]:
    rows = session.connection().exec_driver_sql(
        "SELECT number, nik, name_key, birth_date, sex, jorong FROM worker "
        "WHERE number IN (SELECT value FROM json_each(:numbers))",
        {"numbers": json.dumps(numbers)},
    )
    return [Sought(*row) for row in rows]


def _seek(session: Session, sought: Sequence[Sought]) -> None:
    wanted = {one.number for one in sought}
    pairs = {pair for pair in undecided(session) if not wanted.isdisjoint(pair)}
    pairs.update(_by_nik(session, sought), _by_date(session, sought), _by_name(session, sought))
    keep(session, measured(session, pairs))


def still_met(session: Session, pairs: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of pairs found a while ago that would be looked at today."""
    if not pairs:
        return set()
    rows = _sought(session, [*{number for pair in pairs for number in pair}])
    by_number = {one.number: one for one in rows}
    both = ((pair, by_number.get(pair[0]), by_number.get(pair[1])) for pair in pairs)
    return {pair for pair, one, other in both if one and other and _meet(one, other)} | (
        pairs & undecided(session)
    )


def _meet(one: Sought, other: Sought) -> bool:
    """Whether `_by_nik`, `_by_date` or `_by_name` lead from one to the other."""
    if one.nik == other.nik:
        return True
    if one.sex != other.sex:
        return False
    born = alike.date_relation(one.birth_date, other.birth_date)
    if born in {"equal", "swapped"}:
        words = (alike.name_words(one.name_key), alike.name_words(other.name_key))
        return alike.may_be_one_name(*words)
    near = born == "digit" or (
        one.jorong == other.jorong and one.birth_date[:4] == other.birth_date[:4]
    )
    return near and one.name_key == other.name_key


def measured(session: Session, pairs: Set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Those of the pairs that are worth a person's look, with their scores."""
    if not pairs:
        return []
    said = _said(session)
    known = _traits(session, {number for pair in pairs for number in pair})
    found = []
    for first, second in sorted(pairs):
        # A worker may have gone since the pair was seen.
        if first not in known or second not in known:
            continue
        (one, one_ended), (other, other_ended) = known[first], known[second]
        outcomes = said.get((first, second), set())
        if MERGED in {one_ended, other_ended} or (one_ended and other_ended):
            continue
        if "undecided" in outcomes:
            found.append((first, second, _CERTAIN))
        elif not outcomes:
            likeness = alike.likeness(one, other)
            if likeness.nik or likeness.score >= alike.THRESHOLD:
                found.append((first, second, likeness.score))
    return found


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _by_nik(session: Session, sought: Sequence[Sought]) -> Iterator[tuple[int, int]]:
    bearers: dict[str, list[int]] = defaultdict(list)
    wanted = {one.nik for one in sought}
    for nik, number in _held(session, "nik", "nik, number", "worker_by_nik", wanted):
        bearers[nik].append(number)
    for one in sought:
        for number in bearers[one.nik]:
            if number != one.number:
                yield _pair(one.number, number)


def _by_date(session: Session, sought: Sequence[Sought]) -> Iterator[tuple[int, int]]:
    days = {one.birth_date for one in sought}
    days |= {alike.swapped(day) for day in days}
    columns = "birth_date, sex, name_key, number"
    # A man and a woman are no pair.
    born: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for day, sex, name_key, number in _held(
        session, "birth_date", columns, "worker_by_birth", days
    ):
        born[day, sex].append((alike.name_words(name_key), number))
    fresh = {one.number for one in sought}
    for one in sought:
        words, me = alike.name_words(one.name_key), one.number
        for day in {one.birth_date, alike.swapped(one.birth_date)}:
            there = born.get((day, one.sex), ())
            if len(there) > _CROWD:
                continue
            for others, number in there:
                # Of two that are both sought, the later one looks.
                if number == me or (number > me and number in fresh):
                    continue
                if alike.may_be_one_name(words, others):
                    yield _pair(me, number)


def _by_name(session: Session, sought: Sequence[Sought]) -> Iterator[tuple[int, int]]:
    names = {one.name_key for one in sought}
    columns = "name_key, birth_date, sex, jorong, number"
    # Common names are borne by hundreds, so nobody looks through all namesakes.
    near: dict[tuple[str, ...], list[tuple[str, str, int]]] = defaultdict(list)
    wanted = {key for one in sought for key in _near_keys(one)}
    for name, day, sex, jorong, number in _held(
        session, "name_key", columns, "worker_by_name", names
    ):
        for key in _near_keys(Sought(number, "", name, day, sex, jorong)):
            if key in wanted:
                near[key].append((day, jorong, number))
    for one in sought:
        born = one.birth_date
        for key in _near_keys(one):
            for day, jorong, number in near[key]:
                # Who was born on the same day is found by it. The year alone is little: namesakes
                # of one age live in every jorong.
                if day != born and (
                    (jorong == one.jorong and day[:4] == born[:4])
                    or alike.date_relation(born, day) == "digit"
                ):
                    yield _pair(one.number, number)


def _near_keys(one: Sought) -> tuple[tuple[str, ...], ...]:
    """What namesakes share who were born in one year, or a digit apart."""
    name, day, sex = one.name_key, one.birth_date, one.sex
    return (
        (name, sex, day[:4], one.jorong),
        (name, sex, day[:7]),
        (name, sex, day[:4], day[7:], ""),
        (name, sex, day[4:]),
    )


def _held(
    session: Session, key: str, columns: str, index: str, wanted: Iterable[str]
) -> Sequence[Any]:
    """The rows of an index with these keys: nothing is decrypted but the index."""
    # Straight to the driver: an import asks for tens of thousands.
    cursor = session.connection().connection.cursor()
    cursor.execute(
        f"SELECT {columns} FROM worker INDEXED BY {index} "  # noqa: S608
        f"WHERE {key} IN (SELECT value FROM json_each(:wanted))",
        {"wanted": json.dumps([*wanted])},
    )
    return cursor.fetchall()


def _said(session: Session) -> dict[tuple[int, int], set[str]]:
    """What stands between two workers, by pair."""
    rows = session.connection().exec_driver_sql(
        "SELECT one.number, other.number, outcome FROM worker_link "
        "JOIN worker AS one ON one.id = worker_link.worker "
        "JOIN worker AS other ON other.id = worker_link.other"
    )
    said: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one, other, outcome in rows:
        said[_pair(one, other)].add(outcome)
    return said


def _traits(session: Session, numbers: Iterable[int]) -> dict[int, tuple[Traits, str]]:
    rows = session.connection().exec_driver_sql(
        "SELECT number, nik, name, sex, birth_date, mother_name, ended FROM worker "
        "WHERE number IN (SELECT value FROM json_each(:numbers))",
        {"numbers": json.dumps([*numbers])},
    )
    return {
        number: (Traits(nik, name, sex, date.fromisoformat(day), mother), ended)
        for number, nik, name, sex, day, mother, ended in rows
    }


def show_rings(session: Session) -> None:
    """Makes a task of records that all ended, each going on in the next.

    Three laptops can bring that about unseen by each other; a person has to say who stays.
    """
    connection = session.connection()
    connection.exec_driver_sql(
        "DELETE FROM likely_twin WHERE first IN (SELECT number FROM worker WHERE ended = 'merged')"
    )
    rows = connection.exec_driver_sql(
        "SELECT one.number, min(other.number) FROM worker_link "
        "JOIN worker AS one ON one.id = worker_link.worker "
        "JOIN worker AS other ON other.id = worker_link.other "
        "WHERE outcome = 'same' AND kept = worker_link.other GROUP BY one.number"
    )
    into = {row[0]: row[1] for row in rows}
    settled: set[int] = set()
    for start in into:
        path: list[int] = []
        here: int | None = start
        while here is not None and here not in settled and here not in path:
            path.append(here)
            here = into.get(here)
        if here is not None and here in path:
            ring = path[path.index(here) :]
            keep(session, [(*_pair(one, into[one]), _CERTAIN) for one in ring])
        settled.update(path)


def take_all(session: Session) -> set[tuple[int, int]]:
    """Empties the table, and returns whom it held."""
    rows = session.connection().exec_driver_sql("DELETE FROM likely_twin RETURNING first, second")
    return {(first, second) for first, second in rows}


def keep(session: Session, found: Iterable[tuple[int, int, int]]) -> None:
    """Makes tasks of these pairs."""
    rows = list(found)
    if rows:
        session.connection().exec_driver_sql(
            "INSERT OR REPLACE INTO likely_twin (first, second, score) VALUES (?, ?, ?)", rows
        )
