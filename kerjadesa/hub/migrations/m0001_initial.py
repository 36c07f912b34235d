"""The first schema. Frozen: table definitions of its own, spelled out, never the live models."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

_tables = MetaData()


def _text(name: str, length: int | None = None, key: bool = False) -> Column[str]:
    return Column(name, String(length), primary_key=key, nullable=False)


def _number(name: str, key: bool = False) -> Column[int]:
    # SQLite numbers the rows of an INTEGER key by itself unless told not to.
    return Column(name, BigInteger, primary_key=key, nullable=False, autoincrement=False)


def _blob(name: str, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=nullable)


Table(
    "hub_setting",
    _tables,
    _text("name", key=True),
    Column("value", JSON, nullable=False),
)

Table(
    "hub_invitation",
    _tables,
    _text("code_hash", key=True),
    _text("nagari"),
    _text("created_at"),
    _text("expires_at"),
    _text("used_by"),
)

Table(
    "hub_device",
    _tables,
    _text("device", key=True),
    _text("nagari", 13),
    _text("signing_key", 80),
    _text("age_recipient", 80),
    _text("label", 60),
    _text("code"),
    _text("certified_at"),
    _text("revoked_at"),
    UniqueConstraint("nagari", "code"),
)

Table(
    "hub_entry",
    _tables,
    _text("device", key=True),
    _number("seq", key=True),
    _text("scope"),
    _text("hlc"),
    _text("operator"),
    _text("verb"),
    _text("subject"),
    _blob("body", nullable=True),
    _blob("salt", nullable=True),
    _blob("body_digest"),
    _blob("prev"),
    _blob("hash"),
    Index("hub_entry_by_subject", "subject"),
)

Table(
    "hub_batch",
    _tables,
    _text("sender", key=True),
    _number("number", key=True),
    _text("id"),
    _text("scope"),
    _number("last"),
    Column("size", Integer, nullable=False),
    _blob("sealed"),
    _text("at"),
    Index("hub_batch_by_scope", "scope", "sender", "number"),
)

Table(
    "hub_worker",
    _tables,
    _text("nik", 16),
    _text("kk", 16),
    _text("name", 100),
    _text("sex"),
    _text("birth_place", 60),
    Column("birth_date", Date, nullable=False),
    _text("mother_name", 100),
    Column("marital_status", Integer),
    _text("nagari", 13),
    _text("jorong", 60),
    _text("address", 200),
    _text("rt", 5),
    _text("rw", 5),
    _text("phone", 20),
    Column("occupation", Integer),
    _text("occupation_text", 80),
    Column("income_base", Integer),
    _text("poverty_source", 20),
    Column("poverty_decile", Integer),
    Column("poverty_date", Date),
    Column("heirs", JSON, nullable=False),
    Column("consent_date", Date),
    _text("consent_manner"),
    _text("programme", 24),
    Column("registered_on", Date),
    _text("notes", 1000),
    _text("photo", 64),
    _text("scope", key=True),
    _text("subject", key=True),
    _text("device"),
    _text("ended"),
    _text("refused"),
    _text("conflicts"),
    Column("linked", Boolean, nullable=False),
    Index("hub_worker_by_nik", "nik"),
)

Table(
    "hub_alarm",
    _tables,
    _text("device", key=True),
    _text("batch", key=True),
    _text("kind"),
    _number("seq"),
    _text("at"),
)


def up(connection: Connection) -> None:
    """Creates every table of a hub's database."""
    _tables.create_all(connection, checkfirst=False)
