"""From the register to paper: who, in which order, which issue, and nothing counted too early."""

import errno
import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kerjadesa.actions import print_cards
from kerjadesa.actions.declare_programme import new_programme
from kerjadesa.actions.former_cards import former_cards
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.office import Office
from kerjadesa.actions.print_cards import (
    PrintOptions,
    confirm_printed,
    render_calibration_sheet,
    render_cards,
    render_preview,
    save_cards,
)
from kerjadesa.actions.register import Registered, register
from kerjadesa.actions.set_programme import set_programme
from kerjadesa.actions.undo_change import undo_many
from kerjadesa.actions.verify_card import check_card
from kerjadesa.cards.calibration import Calibration
from kerjadesa.cards.changes import Changes
from kerjadesa.cards.credential import LAST_ISSUE
from kerjadesa.cards.layout import LayoutError
from kerjadesa.cards.reader import read_qr
from kerjadesa.domain import entry as verbs
from kerjadesa.domain.handover import MOST_UNSEEN
from kerjadesa.domain.problem import UserError
from kerjadesa.sentences import sentence
from kerjadesa.store.projection import project
from tests.office_kit import opened, worker


def registered(office: Office, serial: int, photo: bytes | None = None, **changes: Any) -> str:
    outcome = register(office, worker(serial, **changes), photo)
    assert isinstance(outcome, Registered)
    return outcome.id


def text_of(pdf: bytes, number: int = 0) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[number].get_textpage().get_text_bounded().split())


def named(office: Office, options: PrintOptions) -> list[str]:
    names = {listed.id: listed.name for listed in page(office)}
    return [names[one] for one in render_cards(office, "", options).workers]


def scanned(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=300 / 72).to_pil()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    text = read_qr(buffer.getvalue())
    assert text is not None
    return text


def test_cards_lie_by_jorong_and_name_as_people_read_them(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for serial, (name, jorong) in enumerate(
            [
                ("Zulkifli", "Koto 10"),
                ("nur aini", "Koto 2"),
                ("Nur'aida", "Koto 2"),
                ("Amril", ""),
                ("Étek", "Koto 2"),
            ],
            start=1,
        ):
            registered(office, serial, name=name, jorong=jorong)
        assert named(office, PrintOptions()) == [
            "Étek",
            "nur aini",
            "Nur'aida",
            "Zulkifli",
            "Amril",
        ]
        assert named(office, PrintOptions(order="list")) == [
            "Zulkifli",
            "nur aini",
            "Nur'aida",
            "Amril",
            "Étek",
        ]


def test_index_cards_part_the_stack_by_jorong(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for serial, jorong in enumerate(["Pasar", "Tapian", "Pasar"], start=1):
            registered(office, serial, jorong=jorong)
        made = render_cards(office, "", PrintOptions("cr80", index_cards=True))
        assert (made.count, made.pages, made.proofread) == (3, 5, 3)
        assert [card.sheet for card in made.cards] == [2, 3, 5]
        assert "Jorong Pasar 2 kartu" in text_of(made.pdf, 0)
        assert "Jorong Tapian 1 kartu" in text_of(made.pdf, 3)


def test_who_has_a_card_is_left_out_and_counted(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        first = registered(office, 1)
        made = render_cards(office)
        assert confirm_printed(office, made.cards) == 1
        with pytest.raises(UserError, match="cards_all_printed") as caught:
            render_cards(office)
        assert caught.value.facts == {"count": 1}
        second = registered(office, 2)
        made = render_cards(office)
        assert (made.workers, made.already_printed) == ([second], 1)
        again = render_cards(office, "", PrintOptions(again=True))
        assert set(again.workers) == {first, second}
        assert {card.issue for card in again.cards} == {1}


def test_a_lost_card_is_replaced_by_the_next_issue_and_the_old_one_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        one = registered(office, 1)
        made = render_cards(office, "", PrintOptions("cr80"))
        old = scanned(made.pdf)
        confirm_printed(office, made.cards)
        options = PrintOptions("cr80", "both", reprint="lost")
        made = render_cards(office, "", options, only=[one])
        assert [(card.issue, card.reason) for card in made.cards] == [(2, "lost")]
        assert "Terbitan ke-2" in text_of(made.pdf, 1)
        new = scanned(made.pdf)
        # Until the paper is good the first card is the one that counts.
        assert check_card(office, old, office.now()).verdict.status == "genuine"
        confirm_printed(office, made.cards)
        assert check_card(office, old, office.now()).verdict.status == "replaced"
        assert check_card(office, new, office.now()).verdict.status == "genuine"
        with office.store.reading(office.now()) as unit:
            said = [
                entry.values()
                for entry in unit.journal.of_subjects([one])[one]
                if entry.verb == "card.printed"
            ]
        assert [(body["issue"], body.get("reason")) for body in said] == [(1, None), (2, "lost")]


def test_next_years_programme_gives_a_new_card_that_names_it(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        one = registered(office, 1)
        made = render_cards(office, "", PrintOptions("cr80"))
        old = scanned(made.pdf)
        confirm_printed(office, made.cards)
        facts = new_programme(
            office, "Program Contoh 2027", "Nagari", date(2027, 1, 1), date(2027, 12, 31)
        )
        changes = set_programme(office, [one], facts.code)
        assert former_cards(office, [one]) == [one]
        undo_many(office, changes)
        assert former_cards(office, [one]) == [], "the card names the programme she is in"
        set_programme(office, [one], facts.code)
        made = render_cards(office, "", PrintOptions("cr80", reprint="renewed"), only=[one])
        assert "Program Contoh 2027" in text_of(made.pdf)
        assert "31 Desember 2027" in text_of(made.pdf)
        confirm_printed(office, made.cards)
        assert check_card(office, old, office.now()).verdict.status == "replaced"
        assert former_cards(office, [one]) == []


def test_a_reason_does_not_make_a_first_card_a_second_one(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        made = render_cards(office, "", PrintOptions(reprint="spoiled"))
        assert [(card.issue, card.reason) for card in made.cards] == [(1, None)]


def test_one_sheet_or_what_is_left_from_a_card_on_can_be_printed(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        for serial in range(1, 24):
            registered(office, serial, name=f"Upik Contoh {serial}")
        second = render_cards(office, "", PrintOptions(sheet=2))
        assert [card.position for card in second.cards] == [*range(11, 21)]
        assert {card.sheet for card in second.cards} == {1}
        rest = render_cards(office, "", PrintOptions(from_position=18))
        assert [card.position for card in rest.cards] == [*range(18, 24)]
        assert [card.place for card in rest.cards] == [*range(1, 7)]
        for beyond in (
            PrintOptions(sheet=4),
            PrintOptions(sheet=0),
            PrintOptions(from_position=99),
        ):
            with pytest.raises(UserError, match="sheet_missing"):
                render_cards(office, "", beyond)


def test_a_letter_the_font_lacks_is_told_by_its_place_in_the_list_and_not_by_the_name(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as office:
        registered(office, 1, name="Amril")
        registered(office, 2, name="Burhan محمد")
        with pytest.raises(UserError, match="card_letter_missing") as caught:
            render_cards(office)
        assert caught.value.facts == {"position": 2, "letter": "U+0645"}


def test_the_back_says_where_a_lost_card_goes_and_the_office_may_say_it_better(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        back = text_of(render_cards(office, "", PrintOptions("cr80", "back")).pdf)
        assert "Kantor Wali Nagari Muaro, Kecamatan Sijunjung, Kabupaten Sijunjung" in back
        changes = Changes("hemat", address="Kantor di Jalan Lintas No. 1", hidden=("payer",))
        back = text_of(render_cards(office, "", PrintOptions("cr80", "back", changes=changes)).pdf)
        assert "Kantor di Jalan Lintas No. 1" in back
        assert "Iuran" not in back


def test_backs_alone_claim_no_code_was_read(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        assert render_cards(office, "", PrintOptions(sides="back")).proofread == 0


def test_the_preview_is_both_faces_of_a_real_card(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        assert "Nama Contoh" in text_of(render_preview(office, Changes()), 0)
        registered(office, 1)
        confirm_printed(office, render_cards(office).cards)
        pdf = render_preview(office, Changes("potret", heading="Kartu Kita"))
        assert "Kartu Kita" in text_of(pdf, 0)
        assert "Kecelakaan kerja?" in text_of(pdf, 1)


def test_what_would_spoil_the_cards_is_refused_before_any_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        for options, code in [
            (PrintOptions("a3"), "paper_unknown"),
            (PrintOptions(front=Calibration(40)), "calibration_out_of_range"),
            (PrintOptions(back=Calibration(rotation_degrees=9)), "calibration_out_of_range"),
            (PrintOptions(changes=Changes(colours={"ground": "#000000"})), "card_text_pale"),
            (PrintOptions(changes=Changes("hologram")), "card_design_unknown"),
        ]:
            with pytest.raises(UserError, match=code):
                render_cards(office, "", options)

        def broken(_name: str) -> None:
            raise LayoutError("lanskap.toml", "name", "font", "unknown font italic")

        monkeypatch.setattr("kerjadesa.cards.changes.load_design", broken)
        with pytest.raises(UserError, match="card_design_unusable") as caught:
            render_cards(office)
        assert caught.value.facts == {"file": "lanskap.toml", "box": "name", "field": "font"}
        with pytest.raises(UserError, match="calibration_out_of_range"):
            render_calibration_sheet(PrintOptions(front=Calibration(scale_x=2)))


class SmallDisk(io.BytesIO):
    """A file on a disk that is full after some kilobytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._room:
            raise OSError(errno.ENOSPC, "no space left")
        return super().write(data)


def test_a_disk_full_half_way_counts_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "home") as office:
        for serial in range(1, 41):
            registered(office, serial, portrait(serial))
        before = {path.name for path in office.home.iterdir()}
        disk = SmallDisk(200_000)
        monkeypatch.setattr(print_cards.tempfile, "TemporaryFile", lambda **_where: disk)
        with pytest.raises(UserError, match="disk_full"):
            render_cards(office)
        assert disk.closed
        assert {path.name for path in office.home.iterdir()} == before
        assert {listed.printed for listed in page(office)} == {0}


def test_a_full_stick_or_a_vanished_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "home") as office:
        registered(office, 1)
        made = render_cards(office)
        with pytest.raises(UserError, match="file_not_written"):
            save_cards(tmp_path / "gone" / "kartu.pdf", made)
        target = tmp_path / "kartu.pdf"
        target.write_bytes(b"yang lama")

        def full(*_what: object) -> None:
            raise OSError(errno.ENOSPC, "no space left")

        with monkeypatch.context() as patched, pytest.raises(UserError, match="disk_full"):
            patched.setattr("shutil.copyfileobj", full)
            save_cards(target, made)
        assert target.read_bytes() == b"yang lama"
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kartu.pdf"]
        save_cards(target, made)
        assert target.read_bytes() == made.pdf
        assert target.stat().st_mode & 0o077 == 0


def test_the_file_of_faces_and_names_has_no_name_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        registered(office, 1)
        before = {path.name for path in office.home.iterdir()}
        made = render_cards(office)
        assert {path.name for path in office.home.iterdir()} == before
        assert made.size == len(made.pdf)
        made.close()
        with pytest.raises(ValueError, match="closed"):
            made.file.read()


def test_a_card_that_was_found_does_not_give_away_the_whole_nik(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        registered(office, 7777, name="Upik Contoh")
        file = render_cards(office, "", PrintOptions()).file
        file.seek(0)
        printed = text_of(file.read())
        assert "130304" in printed and "7777" not in printed


def test_who_has_had_the_last_issue_gets_a_sentence_and_the_same_issue_once_more(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as office:
        others, worn = registered(office, 1), registered(office, 2)
        (number,) = [one.card_number for one in page(office) if one.id == worn]
        with office.store.unit(office.now()) as unit:
            said = [
                (verbs.CARD_PRINTED, worn, {"number": number, "issue": issue})
                for issue in (*range(1, LAST_ISSUE, MOST_UNSEEN), LAST_ISSUE)
            ]
            project(unit, unit.journal.append_many(said, "Petugas Contoh"))
        with pytest.raises(UserError, match="card_issue_last") as told:
            render_cards(office, options=PrintOptions(reprint="lost"))
        assert "Kartu ke-2 sudah sampai terbitan terakhir (999)" in sentence(told.value)
        again = render_cards(office, options=PrintOptions(again=True), only=[worn])
        assert [card.issue for card in again.cards] == [LAST_ISSUE]
        assert check_card(office, scanned(again.pdf), office.now()).verdict.status == "genuine"
        left = render_cards(office, options=PrintOptions(reprint="lost"), only=[others])
        assert left.workers == [others], "nobody else goes without a card"
