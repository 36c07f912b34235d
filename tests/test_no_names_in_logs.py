"""A whole life with recognisable people in it, and none of them where a stranger may look.

Looked through is everything that lies in the home, in the temporary folder and on the stick, with
the names of the files; what this program has logged or printed; and the text of every error that
could be provoked. Left out is only what the operator asked for: an export, a report, the cards.
"""

import importlib
import json
import logging
import pkgutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError
from PySide6.QtCore import Qt
from sqlalchemy import text

import kerjadesa
from kerjadesa.actions import drafts
from kerjadesa.actions.attach_photos import attach_photos
from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.enrol import enrol
from kerjadesa.actions.export_register import export_register
from kerjadesa.actions.import_workbook import import_workbook
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.lane import never, unwatched
from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.open_list import open_list
from kerjadesa.actions.print_cards import confirm_printed, render_cards
from kerjadesa.actions.receive import receive_from_folder
from kerjadesa.actions.send import send_to_folder
from kerjadesa.domain.device import DeviceFacts
from kerjadesa.domain.entry import Entry
from kerjadesa.domain.problem import UserError
from kerjadesa.domain.programme import ProgrammeFacts
from kerjadesa.domain.worker import Heir, WorkerFacts, from_body, to_body
from kerjadesa.exchange.batch import open_batch
from kerjadesa.exchange.enrolment import read_invitation
from kerjadesa.exchange.lines import read_lines
from kerjadesa.exchange.manifest import Range, read_manifest
from kerjadesa.incidents import start_log, stop_log
from kerjadesa.intake.workbook import read_sheets
from kerjadesa.ui.trouble import sentence_for
from tests.actions.test_family import HEADERS, member
from tests.list_kit import workbook
from tests.office_kit import District
from tests.ui.conftest import Operator, fresh, locked, operator  # noqa: F401 -- fixtures

NIK, KK, PHONE = "1303045207810042", "1303041507110077", "081377665544"
OTHER = "1303041103800043"
SECRETS = ("Zulfahmi", "Zubaidah", "Rabiatul", "Syamsinar", NIK, OTHER, KK, PHONE)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> Iterator[Path]:
    """The temporary folder of this life, and everything that anybody logs."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    handler = start_log(tmp_path / "home")
    logger = logging.getLogger("kerjadesa")
    logger.addHandler(caplog.handler)
    caplog.set_level(logging.DEBUG)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        logger.removeHandler(caplog.handler)
        stop_log(handler)


def test_a_whole_life_leaves_no_name_and_no_number_where_a_stranger_may_look(
    operator: Operator,  # noqa: F811
    printed: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    office = operator.window.office
    assert office is not None
    home, wanted, stick = office.home, tmp_path / "wanted", tmp_path / "stick"
    wanted.mkdir()
    stick.mkdir()

    # Typed, kept half-filled, saved, corrected, given a photo.
    form_page = operator.go("register")
    for fact, value in (("nik", NIK), ("kk", KK), ("name", "Zubaidah"), ("phone", PHONE),
                        ("mother_name", "Rabiatul"), ("jorong", "Tapian")):  # fmt: skip
        form_page.form.fields[fact].write(value)
    form_page.form.heirs.write(
        [{"name": "Syamsinar", "relation": "Ibu", "nik": OTHER, "phone": ""}]
    )
    operator.bot.waitUntil(lambda: len(drafts.unfinished(office)) == 1)
    operator.press(Qt.Key.Key_S, CONTROL)
    (made,) = page(office)
    corrected = correct(office, made.id, {"name": "Zulfahmi"})
    assert isinstance(corrected, Corrected)
    (wanted / f"{NIK}.jpg").write_bytes(portrait(1))
    assert attach_photos(office, wanted, unwatched, never).attached == 1
    form_page.form.fields["name"].write("Zulfahmi setengah")
    operator.bot.waitUntil(lambda: len(drafts.unfinished(office)) == 1)

    # A list with rows that are refused, mended, written, and reported back.
    people = (
        member(1, name="Rabiatul", kk=KK),
        member(2, nik=OTHER, name="Zulfahmi", born="kapan", kk=KK),
        member(3, nik=NIK, name="Syamsinar", kk=KK),
    )
    book = workbook(wanted / "Zubaidah.xlsx", *people, headers=HEADERS)
    form_page.keeper.settle()
    form_page._load("")
    imports = operator.go("import")
    operator.wait(lambda: imports.load(book))
    imports.rows.model.setData(imports.rows.model.index(1, 3), "Syamsinar")
    imports.keeper.finish()
    operator.wait(imports.rows.write.click)
    operator.wait(lambda: imports.save_to(wanted / "laporan.xlsx"))
    assert import_workbook(office, book).refused

    # Out of the house, as the operator wants it; and to the district and back.
    everybody = [listed.id for listed in page(office)]
    export_register(office, wanted / "daftar.xlsx", everybody, ("nik", "name"), "check", True)
    cards = render_cards(office)
    (wanted / "kartu.pdf").write_bytes(cards.pdf)
    confirm_printed(office, cards.cards)
    district = District(tmp_path / "district")
    enrol(office, district.invite())
    send_to_folder(office, stick)
    district.collect(stick)
    receive_from_folder(office, stick)

    for error in provoked(operator):
        chain: BaseException | None = error
        while chain is not None:
            assert not told(str(chain)), f"{type(chain).__name__} tells of somebody"
            chain = chain.__cause__ or chain.__context__
        assert not told(sentence_for(error))
        operator.window.surprise(error)

    log = home / "logs" / "kerjadesa.log"
    assert "incident" in log.read_text(encoding="utf-8"), "nothing was logged, so nothing is shown"
    assert operator.window.close()
    for place in (home, printed, stick):
        for path in place.rglob("*"):
            assert not told(str(path.relative_to(tmp_path))), "a file's name tells of somebody"
            if path.is_file():
                assert not told(path.read_bytes().decode("latin-1")), path.name
    assert (home / "window.ini").exists()
    assert not told(caplog.text)
    said = capfd.readouterr()
    assert not told(said.out + said.err)


def told(words: str) -> bool:
    """Whether somebody can be recognised in this, however it is written."""
    plain = words.casefold()
    return any(secret.casefold() in plain for secret in SECRETS)


def provoked(operator: Operator) -> Iterator[BaseException]:  # noqa: F811
    """An error at the edge of every room, each with somebody's facts in its hands."""
    office = operator.window.office
    assert office is not None
    person = {"nik": NIK, "kk": KK, "name": "Zubaidah", "sex": "X", "phone": PHONE,
              "birth_date": "kapan Zubaidah lahir", "nagari": "Rabiatul", "notes": 3,
              "heirs": [{"name": "Syamsinar " * 90, "nik": OTHER * 9, "phone": [PHONE]}],
              }  # fmt: skip
    facts = get(office, page(office)[0].id)
    assert facts is not None
    with office.store.reading(office.now()) as unit:
        device = unit.device
    span = Range(device=device, first=1, last=1, prev="0" * 64, hash="0" * 64)
    line = json.dumps({"hlc": NIK, "operator": "Zubaidah" * 99, "verb": KK, "subject": PHONE,
                       "body": person, "salt": "Rabiatul"}).encode() + b"\n"  # fmt: skip
    entry = Entry("a", 1, NIK, "Zubaidah", "worker.registered", PHONE, b'{"name": "Zubaidah',
                  b"", b"", b"", b"")  # fmt: skip
    book = operator.window._home / "not-a-book"
    tries = [
        lambda: WorkerFacts.model_validate(person),
        lambda: Heir.model_validate(person["heirs"][0]),
        lambda: from_body({**to_body(facts), "birth_date": person["name"], "sex": NIK}),
        entry.values,
        lambda: read_lines(line, span),
        lambda: read_manifest(json.dumps(person).encode()),
        lambda: read_invitation(json.dumps(person)),
        lambda: open_batch(json.dumps(person).encode(), office.keys),
        lambda: _in_database(office, "INSERT INTO worker (nik, name) VALUES (:nik, :name)", person),
        lambda: _in_database(office, "INSERT INTO nowhere VALUES (:nik, :name)", person),
        lambda: _in_database(
            office, "INSERT INTO setting (name, value) VALUES (:nik, :nobody)", person
        ),
        lambda: correct(office, "nobody", {"name": person["name"]}),
        lambda: _read_book(book, json.dumps(person).encode()),
        lambda: _read_book(book, b"PK\x03\x04" + json.dumps(person).encode()),
        lambda: open_list(office, book.with_name("gone"), unwatched, never),
    ]
    for attempt in tries:
        try:
            outcome = attempt()
        except Exception as error:
            yield error
        else:
            raise AssertionError(f"nothing went wrong: {outcome!r}")


def _in_database(office, statement: str, values: dict) -> None:
    with office.store.unit(office.now()) as unit:
        unit.session.connection().execute(
            text(statement), {"nik": values["nik"], "name": values["name"], "nobody": None}
        )


def _read_book(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        for sheet in read_sheets(path, never):
            list(sheet.rows)
        raise UserError("workbook_empty")
    finally:
        path.unlink()


def _models() -> list[type[BaseModel]]:
    for module in pkgutil.walk_packages(kerjadesa.__path__, "kerjadesa."):
        if not module.name.startswith(("kerjadesa.__main__", "kerjadesa.ui", "kerjadesa.cards")):
            importlib.import_module(module.name)
    found, left = [], [BaseModel]
    while left:
        for model in left.pop().__subclasses__():
            left.append(model)
            if model.__module__.startswith("kerjadesa."):
                found.append(model)
    return found


def test_no_shape_check_repeats_the_value_that_it_refuses() -> None:
    models = [model for model in _models() if not model.__module__.startswith("kerjadesa.cards")]
    assert len(models) > 10
    for model in models:
        if model.__module__.endswith(".tables") or model in {DeviceFacts, ProgrammeFacts}:
            # Rows are not checked, and of a laptop or a programme anybody may read.
            continue
        assert model.model_config.get("hide_input_in_errors"), model.__qualname__
    with pytest.raises(ValidationError) as refused:
        Heir.model_validate({"name": ["Zubaidah"]})
    assert "Zubaidah" not in str(refused.value)
