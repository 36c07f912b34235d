"""The list of workers: who is on show, in which order, page by page by the key of the last row.

Every filter looks only at what the indexes of the three orders hold (`tables._FILTERED`), so that
leaving out 99,900 of 100,000 workers decrypts none of them.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import text
from sqlmodel import Session

from kerjadesa.store.batches import Batches, SyncState
from kerjadesa.store.search import Match, matching
from kerjadesa.store.workers import LISTED_COLUMNS, TO_DECIDE, ListedRow

Order = Literal["name", "jorong", "birth_date", "newest"]
Key = tuple[Any, ...]

FEW = 2000
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
    to_decide: bool = False
    """Those in conflict, refused, or with a NIK that another worker has too."""
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


_ORDERS: dict[Order, tuple[tuple[str, ...], str]] = {
    "name": (("name_key", "number"), "worker_by_name"),
    "jorong": (("jorong", "name_key", "number"), "worker_by_jorong"),
    "birth_date": (("birth_date", "name_key", "number"), "worker_by_birth"),
    # Row numbers grow as workers arrive here. Filters are answered out of an index all the same.
    "newest": (("number",), "worker_by_name"),
}
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
        return Listing([], more=False)
    conditions, values, rough = found
    names, index = _ORDERS[view.order]
    backwards = view.order == "newest"
    if after is not None:
        marks = [f":key{n}" for n in range(len(names))]
        columns = ", ".join(f"worker.{name}" for name in names)
        # A row value seeks in the index; OFFSET would walk every row before it.
        conditions.append(f"({columns}) {'<' if backwards else '>'} ({', '.join(marks)})")
        values |= {f"key{n}": _plain(part) for n, part in enumerate(after)}
    by = ", ".join(f"worker.{name}{' DESC' if backwards else ''}" for name in names)
    numbers = [
        row[0]
        for row in session.execute(
            text(
                f"SELECT number FROM worker{_walk(view, index, conditions)}"  # noqa: S608
                f"{_where(conditions)} ORDER BY {by} LIMIT :most"
            ),
            {**values, "most": limit + 1},
        )
    ]
    rows = session.connection().execute(
        text(
            f"SELECT {_COLUMNS} FROM worker "  # noqa: S608
            f"WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY {by}"
        ).columns(*LISTED_COLUMNS),
        {"numbers": json.dumps(numbers[:limit])},
    )
    more = len(numbers) > limit
    return Listing([ListedRow._make(row) for row in rows], more or rough, rough)


def count(session: Session, batches: Batches, view: View) -> int | None:
    """How many workers a view shows; None where that is more than are gathered while typing."""
    found = _gathered(session, batches, view, 0)
    if found is None:
        return 0
    conditions, values, rough = found
    if rough:
        return None
    # Everybody is counted in the smallest index, some in one that holds what they are told by.
    index = _ORDERS["name"][1]
    statement = f"SELECT count(*) FROM worker{_walk(view, index, conditions)}{_where(conditions)}"  # noqa: S608
    return int(session.execute(text(statement), values).scalar_one())


def ids(session: Session, batches: Batches, view: View) -> list[str]:
    """Everybody a view shows, in its order, however many they are."""
    found = _gathered(session, batches, view, None)
    if found is None:
        return []
    conditions, values, _ = found
    names, index = _ORDERS[view.order]
    by = ", ".join(f"worker.{name}{' DESC' if view.order == 'newest' else ''}" for name in names)
    statement = (
        f"SELECT id FROM worker{_walk(view, index, conditions)}{_where(conditions)} ORDER BY {by}"  # noqa: S608
    )
    return [row[0] for row in session.execute(text(statement), values)]


def listed(session: Session, workers: list[str]) -> list[ListedRow]:
    """The rows of these workers, in the order given."""
    rows = session.connection().execute(
        text(
            f"SELECT {_COLUMNS} FROM json_each(:ids) AS wanted "  # noqa: S608
            "JOIN worker ON worker.id = wanted.value ORDER BY wanted.key"
        ).columns(*LISTED_COLUMNS),
        {"ids": json.dumps(workers)},
    )
    return [ListedRow._make(row) for row in rows]


def _gathered(
    session: Session, batches: Batches, view: View, limit: int | None
) -> tuple[list[str], dict[str, Any], bool] | None:
    """Conditions, their values, and whether only some hits are in them; None where nobody fits.

    `limit` None means that every hit is wanted, however long it takes.
    """
    conditions, values = _conditions(batches, view)
    if not view.words.strip():
        return conditions, values, False
    match = matching(view.words)
    if match is None:
        return None
    conditions += match.conditions
    values |= match.values
    if not match.trigrams:
        return conditions, values, False
    hits = [
        row[0]
        for row in session.execute(
            text("SELECT rowid FROM worker_search WHERE worker_search MATCH :m LIMIT :few"),
            {"m": match.trigrams, "few": FEW + 1},
        )
    ]
    rough = len(hits) > FEW and limit is not None and not _worth_it(view, match)
    if len(hits) > FEW and not rough:
        # The plus keeps SQLite from fetching every hit: it walks the index and asks of each row.
        conditions.append(
            "+worker.number IN (SELECT rowid FROM worker_search WHERE worker_search MATCH :m)"
        )
        values["m"] = match.trigrams
    else:
        conditions.append("worker.number IN (SELECT value FROM json_each(:hits))")
        values["hits"] = json.dumps(hits[: limit or 0] if rough else hits)
    return conditions, values, rough


def _worth_it(view: View, match: Match) -> bool:
    # A filter was chosen by hand, so its answer may take two frames; a bare letter more may not.
    return view.filtered or bool(match.conditions)


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
    if numbered or (view.order == "newest" and not conditions):
        return ""
    return f" INDEXED BY {index}"


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
