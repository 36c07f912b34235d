"""`kerjadesa hub …`: the district's commands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from kerjadesa.domain.problem import UserError
from kerjadesa.exchange.usb import DistrictFolder
from kerjadesa.hub import devices as known_devices
from kerjadesa.hub import escrow as safekeeping
from kerjadesa.hub import home as homes
from kerjadesa.hub import serving, usb
from kerjadesa.hub.home import Hub
from kerjadesa.hub.status import status as counted
from kerjadesa.incidents import HUB_LOG, start_log, stop_log
from kerjadesa.sentences import code_sentence
from kerjadesa.words import _

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help=_("Layanan kabupaten (hub): terima dan jawab.")
)

AsJson = Annotated[bool, typer.Option("--json", help=_("Keluarkan JSON."))]


class CommandLine(Protocol):
    """What the command line above hands down as `ctx.obj`."""

    home: Path

    def passphrase(self) -> str:
        """The passphrase, asked for or from the environment."""

    def new_passphrase(self) -> str:
        """A passphrase for something new: asked for twice, or from the environment."""


@app.command(help=_("Jalankan layanan HTTP sampai dihentikan."))
def serve(
    ctx: typer.Context,
    database: Annotated[
        str, typer.Option(help=_("sqlite:///BERKAS atau postgresql://..., lalu diingat."))
    ] = "",
    host: str = serving.DEFAULT_HOST,
    port: Annotated[int, typer.Option(min=0, max=65535)] = serving.DEFAULT_PORT,
    public_url: Annotated[
        str, typer.Option(help=_("Alamat yang dipanggil perangkat bila ada proksi di depan."))
    ] = "",
    certificate: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    private_key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
) -> None:
    """Answers devices until it is told to stop."""
    if (certificate is None) != (private_key is None):
        raise typer.BadParameter(_("--certificate dan --private-key dipakai bersama."))
    address = serving.Address(host, port, public_url, certificate, private_key)
    with _opened(ctx, database, may_be_new=True) as hub, _logging(ctx):
        serving.serve(hub, address, ready=lambda url: print(f"listening on {url}", flush=True))  # noqa: T201


@app.command(help=_("Undang satu perangkat dari sebuah nagari."))
def invite(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help=_("Kode nagari, misalnya 13.03.04.2001."))],
    url: Annotated[str, typer.Option(help=_("Alamat hub; bawaannya alamat terakhir."))] = "",
    qr: Annotated[Path | None, typer.Option(help=_("Tulis juga kode QR (PNG)."))] = None,
) -> None:
    """Prints a one-time invitation; the first thing a hub does that is reached by stick alone."""
    with _opened(ctx, may_be_new=True) as hub:
        base = url or homes.setting(hub, serving.URL_SETTING, serving.DEFAULT_URL)
        text = known_devices.invite(hub, code, base, _now()).to_text()
        if qr is not None:
            safekeeping.write_qr(qr, text)
        typer.echo(text)


@app.command(help=_("Hitung apa yang sudah diterima."))
def status(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Counts workers, batches and devices."""
    with _opened(ctx) as hub:
        counts = counted(hub)
    if as_json:
        shown = ("workers", "batches", "devices", "kecamatan")
        typer.echo(json.dumps({name: asdict(counts)[name] for name in shown}))
        return
    typer.echo(_("Pekerja: {count}").format(count=counts.workers))
    for code, count in counts.kecamatan.items():
        typer.echo(f"  {code}: {count}")
    typer.echo(_("Paket diterima: {count}").format(count=counts.batches))
    typer.echo(_("Perangkat: {count}").format(count=counts.devices))
    typer.echo(_("Ditolak: {count}").format(count=counts.refused))
    typer.echo(_("NIK yang perlu diperiksa, orang sama?: {count}").format(count=counts.same_person))
    typer.echo(_("Peringatan jurnal bercabang: {count}").format(count=counts.alarms))


@app.command(help=_("Daftar perangkat yang dikenal."))
def devices(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Lists the certified devices."""
    with _opened(ctx) as hub:
        rows = [
            {
                "device": device.device,
                "nagari": device.nagari,
                "minisign_public_key": device.signing_key,
                "revoked": bool(device.revoked_at),
            }
            for device in known_devices.listed(hub)
        ]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in rows:
        state = _("dicabut") if row["revoked"] else _("berlaku")
        typer.echo(f"{row['nagari']}  {row['device']}  {state}  {row['minisign_public_key']}")


@app.command(help=_("Terima kiriman dari USB dan tulis jawabannya."))
def receive(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help=_("Folder USB dari nagari."))],
    reply: Annotated[
        Path | None, typer.Option(help=_("Folder untuk jawaban; bawaannya folder yang sama."))
    ] = None,
) -> None:
    """Serves one stick; ends with 1 when a file on it was not taken."""
    with _opened(ctx) as hub:
        done = usb.receive_folder(
            hub, DistrictFolder(folder), DistrictFolder(reply or folder), _now()
        )
        for outcome in done.outcomes:
            typer.echo(f"{outcome.name}: {_told(outcome)}")
        for nagari, count in done.written.items():
            typer.echo(
                _("Jawaban untuk {nagari}: {count} paket").format(nagari=nagari, count=count)
            )
        refused = sum(outcome.refused for outcome in done.outcomes)
        if refused:
            raise UserError("hub_files_refused", count=refused)


@app.command(help=_("Salin kunci pembuka (identitas age) untuk disimpan di brankas."))
def escrow(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("Berkas baru, misalnya di USB kosong."))],
) -> None:
    """Writes the hub's age identity for safekeeping."""
    with _opened(ctx) as hub:
        safekeeping.write_identity(file, hub.keys, _now())
        typer.echo(_("Kunci pembuka hub tertulis. Simpan di tempat terkunci."))


@app.command(help=_("Cabut perangkat yang hilang."))
def revoke(ctx: typer.Context, device: str) -> None:
    """Shuts a device out, and those whose keys it holds."""
    with _opened(ctx) as hub:
        former = known_devices.revoke(hub, device, _now())
    typer.echo(_("Perangkat {device} dicabut.").format(device=device))
    for one in former:
        typer.echo(
            _(
                "Perangkat lamanya, {device}, ikut dicabut, karena kuncinya ada di perangkat itu. "
                "Bila masih diperlukan: kerjadesa hub reinstate {device}"
            ).format(device=one)
        )


@app.command(help=_("Akui lagi perangkat yang dicabut, agar sisanya dapat dikirim."))
def reinstate(ctx: typer.Context, device: str) -> None:
    """Lets a device in again."""
    with _opened(ctx) as hub:
        former = known_devices.reinstate(hub, device, _now())
    typer.echo(_("Perangkat {device} diakui lagi.").format(device=device))
    for one in former:
        typer.echo(
            _(
                "Perangkat lamanya, {device}, tetap dicabut. "
                "Bila diperlukan: kerjadesa hub reinstate {device}"
            ).format(device=one)
        )


@contextmanager
def _opened(ctx: typer.Context, database: str = "", may_be_new: bool = False) -> Iterator[Hub]:
    """The hub, set up on first use where it may be new.

    Everything else must say that its home is a wrong one: counts of nothing would be believed, and
    an identity made a moment ago, laid in the safe in place of the true one, would be found out
    when it is too late. Raises UserError `hub_not_set_up`.
    """
    line = _line(ctx)
    if homes.exists(line.home):
        passphrase = line.passphrase()
    elif not may_be_new:
        raise UserError("hub_not_set_up")
    else:
        passphrase = line.new_passphrase()
        recovery = homes.create(line.home, passphrase)
        typer.echo(
            _("Kunci pemulihan hub (tulis di kertas, hanya tampil sekali): {recovery}").format(
                recovery=recovery
            ),
            err=True,
        )
    hub = homes.open_hub(line.home, passphrase, database)
    try:
        yield hub
    finally:
        hub.engine.dispose()


@contextmanager
def _logging(ctx: typer.Context) -> Iterator[None]:
    handler = start_log(_line(ctx).home, HUB_LOG)
    try:
        yield
    finally:
        stop_log(handler)


def _line(ctx: typer.Context) -> CommandLine:
    return cast(CommandLine, ctx.obj)


def _told(outcome: usb.Outcome) -> str:
    taken = {
        "certified": _("perangkat disahkan"),
        "delivered": _("diterima"),
        "known": _("sudah diterima sebelumnya"),
    }
    if outcome.result == "gap":
        return _("menunggu kiriman nomor {number}, kirim ulang semuanya").format(
            number=outcome.expected
        )
    return taken.get(outcome.result) or code_sentence(outcome.result)


def _now() -> datetime:
    return datetime.now(UTC)
