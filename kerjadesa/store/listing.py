"""The list of workers: who is on show, in which order, page by page by the key of the last row.

Every filter looks only at what the indexes of the three orders hold (`tables._FILTERED`), so that
leaving out 99,900 of 100,000 workers decrypts none of them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import text
from sqlmodel import Session

from kerjadesa.store.batches import Batches
from kerjadesa.store.search import matching
from kerjadesa.store.sync_states import SyncState
from kerjadesa.store.workers import LISTED_COLUMNS, TO_DECIDE, ListedRow

Order = Literal["name", "jorong", "birth_date", "newest"]
Key = tuple[Any, ...]

FEW = 1000
"""So many hits of a search are gathered and put in order; beyond them typing would have to wait."""


@dataclass(frozen=True, slots=True)
class View:
    """Which workers a list shows, and in which order; with nothing set, everybody by name."""

    words: str = ""
    jorong: str | None = None
    occupation: int | None = None
    sex: str | None = None
    born_from: date | None = None
    born_until: date | None = None
    programme: str | None = None
    """A code; empty text means those without one."""
    sync: SyncState | None = None
    photo: bool | None = None
    printed: bool | None = None
    """Whether a card was printed for them."""
    ended: bool | None = None
    """None: all but those whose record has been merged into another; they are listed by True."""
    to_decide: bool = False
    """Those in conflict, refused, or perhaps the same person as another."""
    order: Order = "name"

    @property
    def filtered(self) -> bool:
        """Whether something besides the words leaves somebody out."""
        return replace(self, words="", order="name") != View()


EVERYBODY = View()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a view."""

    rows: list[ListedRow]
    more: bool
    """Whether the view goes on after the last row."""
    rough: bool = False
    """More people fit the words than are worth gathering: the rows are some of them, in order, and
    no page follows."""
    count: int | None = None
    """How many the view shows, where the first page knows it without counting."""


_ORDERS: dict[Order, tuple[tuple[str, ...], str]] = {
    "name": (("name_key", "number"), "worker_by_name"),
    "jorong": (("jorong", "name_key", "number"), "worker_by_jorong"),
    "birth_date": (("birth_date", "name_key", "number"), "worker_by_birth"),
    # Row numbers grow as workers arrive here. Filters are answered out of an index all the same.
    "newest": (("number",), "worker_by_name"),
}
_DATES = [
    place for place, name in enumerate(ListedRow._fields) if name in {"birth_date", "registered_on"}
]
_AMONG = "worker.number IN (SELECT value FROM json_each(:hits))"
_MERGED = "SELECT number FROM worker WHERE ended = 'merged'"
_NOT_MERGED = f"+worker.number NOT IN ({_MERGED})"
"""Whoever has gone into another record of the same person is listed where it is asked for."""
_COLUMNS = ", ".join(f"worker.{column.name}" for column in LISTED_COLUMNS)


def key_of(row: ListedRow, order: Order) -> Key:
    """Hand this of the last row seen to `page` for the rows after it."""
    return tuple(getattr(row, name) for name in _ORDERS[order][0])


def page(
    session: Session, batches: Batches, view: View, limit: int, after: Key | None = None
) -> Listing:
    """The rows of a view, from the one after `after`."""
    found = _gathered(session, batches, view, limit)
    if found is None:
        return Listing([], more=False, count=0)
    conditions, values = found.conditions, found.values
    names, index = _ORDERS[view.order]
    backwards = view.order == "newest"
    if after is not None:
        marks = [f":key{n}" for n in range(len(names))]
        columns = ", ".join(f"worker.{name}" for name in names)
        # A row value seeks in the index; OFFSET would walk every row before it.
        conditions.append(f"({columns}) {'<' if backwards else '>'} ({', '.join(marks)})")
        values |= {f"key{n}": _plain(part) for n, part in enumerate(after)}
    by = ", ".join(f"worker.{name}{' DESC' if backwards else ''}" for name in names)
    # First the numbers, out of an index alone; nobody's row is decrypted only to be left out.
    numbers = (
        f"SELECT number FROM worker{_walk(view, index, conditions)}"  # noqa: S608
        f"{_where(conditions)} ORDER BY {by} LIMIT :most"
    )
    rows = _rows(
        session,
        f"SELECT {_COLUMNS} FROM worker WHERE number IN ({numbers}) ORDER BY {by}",  # noqa: S608
        {**values, "most": limit + 1},
    )
    more = len(rows) > limit
    counted = found.count
    if not more and after is None and not found.rough:
        counted = len(rows)
    return Listing(rows[:limit], more or found.rough, found.rough, counted)


def count(session: Session, batches: Batches, view: View) -> int | None:
    """How many workers a view shows; None where that is more than are gathered while typing."""
    found = _gathered(session, batches, view, 0)
    if found is None:
        return 0
    if found.rough or found.count is not None:
        return found.count
    conditions, values = found.conditions, found.values
    # Everybody is counted in the smallest index, some in one that holds what they are told by.
    index = _ORDERS["name"][1]
    statement = f"SELECT count(*) FROM worker{_walk(view, index, conditions)}{_where(conditions)}"  # noqa: S608
    return int(session.execute(text(statement), values).scalar_one())


def ids(session: Session, batches: Batches, view: View) -> list[str]:
    """Everybody a view shows, in its order, however many they are."""
    found = _gathered(session, batches, view, None)
    if found is None:
        return []
    conditions, values = found.conditions, found.values
    names, index = _ORDERS[view.order]
    by = ", ".join(f"worker.{name}{' DESC' if view.order == 'newest' else ''}" for name in names)
    statement = (
        f"SELECT id FROM worker{_walk(view, index, conditions)}{_where(conditions)} ORDER BY {by}"  # noqa: S608
    )
    return [row[0] for row in session.execute(text(statement), values)]


def listed(session: Session, workers: list[str]) -> list[ListedRow]:
    """The rows of these workers, in the order given."""
    return _rows(
        session,
        f"SELECT {_COLUMNS} FROM json_each(:ids) AS wanted "  # noqa: S608
        "JOIN worker ON worker.id = wanted.value ORDER BY wanted.key",
        {"ids": json.dumps(workers)},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What tells those of a view from all others."""

    conditions: list[str]
    values: dict[str, Any]
    rough: bool = False
    """Only some hits of the search are in the conditions."""
    count: int | None = None
    """How many fit, where the search knows it already."""


def _gathered(session: Session, batches: Batches, view: View, limit: int | None) -> _Found | None:
    """None where nobody fits. `limit` None: every hit is wanted, however long it takes."""
    found = _fitting(session, batches, view, limit)
    if found is not None and view.ended is None:
        found.conditions.append(_NOT_MERGED)
    return found


def _fitting(session: Session, batches: Batches, view: View, limit: int | None) -> _Found | None:
    conditions, values = _conditions(batches, view)
    if not view.words.strip():
        return _Found(conditions, values)
    match = matching(view.words)
    if match is None:
        return None
    if not match.trigrams:
        return _Found([*conditions, *match.conditions], values | match.values)
    hits = _hits(session, match.trigrams, view)
    if len(hits) <= FEW:
        known = None if conditions or match.conditions else len(hits)
        conditions += [*match.conditions, _AMONG]
        return _Found(conditions, {**values, **match.values, "hits": json.dumps(hits)}, count=known)
    if limit is not None and not view.filtered:
        # Typing may not wait for everybody who fits, so those do whose name goes on as it is typed.
        literal = _hits(session, match.phrase, view, max(limit, 1)) if match.conditions else []
        if literal or not match.conditions:
            some = literal or hits
            return _Found([_AMONG], {"hits": json.dumps(some[:limit])}, rough=True)
        return _Found(
            [*match.conditions, _AMONG], {**match.values, "hits": json.dumps(hits)}, rough=True
        )
    # The plus keeps SQLite from fetching every hit: it walks the index and asks of each row.
    conditions += [
        *match.conditions,
        "+worker.number IN (SELECT rowid FROM worker_search WHERE worker_search MATCH :m)",
    ]
    return _Found(conditions, {**values, **match.values, "m": match.trigrams})


def _hits(session: Session, expression: str, view: View, most: int = FEW + 1) -> list[int]:
    """The first hits; left to itself one more than `FEW` where they go on."""
    hidden = f" AND rowid NOT IN ({_MERGED})" if view.ended is None else ""
    # One row for all of them: a row each would cost more than finding them.
    gathered = _ask(
        session,
        "SELECT json_group_array(rowid) FROM "  # noqa: S608
        f"(SELECT rowid FROM worker_search WHERE worker_search MATCH :m{hidden} LIMIT :most)",
        {"m": expression, "most": most},
    )
    found: list[int] = json.loads(gathered[0][0])
    return found


def _rows(session: Session, statement: str, values: dict[str, Any]) -> list[ListedRow]:
    found = []
    for values_of_row in _ask(session, statement, values):
        row = list(values_of_row)
        for place in _DATES:
            row[place] = row[place] and date.fromisoformat(row[place])
        found.append(ListedRow._make(row))
    return found


def _ask(session: Session, statement: str, values: dict[str, Any]) -> Sequence[Any]:
    # Straight to the driver: a list is asked for at every keystroke, and the way round by statement
    # objects would take longer than SQLite.
    return session.connection().exec_driver_sql(statement, values).fetchall()


def _conditions(batches: Batches, view: View) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for name in ("jorong", "occupation", "sex", "programme"):
        wanted = getattr(view, name)
        if wanted is not None:
            conditions.append(f"worker.{name} = :{name}")
            values[name] = wanted
    for name, sign in (("born_from", ">="), ("born_until", "<=")):
        day = getattr(view, name)
        if day is not None:
            conditions.append(f"worker.birth_date {sign} :{name}")
            values[name] = _plain(day)
    if view.photo is not None:
        # The plus: walk in the order asked for, and ask of each number whether it is in the index.
        has = "IN" if view.photo else "NOT IN"
        conditions.append(f"+worker.number {has} (SELECT number FROM worker WHERE photo <> '')")  # noqa: S608
    if view.printed is not None:
        conditions.append(
            "worker.cards_printed > 0" if view.printed else "worker.cards_printed = 0"
        )
    if view.ended is not None:
        conditions.append("worker.ended <> ''" if view.ended else "worker.ended = ''")
    if view.to_decide:
        conditions.append(TO_DECIDE.text)
    if view.sync is not None:
        state, places = batches.in_state(view.sync)
        conditions.append(state)
        values |= places
    return conditions, values


def _walk(view: View, index: str, conditions: list[str]) -> str:
    # Whom a search or a question has numbered already is sought, not walked to.
    numbered = any(c.startswith("worker.number IN") for c in conditions)
    if numbered or (view.order == "newest" and not {*conditions} - {_NOT_MERGED}):
        return ""
    return f" INDEXED BY {index}"


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
