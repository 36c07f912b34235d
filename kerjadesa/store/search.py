"""Search as one types: any part of a name, NIK, KK or jorong."""

from sqlalchemy import text
from sqlmodel import Session, col, select

from kerjadesa.store.tables import WorkerRow
from kerjadesa.store.workers import sort_key

MOST = 200
"""More hits than this are not sorted and cut off: nobody reads them, and typing must not wait."""


def search(session: Session, words: str, limit: int = MOST) -> tuple[list[WorkerRow], bool]:
    """Workers in whose name, NIK, KK or jorong every word occurs, and whether there are more.

    By name. A word of one or two characters has no trigram: it has to begin the name.
    """
    wanted = [word for word in words.split() if word]
    long_words = [word for word in wanted if len(word) > 2]
    short_words = [word for word in wanted if len(word) <= 2]
    conditions, values = [], {}
    if long_words:
        conditions.append(
            "number IN (SELECT rowid FROM worker_search WHERE worker_search MATCH :m)"
        )
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
            text(f"SELECT number FROM worker WHERE {' AND '.join(conditions)} LIMIT :n"),  # noqa: S608
            {**values, "n": limit + 1},
        )
    ]
    rows = session.exec(
        select(WorkerRow)
        .where(col(WorkerRow.number).in_(numbers[:limit]))
        .order_by(col(WorkerRow.name_key), col(WorkerRow.number))
    )
    return list(rows), len(numbers) > limit


def _quoted(word: str) -> str:
    # An FTS5 string: without the quotes a hyphen or a colon would be an operator.
    return '"' + word.replace('"', '""') + '"'
