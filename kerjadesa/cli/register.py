"""Commands on the register: nik, setup, import, workers, status, check."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from kerjadesa.cli.caller import Json, Words, now, opened, print_json, progress
from kerjadesa.domain import nik as nik_rules
from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.sentences import code_sentence, sentence
from kerjadesa.words import _


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(help=_("Baca dan periksa sebuah NIK."))(nik)
    app.command(help=_("Siapkan nagari ini di komputer ini."))(setup)
    app.command(name="import", help=_("Daftarkan penduduk yang memenuhi syarat dari buku kerja."))(
        import_
    )
    app.command(help=_("Daftar pekerja, atau cari di dalamnya."))(workers)
    app.command(help=_("Simpan daftar pekerja ke .xlsx atau .csv; alasannya dicatat."))(export)
    app.command(help=_("Pasang foto satu pekerja dari sebuah gambar."))(photo)
    app.command(help=_("Pasang foto dari satu folder; nama berkasnya memuat NIK."))(photos)
    app.command(help=_("Keadaan register dan pengiriman."))(status)
    app.command(help=_("Periksa basis data, jurnal, foto dan kiriman."))(check)


def nik(text: str, as_json: Json = False) -> None:
    """{"valid","problem","birth_date","sex","region"}; exit 1 where it is none."""
    parsed = nik_rules.parse(text)
    problem = parsed.code if isinstance(parsed, Problem) else None
    today = now().astimezone().date()
    born = None if isinstance(parsed, Problem) else parsed.birth_date(today)
    if as_json:
        print_json(
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
    passphrase = context.obj.new_passphrase()
    made = set_up(context.obj.home, nagari, operator, passphrase, programme, now())
    typer.echo(_("Siap. Perangkat {device}.").format(device=made.device))
    typer.echo(_("Kunci pemulihan (tulis di kertas, simpan terkunci, hanya tampil sekali):"))
    typer.echo(made.recovery)


def import_(
    context: typer.Context,
    file: Path,
    on: Annotated[
        str | None, typer.Option("--on", help=_("Hari pendaftaran, tttt-bb-hh; bawaan hari ini."))
    ] = None,
    as_json: Json = False,
) -> None:
    """The report; row = the spreadsheet's own row number, sheet = its sheet if several are read."""
    from kerjadesa.actions.import_workbook import import_workbook
    from kerjadesa.actions.verdict_words import unread_words
    from kerjadesa.intake.residents import row_name

    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        raise typer.BadParameter(_("Tanggal ditulis tttt-bb-hh."), param_hint="--on") from None
    with opened(context) as office:
        report = import_workbook(office, file, day, progress(_("Membaca")))
    if as_json:
        print_json(asdict(report, dict_factory=_without_no_sheets))
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
    if report.unread:
        typer.echo(unread_words(", ".join(report.unread)))
    for title, notes in ((_("Ditolak"), report.refused), (_("Perlu dilihat"), report.warned)):
        for note in notes:
            typer.echo(
                _("{title}, baris {row}: {sentence}").format(
                    title=title,
                    row=row_name(note.row, note.sheet),
                    sentence=code_sentence(note.code),
                )
            )


def _without_no_sheets(facts: list[tuple[str, Any]]) -> dict[str, Any]:
    """Sheets are told only where there is something to tell of them."""
    return {name: value for name, value in facts if value or name not in {"sheet", "unread"}}


def workers(
    context: typer.Context,
    text: Words = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000_000)] = 1_000_000,
    show_nik: Annotated[bool, typer.Option("--show-nik", help=_("NIK lengkap."))] = False,
    as_json: Json = False,
) -> None:
    """[{"id","name","nik","jorong","card_number","sync"}], by name."""
    from kerjadesa.actions.list_workers import find, page

    with opened(context) as office:
        listed = find(office, text, limit)[0] if text.strip() else page(office, limit)
    if as_json:
        print_json(
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


def export(
    context: typer.Context,
    file: Path,
    text: Words = "",
    reason: Annotated[
        str, typer.Option(help=_("Untuk apa: district, bpjs, meeting, payment atau check."))
    ] = "",
    show_nik: Annotated[bool, typer.Option("--show-nik", help=_("NIK lengkap."))] = False,
) -> None:
    """Everybody, or whom the words find; every column. The kind of file is what its name says."""
    from kerjadesa.actions.export_register import export_register
    from kerjadesa.actions.list_workers import View
    from kerjadesa.actions.register_columns import COLUMNS, EXPORT_REASONS

    known = next((code for code in EXPORT_REASONS if code == reason), None)
    if known is None:
        raise typer.BadParameter(", ".join(EXPORT_REASONS), param_hint="--reason")
    if file.suffix.lower() not in {".xlsx", ".csv"}:
        raise typer.BadParameter(_("Nama berkas berakhir .xlsx atau .csv."), param_hint="FILE")
    with opened(context) as office:
        watch = progress(_("Menulis"))
        count = export_register(office, file, View(text), tuple(COLUMNS), known, show_nik, watch)
    typer.echo(_("{count} pekerja tersimpan; ekspor ini dicatat.").format(count=count))


def photo(
    context: typer.Context,
    nik: Annotated[str, typer.Argument(help=_("NIK pekerja."))],
    file: Path,
) -> None:
    """Cut to 3 × 4 around the middle; replaces a photo that is there."""
    from kerjadesa.actions.attach_photos import attach_photo

    with opened(context) as office:
        refused = attach_photo(office, nik, file)
    if refused is not None:
        typer.echo(sentence(refused), err=True)
        raise typer.Exit(1)
    typer.echo(_("Foto terpasang."))


def photos(context: typer.Context, folder: Path) -> None:
    """Workers who have a photo keep it."""
    from kerjadesa.actions.attach_photos import attach_photos
    from kerjadesa.actions.lane import never

    with opened(context) as office:
        outcome = attach_photos(office, folder, progress(_("Memasang foto")), never)
    typer.echo(
        _(
            "{pictures} gambar: {attached} terpasang, {had_one} sudah berfoto, {unknown} tidak "
            "dikenal, {unreadable} tidak terbaca."
        ).format(
            pictures=outcome.pictures,
            attached=outcome.attached,
            had_one=outcome.had_one,
            unknown=len(outcome.unknown) + len(outcome.nameless),
            unreadable=len(outcome.unreadable),
        )
    )


def status(context: typer.Context, as_json: Json = False) -> None:
    """{"workers","waiting","sent","received","refused","device","batches"}."""
    from kerjadesa.actions.status import status as ask

    with opened(context) as office:
        now = ask(office)
    names = ("workers", "waiting", "sent", "received", "refused", "device", "batches")
    if as_json:
        print_json({name: getattr(now, name) for name in names})
        return
    typer.echo(
        _(
            "{workers} pekerja: {waiting} menunggu, {sent} terkirim, {received} diterima dinas, "
            "{refused} ditolak; {batches} berkas kiriman; perangkat {device}."
        ).format(**{name: getattr(now, name) for name in names})
    )
    if now.clock_behind:
        typer.echo(_("Jam komputer ini tampaknya salah. Betulkan tanggal dan jamnya."), err=True)


def check(context: typer.Context) -> None:
    """A line each; exit 1 where something is not whole."""
    from kerjadesa.actions.check_house import check_house

    with opened(context) as office:
        findings = check_house(office, progress(_("Memeriksa")))
    for finding in findings:
        word = _("baik") if finding.ok else _("RUSAK: {wrong}").format(wrong=finding.wrong)
        typer.echo(f"{finding.name}: {finding.amount} – {word}")
    if not all(finding.ok for finding in findings):
        raise UserError("house_damaged")
