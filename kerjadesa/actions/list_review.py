"""Lists under review: what was mended and ticked is kept until it is written or thrown away.

It lies in the encrypted database of this computer, never beside the file: whoever made the list
gets a report, not other people's corrections.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kerjadesa.actions.office import Office
from kerjadesa.actions.row_verdicts import Fixes
from kerjadesa.store import reviews as table
from kerjadesa.store.tables import ListReviewRow


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """What an officer has done to a list that is not wholly written yet."""

    id: str
    """SHA-256 (hex) of the file: one that has changed since has other rows."""
    path: Path
    day: date
    """Of registration, on which age counts."""
    source: str
    dated: date
    """Source and date of a poverty list."""
    fixes: Fixes
    taken: frozenset[int]
    """Rows that were ticked by hand."""
    left: frozenset[int]
    """Rows whose tick was taken away."""


def keep_review(office: Office, review: Review) -> None:
    """Writes a review over what was kept of it before; on disk when this returns."""
    facts = {
        "path": str(review.path),
        "day": review.day.isoformat(),
        "source": review.source,
        "dated": review.dated.isoformat(),
        # JSON knows no numbers as keys.
        "fixes": [[row, [*typed.items()]] for row, typed in review.fixes.items()],
        "taken": sorted(review.taken),
        "left": sorted(review.left),
    }
    with office.store.unit(office.now()) as unit:
        row = ListReviewRow(id=review.id, facts=facts, kept_on=office.today)
        table.keep(unit.session, row)


def newest_review(office: Office) -> Review | None:
    """The review that was worked on last."""
    with office.store.reading(office.now()) as unit:
        row = table.newest(unit.session)
        return None if row is None else _review(row.id, row.facts)


def review_of(office: Office, file: str) -> Review | None:
    """What was done to this very file before."""
    with office.store.reading(office.now()) as unit:
        row = table.by_id(unit.session, file)
        return None if row is None else _review(row.id, row.facts)


def drop_review(office: Office, file: str) -> None:
    """Throws a review away."""
    with office.store.unit(office.now()) as unit:
        table.drop(unit.session, file)


def _review(file: str, facts: Mapping[str, Any]) -> Review:
    return Review(
        id=file,
        path=Path(facts["path"]),
        day=date.fromisoformat(facts["day"]),
        source=facts["source"],
        dated=date.fromisoformat(facts["dated"]),
        fixes={row: dict(typed) for row, typed in facts["fixes"]},
        taken=frozenset(facts["taken"]),
        left=frozenset(facts["left"]),
    )
