"""Search as one types: any part of a name, NIK, KK or jorong."""

import unicodedata

from sqlalchemy import select, text
from sqlmodel import Session, col

from kerjadesa.store.tables import WorkerRow
from kerjadesa.store.workers import BY_NAME, LISTED_COLUMNS, ListedRow, sort_key

MOST = 200
"""More hits than this are not sorted and cut off: nobody reads them, and typing must not wait."""


def search(session: Session, words: str, limit: int = MOST) -> tuple[list[ListedRow], bool]:
    """Workers in whose name, NIK, KK or jorong every word occurs, and whether there are more.

    By name. A word of one or two characters has no trigram: it has to begin the name.
    """
    wanted = _typed(words).split()
    long_words = [word for word in wanted if len(word) > 2]
    short_words = [word for word in wanted if len(word) <= 2]
    source, conditions, values = "worker", [], {}
    if long_words:
        # A join and not IN: three digits that every NIK here begins with would be gathered from
        # the whole register before the first was looked at.
        source = "worker_search JOIN worker ON worker.number = worker_search.rowid"
        conditions.append("worker_search MATCH :m")
        values["m"] = " ".join(_quoted(word) for word in long_words)
    for index, word in enumerate(short_words):
        key = sort_key(word)
        if not long_words and index == 0:
            conditions.append(f"(name_key >= :a{index} AND name_key < :z{index})")
            values[f"a{index}"], values[f"z{index}"] = key, key + "\U0010ffff"
        else:
            conditions.append(f"instr(name_key, :a{index})")
            values[f"a{index}"] = key
    if not conditions:
        return [], False
    numbers = [
        row[0]
        for row in session.execute(
            text(f"SELECT number FROM {source} WHERE {' AND '.join(conditions)} LIMIT :n"),  # noqa: S608
            {**values, "n": limit + 1},
        )
    ]
    rows = session.connection().execute(
        select(*LISTED_COLUMNS).where(col(WorkerRow.number).in_(numbers[:limit])).order_by(*BY_NAME)
    )
    return [ListedRow._make(row) for row in rows], len(numbers) > limit


def _typed(words: str) -> str:
    # What cannot be in a name or number cannot be looked up either: SQL ends at a NUL, and half a
    # surrogate has no bytes.
    kept = (" " if unicodedata.category(c)[0] == "C" else c for c in words)
    return unicodedata.normalize("NFC", "".join(kept))


def _quoted(word: str) -> str:
    # An FTS5 string: without the quotes a hyphen or a colon would be an operator.
    return '"' + word.replace('"', '""') + '"'
