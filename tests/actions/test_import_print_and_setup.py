"""Setting up, importing, printing: all or nothing, and a sentence when it is nothing."""

import errno
import shutil
import tempfile
from pathlib import Path

import pytest
import xlsxwriter

from kerjadesa.actions import print_cards, setup
from kerjadesa.actions.check_house import check_house
from kerjadesa.actions.home_files import DATABASE, VAULT
from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.lane import Stopped
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.print_cards import confirm_printed, render_cards, write_pdf
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.setup import is_set_up, set_up
from kerjadesa.actions.status import status
from kerjadesa.actions.unlock import open_office
from kerjadesa.cards.proof import Mismatch
from kerjadesa.domain.problem import UserError
from kerjadesa.incidents import start_log, stop_log
from tests.office_kit import MUARO, PASSPHRASE, START, Clock, opened, worker


def workbook(path: Path, count: int) -> Path:
    """A resident workbook of invented women."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("nik", "nama", "tanggallahir", "dusun"))
        for serial in range(1, count + 1):
            nik, name = worker(serial)["nik"], f"Upik Contoh {serial}"
            sheet.write_row(serial, 0, (nik, name, "1985-03-01", "Tapian"))
    return path


def test_a_cancelled_import_has_written_nothing(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", 2500)
    with opened(tmp_path / "home") as office:
        writing = False

        def progress(_done: int, whole: int | None) -> None:
            nonlocal writing
            writing = whole is not None

        with pytest.raises(Stopped):
            import_workbook(office, book, None, progress, lambda: writing)
        assert writing
        assert page(office) == []
        assert import_workbook(office, book).registered == 2500


def test_an_import_never_overwrites_what_an_officer_corrected(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", 1)
    with opened(tmp_path / "home") as office:
        registered = register(office, worker(1, name="Nama yang Betul"))
        assert isinstance(registered, Registered)
        report = import_workbook(office, book)
        assert (report.registered, report.unchanged) == (0, 1)
        assert page(office)[0].name == "Nama yang Betul"


def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", 1200)
    seen: list[tuple[int, int | None]] = []
    with opened(tmp_path / "home") as office:
        import_workbook(office, book, progress=lambda done, whole: seen.append((done, whole)))
    assert seen[-1] == (1200, 1200)
    assert (100, None) in seen


def test_cards_lie_in_the_order_of_the_paper_list(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for serial, (name, jorong) in enumerate(
            [("Zulkifli", "Pasar"), ("Amril", "Tapian"), ("Bustami", "Pasar")], start=1
        ):
            register(office, worker(serial, name=name, jorong=jorong))
        names = {listed.id: listed.name for listed in page(office)}
        made = render_cards(office)
        assert [names[one] for one in made.workers] == ["Bustami", "Zulkifli", "Amril"]


def test_a_card_counts_as_printed_only_when_a_person_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        register(office, worker(1))
        made = render_cards(office)
        assert page(office)[0].printed == 0
        assert confirm_printed(office, made.cards) == 1
        assert page(office)[0].printed == 1


def test_a_pdf_with_one_unreadable_code_is_not_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Mismatch(page=3, position=2, expected_index=21, found=None)
    monkeypatch.setattr(print_cards, "proofread", lambda *_: [wrong])
    with opened(tmp_path) as office:
        register(office, worker(1))
        with pytest.raises(UserError) as caught:
            render_cards(office)
    assert caught.value.code == "cards_unreadable_qr"
    assert caught.value.facts["page"] == 3


def test_cancelling_in_the_middle_of_the_cards_gives_none(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for serial in range(1, 5):
            register(office, worker(serial))
        asked = iter(range(1000))
        with pytest.raises(Stopped):
            render_cards(office, cancelled=lambda: next(asked) > 3)


def test_no_card_for_a_programme_that_is_over(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock) as office:
        register(office, worker(1))
        clock.at = clock.at.replace(year=2027, month=2)
        with pytest.raises(UserError, match="programme_over"):
            render_cards(office)


def test_a_full_disk_leaves_the_old_pdf_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kartu.pdf"
    target.write_bytes(b"yang lama")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="disk_full"):
        write_pdf(target, b"%PDF baru")
    assert target.read_bytes() == b"yang lama"
    assert [path.name for path in tmp_path.iterdir()] == ["kartu.pdf"]


def test_a_set_up_that_was_cut_off_can_simply_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(setup, "_put_aside", cut)
        with pytest.raises(KeyboardInterrupt):
            set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    assert not is_set_up(tmp_path)
    set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    assert is_set_up(tmp_path)


def test_an_antivirus_that_holds_each_new_file_for_a_moment_does_not_break_the_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: set[Path] = set()
    rename = Path.replace

    def once_refused(self: Path, target: Path) -> Path:
        if target not in held:
            held.add(target)
            raise PermissionError(errno.EACCES, "in use by another program")
        return rename(self, target)

    (tmp_path / DATABASE).write_bytes(b"left behind")
    monkeypatch.setattr(Path, "replace", once_refused)
    monkeypatch.setattr("kerjadesa.store.files.time.sleep", lambda _seconds: None)
    set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    assert {tmp_path / DATABASE, tmp_path / VAULT} < held
    open_office(tmp_path, PASSPHRASE, Clock()).close()


def test_a_set_up_whose_files_stay_held_says_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target == tmp_path / DATABASE:
            raise PermissionError(errno.EACCES, "in use by another program")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr("kerjadesa.store.files.time.sleep", lambda _seconds: None)
    with pytest.raises(UserError, match="file_not_written"):
        set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    assert not is_set_up(tmp_path)


def test_a_home_that_is_made_is_closed_to_other_accounts_and_one_that_was_there_keeps_its_mode(
    tmp_path: Path,
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o750)
    stop_log(start_log(tmp_path / "deep" / "looked-at"))
    for home in (shared, tmp_path / "deep" / "looked-at", tmp_path / "deep" / "fresh"):
        set_up(home, MUARO, "Petugas", PASSPHRASE, "", START)
    modes = [path.stat().st_mode & 0o777 for path in (shared, *(tmp_path / "deep").iterdir())]
    assert modes == [0o750, 0o700, 0o700]


def test_cards_that_a_power_cut_left_under_a_name_are_gone_when_the_register_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on Windows, where a temporary file has a name.
    monkeypatch.setattr("tempfile.TemporaryFile", tempfile.NamedTemporaryFile)
    with opened(tmp_path) as office:
        before = set(tmp_path.iterdir())
        register(office, worker(1))
        cards = render_cards(office)
        (named,) = set(tmp_path.iterdir()) - before
        left = named.with_name(named.name + "left")
        shutil.copyfile(named, left)
        cards.close()
    assert left.exists()
    with opened(tmp_path):
        assert not left.exists()


def test_a_database_whose_vault_is_gone_is_put_aside_and_never_deleted(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        register(office, worker(1))
    database = (tmp_path / "kerjadesa.db").read_bytes()
    (tmp_path / "vault.json").unlink()
    set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    kept = list((tmp_path / "backups").rglob("kerjadesa.db"))
    assert [path.read_bytes() for path in kept] == [database]


def test_a_register_that_went_missing_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    (tmp_path / "kerjadesa.db").unlink()
    with pytest.raises(UserError, match="database_missing"):
        open_office(tmp_path, PASSPHRASE, Clock())


def test_the_recovery_key_opens_the_register_as_it_was_copied_by_hand(tmp_path: Path) -> None:
    made = set_up(tmp_path, MUARO, "Petugas", PASSPHRASE, "", START)
    typed = made.recovery.lower().replace("-", " ").replace("0", "o")
    open_office(tmp_path, typed, Clock()).close()


def test_check_names_what_is_not_whole(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        made = register(office, worker(1))
        assert isinstance(made, Registered)
        assert {f.name for f in check_house(office) if f.ok} == {
            "database",
            "journal",
            "workers",
            "photos",
            "batches",
        }
        with office.store.unit(START) as unit:
            unit.session.connection().exec_driver_sql("UPDATE entry SET operator = 'x'")
            unit.session.connection().exec_driver_sql("UPDATE worker SET nik = '1'")
        assert {f.name for f in check_house(office) if not f.ok} == {"journal", "workers"}


def test_a_clock_set_back_is_noticed(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock) as office:
        register(office, worker(1))
        assert not status(office).clock_behind
        clock.at = clock.at.replace(year=2020)
        assert status(office).clock_behind
        assert isinstance(register(office, worker(2)), Registered)
