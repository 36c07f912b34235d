"""What was typed is there after the power went."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kerjadesa.actions import drafts
from kerjadesa.actions.invent import portrait
from kerjadesa.actions.list_workers import get, page, photo
from kerjadesa.actions.office import Office
from kerjadesa.actions.register import Registered, register
from kerjadesa.domain.problem import UserError
from kerjadesa.ui.draft_keeper import DraftKeeper
from tests.office_kit import opened, worker
from tests.ui.conftest import Operator

TYPED = 60


def unfinished(operator: Operator) -> list[drafts.Unfinished]:
    assert operator.window.office is not None
    return drafts.unfinished(operator.window.office)


def restarted(operator: Operator) -> None:
    """The window as it is when it is opened again after the power went."""
    operator.desk.page("register").keeper.settle()
    operator.window._show_desk("home")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as POSIX does")
def test_a_kill_while_typing_costs_less_than_a_second_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(home):
        pass
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.types_until_killed", str(home), str(TYPED)],
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    typed: list[tuple[float, int]] = []
    try:
        assert child.stdout is not None
        while len(typed) < TYPED:
            assert select.select([child.stdout], [], [], 60)[0], "it stopped typing"
            line = child.stdout.readline()
            assert line, "it ended by itself"
            typed.append((time.monotonic(), int(line)))
    finally:
        child.send_signal(signal.SIGKILL)
        killed_at = time.monotonic()
        child.wait()
    old = [count for at, count in typed if killed_at - at > 1.0]
    assert old, "nothing was typed more than a second ago"
    with opened(home) as office:
        left = drafts.unfinished(office)
        assert len(left) == 1
        assert len(left[0].name) >= max(old)
        kept = drafts.take_up(office, left[0].id)
        assert kept is not None
        assert kept.photo is not None, "the photo of the draft is kept too"


def test_a_form_that_was_cut_off_is_offered_and_goes_on(operator: Operator) -> None:
    form = operator.go("register").form
    operator.type("1303044103850001")
    operator.press(Qt.Key.Key_Return)
    form.fields["name"].control.setFocus()
    operator.type("Upik Contoh")
    form.heirs.write([{"name": "Contoh Lain", "relation": "Anak", "nik": "", "phone": ""}])
    form.photo.show_kept(portrait(1), removed=False)
    form._changed()
    operator.bot.waitUntil(lambda: [left.name for left in unfinished(operator)] == ["Upik Contoh"])
    operator.bot.waitUntil(lambda: not operator.desk.page("register").keeper._timer.isActive())
    restarted(operator)
    home = operator.desk.page("home")
    assert home.unfinished.text == "1 isian belum selesai"
    home.unfinished.continue_button.click()
    page_now = operator.desk.page("register")
    assert operator.desk.current is page_now
    assert page_now.form.fields["name"].read() == "Upik Contoh"
    assert page_now.form.heirs.read()[0]["name"] == "Contoh Lain"
    assert page_now.form.photo.fresh == portrait(1)
    assert page_now.unfinished.text == "", "the one that is open is no news"
    assert page_now.save()
    office = operator.window.office
    assert office is not None
    assert [listed.name for listed in page(office)] == ["Upik Contoh"]
    assert photo(office, page(office)[0].id) == portrait(1)
    assert unfinished(operator) == []


def test_a_correction_that_was_cut_off_goes_on_at_its_worker(operator: Operator) -> None:
    office = operator.window.office
    assert office is not None
    made = register(office, worker(1))
    assert isinstance(made, Registered)
    form = operator.go("register", worker=made.id).form
    form.fields["mother_name"].write("Ibu Rekaan")
    operator.bot.waitUntil(lambda: len(unfinished(operator)) == 1)
    restarted(operator)
    register_page = operator.go("register")
    assert register_page.unfinished.text == "1 isian belum selesai"
    register_page.unfinished.continue_button.click()
    assert register_page.frame.heading.text() == "Betulkan data pekerja"
    assert register_page.save()
    facts = get(office, made.id)
    assert facts is not None
    assert (facts.mother_name, facts.name) == ("Ibu Rekaan", "Upik Contoh 1")
    assert unfinished(operator) == []


def test_throwing_a_form_away_throws_its_draft_away(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = operator.go("register").form
    form.fields["name"].write("Upik Contoh")
    operator.bot.waitUntil(lambda: len(unfinished(operator)) == 1)
    monkeypatch.setattr("kerjadesa.ui.register_page.ask_about_changes", lambda _owner: "discard")
    operator.go("home")
    assert unfinished(operator) == []
    form.fields["name"].write("Uni Contoh")
    operator.bot.waitUntil(lambda: len(unfinished(operator)) == 1)
    form.fields["name"].write("")
    operator.bot.waitUntil(lambda: unfinished(operator) == [])


def test_a_draft_left_behind_can_be_thrown_away_after_a_question(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert operator.window.office is not None
    drafts.keep(operator.window.office, drafts.Draft("a", "", {"name": "Upik"}, None, False))
    home = operator.go("home")
    home.entered()
    answers = iter([False, True])
    monkeypatch.setattr("kerjadesa.ui.resume_strip.ask", lambda *_, **__: next(answers))
    home.unfinished.drop_button.click()
    assert len(unfinished(operator)) == 1
    home.unfinished.drop_button.click()
    assert unfinished(operator) == []
    assert home.unfinished.text == ""


def test_a_form_that_was_refused_is_kept_as_it_was_typed(operator: Operator) -> None:
    register_page = operator.go("register")
    register_page.form.fields["name"].write("Upik Contoh")
    assert not register_page.save()
    operator.bot.waitUntil(lambda: [left.name for left in unfinished(operator)] == ["Upik Contoh"])


def test_a_full_disk_is_said_while_typing_goes_on(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("disk_full")

    monkeypatch.setattr("kerjadesa.ui.register_page.keep", full)
    register_page = operator.go("register")
    register_page.form.fields["name"].write("Upik Contoh")
    operator.bot.waitUntil(lambda: "Diska penuh" in register_page.frame.banner.text)
    assert register_page.form.fields["name"].read() == "Upik Contoh"


def test_a_form_is_kept_once_the_disk_has_room_again_without_another_letter(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []
    said: list[str] = []

    def full_at_first(office: Office, draft: drafts.Draft) -> None:
        tries.append(draft)
        if len(tries) < 4:
            raise UserError("disk_full")
        drafts.keep(office, draft)

    monkeypatch.setattr("kerjadesa.ui.draft_keeper._AGAIN", 1)
    monkeypatch.setattr("kerjadesa.ui.register_page.keep", full_at_first)
    register_page = operator.go("register")
    monkeypatch.setattr(register_page.frame.banner, "say", lambda text, *_: said.append(text))
    register_page.form.fields["name"].write("Upik Contoh")
    operator.bot.waitUntil(lambda: [left.name for left in unfinished(operator)] == ["Upik Contoh"])
    assert ["Diska penuh" in text for text in said] == [True], "it is said once, not at every try"


def test_what_could_not_be_kept_is_tried_again_before_the_window_closes(qtbot: QtBot) -> None:
    kept: list[str] = []
    busy = iter([True])

    def keep(draft: SimpleNamespace) -> None:
        if next(busy, False):
            raise UserError("database_busy")
        kept.append(draft.id)

    owner, said = QObject(), list[str]()
    keeper = DraftKeeper(owner, lambda: SimpleNamespace(id="a"), keep, kept.remove, said.append)
    keeper.touch()
    keeper.finish()
    assert kept == []
    keeper.finish()
    assert kept == ["a"]
    QApplication.processEvents()
    assert said == [], "by now it is kept"
    keeper.finish()
    assert kept == ["a"], "nothing is left to be written"


def test_typing_never_waits_for_the_disk(operator: Operator) -> None:
    register_page = operator.go("register")
    office = operator.window.office
    assert office is not None
    with office.store.unit(office.now()) as unit:
        unit.set("busy", 1)
        # Somebody else writes for long: an import that lands its thousands of rows.
        register_page.form.fields["name"].write("Upik Contoh")
        operator.bot.waitUntil(lambda: register_page.keeper._writing is not None)
        longest = 0.0
        for letter in "Tanjung":
            began = time.perf_counter()
            operator.type(letter, register_page.form.fields["address"].control)
            QApplication.processEvents()
            longest = max(longest, time.perf_counter() - began)
        assert not register_page.keeper._writing.done()
    assert longest < 0.5
    operator.bot.waitUntil(lambda: len(unfinished(operator)) == 1)
