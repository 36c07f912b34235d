"""A poverty list says who of the register is poor, and whom the register does not know."""

from datetime import date
from pathlib import Path

import pytest

from kerjadesa.actions.attach_poverty import attach_chosen, preview_poverty, source_named
from kerjadesa.actions.conflicts import conflicts_of
from kerjadesa.actions.lane import Stopped, never, unwatched
from kerjadesa.actions.list_workers import get
from kerjadesa.actions.office import Office
from kerjadesa.actions.open_list import open_list
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.row_verdicts import Preview, fix_cell
from tests.list_kit import outcomes, workbook
from tests.office_kit import opened, worker
from tests.two_laptops import disagree

DATED = date(2026, 6, 30)
HEADERS = ["NIK", "Nama", "Desil"]


def listed(serial: int, decile: str = "2", name: str = "") -> list[str]:
    return [f"130304410385{serial:04d}", name or f"UPIK CONTOH {serial}", decile]


def previewed(office: Office, path: Path, *rows: list[str], source: str = "DTSEN") -> Preview:
    found = open_list(office, workbook(path, *rows, headers=HEADERS), unwatched, never)
    assert found.matched.kind == "poverty"
    places = found.matched.places
    return preview_poverty(office, found.table, places, source, DATED, {}, unwatched, never)


def attach(office: Office, preview: Preview, chosen: list[int]) -> None:
    done = attach_chosen(office, preview, "DTSEN", DATED, chosen, unwatched, never)
    for index, verdict in done.items():
        preview.verdicts[index] = verdict


def known(office: Office, serial: int, **facts: object) -> str:
    made = register(office, worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def test_source_decile_and_date_come_to_those_the_list_names(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        upik, other = known(office, 1), known(office, 2)
        preview = previewed(office, tmp_path / "l.xlsx", listed(1, "Desil 1"), listed(9))
        assert outcomes(preview) == ["new", "unknown"]
        attach(office, preview, [0])
        assert outcomes(preview) == ["done", "unknown"]
        facts, untouched = get(office, upik), get(office, other)
        assert facts is not None and untouched is not None
        assert (facts.poverty_source, facts.poverty_decile, facts.poverty_date) == (
            "DTSEN", 1, DATED,
        )  # fmt: skip
        assert untouched.poverty_source == ""
        # One entry for the registration, one for the list.
        with office.store.reading(office.now()) as unit:
            _, correction = unit.journal.of_subjects([upik])[upik]
        assert set(correction.values()["set"]) == {
            "poverty_source", "poverty_decile", "poverty_date",
        }  # fmt: skip


def test_the_same_list_a_second_time_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        known(office, 1)
        attach(office, previewed(office, tmp_path / "l.xlsx", listed(1)), [0])
        assert outcomes(previewed(office, tmp_path / "l.xlsx", listed(1))) == ["unchanged"]


def test_a_newer_list_replaces_what_the_older_said(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        upik = known(office, 1, poverty_source="P3KE", poverty_decile="4")
        attach(office, previewed(office, tmp_path / "l.xlsx", listed(1)), [0])
        facts = get(office, upik)
        assert facts is not None
        assert (facts.poverty_source, facts.poverty_decile) == ("DTSEN", 2)
        assert conflicts_of(office, upik) == [], "a replaced word is no conflict"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (listed(1, "11"), "decile_invalid"),
        (listed(1, "0"), "decile_invalid"),
        (listed(1, "0,5"), "decile_invalid"),
        (listed(1, ""), "decile_missing"),
        (["130304", "Upik", "2"], "nik_length"),
    ],
)
def test_a_row_that_says_nothing_sure_is_refused(tmp_path: Path, row: list[str], code: str) -> None:
    with opened(tmp_path / "home") as office:
        known(office, 1)
        assert previewed(office, tmp_path / "l.xlsx", row).verdicts[0].codes == (code,)


def test_another_name_under_a_known_nik_is_pointed_out(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        known(office, 1)
        known(office, 2, name="Hj. Upik Contoh")
        preview = previewed(
            office, tmp_path / "l.xlsx", listed(1, name="Zulkifli"), listed(2, name="UPIK CONTOH")
        )
        assert [verdict.codes for verdict in preview.verdicts] == [("name_differs",), ()]


def test_who_is_named_twice_gets_the_first_word_until_it_is_put_right(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        known(office, 1)
        known(office, 2)
        preview = previewed(office, tmp_path / "l.xlsx", listed(1, "2"), listed(1, "3"))
        assert outcomes(preview) == ["new", "refused"]
        fix_cell(preview, 1, "nik", listed(2)[0])
        assert outcomes(preview) == ["new", "new"]


def test_what_two_laptops_disagree_on_waits_for_a_person(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as office:
        upik = known(office, 1)
        before = previewed(office, tmp_path / "l.xlsx", listed(1))
        disagree(office, tmp_path, upik, {"poverty_decile": 2}, {"poverty_decile": 5})
        attach(office, before, [0])
        after = previewed(office, tmp_path / "l.xlsx", listed(1))
        for preview in (before, after):
            assert preview.verdicts[0].codes == ("poverty_undecided",)
        assert len(conflicts_of(office, upik)) == 1


def test_cancelling_attaches_to_nobody(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        upik = known(office, 1)
        preview = previewed(office, tmp_path / "l.xlsx", listed(1))
        with pytest.raises(Stopped):
            attach_chosen(office, preview, "DTSEN", DATED, [0], unwatched, lambda: True)
        facts = get(office, upik)
        assert facts is not None
        assert facts.poverty_source == ""


def test_the_source_is_proposed_from_the_file_name() -> None:
    assert source_named("Data p3ke Muaro.xlsx", "Sheet1") == "P3KE"
    assert source_named("daftar.xlsx", "DTKS 2025") == "DTKS"
    assert source_named("daftar.xlsx") == "DTSEN"
