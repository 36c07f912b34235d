"""A half-filled form is left for another and is there again afterwards."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kerjadesa.actions import drafts
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import get, page
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.problem import UserError
from tests.office_kit import worker
from tests.ui.conftest import Operator

CONTROL = Qt.KeyboardModifier.ControlModifier


def office_of(operator: Operator) -> Office:
    assert operator.window.office is not None
    return operator.window.office


def registered(operator: Operator, serial: int, **facts: Any) -> str:
    made = register(office_of(operator), worker(serial, **facts))
    assert isinstance(made, Registered)
    return made.id


def kept(operator: Operator, *names: str) -> None:
    """Forms that were left half-filled, the newest last."""
    for name in names:
        drafts.keep(office_of(operator), drafts.Draft(name, "", {"name": name}, None, False))


def left(operator: Operator) -> list[str]:
    return [draft.name for draft in drafts.unfinished(office_of(operator))]


@contextmanager
def writing_a_list(operator: Operator) -> Iterator[None]:
    """Somebody else writes for long, as an import does that lands its thousands of rows."""
    office, begun, through = office_of(operator), threading.Event(), threading.Event()

    def write() -> None:
        with office.store.unit(office.now()):
            begun.set()
            through.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        yield
    finally:
        through.set()
        writer.join()


def test_opening_who_has_the_nik_keeps_what_was_typed_for_later(operator: Operator) -> None:
    known = registered(operator, 1)
    form_page = operator.go("register")
    form_page.form.fields["nik"].write("1303044103850001")
    form_page.form.fields["name"].write("Upik Lain")
    form_page.form.photo.show_kept(portrait(1), removed=False)
    # At once: neither the check nor the write that is due may be waited for.
    operator.press(Qt.Key.Key_D, CONTROL)
    assert form_page.form.fields["name"].read() == "Upik Contoh 1"
    assert "Nama lengkap, Foto" in form_page.frame.banner.text
    assert form_page.unfinished.text == "1 isian belum selesai"
    form_page.unfinished.continue_button.click()
    assert form_page.form.fields["name"].read() == "Upik Lain"
    assert form_page.form.photo.fresh == portrait(1)
    facts = get(office_of(operator), known)
    assert facts is not None and facts.name == "Upik Contoh 1"


def test_what_was_typed_is_put_in_once_and_offered_no_more(operator: Operator) -> None:
    known = registered(operator, 1)
    form_page = operator.go("register")
    form_page.form.fields["nik"].write("1303044103850001")
    form_page.form.fields["name"].write("Upik Lain")
    operator.press(Qt.Key.Key_D, CONTROL)
    form_page.frame.banner._action.click()
    assert form_page.form.fields["name"].read() == "Upik Lain"
    assert form_page.unfinished.text == ""
    assert left(operator) == ["Upik Lain"], "it is still there after a power cut"
    assert form_page.save()
    assert left(operator) == []
    facts = get(office_of(operator), known)
    assert facts is not None and facts.name == "Upik Lain"


def test_a_nik_alone_leaves_nothing_to_go_on_with(operator: Operator) -> None:
    registered(operator, 1)
    form_page = operator.go("register")
    operator.type("1303044103850001")
    operator.press(Qt.Key.Key_D, CONTROL)
    assert form_page.frame.heading.text() == "Betulkan data pekerja"
    assert form_page.unfinished.text == ""
    assert left(operator) == []


def test_a_form_that_cannot_be_kept_is_not_left(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("disk_full")

    registered(operator, 1)
    monkeypatch.setattr("kerjadesa.ui.register_page.keep", full)
    form_page = operator.go("register")
    form_page.form.fields["nik"].write("1303044103850001")
    form_page.form.fields["name"].write("Upik Lain")
    operator.press(Qt.Key.Key_D, CONTROL)
    assert form_page.form.fields["name"].read() == "Upik Lain"
    operator.bot.waitUntil(lambda: "Diska penuh" in form_page.frame.banner.text)


def test_every_form_left_behind_is_reached_without_a_question(operator: Operator) -> None:
    kept(operator, "Ani", "Buyung", "Upik")
    form_page = operator.go("register")
    reached = []
    for _turn in range(4):
        form_page.unfinished.continue_button.click()
        reached.append(form_page.form.fields["name"].read())
    assert sorted(reached[:3]) == ["Ani", "Buyung", "Upik"]
    assert reached[3] == reached[0]
    assert sorted(left(operator)) == ["Ani", "Buyung", "Upik"]
    form_page.form.fields["mother_name"].write("Ibu Rekaan")
    form_page.unfinished.continue_button.click()
    assert form_page.form.fields["mother_name"].read() == ""
    held = drafts.take_up(office_of(operator), reached[0])
    assert held is not None and held.facts["mother_name"] == "Ibu Rekaan"


def test_a_form_saved_while_a_list_is_written_is_registered_by_itself(operator: Operator) -> None:
    form_page = operator.go("register")
    with writing_a_list(operator):
        for fact, value in worker(1).items():
            if fact in form_page.form.fields:
                form_page.form.fields[fact].write(value)
        operator.press(Qt.Key.Key_S, CONTROL)
        assert "Daftar lain sedang ditulis" in form_page.frame.banner.text
        operator.type("x", form_page.form.fields["notes"].control)
        assert form_page.form.fields["notes"].read() == "x", "the window is alive"
        assert page(office_of(operator)) == []
    operator.bot.waitUntil(lambda: len(page(office_of(operator))) == 1)
    assert form_page.frame.banner.text.startswith("Tersimpan: Upik Contoh 1")


@pytest.mark.parametrize("otherwise", ["thrown away", "another opened"])
def test_a_form_that_waits_for_its_turn_and_is_left_is_never_saved(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, otherwise: str
) -> None:
    registered(operator, 2)
    form_page = operator.go("register")
    with writing_a_list(operator):
        for fact, value in worker(1).items():
            if fact in form_page.form.fields:
                form_page.form.fields[fact].write(value)
        operator.bot.waitUntil(lambda: form_page.keeper._writing is not None)
        operator.press(Qt.Key.Key_S, CONTROL)
        assert form_page._turn.isActive()
        monkeypatch.setattr("kerjadesa.ui.register_page.ask_about_changes", lambda _: "discard")
        if otherwise == "thrown away":
            form_page._clear()
        else:
            assert form_page.may_leave()
            operator.desk.page("register").show_what(page(office_of(operator))[0].id)
    assert not form_page._turn.isActive()
    operator.bot.waitUntil(lambda: left(operator) == [])
    assert [listed.name for listed in page(office_of(operator))] == ["Upik Contoh 2"]
