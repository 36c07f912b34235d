"""The columns of the list of workers: what they are called, and what they say of somebody.

The table on screen and the file that is exported from it take them from here, so both agree.
"""

from datetime import date
from functools import cache
from typing import Literal, get_args

from kerjadesa.actions.list_workers import Listed
from kerjadesa.reference import read_rows
from kerjadesa.words import N_, _

ExportReason = Literal["district", "bpjs", "meeting", "payment", "check"]
"""Why a list leaves the house. A choice and no free text: a sentence would carry names into the
journal."""
EXPORT_REASONS: tuple[ExportReason, ...] = get_args(ExportReason)

COLUMNS = {
    "name": N_("Nama"),
    "nik": N_("NIK"),
    "kk": N_("Nomor KK"),
    "sex": N_("L/P"),
    "born": N_("Tanggal lahir"),
    "jorong": N_("Jorong"),
    "occupation": N_("Pekerjaan"),
    "programme": N_("Program"),
    "registered": N_("Terdaftar"),
    "photo": N_("Foto"),
    "printed": N_("Kartu dicetak"),
    "card": N_("Nomor kartu"),
    "state": N_("Keadaan"),
}

STANDARD = ("name", "nik", "born", "jorong", "card", "state")
"""What is on show until the operator chooses otherwise."""

_STATES = {
    "waiting": N_("Menunggu"),
    "sent": N_("Di perjalanan"),
    "received": N_("Diterima"),
    "refused": N_("Ditolak"),
}
ENDINGS = {"died": N_("Meninggal"), "moved": N_("Pindah"), "segment": N_("Alih segmen"),
           "merged": N_("Digabung")}  # fmt: skip


def cell(worker: Listed, column: str, show_nik: bool = False) -> str | int | date | None:
    """What a column says of a worker; NIK and KK masked unless `show_nik`."""
    if column == "nik":
        return worker.nik if show_nik else worker.nik_masked
    if column == "kk":
        return worker.kk if show_nik else worker.kk_masked
    if column == "occupation":
        return worker.occupation_text or _occupations().get(worker.occupation, "")
    if column == "sex":
        return _("P") if worker.sex == "F" else _("L")
    if column == "photo":
        return _("ada") if worker.photo else ""
    if column == "printed":
        return worker.printed or None
    if column == "state":
        return ending_words(worker.ended) if worker.ended else _(_STATES[worker.sync])
    fields = {"born": "birth_date", "registered": "registered_on", "card": "card_number"}
    value: str | int | date | None = getattr(worker, fields.get(column, column))
    return value


def ending_words(reason: str) -> str:
    """Why an enrolment has ended, in a word or two."""
    known = ENDINGS.get(reason)
    return _(known) if known else _("Berakhir")


@cache
def _occupations() -> dict[int | None, str]:
    return {int(row["code"]): row["label"].capitalize() for row in read_rows("occupations.csv")}
