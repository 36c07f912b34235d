"""Why a NIK is corrected: the one fact that decides who somebody is."""

from typing import Literal

NikReason = Literal["typo", "new_card"]
"""Typed wrongly here; or the family has a new KTP with another number."""

LONGEST_REASON = 120
"""Of a reason in the operator's own words."""
