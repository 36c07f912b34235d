"""Programmes and plans by the words that replace one another. Frozen but for the rule itself.

The tables stay as they are. A register that heard a newer program's correction before it was
brought up to date still shows what that correction replaced. The rule is the domain's own: today's
and tomorrow's word on one journal have to agree.
"""

import json

from sqlalchemy import Connection

from kerjadesa.domain.declared import plan_of, programme_of
from kerjadesa.domain.entry import Entry

_ENTRIES = (
    "SELECT device, seq, hlc, operator, verb, subject, body, salt, body_digest, prev, hash "
    "FROM entry WHERE verb = ?"
)
_PROGRAMME = (
    "INSERT OR REPLACE INTO programme (code, name, payer, valid_from, valid_until, hlc) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_CEREMONY = "INSERT OR REPLACE INTO ceremony (id, facts, hlc) VALUES (?, ?, ?)"


def up(connection: Connection) -> None:
    """Adds up every programme and every plan anew."""
    for code, entries in _about(connection, "programme.declared").items():
        if said := programme_of(entries):
            facts = said.facts
            days = (facts.valid_from.isoformat(), facts.valid_until.isoformat())
            row = (code, facts.name, facts.payer, *days, said.hlc)
            connection.exec_driver_sql(_PROGRAMME, row)
    for ceremony, entries in _about(connection, "ceremony.planned").items():
        if plan := plan_of(entries):
            told = json.dumps(plan.facts.model_dump(mode="json"))
            connection.exec_driver_sql(_CEREMONY, (ceremony, told, plan.hlc))


def _about(connection: Connection, verb: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for row in connection.exec_driver_sql(_ENTRIES, (verb,)).all():
        entry = Entry(*row)
        found.setdefault(entry.subject, []).append(entry)
    return found
