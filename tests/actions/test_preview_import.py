"""A list is looked at, mended and chosen from before anything of it is written."""

import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.end_enrolment import end_enrolment
from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.lane import Stopped, never, unwatched
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.office import Office
from kerjadesa.actions.open_list import open_list, remember_columns
from kerjadesa.actions.preview_import import preview_residents, register_chosen
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.report_import import report_workbook, reported, write_report
from kerjadesa.actions.row_verdicts import Preview, fix_cell
from kerjadesa.actions.same_person import merge
from kerjadesa.domain.problem import UserError
from tests.intake.made_workbooks import xlsx as sheets
from tests.list_kit import HEADERS, outcomes, row, workbook
from tests.office_kit import opened, worker

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
DAY = date(2026, 11, 20)


def previewed(office: Office, path: Path) -> Preview:
    opened_list = open_list(office, path, unwatched, never)
    table, places = opened_list.table, opened_list.matched.places
    return preview_residents(office, table, places, DAY, {}, unwatched, never)


def write(office: Office, preview: Preview, chosen: list[int]) -> None:
    for index, verdict in register_chosen(office, preview, DAY, chosen, unwatched, never).items():
        preview.verdicts[index] = verdict


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="THE SAMPLES ARE MISSING: no shared/samples beside the checkout"
)
def test_the_preview_and_the_import_say_the_same_of_every_row(tmp_path: Path) -> None:
    book = SAMPLES / "penduduk-muaro.xlsx"
    expected = json.loads((SAMPLES / "penduduk-muaro.expected.json").read_text())
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        refused = {
            str(preview.table.numbers[index]): preview.verdicts[index].codes[0]
            for index in preview.with_outcome("refused")
        }
        assert refused == expected["refused_rows"]
        warned = Counter(
            code for index in preview.with_outcome("warned")
            for code in preview.verdicts[index].codes
        )  # fmt: skip
        assert warned == expected["warned"]
        assert page(office) == [], "a preview writes nothing"
        report = import_workbook(office, book, DAY)
        assert report.registered == len(preview.with_outcome("new", "warned"))
        assert len(previewed(office, book).with_outcome("unchanged")) == report.registered


def test_only_the_chosen_rows_are_registered(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1), row(2), row(3, job="5"), row(4, name=""))
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        assert outcomes(preview) == ["new", "new", "warned", "refused"]
        write(office, preview, [1, 2])
        assert outcomes(preview) == ["new", "done", "done", "refused"]
        assert [listed.name for listed in page(office)] == ["Upik Contoh 2", "Upik Contoh 3"]


def test_a_refused_row_is_never_registered_even_when_chosen(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1, name="")))
        assert register_chosen(office, preview, DAY, [0], unwatched, never) == {}
        assert page(office) == []


def test_a_cell_put_right_makes_the_row_eligible_at_once(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1, nik="130304"), row(2, born="31-02-1985"))
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        assert [verdict.codes for verdict in preview.verdicts] == [
            ("nik_length",), ("birth_date_invalid",),
        ]  # fmt: skip
        assert fix_cell(preview, 0, "nik", "1303044103850001") == [0]
        assert fix_cell(preview, 1, "tanggallahir", "01/03/1985") == [1]
        assert outcomes(preview) == ["new", "new"]
        # Looking at the columns once more must not lose what was typed.
        again = preview_residents(
            office, preview.table, preview.places, DAY, preview.fixes, unwatched, never
        )
        assert outcomes(again) == ["new", "new"]
        write(office, preview, [0, 1])
        assert [listed.nik for listed in page(office)] == ["1303044103850001", "1303044103850002"]


def test_a_nik_put_right_frees_the_row_that_was_taken_for_its_double(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1), row(1, name="Buyung Rekaan"), row(3))
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        assert preview.verdicts[1].codes == ("duplicate_in_file",)
        assert fix_cell(preview, 0, "nik", row(2)[0]) == [0, 1]
        assert outcomes(preview) == ["new", "new", "new"]
        # And the other way: a wrong correction makes a double.
        assert fix_cell(preview, 2, "nik", row(1)[0]) == [1, 2]
        assert preview.verdicts[2].codes == ("duplicate_in_file",)


def test_a_correction_that_leads_to_a_registered_nik_says_so(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        assert isinstance(register(office, worker(7)), Registered)
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1)))
        fix_cell(preview, 0, "nik", row(7)[0])
        assert outcomes(preview) == ["unchanged"]


def test_a_row_already_written_keeps_its_nik_against_a_later_correction(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1), row(2)))
        write(office, preview, [1])
        fix_cell(preview, 0, "nik", row(2)[0])
        assert outcomes(preview) == ["refused", "done"]


def test_whom_a_colleague_registered_meanwhile_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1), row(2)))
        assert isinstance(register(office, worker(1, name="Nama yang Betul")), Registered)
        write(office, preview, [0, 1])
        assert outcomes(preview) == ["unchanged", "done"]
        assert [listed.name for listed in page(office)] == ["Nama yang Betul", "Upik Contoh 2"]


def test_an_old_list_never_registers_somebody_whose_nik_was_put_right(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1), row(2))
    with opened(tmp_path / "home") as office:
        made = register(office, worker(1))
        assert isinstance(made, Registered)
        before = previewed(office, book)
        changed = correct(office, made.id, {"nik": row(9)[0]}, "typed")
        assert isinstance(changed, Corrected)
        preview = previewed(office, book)
        assert outcomes(preview) == ["unchanged", "new"]
        assert preview.verdicts[0].codes == ("nik_former",)
        # Nor by rows that were judged before, nor by the command.
        write(office, before, [0])
        report = import_workbook(office, book, DAY)
        assert (report.registered, report.unchanged) == (1, 1)
        assert len(page(office)) == 2
        # A correction taken back leaves nothing behind.
        correct(office, made.id, {"nik": row(1)[0]}, "typed")
        assert previewed(office, book).verdicts[0].codes == ()


def test_an_old_list_never_registers_somebody_who_was_merged(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1), row(2))
    with opened(tmp_path / "home") as office:
        kept, gone = register(office, worker(1)), register(office, worker(2))
        assert isinstance(kept, Registered)
        assert isinstance(gone, Registered)
        merge(office, kept.id, gone.id, [])
        preview = previewed(office, book)
        assert outcomes(preview) == ["unchanged", "unchanged"]
        assert [verdict.codes for verdict in preview.verdicts] == [(), ("merged_here",)]


def test_whose_membership_has_ended_is_told_and_reported(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", row(1), row(2))
    with opened(tmp_path / "home") as office:
        for serial in (1, 2):
            made = register(office, worker(serial))
            assert isinstance(made, Registered)
        end_enrolment(office, made.id, "moved", office.today)
        preview = previewed(office, book)
        assert outcomes(preview) == ["unchanged", "unchanged"]
        assert [verdict.codes for verdict in preview.verdicts] == [(), ("ended_here",)]
        assert reported(preview) == [1]


def test_while_rows_are_written_the_end_is_in_sight(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1), row(2)))
        register_chosen(office, preview, DAY, [0, 1], lambda *said: told.append(said), never)
    assert told
    assert {whole for _done, whole in told} == {2}


def test_columns_once_corrected_are_known_in_the_next_file_of_that_shape(tmp_path: Path) -> None:
    headers = ["Identitas", "Siapa", "Lahir", "Kerja"]
    with opened(tmp_path / "home") as office:
        first = open_list(
            office, workbook(tmp_path / "a.xlsx", row(1), headers=headers), unwatched, never
        )
        assert not first.matched.sure
        places = {"nik": 0, "nama": 1, "tanggallahir": 2, "pekerjaan_id": 3}
        remember_columns(office, first.table, "residents", places)
        second = open_list(
            office, workbook(tmp_path / "b.xlsx", row(2), headers=headers), unwatched, never
        )
        assert second.matched.sure
        assert second.matched.places == places


def test_cancelling_the_preview_or_the_registration_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        book = workbook(tmp_path / "l.xlsx", *(row(serial) for serial in range(1, 300)))
        preview = previewed(office, book)
        answers = iter([False, False])
        with pytest.raises(Stopped):
            register_chosen(
                office, preview, DAY, [*range(299)], unwatched, lambda: next(answers, True)
            )
        assert page(office) == []
        opened_list = open_list(office, book, unwatched, never)
        with pytest.raises(Stopped):
            preview_residents(
                office,
                opened_list.table,
                opened_list.matched.places,
                DAY,
                {},
                unwatched,
                lambda: True,
            )


def test_the_report_gives_back_the_original_row_with_number_and_reason(tmp_path: Path) -> None:
    book = workbook(
        tmp_path / "l.xlsx",
        row(1),
        row(2, name="", job='=HYPERLINK("x")'),
        row(3, job="5"),
    )
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        fix_cell(preview, 1, "tanggallahir", "02-03-1985")
        assert reported(preview) == [1, 2]
        sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(preview))).active
        title, refused, warned = list(sheet.iter_rows())
        assert [cell.value for cell in title] == ["Baris", "Hasil", "Alasan", *HEADERS]
        assert [cell.value for cell in refused[:2]] == [3, "Ditolak"]
        assert refused[2].value.startswith("Nama kosong")
        assert [cell.value for cell in refused[3:]] == [
            "1303044103850002", None, "01-03-1985", '=HYPERLINK("x")',
        ]  # fmt: skip
        assert (refused[3].data_type, refused[3].number_format) == ("s", "@")
        assert refused[6].data_type == "s", "a formula from outside stays a text"
        assert refused[6].quotePrefix
        assert [cell.value for cell in warned[:2]] == [4, "Perlu diperiksa"]


def test_the_report_explains_the_cells_as_they_came_and_says_what_was_put_right(
    tmp_path: Path,
) -> None:
    book = workbook(
        tmp_path / "l.xlsx", row(1, born="00-00-0000"), row(2), row(2, name="Upik Lain"), row(4)
    )
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        fix_cell(preview, 0, "tanggallahir", "02-03-1985")
        fix_cell(preview, 2, "nik", row(3)[0])
        fix_cell(preview, 3, "nama", "Upik Betul")
        assert outcomes(preview) == ["warned", "new", "new", "new"]
        assert reported(preview) == [0, 2, 3]
        sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(preview))).active
        said = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
        assert [line[5] for line in said] == ["00-00-0000", "01-03-1985", "01-03-1985"]
        first, double, sound = [line[2] for line in said]
        assert first.startswith("Tanggal lahir tidak terbaca")
        assert "Diperbaiki petugas: Tanggal Lahir 02-03-1985. Tanggal lahir berbeda" in first
        assert double.startswith("NIK ini sudah ada di baris lain")
        assert sound == "Diperbaiki petugas: Nama Upik Betul."


def test_a_report_names_the_sheet_of_a_row_where_there_are_several(tmp_path: Path) -> None:
    book = sheets(tmp_path / "l.xlsx", [HEADERS, row(1)], [HEADERS, row(2, name="")])
    with opened(tmp_path / "home") as office:
        preview = previewed(office, book)
        sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(preview))).active
        assert [sheet["A2"].value, sheet["D2"].value] == ["Sheet2 · 2", row(2)[0]]


def test_a_report_can_be_mended_and_taken_in_as_it_is(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1), row(2, job="5")))
        assert write_report(tmp_path / "laporan.xlsx", preview) == 1
        again = previewed(office, tmp_path / "laporan.xlsx")
        assert [verdict.codes for verdict in again.verdicts] == [("job_formal",)]


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        preview = previewed(office, workbook(tmp_path / "l.xlsx", row(1, name="")))
        with pytest.raises(UserError, match="file_not_written"):
            write_report(tmp_path / "gone" / "laporan.xlsx", preview)
