"""From an exception to the one sentence on screen."""

from kerjadesa.domain.problem import UserError
from kerjadesa.incidents import record
from kerjadesa.sentences import sentence
from kerjadesa.words import _


def sentence_for(error: BaseException) -> str:
    """What the operator reads: what to do next, or a number under which the log tells more."""
    if isinstance(error, UserError):
        return sentence(error)
    return _(
        "Terjadi kesalahan yang tidak terduga. Data yang sudah tersimpan aman. "
        "Coba sekali lagi; bila terulang, laporkan nomor {number}."
    ).format(number=record(error))
