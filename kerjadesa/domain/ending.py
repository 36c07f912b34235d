"""Why an enrolment ends. It never deletes: the facts and their history stay."""

from typing import Literal, get_args

EndReason = Literal["died", "moved", "segment"]
"""*Meninggal*, *pindah*, *alih segmen* (the worker is insured through an employer now)."""

END_REASONS: tuple[EndReason, ...] = get_args(EndReason)

MERGED = "merged"
"""*Digabung*: another record of the same person goes on. Said by a link, not by an ending."""

_LONGEST = 100


def ending_said(reason: object) -> str:
    """The reason in an ending's body, also one of a later program; ValueError on nonsense.

    `merged` is nonsense here: lists hide who was merged, and without a link nobody could undo it.
    """
    if not isinstance(reason, str) or not 0 < len(reason) <= _LONGEST or reason == MERGED:
        raise ValueError("no reason to end an enrolment")
    return reason
