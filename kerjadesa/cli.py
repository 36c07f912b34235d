"""The same verbs without a window. Each command opens the office, calls one action, prints."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from kerjadesa.actions.office import Office
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.sentences import code_sentence, sentence
from kerjadesa.words import _, use_language

app = typer.Typer(
    name="kerjadesa",
    help=_("Register pekerja rentan nagari, luring lebih dahulu."),
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PASSPHRASE_VARIABLE = "KERJADESA_PASSPHRASE"

Json = Annotated[bool, typer.Option("--json", help=_("Tulis sebagai JSON."))]
Words = Annotated[str, typer.Argument(help=_("Bagian nama, NIK, KK atau jorong."))]


@dataclass
class Caller:
    """What every command may need: the home, and the passphrase once it is asked for."""

    home: Path

    def passphrase(self) -> str:
        """The passphrase, from the environment or typed; never from the command line."""
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise UserError("passphrase_needed", variable=PASSPHRASE_VARIABLE)
        return str(typer.prompt(_("Frasa sandi"), hide_input=True, err=True))


def run(arguments: Sequence[str]) -> int:
    """Runs one command: 0 done, 1 refused with one line on stderr, 2 wrong usage."""
    use_language(os.environ.get("KERJADESA_LANGUAGE", "id"))
    command = typer.main.get_command(app)
    try:
        code = command.main(list(arguments), prog_name="kerjadesa", standalone_mode=False)
    except UserError as error:
        typer.echo(sentence(error), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        typer.echo(_("Dihentikan; tidak ada yang ditulis setengah jalan."), err=True)
        return 1
    return int(code or 0)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="KERJADESA_HOME", help=_("Folder tempat semuanya disimpan.")),
    ] = None,
) -> None:
    from kerjadesa.app import default_home

    context.obj = Caller(home.expanduser() if home else default_home())
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _office(context: typer.Context) -> Iterator[Office]:
    from kerjadesa.actions.setup import is_set_up
    from kerjadesa.actions.unlock import open_office

    if not is_set_up(context.obj.home):
        raise UserError("not_set_up")
    office = open_office(context.obj.home, context.obj.passphrase(), _now)
    try:
        yield office
    finally:
        office.close()


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=None, default=str))


def _progress(label: str) -> Any:
    """Progress on stderr, only for a person who is looking."""
    if not sys.stderr.isatty():
        return lambda done, whole: None

    def show(done: int, whole: int | None) -> None:
        part = f"{done}" if whole is None else f"{done}/{whole}"
        typer.echo(f"\r{label}: {part}   ", nl=False, err=True)

    return show


@app.command(help=_("Baca dan periksa sebuah NIK."))
def nik(text: str, as_json: Json = False) -> None:
    """{"valid","problem","birth_date","sex","region"}; exit 1 where it is none."""
    parsed = nik_rules.parse(text)
    problem = parsed.code if isinstance(parsed, Problem) else None
    today = _now().astimezone().date()
    born = None if isinstance(parsed, Problem) else parsed.birth_date(today)
    if as_json:
        _print_json(
            {
                "valid": problem is None,
                "problem": problem,
                "birth_date": born.isoformat() if born else None,
                "sex": None if isinstance(parsed, Problem) else parsed.sex,
                "region": None if isinstance(parsed, Problem) else parsed.region,
            }
        )
    elif not isinstance(parsed, Problem):
        kind = _("perempuan") if parsed.sex == "F" else _("laki-laki")
        typer.echo(
            _("NIK sah: lahir {born}, {kind}, pertama terdaftar di {region}.").format(
                born=f"{born:%d-%m-%Y}", kind=kind, region=parsed.region
            )
        )
    if isinstance(parsed, Problem):
        typer.echo(sentence(parsed), err=True)
        raise typer.Exit(1)


@app.command(help=_("Siapkan nagari ini di komputer ini."))
def setup(
    context: typer.Context,
    nagari: Annotated[str, typer.Option(help=_("Kode nagari, misalnya 13.03.04.2001."))],
    operator: Annotated[str, typer.Option(help=_("Nama petugas."))],
    programme: Annotated[str, typer.Option(help=_("Nama program."))] = "",
) -> None:
    """Makes the register and prints the recovery key once, on stdout."""
    from kerjadesa.actions.setup import is_set_up, set_up

    if is_set_up(context.obj.home):
        raise UserError("already_set_up")
    passphrase = context.obj.passphrase()
    if PASSPHRASE_VARIABLE not in os.environ:
        again = typer.prompt(_("Sekali lagi"), hide_input=True, err=True)
        if again != passphrase:
            raise UserError("passphrase_differs")
    made = set_up(context.obj.home, nagari, operator, passphrase, programme, _now())
    typer.echo(_("Siap. Perangkat {device}.").format(device=made.device))
    typer.echo(_("Kunci pemulihan (tulis di kertas, simpan terkunci, hanya tampil sekali):"))
    typer.echo(made.recovery)


@app.command(name="import", help=_("Daftarkan penduduk yang memenuhi syarat dari buku kerja."))
def import_(
    context: typer.Context,
    file: Path,
    on: Annotated[
        str | None, typer.Option("--on", help=_("Hari pendaftaran, tttt-bb-hh; bawaan hari ini."))
    ] = None,
    as_json: Json = False,
) -> None:
    """The report; row = the spreadsheet's own row number."""
    from kerjadesa.actions.import_workbook import import_workbook

    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        raise click.BadParameter(_("Tanggal ditulis tttt-bb-hh."), param_hint="--on") from None
    with _office(context) as office:
        report = import_workbook(office, file, day, _progress(_("Membaca")))
    if as_json:
        _print_json(asdict(report))
        return
    typer.echo(
        _(
            "{read} baris dibaca: {registered} didaftarkan, {unchanged} tidak berubah, "
            "{refused} ditolak, {warned} catatan."
        ).format(
            read=report.read,
            registered=report.registered,
            unchanged=report.unchanged,
            refused=len(report.refused),
            warned=len(report.warned),
        )
    )
    for title, notes in ((_("Ditolak"), report.refused), (_("Perlu dilihat"), report.warned)):
        for note in notes:
            typer.echo(
                _("{title}, baris {row}: {sentence}").format(
                    title=title, row=note.row, sentence=code_sentence(note.code)
                )
            )


@app.command(help=_("Daftar pekerja, atau cari di dalamnya."))
def workers(
    context: typer.Context,
    text: Words = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000_000)] = 1_000_000,
    show_nik: Annotated[bool, typer.Option("--show-nik", help=_("NIK lengkap."))] = False,
    as_json: Json = False,
) -> None:
    """[{"id","name","nik","jorong","card_number","sync"}], by name."""
    from kerjadesa.actions.list_workers import find, page

    with _office(context) as office:
        listed = find(office, text, limit)[0] if text.strip() else page(office, limit)
    if as_json:
        _print_json(
            [
                {
                    "id": worker.id,
                    "name": worker.name,
                    "nik": worker.nik if show_nik else worker.nik_masked,
                    "jorong": worker.jorong,
                    "card_number": worker.card_number,
                    "sync": worker.sync,
                }
                for worker in listed
            ]
        )
        return
    for worker in listed:
        number = worker.nik if show_nik else worker.nik_masked
        typer.echo(
            f"{worker.name:<32}  {number}  {worker.jorong:<20}  {worker.card_number}  {worker.sync}"
        )


@app.command(help=_("Keadaan register dan pengiriman."))
def status(context: typer.Context, as_json: Json = False) -> None:
    """{"workers","waiting","sent","received","refused","device","batches"}."""
    from kerjadesa.actions.status import status as ask

    with _office(context) as office:
        now = ask(office)
    names = ("workers", "waiting", "sent", "received", "refused", "device", "batches")
    if as_json:
        _print_json({name: getattr(now, name) for name in names})
        return
    typer.echo(
        _(
            "{workers} pekerja: {waiting} menunggu, {sent} terkirim, {received} diterima dinas, "
            "{refused} ditolak; {batches} berkas kiriman; perangkat {device}."
        ).format(**{name: getattr(now, name) for name in names})
    )
    if now.clock_behind:
        typer.echo(_("Jam komputer ini tampaknya salah. Betulkan tanggal dan jamnya."), err=True)


@app.command(help=_("Periksa basis data, jurnal, foto dan kiriman."))
def check(context: typer.Context) -> None:
    """A line each; exit 1 where something is not whole."""
    from kerjadesa.actions.check_house import check_house

    with _office(context) as office:
        findings = check_house(office, _progress(_("Memeriksa")))
    for finding in findings:
        word = _("baik") if finding.ok else _("RUSAK: {wrong}").format(wrong=finding.wrong)
        typer.echo(f"{finding.name}: {finding.amount} – {word}")
    if not all(finding.ok for finding in findings):
        raise UserError("house_damaged")
