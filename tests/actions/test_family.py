"""Whom lists have named is there for the next of the family, for a while and not for ever."""

from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest

from kerjadesa.actions.family import KEPT_DAYS, family, forget_residents, remembered
from kerjadesa.actions.lane import never, unwatched
from kerjadesa.actions.office import Office
from kerjadesa.actions.open_list import open_list
from kerjadesa.actions.preview_import import preview_residents
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.remember_residents import remember_residents
from kerjadesa.actions.row_verdicts import Fixes
from kerjadesa.domain.problem import UserError
from kerjadesa.store import seen_residents
from tests.list_kit import workbook
from tests.office_kit import Clock, opened, worker

KK = "1303041207080001"
HEADERS = ["NIK", "Nama", "Tanggal Lahir", "No KK", "Hubungan Keluarga", "Dusun", "Status Dasar"]


def member(serial: int, **changes: str) -> list[str]:
    """One invented woman on one family card."""
    made = {"nik": f"130304410385{serial:04d}", "name": f"Upik Contoh {serial}",
            "born": "01-03-1985", "kk": KK, "relation": "ISTRI", "jorong": "Tapian",
            "alive": "HIDUP", **changes}  # fmt: skip
    return list(made.values())


def look_at(office: Office, book: Path, fixes: Fixes | None = None) -> None:
    """Previews a list, as the page does, and registers nobody."""
    opened_list = open_list(office, book, unwatched, never)
    table, places = opened_list.table, opened_list.matched.places
    preview = preview_residents(office, table, places, office.today, fixes or {}, unwatched, never)
    remember_residents(office, preview)


def test_a_list_that_was_only_looked_at_offers_the_family(tmp_path: Path) -> None:
    rows = [
        member(1),
        member(2, relation="ANAK", nik="bukan nik"),
        member(3, kk="1303041207080002"),
        member(4, alive="MATI"),
        member(5, name="Anak Contoh", born="01-03-2020"),
        member(6, name="Nenek Contoh", born="01-03-1940"),
    ]
    with opened(tmp_path / "home") as office:
        look_at(office, workbook(tmp_path / "l.xlsx", *rows, headers=HEADERS))
        found = family(office, " 1303 0412 0708 0001 ")
        assert [(who.name, who.age, who.relation, who.worker) for who in found] == [
            ("Upik Contoh 1", 41, "Istri", ""),
            ("Upik Contoh 2", 41, "Anak", ""),
        ], "a refused row is offered too; the dead, a child and the aged are not"
        assert found[0].facts == {
            "nik": "1303044103850001", "name": "Upik Contoh 1", "birth_date": date(1985, 3, 1),
            "jorong": "Tapian",
        }  # fmt: skip
        assert found[1].facts["nik"] == ""
        assert family(office, "130304") == family(office, "") == []


def test_who_is_registered_is_marked_even_with_another_family_card(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", member(1), member(2), headers=HEADERS)
    with opened(tmp_path / "home") as office:
        moved = register(office, worker(2, kk="1303041207080009"))
        own = register(office, worker(7, kk=KK))
        assert isinstance(moved, Registered) and isinstance(own, Registered)
        look_at(office, book)
        assert [(who.name, who.worker) for who in family(office, KK)] == [
            ("Upik Contoh 7", own.id),
            ("Upik Contoh 1", ""),
            ("Upik Contoh 2", moved.id),
        ]


def test_a_newer_list_of_the_same_shape_takes_the_place_of_the_older(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        look_at(office, workbook(tmp_path / "a.xlsx", member(1), member(2), headers=HEADERS))
        look_at(office, workbook(tmp_path / "b.xlsx", member(3), headers=HEADERS))
        assert [who.name for who in family(office, KK)] == ["Upik Contoh 3"]
        # Another shape stands beside it; one person in both is offered once.
        other = workbook(
            tmp_path / "c.xlsx", member(3)[:4], member(4)[:4], headers=[*HEADERS[:3], "NKK"]
        )
        look_at(office, other)
        assert sorted(who.name for who in family(office, KK)) == ["Upik Contoh 3", "Upik Contoh 4"]


def test_a_cell_put_right_is_remembered_as_it_was_put_right(tmp_path: Path) -> None:
    book = workbook(tmp_path / "l.xlsx", member(1, name="Upk"), headers=HEADERS)
    with opened(tmp_path / "home") as office:
        look_at(office, book, {0: {1: "Upik Rekaan"}})
        assert [who.name for who in family(office, KK)] == ["Upik Rekaan"]


def test_people_without_consent_are_forgotten_after_ninety_days(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path / "home", clock) as office:
        look_at(office, workbook(tmp_path / "l.xlsx", member(1), headers=HEADERS))
        held = remembered(office)
        assert (held.count, held.until) == (1, office.today + timedelta(days=KEPT_DAYS))
    clock.at += timedelta(days=KEPT_DAYS)
    with opened(tmp_path / "home", clock) as office:
        assert len(family(office, KK)) == 1
        clock.at += timedelta(days=1)
        assert family(office, KK) == [], "not even while the window stays open for days"
        assert remembered(office).count == 1
    with opened(tmp_path / "home", clock) as office:
        assert remembered(office).count == 0


def test_a_full_disk_keeps_nobody_from_opening_the_register(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path / "home", clock) as office:
        look_at(office, workbook(tmp_path / "l.xlsx", member(1), headers=HEADERS))
    clock.at += timedelta(days=KEPT_DAYS + 1)
    full = mock.patch.object(seen_residents, "forget_before", side_effect=UserError("disk_full"))
    with full, opened(tmp_path / "home", clock) as office:
        assert family(office, KK) == []


def test_the_operator_forgets_them_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        look_at(office, workbook(tmp_path / "l.xlsx", member(1), headers=HEADERS))
        forget_residents(office)
        assert family(office, KK) == []
        assert remembered(office).until is None


@pytest.mark.parametrize("cell", ["x" * 40_000, "'; DROP TABLE worker; --", "\u202eterbalik", "😀"])
def test_no_cell_of_a_list_spoils_what_is_remembered(tmp_path: Path, cell: str) -> None:
    book = workbook(
        tmp_path / "l.xlsx", member(1, name=cell[:32_000], jorong=cell[:32_000]), headers=HEADERS
    )
    with opened(tmp_path / "home") as office:
        look_at(office, book)
        (who,) = family(office, KK)
        assert who.name and len(who.name) <= 200
        assert "\u202e" not in who.name
