"""Mutates genuine cards and looks for harm: `python -m tests.cards.fuzz_verify [SECONDS [SEED]]`.

Stops by itself, or at the first text that raises, takes longer than a second, answers with claims
that are no JSON, or says something else than the genuine card and is called genuine all the same.
"""

import json
import random
import sys
import time
import zlib
from collections.abc import Sequence

import base45
import cbor2

from kerjadesa.cards.credential import issue
from kerjadesa.cards.verify import Verdict, verify

from .conftest import CLAIMS, CWT, KEY, KEY_ID, NOW, TRUSTED, pack, seal

SLOWEST = 1.0
"""Seconds that one answer may take."""

_PAYLOAD = cbor2.dumps({**CWT, 169: {**CWT[169], 8: "19750412", 9: "male", 76: 2, 77: 20454}})
_HEADS = (
    b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",  # an array without end
    b"\xbb\x00\x00\x00\x00\xff\xff\xff\xff",  # a map of four thousand million
    b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",  # a string longer than any memory
    b"\x81" * 40,
    b"\xd8\x18" * 40,
    b"\x9f" * 40,
    b"\xbf\x01",
    b"\x5f\x41",
    b"\xc2\x59\x20\x00" + b"\xff" * 64,  # an integer of 65,536 bits
    b"\xc4\x82\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # ten to the power of 2**64
    b"\xd8\x23\x67(a+)+$",
    b"\xc1\xfb\x7e\x37\xe4\x3c\x88\x00\x75\x9c",  # a date in the year 10**293
    b"\xf9\x7e\x00",
    b"\x00" * 400,
)


def mutated(dice: random.Random, genuine: str) -> str:
    """One text made from a genuine one: its Base45, its compressed or its plain bytes changed."""
    layer = dice.randrange(3)
    if layer == 0:
        return _cut_up(dice, genuine.encode()).decode("latin-1")
    packed = base45.b45decode(genuine)
    if layer == 1:
        return base45.b45encode(_cut_up(dice, packed)).decode()
    return pack(_cut_up(dice, zlib.decompress(packed)))


def _cut_up(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _change in range(dice.choice((1, 1, 1, 2, 4, 8))):
        at = dice.randrange(len(changed) + 1)
        match dice.randrange(6):
            case 0 if at < len(changed):
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at:at] = dice.choice(_HEADS)
            case 2:
                del changed[at : at + dice.choice((1, 2, 8, 64))]
            case 3:
                changed[at:at] = changed[at : at + dice.randrange(1, 64)]
            case 4:
                changed[at : at + 1] = dice.randbytes(dice.randrange(1, 9))
            case 5 if at < len(changed):
                changed[at] = dice.choice((0x00, 0x1F, 0x5F, 0x7F, 0x9F, 0xBF, 0xDF, 0xFF))
    return bytes(changed)


def harm(text: str, genuine: Sequence[Verdict]) -> str:
    """What is wrong with the answer to a text; empty where nothing is."""
    begun = time.perf_counter()
    try:
        verdict = verify(text, [TRUSTED], NOW)
        json.dumps(verdict.claims, allow_nan=False)
    except Exception as error:
        return f"raised {error!r}"
    taken = time.perf_counter() - begun
    if taken > SLOWEST:
        return f"took {taken:.1f} s"
    return "passes for genuine" if verdict.signed and verdict not in genuine else ""


def fuzz(seconds: float, seed: int) -> int:
    """Tries texts until the time is over; returns how many.

    Raises SystemExit that names a harmful one.
    """
    dice = random.Random(seed)
    cards = [issue(CLAIMS, KEY, KEY_ID), seal(CWT), seal(CWT, protected={1: -8})]
    genuine = [verify(card, [TRUSTED], NOW) for card in cards]
    tried, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        text = mutated(dice, dice.choice(cards))
        if found := harm(text, genuine):
            raise SystemExit(f"{found}: {text!r}")
        # Signed by the key that is trusted, so that all of the reading is reached, to the claims.
        if (found := harm(seal(_cut_up(dice, _PAYLOAD)), genuine)) and found[:6] != "passes":
            raise SystemExit(f"{found}: payload")
        tried += 2
    return tried


if __name__ == "__main__":
    seconds, seed = (*map(float, sys.argv[1:]), *(60.0, 1.0)[len(sys.argv) - 1 :])
    print(f"{fuzz(seconds, int(seed))} texts, none of them harmful")
