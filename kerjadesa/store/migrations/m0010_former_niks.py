"""The NIKs workers had before they were corrected, told from the journal. Frozen."""

from sqlalchemy import Connection

_TABLE = """
CREATE TABLE former_nik (
    worker VARCHAR NOT NULL,
    nik VARCHAR NOT NULL,
    PRIMARY KEY (worker, nik)
)
"""
# Nonsense in a body is nobody's NIK: what is no JSON is not looked into.
_SAID = """
INSERT OR IGNORE INTO former_nik (worker, nik)
SELECT worker.id, said.nik
FROM (
    SELECT subject, CASE WHEN json_valid(CAST(body AS TEXT)) THEN json_extract(
        CAST(body AS TEXT),
        CASE verb WHEN 'worker.registered' THEN '$.nik' ELSE '$.set.nik' END
    ) END AS nik
    FROM entry
    WHERE verb IN ('worker.registered', 'worker.corrected')
) AS said
JOIN worker ON worker.id = said.subject
WHERE typeof(said.nik) = 'text' AND length(said.nik) = 16
AND said.nik NOT GLOB '*[^0-9]*' AND said.nik <> worker.nik
"""


def up(connection: Connection) -> None:
    """Adds the table and fills it."""
    connection.exec_driver_sql(_TABLE)
    connection.exec_driver_sql("CREATE INDEX former_nik_by_nik ON former_nik (nik)")
    connection.exec_driver_sql(_SAID)
