"""Regions by Kemendagri code: names repeat between kecamatan and nagari, codes do not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CODE = re.compile(r"^(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Region:
    """One row of the region table: kabupaten, kota, kecamatan, nagari, desa or kelurahan."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Place:
    """A nagari (desa, kelurahan) with the regions around it."""

    nagari: Region
    kecamatan: Region
    kabupaten: Region

    @property
    def code(self) -> str:
        """The nagari's code, `13.03.04.2001`."""
        return self.nagari.code

    @property
    def title(self) -> str:
        """How the place calls itself on paper: `Nagari Muaro`, `Desa Kampung Baru`."""
        return f"{self.nagari.level.capitalize()} {self.nagari.name}"


def nagari_code(text: str) -> str | None:
    """The dotted code of a nagari, from `13.03.04.2001` or `1303042001`; None if it is neither."""
    match = _CODE.match(text.strip())
    return ".".join(match.groups()) if match else None


def place_of(code: str, regions: Mapping[str, Region]) -> Place | None:
    """The nagari with this code and its surroundings; None where the table does not have it."""
    dotted = nagari_code(code)
    if dotted is None or dotted not in regions:
        return None
    return Place(regions[dotted], regions[dotted[:8]], regions[dotted[:5]])
