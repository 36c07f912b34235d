"""What the hub thinks of each worker it hears of: the folded row, and a refusal where it must be.

The hub writes nothing for a worker it has no objection to: a receipt without a refusal means
accepted. A refusal whose cause is gone (a NIK corrected, the other nagari's worker ended) is lifted
by `worker.accepted` when the worker is touched again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from kerjadesa.domain import entry as verbs
from kerjadesa.domain.chain import Item
from kerjadesa.domain.ending import MERGED
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.fold import DECISION, ENDING, WorkerState, fold
from kerjadesa.domain.nik import Nik, parse
from kerjadesa.domain.worker import from_body
from kerjadesa.hub.chains import CHUNK
from kerjadesa.hub.tables import HubWorker

_worker_table = HubWorker.metadata.tables["hub_worker"]
_LONGEST_REASON = 100


@dataclass(frozen=True)
class Judged:
    """What follows from the entries of a batch: decisions, and the state of whom they speak of."""

    decisions: list[Item]
    states: list[WorkerState]


@dataclass(frozen=True)
class _Worker:
    """One touched worker: its state, and its facts by name, None where they cannot be any."""

    state: WorkerState
    facts: dict[str, Any] | None


def fold_and_judge(
    session: Session, hub: str, scope: str, entries: Mapping[str, Sequence[Entry]]
) -> Judged:
    """Refolds these subjects from all their entries, and returns the decisions to write.

    `entries` holds per subject everything the chains of nagari `scope` say of it; a subject that
    nobody has registered yet waits. `hub` is the hub's device id.
    """
    workers: dict[str, _Worker] = {}
    for subject, said in entries.items():
        state = fold(said, hub)
        if state is not None:
            workers[subject] = _Worker(state, None if state.erased else _facts(state))
    known = _known(session, scope, workers)
    workers = {s: _Worker(worker.state.among(known), worker.facts) for s, worker in workers.items()}
    elsewhere = _registered_elsewhere(
        session, scope, [worker.facts["nik"] for worker in workers.values() if worker.facts]
    )
    items: list[Item] = []
    rows: list[dict[str, Any]] = []
    for subject, worker in workers.items():
        standing = _standing_refusal(worker.state)
        if worker.state.erased or _ended(worker.state):
            reason = standing
        else:
            reason = _objection(worker.facts, scope, elsewhere)
        if reason != standing:
            items.append(_decision(worker.state, subject, reason))
        if worker.facts is not None:
            rows.append(_row(worker.state, worker.facts, scope, subject, reason))
    _replace_rows(session, scope, list(workers), rows)
    return Judged(items, [worker.state for worker in workers.values()])


def _known(session: Session, scope: str, workers: Mapping[str, _Worker]) -> set[str]:
    """The records there are, of these and of those that these would go into."""
    into = sorted({worker.state.merged_into for worker in workers.values()} - {"", *workers})
    known = {subject for subject, worker in workers.items() if worker.facts is not None}
    for start in range(0, len(into), CHUNK):
        wanted = col(HubWorker.subject).in_(into[start : start + CHUNK])
        held = select(HubWorker.subject).where(HubWorker.scope == scope, wanted)
        known.update(session.exec(held))
    return known


def _facts(state: WorkerState) -> dict[str, Any] | None:
    try:
        facts = from_body(state.body()).model_dump()
    except ValidationError:
        return None
    texts = [value for value in facts.values() if isinstance(value, str)]
    texts += [text for heir in facts["heirs"] for text in heir.values()]
    # PostgreSQL keeps no NUL and neither database a lone surrogate; no keyboard writes them.
    together = "".join(texts)
    return facts if _clean(together) == together else None


def _objection(facts: dict[str, Any] | None, scope: str, elsewhere: frozenset[str]) -> str:
    """Why the hub refuses this worker, empty if it does not."""
    if facts is None:
        return "facts_invalid"
    nik = parse(facts["nik"])
    if not isinstance(nik, Nik):
        return nik.code
    if nik.text != facts["nik"]:
        return "nik_length"
    if facts["nagari"] != scope:
        return "nagari_mismatch"
    return "nik_elsewhere" if nik.text in elsewhere else ""


def _registered_elsewhere(session: Session, scope: str, niks: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(niks), CHUNK):
        found.update(
            session.exec(
                select(HubWorker.nik).where(
                    col(HubWorker.nik).in_(niks[start : start + CHUNK]),
                    HubWorker.scope != scope,
                    HubWorker.ended == "",
                    HubWorker.refused == "",
                )
            )
        )
    return frozenset(found)


def _standing_refusal(state: WorkerState) -> str:
    decision = state.value(DECISION)
    return str(decision[1]) if decision and decision[0] == "refused" else ""


def _decision(state: WorkerState, subject: str, reason: str) -> Item:
    replaces = state.replaces([DECISION])
    body: dict[str, Any] = {"replaces": replaces} if replaces else {}
    if reason:
        return (verbs.REFUSED, subject, {"reason": reason, **body})
    return (verbs.ACCEPTED, subject, body)


def _row(
    state: WorkerState, facts: dict[str, Any], scope: str, subject: str, refused: str
) -> dict[str, Any]:
    return {
        **facts,
        "scope": scope,
        "subject": subject,
        "device": state.registered_by.partition(":")[0],
        "ended": _ended(state),
        "refused": refused,
        "conflicts": " ".join(state.conflicts),
        "linked": any(link.outcome in {"same", "different"} for link in state.links),
    }


def _ended(state: WorkerState) -> str:
    if state.merged_into:
        return MERGED
    reason = state.value(ENDING)
    return "" if reason is None else _clean(str(reason))[:_LONGEST_REASON] or ENDING


def _replace_rows(
    session: Session, scope: str, subjects: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    for start in range(0, len(subjects), CHUNK):
        session.execute(
            delete(_worker_table).where(
                _worker_table.c.scope == scope,
                _worker_table.c.subject.in_(subjects[start : start + CHUNK]),
            )
        )
    if rows:
        session.execute(insert(_worker_table), list(rows))


def _clean(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\0", "")
