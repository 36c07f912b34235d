"""What an import says of a row, on screen and in the report."""

from collections.abc import Sequence

from kerjadesa.actions.row_verdicts import Verdict
from kerjadesa.sentences import code_sentence
from kerjadesa.words import _


def outcome_words(verdict: Verdict) -> str:
    """What would become, or became, of a row: two or three words."""
    if verdict.outcome == "done" and verdict.codes:
        return _("Tertulis, periksa")
    return {
        "new": _("Siap ditulis"),
        "warned": _("Perlu diperiksa"),
        "unchanged": _("Sudah ada"),
        "unknown": _("Belum terdaftar"),
        "refused": _("Ditolak"),
        "done": _("Tertulis"),
    }[verdict.outcome]


def reasons(verdict: Verdict) -> str:
    """The sentences for everything that is said of a row."""
    return code_sentences(verdict.codes)


def code_sentences(codes: Sequence[str]) -> str:
    """The sentences for these codes, one after another."""
    return " ".join(code_sentence(code) for code in codes)


def unread_words(sheets: str) -> str:
    """Which sheets hold people and were not read."""
    return _(
        "Lembar {sheets} tidak dibaca karena judul kolomnya lain; simpan sebagai berkas "
        "sendiri lalu impor juga."
    ).format(sheets=sheets)
