"""Why an enrolment ends. It never deletes: the facts and their history stay."""

from typing import Literal, get_args

EndReason = Literal["died", "moved", "segment"]
"""*Meninggal*, *pindah*, *alih segmen* (the worker is insured through an employer now)."""

END_REASONS: tuple[EndReason, ...] = get_args(EndReason)
