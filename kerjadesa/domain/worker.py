"""A worker's facts, defined once: form, import, table, journal and hub all take them from here."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, create_model, field_validator
from sqlmodel import JSON, Field, SQLModel, String
from sqlmodel._compat import SQLModelConfig

Sex = Literal["M", "F"]
ConsentManner = Literal["", "spoken", "signed"]

_EARLIEST_YEAR = 1900


def plausible(value: Any) -> Any:
    """The value, unless it is one that no form or import can have written; raises ValueError.

    `check.clean` leaves no outer blanks and nothing invisible in a text. A colleague's forged entry
    may hold anything, and would stop the printing of everybody's cards or write to a terminal.
    """
    if isinstance(value, str):
        shown = value.replace("\n", "").isprintable() and value == value.strip()
    else:
        shown = not isinstance(value, date) or value.year >= _EARLIEST_YEAR
    if not shown:
        raise ValueError("a value that cannot be shown")
    return value


class Heir(BaseModel):
    """One person who would receive the benefit, in the order of the list."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    _plausible = field_validator("*")(plausible)

    name: str = Field(max_length=100)
    relation: str = Field(default="", max_length=40)
    nik: str = Field(default="", max_length=16)
    phone: str = Field(default="", max_length=20)


_NAGARI = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$"


def _fact(
    section: str, columns: tuple[str, ...] = (), pattern: str | None = None, **settings: Any
) -> Any:
    """One fact: its section on the form, and the headers it may have in a resident workbook."""
    extra = {"section": section, "columns": columns}
    # SQLModel's own `regex` gets lost on the way to pydantic.
    return Field(schema_extra={"json_schema_extra": extra, "pattern": pattern}, **settings)


class WorkerFacts(SQLModel):
    """What is known of one vulnerable worker (*pekerja rentan*).

    Validate through `kerjadesa.domain.check.check`; this class only holds shapes and sizes.
    Empty text means "not known"; money is whole rupiah a month.
    """

    # A validation error must not carry the value: errors reach logs, a NIK must not.
    model_config = SQLModelConfig(hide_input_in_errors=True)

    _plausible = field_validator("*")(plausible)

    nik: str = _fact("identity", ("nik",), min_length=16, max_length=16)
    kk: str = _fact("identity", ("no_kk",), default="", max_length=16)
    name: str = _fact("identity", ("nama",), min_length=1, max_length=100)
    sex: Sex = _fact("identity", ("sex",), sa_type=String)
    birth_place: str = _fact("identity", ("tempatlahir",), default="", max_length=60)
    birth_date: date = _fact("identity", ("tanggallahir",))
    mother_name: str = _fact("identity", ("nama_ibu",), default="", max_length=100)
    marital_status: int | None = _fact("identity", ("status_kawin",), default=None, ge=1, le=4)
    nagari: str = _fact("address", pattern=_NAGARI, max_length=13)
    jorong: str = _fact("address", ("dusun",), default="", max_length=60)
    address: str = _fact("address", ("alamat", "alamat_sekarang"), default="", max_length=200)
    rt: str = _fact("address", ("rt",), default="", max_length=5)
    rw: str = _fact("address", ("rw",), default="", max_length=5)
    phone: str = _fact("address", default="", max_length=20)
    occupation: int | None = _fact("work", ("pekerjaan_id",), default=None, ge=1, le=99)
    occupation_text: str = _fact("work", default="", max_length=80)
    income_base: int | None = _fact("work", default=None, ge=0, le=1_000_000_000)
    poverty_source: str = _fact("poverty", default="", max_length=20)
    poverty_decile: int | None = _fact("poverty", default=None, ge=1, le=10)
    poverty_date: date | None = _fact("poverty", default=None)
    heirs: list[Heir] = _fact("heirs", default_factory=list, max_length=10, sa_type=JSON)
    consent_date: date | None = _fact("consent", default=None)
    consent_manner: ConsentManner = _fact("consent", default="", sa_type=String)
    programme: str = _fact("programme", default="", max_length=24)
    registered_on: date | None = _fact("registration", default=None)
    """The day age counts on; an old list may be entered later than it was drawn up."""
    notes: str = _fact("notes", default="", max_length=1000)
    photo: str = _fact("photo", default="", max_length=64)
    """SHA-256 (hex) of the JPEG; the picture itself lies beside the journal."""


FACT_NAMES: tuple[str, ...] = tuple(WorkerFacts.model_fields)


def import_columns() -> dict[str, str]:
    """Header of a resident workbook → fact, for every fact such a workbook can hold."""
    found: dict[str, str] = {}
    for name, info in WorkerFacts.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict):
            columns = extra["columns"]
            assert isinstance(columns, tuple)  # noqa: S101 -- written a few lines above
            found.update({str(column): name for column in columns})
    return found


def section_facts(section: str) -> list[str]:
    """The facts of one section of the form, in order."""
    return [
        name
        for name, info in WorkerFacts.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra["section"] == section
    ]


def to_body(facts: WorkerFacts) -> dict[str, Any]:
    """The facts as the journal holds them: JSON values, nothing that is empty."""
    dumped = facts.model_dump(mode="json")
    return {name: value for name, value in dumped.items() if value not in (None, "", [])}


def from_body(body: dict[str, Any]) -> WorkerFacts:
    """The facts a journal body holds; raises pydantic's ValidationError on a hostile one."""
    return WorkerFacts.model_validate({k: v for k, v in body.items() if k in FACT_NAMES})


def fits(stated: Mapping[str, Any]) -> bool:
    """Whether each of these facts by itself could stand in `WorkerFacts`."""
    try:
        _any_facts().model_validate(stated)
    except ValidationError:
        return False
    return True


@cache
def _any_facts() -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (info.rebuild_annotation(), None) for name, info in WorkerFacts.model_fields.items()
    }
    checks: dict[str, Any] = {"plausible": field_validator("*")(plausible)}
    config = ConfigDict(hide_input_in_errors=True)
    return create_model("AnyFacts", __config__=config, __validators__=checks, **fields)
