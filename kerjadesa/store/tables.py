"""The tables of a device's database. What entries add up to; the journal alone is the truth."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.domain.worker import WorkerFacts


def _added(value: Any, in_sql: str, **settings: Any) -> Any:
    """A column that joined its table later: SQLite wants a default for the rows already there."""
    return Field(default=value, sa_column_kwargs={"server_default": text(in_sql)}, **settings)


class SettingRow(SQLModel, table=True):
    """What this installation knows of itself: its keys, its nagari, its hub."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)


class EntryRow(SQLModel, table=True):
    """One entry of the journal, of this device or of another."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("entry_by_subject", "subject"),
        # Whom a stretch of a chain is about, without its bodies: the states of sending are asked
        # at every look at the list.
        Index("entry_by_place", "device", "seq", "subject"),
    )

    device: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    hlc: str
    operator: str
    verb: str
    subject: str
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    body_digest: bytes = Field(sa_type=LargeBinary)
    prev: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


# What lists filter by, in every index they walk: no row is decrypted only to be left out.
_FILTERED = ("sex", "occupation", "programme", "ended", "cards_printed", "id")


class WorkerRow(WorkerFacts, table=True):
    """One worker as the entries about it fold up."""

    __tablename__ = "worker"
    __table_args__ = (
        Index("worker_by_name", "name_key", "number", "jorong", "birth_date", *_FILTERED),
        Index("worker_by_nik", "nik"),
        Index("worker_by_kk", "kk"),
        Index("worker_by_jorong", "jorong", "name_key", "number", "birth_date", *_FILTERED),
        Index("worker_by_birth", "birth_date", "name_key", "number", "jorong", *_FILTERED),
        Index("worker_with_photo", "number", sqlite_where=text("photo <> ''")),
        # The few that wait for somebody: counting them must not read and decrypt everybody.
        Index("worker_refused", "id", sqlite_where=text("decision = 'refused'")),
        Index("worker_undecided", "id", sqlite_where=text("conflicts <> ''")),
        Index("worker_merged", "number", sqlite_where=text("ended = 'merged'")),
        # Only for counting, hence not as the list asks for them: it goes by its own order.
        Index("worker_ended", "ended", sqlite_where=text("ended > ''")),
        Index("worker_by_card", "card_number"),
        Index("worker_handed_over", "id", sqlite_where=text("handover <> ''")),
    )

    number: int | None = Field(default=None, primary_key=True)
    """Row number, also that of the search index; means nothing outside this file."""
    id: str = Field(unique=True)
    name_key: str
    """The name as lists sort it."""
    card_number: str
    registered_hlc: str
    ended: str = ""
    decision: str = ""
    """`accepted` or `refused`, by the district; empty while it has said nothing."""
    decision_reason: str = ""
    conflicts: str = ""
    """Facts that wait for a person's decision, parted by a blank."""
    cards_printed: int = 0
    card_issue: int = _added(0, "0")
    """Issue of the card that counts, 0 while none is printed."""
    handover: str = _added("", "''")
    """`handed` or `absent`; empty while the card that counts waits for its owner."""
    handover_hlc: str = _added("", "''")
    handover_facts: dict[str, Any] = _added({}, "'{}'", sa_type=JSON)
    """What `domain.handover` keeps of it, with the entry's id and how often it was handed over."""


# As SQL text and no bound value, or SQLite could not know that the small index answers.
IS_REFUSED = text("worker.decision = 'refused'")
IS_UNDECIDED = text("worker.conflicts <> ''")
IS_MERGED = text("worker.ended = 'merged'")


class LinkRow(SQLModel, table=True):
    """What stands between a worker and another; see `domain.link`. Both have such a row."""

    __tablename__ = "worker_link"

    worker: str = Field(primary_key=True)
    other: str = Field(primary_key=True)
    outcome: str
    kept: str


class FormerNikRow(SQLModel, table=True):
    """A NIK that entries about a worker have stated and that its row does not show."""

    __tablename__ = "former_nik"
    __table_args__ = (Index("former_nik_by_nik", "nik"),)

    worker: str = Field(primary_key=True)
    nik: str = Field(primary_key=True)


class TwinRow(SQLModel, table=True):
    """Two records that may be one person, by their row numbers, the smaller one first."""

    __tablename__ = "likely_twin"
    __table_args__ = (Index("likely_twin_by_second", "second"),)

    first: int = Field(primary_key=True)
    second: int = Field(primary_key=True)
    score: int


HAS_HANDOVER = text("worker.handover <> ''")


class BatchRow(SQLModel, table=True):
    """One sealed batch: this device's own with its bytes, of others only that it was applied."""

    __tablename__ = "batch"

    sender: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    id: str
    first: int = 0
    last: int = 0
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime
    delivered_at: datetime | None = None
    """When it was written to a stick or posted; a receipt is another matter."""


class ReceiptRow(SQLModel, table=True):
    """The hub's signed word that it holds a batch."""

    __tablename__ = "receipt"

    batch: str = Field(primary_key=True)
    device: str
    number: int
    last: int
    hlc: str


class DeviceRow(DeviceFacts, table=True):
    """A device on the district's trust list."""

    __tablename__ = "device"

    device: str = Field(primary_key=True)
    revoked: bool = False


class ProgrammeRow(ProgrammeFacts, table=True):
    """A programme workers are registered for."""

    __tablename__ = "programme"

    code: str = Field(primary_key=True)
    hlc: str
    """When the displayed declaration was made; see `domain.declared`."""


class CeremonyRow(SQLModel, table=True):
    """A hand-over ceremony as its plan stands; see `domain.declared`."""

    __tablename__ = "ceremony"

    id: str = Field(primary_key=True)
    facts: dict[str, Any] = Field(sa_type=JSON)
    """`domain.ceremony.CeremonyFacts`."""
    hlc: str


class ReplacedCardRow(SQLModel, table=True):
    """A card of which, by the district's word, only this issue or a later one counts."""

    __tablename__ = "replaced_card"

    number: str = Field(primary_key=True)
    issue: int


class PhotoRow(SQLModel, table=True):
    """A photo as it is printed and sent: JPEG, 354 × 472, at most 20 KB."""

    __tablename__ = "photo"

    sha256: str = Field(primary_key=True)
    jpeg: bytes = Field(sa_type=LargeBinary)


class DraftRow(SQLModel, table=True):
    """A form that somebody has begun to fill in. It is in no journal and is sent nowhere."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True)
    worker: str
    """Whom it corrects; empty for a new worker."""
    facts: dict[str, Any] = Field(sa_type=JSON)
    photo: bytes | None = Field(default=None, sa_type=LargeBinary)
    photo_removed: bool
    kept_at: datetime


class ListReviewRow(SQLModel, table=True):
    """What somebody has mended and ticked in a list that is not wholly written yet."""

    __tablename__ = "list_review"

    id: str = Field(primary_key=True)
    """SHA-256 (hex) of the file: a file that has changed since has other rows."""
    facts: dict[str, Any] = Field(sa_type=JSON)
    kept_on: date


class SeenResidentRow(SQLModel, table=True):
    """Somebody whom a village's list names, kept so that a family need not be typed.

    Not only workers, so it is in no journal, is sent nowhere, and goes after a while.
    """

    __tablename__ = "seen_resident"
    __table_args__ = (
        Index("seen_resident_by_kk", "kk"),
        Index("seen_resident_by_day", "seen_on"),
    )

    number: int | None = Field(default=None, primary_key=True)
    shape: str
    """Of the list, `intake.table.Table.shape`."""
    seen_on: date
    kk: str
    nik: str
    facts: dict[str, Any] = Field(sa_type=JSON)
