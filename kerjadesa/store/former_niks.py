"""NIKs that workers had before they were corrected: an old list names them once more."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import insert, text
from sqlmodel import Session, col, select

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.entry import Entry
from kerjadesa.store.tables import FormerNikRow


def refresh(session: Session, subjects: Mapping[str, tuple[str, Sequence[Entry]] | None]) -> None:
    """Makes the former NIKs of these workers what their entries say; none of who has no row.

    Each comes with the NIK that its row shows and with all entries about it.
    """
    found = {
        (subject, nik)
        for subject, known in subjects.items()
        # A single entry has corrected nothing, and most workers have no other.
        if known is not None and len(known[1]) > 1
        for nik in _stated(known[1]) - {known[0]}
    }
    of_these = text("DELETE FROM former_nik WHERE worker IN (SELECT value FROM json_each(:these))")
    session.execute(of_these, {"these": json.dumps(list(subjects))})
    if found:
        rows = [{"worker": subject, "nik": nik} for subject, nik in sorted(found)]
        session.execute(insert(FormerNikRow), rows)


def among(session: Session, niks: Sequence[str]) -> set[str]:
    """Those of the NIKs that were a worker's."""
    statement = select(FormerNikRow.nik).where(col(FormerNikRow.nik).in_(niks))
    return set(session.exec(statement))


def holder(session: Session, nik: str) -> str:
    """The id of a worker who had this NIK; empty where nobody did."""
    statement = select(FormerNikRow.worker).where(FormerNikRow.nik == nik)
    return session.exec(statement.order_by(col(FormerNikRow.worker))).first() or ""


def _stated(entries: Sequence[Entry]) -> set[str]:
    stating = [
        entry
        for entry in entries
        if entry.verb in {verbs.REGISTERED, verbs.CORRECTED} and b'"nik"' in (entry.body or b"")
    ]
    found = set[str]()
    # One alone states what the row shows.
    for entry in stating if len(stating) > 1 else ():
        try:
            body = entry.values()
            said = body if entry.verb == verbs.REGISTERED else body["set"]
            nik = said["nik"]
        except (ValueError, KeyError, TypeError, RecursionError):
            # The heirs' NIKs stand there too, and a stranger's nonsense is nobody's NIK.
            continue
        if isinstance(nik, str) and len(nik) == 16 and nik.isascii() and nik.isdigit():
            found.add(nik)
    return found
