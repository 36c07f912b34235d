"""The table of half-filled forms within one transaction."""

from sqlmodel import Session, col, delete, select

from kerjadesa.store.tables import DraftRow


def keep(session: Session, draft: DraftRow) -> None:
    """Writes a draft over what was kept of it before."""
    session.merge(draft)
    session.flush()


def newest_first(session: Session) -> list[DraftRow]:
    """All drafts."""
    return list(session.exec(select(DraftRow).order_by(col(DraftRow.kept_at).desc())))


def by_id(session: Session, draft: str) -> DraftRow | None:
    """One draft."""
    return session.get(DraftRow, draft)


def drop(session: Session, draft: str) -> None:
    """Forgets a draft; one that is not there is forgotten already."""
    session.exec(delete(DraftRow).where(col(DraftRow.id) == draft))


def drop_of(session: Session, worker: str) -> None:
    """Forgets every correction of this worker that was begun."""
    session.exec(delete(DraftRow).where(col(DraftRow.worker) == worker))
