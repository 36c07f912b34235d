"""Card numbers that two laptops without contact can never give out twice."""

import hashlib

from stdnum.iso7064 import mod_37_36

# Crockford's base 32: no I, L, O, U, so a number read aloud or by hand stays the same number.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DEVICE_CHARACTERS = 6


def device_code(device: str) -> str:
    """Six characters that stand for a device within its nagari (30 bits of its id's SHA-256).

    The hub refuses to certify a second device with the same code in one nagari.
    """
    number = int.from_bytes(hashlib.sha256(device.encode()).digest()[:4], "big") >> 2
    return _base32(number).rjust(_DEVICE_CHARACTERS, "0")


def card_number(nagari: str, device: str, seq: int) -> str:
    """The card number of the worker whose registration is entry `seq` of `device`.

    `1303042001-K7Q2MX-0042-H`: nagari, device, entry, check character (ISO 7064 mod 37,36).
    A device never uses a seq twice, so no counter has to be kept or agreed on.
    """
    plain = nagari.replace(".", "") + device_code(device) + _base32(seq).rjust(4, "0")
    check: str = mod_37_36.calc_check_digit(plain)
    return f"{plain[:10]}-{plain[10:16]}-{plain[16:]}-{check}"


def _base32(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 32)
        digits = _ALPHABET[rest] + digits
    return digits
