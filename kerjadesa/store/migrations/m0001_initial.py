"""The first schema. Frozen: what a released program has written stays readable for good."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE batch (
        sender VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        sealed BLOB,
        created_at DATETIME NOT NULL,
        delivered_at DATETIME,
        PRIMARY KEY (sender, number)
    )
    """,
    """
    CREATE TABLE device (
        device VARCHAR NOT NULL,
        nagari VARCHAR(13) NOT NULL,
        signing_key VARCHAR(80) NOT NULL,
        age_recipient VARCHAR(80) NOT NULL,
        label VARCHAR(60) NOT NULL,
        revoked BOOLEAN NOT NULL,
        PRIMARY KEY (device)
    )
    """,
    """
    CREATE TABLE entry (
        device VARCHAR NOT NULL,
        seq INTEGER NOT NULL,
        hlc VARCHAR NOT NULL,
        operator VARCHAR NOT NULL,
        verb VARCHAR NOT NULL,
        subject VARCHAR NOT NULL,
        body BLOB,
        salt BLOB,
        body_digest BLOB NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (device, seq)
    )
    """,
    "CREATE INDEX entry_by_place ON entry (device, seq, subject)",
    "CREATE INDEX entry_by_subject ON entry (subject)",
    """
    CREATE TABLE photo (
        sha256 VARCHAR NOT NULL,
        jpeg BLOB NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE programme (
        code VARCHAR NOT NULL,
        name VARCHAR(80) NOT NULL,
        payer VARCHAR(80) NOT NULL,
        valid_from DATE NOT NULL,
        valid_until DATE NOT NULL,
        hlc VARCHAR NOT NULL,
        PRIMARY KEY (code)
    )
    """,
    """
    CREATE TABLE receipt (
        batch VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        last INTEGER NOT NULL,
        hlc VARCHAR NOT NULL,
        PRIMARY KEY (batch)
    )
    """,
    """
    CREATE TABLE setting (
        name VARCHAR NOT NULL,
        value JSON NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE worker (
        nik VARCHAR(16) NOT NULL,
        kk VARCHAR(16) NOT NULL,
        name VARCHAR(100) NOT NULL,
        sex VARCHAR NOT NULL,
        birth_place VARCHAR(60) NOT NULL,
        birth_date DATE NOT NULL,
        mother_name VARCHAR(100) NOT NULL,
        marital_status INTEGER,
        nagari VARCHAR(13) NOT NULL,
        jorong VARCHAR(60) NOT NULL,
        address VARCHAR(200) NOT NULL,
        rt VARCHAR(5) NOT NULL,
        rw VARCHAR(5) NOT NULL,
        phone VARCHAR(20) NOT NULL,
        occupation INTEGER,
        occupation_text VARCHAR(80) NOT NULL,
        income_base INTEGER,
        poverty_source VARCHAR(20) NOT NULL,
        poverty_decile INTEGER,
        poverty_date DATE,
        heirs JSON NOT NULL,
        consent_date DATE,
        consent_manner VARCHAR NOT NULL,
        programme VARCHAR(24) NOT NULL,
        registered_on DATE,
        notes VARCHAR(1000) NOT NULL,
        photo VARCHAR(64) NOT NULL,
        number INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        card_number VARCHAR NOT NULL,
        registered_hlc VARCHAR NOT NULL,
        ended VARCHAR NOT NULL,
        decision VARCHAR NOT NULL,
        decision_reason VARCHAR NOT NULL,
        conflicts VARCHAR NOT NULL,
        cards_printed INTEGER NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX worker_by_jorong ON worker (jorong, name_key, number)",
    "CREATE INDEX worker_by_kk ON worker (kk)",
    "CREATE INDEX worker_by_name ON worker (name_key, number)",
    "CREATE INDEX worker_by_nik ON worker (nik)",
    "CREATE INDEX worker_refused ON worker (id) WHERE decision = 'refused'",
    "CREATE INDEX worker_undecided ON worker (id) WHERE conflicts <> ''",
    # Trigrams find any three characters inside a name or a number; contentless, because the
    # worker table holds the text already.
    """
    CREATE VIRTUAL TABLE worker_search USING fts5(
        name, nik, kk, jorong,
        tokenize = 'trigram remove_diacritics 1', content = '', contentless_delete = 1
    )
    """,
)


def up(connection: Connection) -> None:
    """Creates every table of a device's database."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
