"""The worker table: what the entries fold up to, and the questions asked of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from pydantic import ValidationError
from sqlalchemy import Table, bindparam, delete, insert, text, update
from sqlmodel import Session, col, func, select

from kerjadesa.domain import fold as folding
from kerjadesa.domain.card_number import card_number
from kerjadesa.domain.collation import fold_case
from kerjadesa.domain.ending import MERGED
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import WorkerState
from kerjadesa.domain.region import nagari_code
from kerjadesa.domain.worker import FACT_NAMES, WorkerFacts, from_body
from kerjadesa.store import former_niks, twins
from kerjadesa.store.tables import HAS_HANDOVER, IS_MERGED, IS_UNDECIDED, WorkerRow

_CHUNK = 500
SEARCHED = ("name", "nik", "kk", "jorong")
"""The facts one finds a worker by."""

# The plain table: the session's own way of inserting looks at every row twice.
_TABLE: Table = WorkerRow.__table__  # type: ignore[attr-defined]


class ListedRow(NamedTuple):
    """What a list shows of a worker; half of the columns, read several times as fast."""

    number: int
    id: str
    name: str
    name_key: str
    nik: str
    kk: str
    sex: str
    birth_date: date
    jorong: str
    occupation: int | None
    occupation_text: str
    programme: str
    photo: str
    registered_on: date | None
    card_number: str
    ended: str
    decision: str
    decision_reason: str
    conflicts: str
    cards_printed: int


# Whoever waits for a person, as numbers out of indexes: nobody else's row is read and decrypted.
_WAITING = (
    "SELECT number FROM worker WHERE conflicts <> '' "
    "UNION ALL SELECT number FROM worker WHERE decision = 'refused' "
    "UNION ALL SELECT first FROM likely_twin UNION ALL SELECT second FROM likely_twin"
)
TO_DECIDE = text(f"worker.number IN ({_WAITING})")

LISTED_COLUMNS = [_TABLE.c[name] for name in ListedRow._fields]


Known = Literal["enrolled", "ended", "merged", "former"]
"""How the register knows a NIK: as that of somebody enrolled, of somebody whose enrolment has
ended, of a record merged into another, or as one that has been corrected since."""
_RANKS: tuple[Known, ...] = get_args(Known)


class Workers:
    """The register within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def refold(self, entries: Mapping[str, Sequence[Entry]], hub: str) -> set[str]:
        """Makes the rows of these subjects what all their entries add up to.

        `entries` holds, per subject, every entry there is about it. Returns others whose rows
        have to be looked at again: the record they go into has come, or gone, just now.
        """
        subjects, moved = list(entries), set[str]()
        for start in range(0, len(subjects), _CHUNK):
            chunk = subjects[start : start + _CHUNK]
            states = {subject: folding.fold(entries[subject], hub) for subject in chunk}
            into = {state.merged_into for state in states.values() if state is not None} - {""}
            known = self._known(into)
            rows = {
                subject: row
                for subject, state in states.items()
                if state is not None
                and (row := _row(state.among(known), entries[subject])) is not None
            }
            before = self._known(chunk)
            numbers = self._write(chunk, rows)
            moved |= before ^ rows.keys()
            links = {
                subject: state.links
                for subject, state in states.items()
                if state is not None and subject in rows
            }
            twins.refresh(self._session, numbers, links)
            former_niks.refresh(
                self._session,
                {
                    subject: (str(rows[subject]["nik"]), entries[subject])
                    if subject in rows
                    else None
                    for subject in chunk
                },
            )
        return self._going_into(moved)

    def by_id(self, subject: str) -> WorkerRow | None:
        """The worker with this id."""
        return self._session.exec(select(WorkerRow).where(WorkerRow.id == subject)).first()

    def by_nik(self, nik: str) -> WorkerRow | None:
        """The first worker registered with this NIK; one merged into another if need be."""
        ended, number = col(WorkerRow.ended), col(WorkerRow.number)
        return self._session.exec(
            select(WorkerRow).where(WorkerRow.nik == nik).order_by(ended == MERGED, number)
        ).first()

    def by_card_number(self, card_number: str) -> WorkerRow | None:
        """The worker whose card has this number."""
        return self._session.exec(
            select(WorkerRow)
            .where(WorkerRow.card_number == card_number)
            .order_by(col(WorkerRow.number))
        ).first()

    def by_ids(self, subjects: Sequence[str]) -> list[WorkerRow]:
        """Those of these workers who are known here, in any order."""
        found: list[WorkerRow] = []
        for start in range(0, len(subjects), _CHUNK):
            chunk = subjects[start : start + _CHUNK]
            found += self._session.exec(select(WorkerRow).where(col(WorkerRow.id).in_(chunk)))
        return found

    def served_at(self, ceremony: str) -> list[WorkerRow]:
        """Everybody of whom a hand-over at this ceremony is known, by name."""
        statement = select(WorkerRow).where(
            HAS_HANDOVER, text("json_extract(handover_facts, '$.ceremony') = :ceremony")
        )
        return list(
            self._session.exec(
                statement.order_by(col(WorkerRow.name_key)).params(ceremony=ceremony)
            )
        )

    def of_family(self, kk: str) -> list[WorkerRow]:
        """Everybody registered with this family card, the first registered first."""
        statement = select(WorkerRow).where(WorkerRow.kk == kk, WorkerRow.ended != MERGED)
        return list(self._session.exec(statement.order_by(col(WorkerRow.number))))

    def known_niks(self, niks: Iterable[str]) -> dict[str, Known]:
        """Those of the NIKs that are registered, or were a worker's before a correction."""
        wanted = list(niks)
        found: dict[str, Known] = {}
        # Out of the indexes alone: no row of a worker is read and decrypted.
        over = self._session.execute(text("SELECT number, ended FROM worker WHERE ended > ''"))
        ended = {int(number): str(why) for number, why in over}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            for nik in former_niks.among(self._session, chunk):
                found[nik] = "former"
            held = select(WorkerRow.nik, WorkerRow.number).where(col(WorkerRow.nik).in_(chunk))
            for nik, number in self._session.exec(held):
                how: Known = _known_as(ended.get(number or 0, ""))
                # Of several with one NIK whoever is enrolled counts, then whoever was.
                found[nik] = min(found.get(nik, how), how, key=_RANKS.index)
        return found

    def in_print_order(self) -> list[WorkerRow]:
        """All workers as the paper list has them: by jorong, then name."""
        return list(
            self._session.exec(
                select(WorkerRow).order_by(
                    col(WorkerRow.jorong), col(WorkerRow.name_key), col(WorkerRow.number)
                )
            )
        )

    def jorong(self) -> list[str]:
        """Every jorong somebody lives in, in order."""
        # One seek for each in the index; DISTINCT would read every worker's key.
        found: list[str] = []
        following = select(func.min(WorkerRow.jorong)).where(WorkerRow.jorong > "")
        while (jorong := self._session.exec(following).one()) is not None:
            found.append(jorong)
            following = select(func.min(WorkerRow.jorong)).where(WorkerRow.jorong > jorong)
        return found

    def occupations(self) -> list[int]:
        """Every KTP code of an occupation that somebody has."""
        statement = select(WorkerRow.occupation).where(col(WorkerRow.occupation).is_not(None))
        return [code for code in self._session.exec(statement.distinct()) if code is not None]

    def count(self) -> int:
        """How many workers are registered here, a person with two merged records once."""
        # Two questions, each answered by an index: one would have to look at every worker.
        everybody = self._session.exec(select(func.count()).select_from(WorkerRow)).one()
        return everybody - self.merged_count()

    def merged_count(self) -> int:
        """How many records have gone into another of the same person."""
        statement = select(func.count()).select_from(WorkerRow).where(IS_MERGED)
        return self._session.exec(statement).one()

    def ended_count(self) -> int:
        """How many workers have ended, without records that have gone into another."""
        everybody = self._session.execute(text("SELECT count(*) FROM worker WHERE ended > ''"))
        return int(everybody.scalar_one()) - self.merged_count()

    def undecided_count(self) -> int:
        """How many workers have such a fact."""
        statement = select(func.count()).select_from(WorkerRow).where(IS_UNDECIDED)
        return self._session.exec(statement).one()

    def to_decide_count(self) -> int:
        """How many workers wait for a person, for whatever reason."""
        # Out of the indexes alone: no row of a worker is read and decrypted only to be counted.
        counted = text(f"SELECT count(DISTINCT number) FROM ({_WAITING})")  # noqa: S608
        return int(self._session.execute(counted).scalar_one())

    def _known(self, subjects: Iterable[str]) -> set[str]:
        """Those of these subjects who have a row."""
        wanted = col(WorkerRow.id).in_(list(subjects))
        return set(self._session.exec(select(WorkerRow.id).where(wanted)))

    def _going_into(self, subjects: set[str]) -> set[str]:
        """The workers merged into one of these."""
        wanted = json.dumps(sorted(subjects))
        links = text(
            "SELECT DISTINCT worker FROM worker_link WHERE outcome = 'same' AND kept <> worker "
            "AND other IN (SELECT value FROM json_each(:wanted))"
        )
        return set(self._session.execute(links, {"wanted": wanted}).scalars())

    def _write(self, subjects: Sequence[str], rows: Mapping[str, dict[str, Any]]) -> dict[str, int]:
        """Writes these rows, and returns all numbers: of the rows written and of those gone."""
        numbers = select(WorkerRow.id, WorkerRow.number).where(col(WorkerRow.id).in_(subjects))
        held = dict(self._session.exec(numbers).all())
        gone = [number for subject, number in held.items() if subject not in rows]
        if gone:
            self._session.execute(delete(WorkerRow).where(col(WorkerRow.number).in_(gone)))
        next_number = (self._session.exec(select(func.max(WorkerRow.number))).one() or 0) + 1
        fresh: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for subject, row in rows.items():
            if subject in held:
                changed.append({**row, "number": held[subject]})
            else:
                fresh.append({**row, "number": next_number + len(fresh)})
        if fresh:
            self._session.connection().execute(insert(_TABLE), fresh)
        if changed:
            statement = (
                update(_TABLE)
                .where(_TABLE.c.number == bindparam("_number"))
                .values({name: bindparam(name) for name in changed[0] if name != "number"})
            )
            self._session.connection().execute(
                statement, [{**row, "_number": row["number"]} for row in changed]
            )
        self._index([*held.values()], [*fresh, *changed])
        # Rows that were read before show what was; whoever asks again gets them anew.
        for seen in list(self._session.identity_map.values()):
            if isinstance(seen, WorkerRow):
                self._session.expunge(seen)
        return {**held, **{row["id"]: row["number"] for row in fresh}}

    def _index(self, stale: list[Any], rows: list[dict[str, Any]]) -> None:
        connection = self._session.connection()
        if stale:
            connection.execute(
                text("DELETE FROM worker_search WHERE rowid = :number"),
                [{"number": number} for number in stale],
            )
        if rows:
            connection.execute(
                text(
                    f"INSERT INTO worker_search (rowid, {', '.join(SEARCHED)}) "  # noqa: S608
                    f"VALUES (:number, {', '.join(f':{name}' for name in SEARCHED)})"
                ),
                [{name: row[name] for name in ("number", *SEARCHED)} for row in rows],
            )


def _known_as(ended: str) -> Known:
    if not ended:
        return "enrolled"
    return "merged" if ended == MERGED else "ended"


def facts_of(row: WorkerRow) -> WorkerFacts:
    """The facts in a row."""
    return WorkerFacts.model_validate({name: getattr(row, name) for name in FACT_NAMES})


def sort_key(name: str) -> str:
    """How lists order names: case and accents aside."""
    return fold_case(name)


def _row(state: WorkerState, entries: Sequence[Entry]) -> dict[str, Any] | None:
    """The columns of a worker's row; None once erased, for then there is nobody to list."""
    body = state.body()
    if state.erased or not body:
        return None
    try:
        facts = from_body(body)
    except ValidationError:
        # Another program's nonsense must not stop the merge of everybody else; the entries stay
        # in the journal and `kerjadesa check` counts them.
        return None
    device, _, seq = state.registered_by.rpartition(":")
    # A record that has gone into another waits for nobody.
    decision = (not state.merged_into and state.value(folding.DECISION)) or ["", ""]
    registration = next(e for e in entries if e.id == state.registered_by)
    # The nagari of the day of registration: a number that is printed on a card stays, whatever is
    # corrected later.
    first = body if len(entries) == 1 else registration.values()
    nagari = nagari_code(str(first.get("nagari"))) or facts.nagari
    return {
        **facts.model_dump(),
        "heirs": [heir.model_dump() for heir in facts.heirs],
        "id": state.subject,
        "name_key": sort_key(facts.name),
        "card_number": card_number(nagari, device, int(seq)),
        "registered_hlc": registration.hlc,
        "ended": state.ending,
        "decision": decision[0],
        "decision_reason": decision[1],
        "conflicts": "" if state.merged_into else " ".join(state.conflicts),
        "cards_printed": len(state.cards),
        "card_issue": state.card_issue,
        **_handover(state),
    }


def _handover(state: WorkerState) -> dict[str, Any]:
    handover = state.handover
    if handover is None:
        return {"handover": "", "handover_hlc": "", "handover_facts": {}}
    said, entry, hlc, times = handover
    facts = {**said.model_dump(), "entry": entry, "times": times}
    return {"handover": said.state, "handover_hlc": hlc, "handover_facts": facts}
