"""How many cards a second, beside gLabels in the same run, and in how much memory."""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kerjadesa.actions.invent import people, portrait
from kerjadesa.cards.credential import CardClaims, issue
from kerjadesa.cards.layout import load_design
from kerjadesa.cards.pdf import Card, render_to
from kerjadesa.cards.proof import proofread
from kerjadesa.cards.sheet import A4_TEN, CR80, Setup
from kerjadesa.exchange.keys import new_keyring
from tests.bench import glabels, village
from tests.bench.line import Line, peak_mib

CARDS = 1333
_ROUNDS = 3
DAY = date(2026, 11, 20)
_UNTIL = datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=7)))


def printing() -> Iterator[Line]:
    """1,333 cards with photo and QR: issued, drawn, and every code read again.

    gLabels draws the same front, signs nothing and reads nothing again. It runs between our own
    rounds, so that a busy machine is busy for both. Without photos it is faster; that is shown as
    well.
    """
    photos = [portrait(seed) for seed in range(CARDS)]
    setups = (Setup(A4_TEN), Setup(A4_TEN, "both"), Setup(CR80))
    ours: dict[Setup, list[float]] = {setup: [] for setup in setups}
    theirs: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(_ROUNDS):
        for setup, rates in ours.items():
            rates.append(_rate(photos, setup))
        for with_photos, rates in theirs.items():
            rates.append(_glabels_rate(photos if with_photos else None))
    for setup, rates in ours.items():
        faces = "both faces" if setup.sides == "both" else "fronts"
        what = f"1,333 cards, photo and QR, {setup.paper.name}, {faces}"
        yield _beside_glabels(what, rates, theirs[True])
    yield _beside_glabels("the same fronts, gLabels without photos", ours[setups[0]], theirs[False])


def _beside_glabels(what: str, ours: Sequence[float], theirs: Sequence[float]) -> Line:
    rate, other = statistics.median(ours), statistics.median(theirs)
    return Line(
        what,
        f"{rate:.0f}/s",
        "≥ 100/s, ≥ 10×",
        f"{other:.0f}/s" if other else "SKIPPED: glabels-3-batch is not installed",
        f"{rate / other:.1f}" if other else "",
    )


def _glabels_rate(photos: Sequence[bytes] | None) -> float:
    """0 where gLabels is not installed or prints nothing."""
    with tempfile.TemporaryDirectory() as folder:
        cards = list(_cards(people("13.03.04", CARDS, DAY, 0)))
        return glabels.cards_a_second(cards, photos, load_design(), Path(folder)) or 0.0


def _rate(photos: Sequence[bytes], setup: Setup) -> float:
    drafts = list(people("13.03.04", CARDS, DAY, 0))
    began = time.perf_counter()
    _print(list(_cards(drafts)), photos, setup)
    return CARDS / (time.perf_counter() - began)


def printing_memory() -> Iterator[Line]:
    """Peak memory of a process that prints 200 cards, and of one that prints 2,000."""
    peaks = {}
    for count in (200, 2000):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.cards", str(count)],
            check=True,
            capture_output=True,
            text=True,
        )
        peaks[count] = float(ran.stdout)
    yield Line(
        "memory, printing 2,000 cards (beside 200)",
        f"{peaks[2000]:.0f} MiB",
        "ratio ≤ 1.2",
        f"{peaks[200]:.0f} MiB",
        f"{peaks[2000] / peaks[200]:.2f}",
    )


def _print(cards: Sequence[Card], photos: Sequence[bytes] | None, setup: Setup) -> None:
    design = load_design()
    with tempfile.TemporaryFile() as file:
        # Photos come one by one, as out of the register.
        dressed = (
            replace(card, photo=photos[number] if photos else portrait(number))
            for number, card in enumerate(cards)
        )
        render_to(file, dressed, setup, design)
        assert not proofread(file, [card.credential for card in cards], setup, design)


def _cards(drafts: Iterable[Mapping[str, Any]]) -> Iterator[Card]:
    keys = new_keyring()
    chance = random.Random(CARDS)
    for number, draft in enumerate(drafts):
        card_number = f"1303042001-K7Q2MX-{number:04d}-H"
        claims = CardClaims(
            card_number=card_number,
            name=draft["name"],
            birth_date=draft["birth_date"],
            sex=draft["sex"],
            location=village.NAGARI,
            programme="1N100PR2026",
            issuer="1303042001",
            issued_at=datetime(2026, 11, 20, tzinfo=UTC),
            expires_at=_UNTIL,
            valid_from=date(2026, 1, 1),
        )
        yield Card(
            number=card_number,
            name=draft["name"],
            nik_masked=f"130304••••••{chance.randrange(1, 9999):04d}",
            nagari_title="Nagari Muaro",
            kecamatan="Sijunjung",
            kabupaten="Kabupaten Sijunjung",
            jorong=draft["jorong"],
            programme_name="1 Nagari 100 Pekerja Rentan 2026",
            payer="Nagari Muaro",
            valid_until=date(2026, 12, 31),
            photo=None,
            credential=issue(claims, keys.ed25519, keys.key_id),
        )


if __name__ == "__main__":
    _print(list(_cards(people("13.03.04", int(sys.argv[1]), DAY, 0))), None, Setup(A4_TEN))
    print(peak_mib())
