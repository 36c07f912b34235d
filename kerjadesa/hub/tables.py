"""The hub's tables. The entries are the truth; `hub_worker` is what they add up to.

Times are ISO 8601 text in UTC: the same on SQLite and PostgreSQL, and sorted as text.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.worker import WorkerFacts


class HubTable(SQLModel, registry=registry()):
    """Tables of the hub's database, kept apart from those of a device's own."""


class HubSetting(HubTable, table=True):
    """What the database knows of its hub: whose it is, and under which address it is reached."""

    __tablename__ = "hub_setting"

    name: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)


class HubInvitation(HubTable, table=True):
    """One invitation; only the SHA-256 of its one-time code is kept."""

    __tablename__ = "hub_invitation"

    code_hash: str = Field(primary_key=True)
    nagari: str
    created_at: str
    expires_at: str
    used_by: str = ""


class HubDevice(DeviceFacts, HubTable, table=True):
    """A device the hub has certified."""

    __tablename__ = "hub_device"
    __table_args__ = (UniqueConstraint("nagari", "code"),)

    device: str = Field(primary_key=True)
    code: str
    """`domain.card_number.device_code`: card numbers are told apart by it within a nagari."""
    certified_at: str
    revoked_at: str = ""
    brought_by: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The device whose request brought this one along: it holds this one's keys as well."""


class HubEntry(HubTable, table=True):
    """One entry of any chain: the devices' and the hub's own."""

    __tablename__ = "hub_entry"
    __table_args__ = (Index("hub_entry_by_subject", "subject"),)

    device: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    scope: str
    """The nagari whose chain it is, or `public`: what a nagari's devices say counts there only."""
    hlc: str
    operator: str
    verb: str
    subject: str
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    body_digest: bytes = Field(sa_type=LargeBinary)
    prev: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class HubBatch(HubTable, table=True):
    """One batch, a device's as it arrived or one of the hub's own chains; sealed for the hub."""

    __tablename__ = "hub_batch"
    __table_args__ = (Index("hub_batch_by_scope", "scope", "sender", "number"),)

    sender: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    id: str
    scope: str
    last: int = Field(sa_type=BigInteger)
    """Seq of the last entry of the sender's chain that is in this batch or an earlier one."""
    size: int
    sealed: bytes = Field(sa_type=LargeBinary)
    at: str
    """When it was received, or cut."""


class HubWorker(WorkerFacts, HubTable, table=True):
    """One worker as the entries of one nagari fold up."""

    __tablename__ = "hub_worker"
    __table_args__ = (Index("hub_worker_by_nik", "nik"),)

    scope: str = Field(primary_key=True)
    """The nagari whose devices registered the worker; the fact `nagari` is what they wrote."""
    subject: str = Field(primary_key=True)
    device: str
    """The device whose registration displays."""
    ended: str = ""
    refused: str = ""
    """The reason of the hub's standing refusal."""
    conflicts: str = ""
    """Facts that wait for a person's decision, parted by a blank."""
    linked: bool = False
    """Whether somebody has answered a "same person?" about it."""


class HubAlarm(HubTable, table=True):
    """Something that needs a person at the district: a chain that says two different things."""

    __tablename__ = "hub_alarm"

    device: str = Field(primary_key=True)
    batch: str = Field(primary_key=True)
    """Id of the batch that was refused."""
    kind: str
    """`fork`: from entry `seq` on it says something else. `replay`: another batch, same number."""
    seq: int = Field(sa_type=BigInteger)
    at: str
