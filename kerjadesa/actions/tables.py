"""Regions and rules as data: read once from `resources/`."""

from functools import cache

from kerjadesa.domain.check import Rules
from kerjadesa.domain.region import Place, Region, place_of
from kerjadesa.reference import read_rows, read_toml


@cache
def regions() -> dict[str, Region]:
    """Every known region by Kemendagri code."""
    rows = read_rows("regions.csv")
    return {row["code"]: Region(row["code"], row["name"], row["level"]) for row in rows}


@cache
def places() -> list[Place]:
    """Every nagari, desa and kelurahan the region table knows, in the order of their codes."""
    found = (place_of(code, regions()) for code in sorted(regions()))
    return [place for place in found if place is not None]


@cache
def rules() -> Rules:
    """The figures that change by decree."""
    figures = read_toml("rules.toml")
    occupations = read_rows("occupations.csv")
    return Rules(
        youngest=figures["eligibility"]["youngest"],
        oldest_exclusive=figures["eligibility"]["oldest_exclusive"],
        lowest_income_base=figures["contribution"]["lowest_income_base"],
        formal_occupations=frozenset(
            int(row["code"]) for row in occupations if row["segment"] == "formal"
        ),
    )
