"""The table of lists under review within one transaction."""

from datetime import date

from sqlmodel import Session, col, delete, func, select

from kerjadesa.store.tables import ListReviewRow


def keep(session: Session, review: ListReviewRow) -> None:
    """Writes a review over what was kept of it before."""
    session.merge(review)
    session.flush()


def newest(session: Session) -> ListReviewRow | None:
    """The review that was worked on last."""
    return session.exec(select(ListReviewRow).order_by(col(ListReviewRow.kept_on).desc())).first()


def by_id(session: Session, review: str) -> ListReviewRow | None:
    """One review."""
    return session.get(ListReviewRow, review)


def drop(session: Session, review: str) -> None:
    """Forgets a review; one that is not there is forgotten already."""
    session.exec(delete(ListReviewRow).where(col(ListReviewRow.id) == review))


def oldest(session: Session) -> date | None:
    """The day on which the review left alone the longest was worked on."""
    return session.exec(select(func.min(col(ListReviewRow.kept_on)))).one()


def forget_before(session: Session, day: date) -> None:
    """Forgets the reviews that nobody has worked on since."""
    session.exec(delete(ListReviewRow).where(col(ListReviewRow.kept_on) < day))
