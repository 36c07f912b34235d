"""Half-filled forms."""

from pathlib import Path

from kerjadesa.actions import drafts
from kerjadesa.actions.correct import correct
from kerjadesa.actions.drafts import Draft
from kerjadesa.actions.known_worker import known_worker
from kerjadesa.actions.list_workers import page
from kerjadesa.actions.register import Registered, register
from tests.office_kit import Clock, opened, worker


def half_filled(draft: str = "a", name: str = "Upik Contoh", **changes: object) -> Draft:
    facts = {"nik": "1303044", "name": name, "heirs": [{"name": "Contoh"}], "occupation": 9}
    return Draft(draft, "", {**facts, **changes}, b"\xff\xd8\xff foto", False)


def test_a_half_filled_form_is_there_when_the_register_is_opened_again(tmp_path: Path) -> None:
    home, clock = tmp_path / "home", Clock()
    with opened(home, clock) as office:
        drafts.keep(office, half_filled(name="Upik"))
        drafts.keep(office, half_filled(name="Upik Con"))
        drafts.keep(office, half_filled("b", name="Buyung"))
    with opened(home, clock) as office:
        assert [left.name for left in drafts.unfinished(office)] == ["Buyung", "Upik Con"]
        kept = drafts.take_up(office, "a")
        assert kept is not None
        assert (kept.facts, kept.photo) == (half_filled(name="Upik Con").facts, half_filled().photo)
        drafts.drop(office, "a")
        assert drafts.take_up(office, "a") is None
        assert len(drafts.unfinished(office)) == 1


def test_saving_the_form_takes_its_draft_away_and_refusing_it_does_not(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        drafts.keep(office, half_filled())
        assert isinstance(register(office, worker(1, name=""), kept="a"), list)
        assert len(drafts.unfinished(office)) == 1
        made = register(office, worker(1), kept="a")
        assert isinstance(made, Registered)
        assert drafts.unfinished(office) == []
        drafts.keep(office, Draft("c", made.id, {"mother_name": "Ibu Rekaan"}, None, False))
        correct(office, made.id, {"mother_name": "Ibu Rekaan"}, kept="c")
        assert drafts.unfinished(office) == []


def test_a_draft_is_no_entry_and_so_travels_nowhere(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        with office.store.reading(office.now()) as unit:
            before = unit.journal.last_stamp()
        drafts.keep(office, half_filled())
        with office.store.reading(office.now()) as unit:
            assert unit.journal.last_stamp() == before
        assert page(office) == []


def test_what_is_typed_lies_encrypted_on_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        drafts.keep(office, half_filled(name="Sangatlah Rahasia"))
        files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
        assert files
        assert not any(b"Sangatlah" in path.read_bytes() for path in files)


def test_a_known_nik_tells_whose_it_is_and_what_the_form_has_otherwise(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as office:
        made = register(office, worker(1, kk="1303040102030405"))
        assert isinstance(made, Registered)
        typed = {"name": "Upik Contoh 1 ", "jorong": "Pasar", "birth_date": "01-03-1985",
                 "kk": "1303 0401 0203 0405", "occupation": 9, "heirs": [], "phone": "",
                 "mother_name": None}  # fmt: skip
        known = known_worker(office, str(worker(1)["nik"]), typed)
        assert known is not None
        assert (known.id, known.name) == (made.id, "Upik Contoh 1")
        assert known.differs == ("jorong",)
        assert known_worker(office, "1303044103850077", typed) is None
