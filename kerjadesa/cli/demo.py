"""The command `demo`: the ceremony of 2022, from registration to the district's receipt."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from kerjadesa.cli.caller import PASSPHRASE_VARIABLE, now
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.region import Place
from kerjadesa.reference import read_toml
from kerjadesa.words import _

_CEREMONY = 1333
_HUB_START_SECONDS = 60.0


@dataclass
class Nagari:
    """One nagari's laptops in the demonstration, and what became of its workers."""

    place: Place
    workers: int
    homes: list[Path] = field(default_factory=list)
    registered: int = 0
    batches: int = 0
    bytes: int = 0
    received: int = 0
    cards: int = 0
    pdf_bytes: int = 0
    at_hub: int = 0


def add_to(app: typer.Typer) -> None:
    """Adds it."""
    app.command(help=_("Peragakan serah terima 2022 dengan orang rekaan."))(demo)


def demo(
    workers: Annotated[int, typer.Option(min=8, max=9000)] = _CEREMONY,
    out: Annotated[Path, typer.Option("--out", help=_("Folder hasil."))] = Path("demo"),
) -> None:
    """Registers, prints, seals, sends to a real hub process on loopback, applies receipts."""
    if out.exists() and any(out.iterdir()):
        raise UserError("demo_folder_used")
    out.mkdir(parents=True, exist_ok=True)
    typer.echo(_("Semua orang di sini rekaan; setiap foto adalah gambar dan bertulisan demikian."))
    passphrase = f"contoh {secrets.token_hex(4)}"
    villages = _villages(workers, out)
    times: dict[str, float] = {}
    with _clock(times, _("Mendaftarkan")):
        for village in villages:
            _register(village, passphrase)
    with _clock(times, _("Membuat kartu")):
        for village in villages:
            _print_cards(village, passphrase, out)
    with _hub(out / "hub", passphrase) as hub:
        with _clock(times, _("Mengundang")):
            invitations = {
                v.place.code: [hub("invite", v.place.code) for _home in v.homes] for v in villages
            }
        with _clock(times, _("Mengirim dan menerima")):
            for village in villages:
                _send(village, invitations[village.place.code], passphrase)
        counts = json.loads(hub("status", "--json"))
    for village in villages:
        village.at_hub = counts["kecamatan"].get(village.place.kecamatan.code, 0)
    _tell(villages, times)
    typer.echo(_("Kartu: {path}").format(path=out / "kartu"))
    typer.echo(
        _("Buka salah satunya: kerjadesa --home {home}, frasa sandi: {passphrase}").format(
            home=villages[0].homes[0], passphrase=passphrase
        )
    )
    if not all(v.workers == v.registered == v.received == v.cards == v.at_hub for v in villages):
        raise UserError("demo_incomplete")


def _villages(workers: int, out: Path) -> list[Nagari]:
    """One nagari a kecamatan, the largest with two laptops, workers as the ceremony had them."""
    from kerjadesa.actions.tables import places

    shares: dict[str, int] = read_toml("demo.toml")["cards"]
    whole = sum(shares.values())
    counts = {code: share * workers // whole for code, share in shares.items()}
    # What rounding left over goes to the largest remainders, so that the sum is exact.
    by_remainder = sorted(shares, key=lambda code: -(shares[code] * workers % whole))
    for code in by_remainder[: workers - sum(counts.values())]:
        counts[code] += 1
    largest = max(counts, key=lambda code: counts[code])
    villages = []
    for code, count in counts.items():
        place = next(p for p in places() if p.kecamatan.code == code)
        laptops = 2 if code == largest else 1
        homes = [out / "laptop" / f"{place.code}-{n + 1}" for n in range(laptops)]
        villages.append(Nagari(place, count, homes))
    return villages


def _register(village: Nagari, passphrase: str) -> None:
    from kerjadesa.actions.invent import people, portrait
    from kerjadesa.actions.register import Registered, register
    from kerjadesa.actions.setup import set_up

    words = read_toml("demo.toml")
    for number, home in enumerate(village.homes):
        first = village.workers * number // len(village.homes)
        last = village.workers * (number + 1) // len(village.homes)
        programme = f"{words['programme']} {now():%Y}"
        operator = f"Petugas {number + 1}"
        set_up(home, village.place.code, operator, passphrase, programme, now(), words["payer"])
        with _opened(home, passphrase) as office:
            drafts = people(village.place.kecamatan.code, last - first, office.today, first)
            for index, draft in enumerate(drafts, start=first):
                seed = int(village.place.code.replace(".", "")) * 10_000 + index
                outcome = register(office, draft, portrait(seed))
                village.registered += isinstance(outcome, Registered)


def _print_cards(village: Nagari, passphrase: str, out: Path) -> None:
    from kerjadesa.actions.print_cards import confirm_printed, render_cards, save_cards

    folder = out / "kartu"
    folder.mkdir(exist_ok=True)
    for number, home in enumerate(village.homes, start=1):
        with _opened(home, passphrase) as office:
            made = render_cards(office)
            name = f"{village.place.kecamatan.code}-{village.place.kecamatan.name}-{number}.pdf"
            save_cards(folder / name.replace(" ", "-"), made)
            village.cards += confirm_printed(office, made.cards)
            village.pdf_bytes += made.size
            made.close()


def _send(village: Nagari, invitations: list[str], passphrase: str) -> None:
    from kerjadesa.actions.enrol import enrol
    from kerjadesa.actions.receive import receive_from_hub
    from kerjadesa.actions.send import send_to_hub
    from kerjadesa.actions.status import status

    for home, invitation in zip(village.homes, invitations, strict=True):
        with _opened(home, passphrase) as office:
            enrol(office, invitation)
            sent = send_to_hub(office)
            village.batches += sent.batches
            village.bytes += sent.bytes
    # The laptop that sent first hears of its colleague's workers in a second round.
    with _opened(village.homes[0], passphrase) as office:
        receive_from_hub(office)
        village.received = status(office).received


@contextmanager
def _opened(home: Path, passphrase: str) -> Iterator[Any]:
    from kerjadesa.actions.unlock import open_office

    office = open_office(home, passphrase, now)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def _hub(home: Path, passphrase: str) -> Iterator[Any]:
    """A real hub process on a free loopback port; yields a function that runs hub commands."""
    environment = {**os.environ, PASSPHRASE_VARIABLE: passphrase}
    program = [sys.executable, "-m", "kerjadesa", "--home", str(home), "hub"]
    log = home.parent / "hub.log"
    with log.open("w", encoding="utf-8") as errors:
        server = subprocess.Popen(
            [*program, "serve", "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        started = time.monotonic()
        line = server.stdout.readline() if server.stdout else ""
        while "http" not in line:
            if server.poll() is not None or time.monotonic() - started > _HUB_START_SECONDS:
                raise UserError("demo_hub_failed")
            line = server.stdout.readline() if server.stdout else ""

        def command(*words: str) -> str:
            done = subprocess.run(
                [*program, *words], env=environment, capture_output=True, text=True, check=True
            )
            return done.stdout.strip()

        yield command
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def _clock(times: dict[str, float], label: str) -> Iterator[None]:
    typer.echo(f"{label} …")
    started = time.perf_counter()
    yield
    times[label] = time.perf_counter() - started


def _tell(villages: list[Nagari], times: dict[str, float]) -> None:
    heads = (
        _("Kecamatan"),
        _("Terdaftar"),
        _("Kartu"),
        _("Di dinas"),
        _("Tanda terima"),
        _("Berkas"),
        _("KiB terkirim"),
        _("KiB PDF"),
    )
    rows = [
        (
            v.place.kecamatan.name,
            v.registered,
            v.cards,
            v.at_hub,
            v.received,
            v.batches,
            v.bytes // 1024,
            v.pdf_bytes // 1024,
        )
        for v in villages
    ]
    sums = [sum(int(row[i]) for row in rows) for i in range(1, len(heads))]
    total = (_("Jumlah"), *sums)
    for line in (heads, *rows, total):
        typer.echo(f"{line[0]:<16}" + "".join(f"{cell!s:>13}" for cell in line[1:]))
    for label, seconds in times.items():
        rate = sums[0] / seconds if seconds else 0
        typer.echo(
            _("{label}: {seconds} s ({rate} pekerja/s)").format(
                label=label, seconds=f"{seconds:.1f}", rate=f"{rate:.0f}"
            )
        )
