"""The claims map of a Claim 169 credential by the names of `resources/claim169.csv`, as JSON."""

import base64
import re
from datetime import date
from functools import cache

import cbor2

from kerjadesa.cards import bounded_cbor
from kerjadesa.reference import read_rows

_GENDER = {
    "m": 1,
    "male": 1,
    "l": 1,
    "laki-laki": 1,
    "laki laki": 1,
    "f": 2,
    "female": 2,
    "p": 2,
    "perempuan": 2,
    "o": 3,
    "other": 3,
    "lainnya": 3,
    "1": 1,
    "2": 2,
    "3": 3,
}
_PLAIN_CODE = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{4})", re.ASCII)
_DASHED_DATE = re.compile(r"(\d{4})[-/.](\d{2})[-/.](\d{2})", re.ASCII)


@cache
def _names() -> dict[int, str]:
    # A row such as "75-99,private" names a range, not a claim, so those keys keep their number.
    return {
        int(row["key"]): row["name"] for row in read_rows("claim169.csv") if row["key"].isdigit()
    }


def named_claims(claims: object) -> dict[str, object]:
    """The claims by name; a key without a name of its own stays, as its number in text.

    `claims` is the value under key 169: a map, or bytes that hold one in CBOR. Gender in words
    becomes 1, 2 or 3, a dashed birth date YYYYMMDD, a nagari code without dots gets them; bytes
    become Base64 text.
    Raises `bounded_cbor.Refused` when it is no map or two keys mean the same claim.
    """
    claims = tag_content(claims, 24)
    if isinstance(claims, bytes):
        claims = bounded_cbor.load(claims)
    if not isinstance(claims, dict):
        raise bounded_cbor.Refused("no claims map")
    named: dict[str, object] = {}
    for key, value in claims.items():
        name = _names().get(key, str(key)) if isinstance(key, int) else str(key)
        if name in named:
            raise bounded_cbor.Refused("the same claim twice")
        named[name] = _normalised(name, value)
    return named


def tag_content(value: object, tag: int) -> object:
    """What the CBOR tag holds; the value itself when it does not carry that tag."""
    return value.value if isinstance(value, cbor2.CBORTag) and value.tag == tag else value


def _normalised(name: str, value: object) -> object:
    if name == "gender" and isinstance(value, str):
        return _GENDER.get(value.strip().lower(), value)
    if name == "dateOfBirth":
        if isinstance(value, date):
            return value.strftime("%Y%m%d")
        if isinstance(value, str) and (parts := _DASHED_DATE.fullmatch(value.strip())):
            return "".join(parts.groups())
    if name == "locationCode" and isinstance(value, str):
        parts = _PLAIN_CODE.fullmatch(value)
        return ".".join(parts.groups()) if parts else value
    return _jsonable(value)


def _jsonable(value: object) -> object:
    """Plain JSON of one claim; its depth is bounded by `bounded_cbor`."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            # JSON has no NaN and no infinity.
            return value if value - value == 0 else str(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_jsonable(item) for item in value]
        case dict():
            return {str(key): _jsonable(item) for key, item in value.items()}
        case cbor2.CBORTag():
            return _jsonable(value.value)
    return None if value is cbor2.undefined else str(value)
