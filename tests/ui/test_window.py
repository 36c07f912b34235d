"""Starting, unlocking, waiting and closing."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from kerjadesa.domain.problem import UserError
from kerjadesa.incidents import WINDOW_LOG, record, start_log, stop_log
from kerjadesa.ui import window
from kerjadesa.ui.jobs import Ticket
from kerjadesa.ui.theme import RAIL_WIDTH
from tests.office_kit import PASSPHRASE
from tests.ui.conftest import Operator

PAGES = ("home", "workers", "register", "import", "cards", "exchange", "verify", "settings")


def test_a_first_start_is_set_up_with_the_keyboard_alone(fresh: Operator) -> None:
    setup = fresh.window.setup
    assert setup is not None
    fresh.type("muaro")
    fresh.press(Qt.Key.Key_Return)
    fresh.type("Petugas Contoh")
    fresh.press(Qt.Key.Key_Return)
    fresh.type("empat kata")
    fresh.press(Qt.Key.Key_Tab)
    fresh.type(PASSPHRASE)
    assert not setup.next.isEnabled(), "two different passphrases must not pass"
    setup.passphrase.setText(PASSPHRASE)
    fresh.wait(lambda: fresh.press(Qt.Key.Key_Return))
    key = setup.paper.key.text()
    assert len(key.replace("-", "")) >= 26
    assert not setup.next.isEnabled(), "nobody goes on before the key is on paper"
    setup.written_down.setFocus()
    fresh.press(Qt.Key.Key_Space)
    fresh.wait(lambda: fresh.press(Qt.Key.Key_Return))
    assert fresh.window.office is not None
    assert fresh.window.office.place.code == "13.03.04.2001"
    assert fresh.window.office.operator == "Petugas Contoh"


def test_the_recovery_key_saved_as_text_opens_the_register(fresh: Operator, tmp_path: Path) -> None:
    setup = fresh.window.setup
    assert setup is not None
    setup.picker.search.setText("1303042001")
    setup.forward()
    setup.operator.setText("Petugas Contoh")
    setup.forward()
    setup.passphrase.setText(PASSPHRASE)
    setup.again.setText(PASSPHRASE)
    fresh.wait(setup.forward)
    setup.paper.save_to(tmp_path / "kunci.txt")
    saved = (tmp_path / "kunci.txt").read_text(encoding="utf-8")
    key = next(line for line in saved.splitlines() if line.count("-") > 3)
    setup.written_down.setChecked(True)
    fresh.wait(setup.forward)
    fresh.desk.locked.emit()
    assert fresh.window.unlock is not None
    fresh.window.unlock.passphrase.setText(key)
    fresh.wait(fresh.window.unlock.open)
    assert fresh.window.office is not None


def test_closing_before_the_recovery_key_is_on_paper_asks_first(
    fresh: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = fresh.window.setup
    assert setup is not None
    setup.picker.search.setText("muaro")
    setup.forward()
    setup.operator.setText("Petugas Contoh")
    setup.forward()
    setup.passphrase.setText(PASSPHRASE)
    setup.again.setText(PASSPHRASE)
    fresh.wait(setup.forward)
    asked: list[str] = []
    monkeypatch.setattr(window, "ask", lambda _owner, text, **_words: bool(asked.append(text)))
    assert not fresh.window.close()
    assert "Kunci pemulihan" in asked[0]


def test_a_recovery_key_that_appears_while_closing_keeps_the_window_open(fresh: Operator) -> None:
    setup = fresh.window.setup
    assert setup is not None
    setup.picker.search.setText("muaro")
    setup.forward()
    setup.operator.setText("Petugas Contoh")
    setup.forward()
    setup.passphrase.setText(PASSPHRASE)
    setup.again.setText(PASSPHRASE)

    def close_while_the_register_is_made() -> None:
        setup.forward()
        assert not fresh.window.close()

    fresh.wait(close_while_the_register_is_made)
    assert fresh.window.isVisible()
    assert setup.paper.key.text()
    assert setup.written_down.isEnabled()


def test_a_wrong_passphrase_says_one_sentence_and_lets_try_again(locked: Operator) -> None:
    unlock = locked.window.unlock
    assert unlock is not None
    locked.type("bukan frasa sandinya")
    locked.wait(lambda: locked.press(Qt.Key.Key_Return))
    assert unlock.banner.text.startswith("Frasa sandi tidak cocok")
    assert locked.focus is unlock.passphrase
    locked.type(PASSPHRASE)
    locked.wait(lambda: locked.press(Qt.Key.Key_Return))
    assert locked.window.office is not None


def test_closing_waits_for_the_work_that_is_under_way(operator: Operator) -> None:
    begun, go_on = threading.Event(), threading.Event()
    finished: list[str] = []

    def work(_ticket: Ticket) -> str:
        begun.set()
        go_on.wait(10)
        return "ditulis"

    operator.window.lane.submit(work, done=finished.append, failed=finished.append)
    assert begun.wait(10)
    assert not operator.window.close()
    assert operator.window.isVisible()
    assert "menutup sendiri" in operator.window.banner.text
    go_on.set()
    operator.bot.waitUntil(lambda: not operator.window.isVisible(), timeout=10_000)
    assert finished == ["ditulis"]


def test_closing_asks_about_a_half_filled_form_before_it_waits(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(_ticket: Ticket) -> None:
        begun.set()
        go_on.wait(10)

    page = operator.go("register")
    page.form.fields["name"].control.setText("Upik Contoh")
    monkeypatch.setattr("kerjadesa.ui.register_page.ask_about_changes", lambda _owner: "stay")

    def close_during_work() -> None:
        operator.window.lane.submit(work, done=lambda _: None, failed=lambda _: None)
        assert begun.wait(10)
        assert not operator.window.close()
        go_on.set()

    operator.wait(close_during_work)
    assert operator.window.isVisible()
    assert page.form.fields["name"].read() == "Upik Contoh"
    assert page.isEnabled()


def test_a_small_screen_scrolls_instead_of_hiding_what_does_not_fit(operator: Operator) -> None:
    # What a 1366 × 768 screen at 150 % has room for.
    operator.window.resize(911, 480)
    for page in PAGES:
        widget = operator.go(page)
        layout, area = widget.layout(), widget.parentWidget().parentWidget()
        down, across = area.verticalScrollBar(), area.horizontalScrollBar()

        def at_rest() -> bool:
            # Lines that break anew make a page higher, and the bar that comes breaks them again.
            hidden = widget.size() - area.viewport().size()  # noqa: B023
            return (
                widget.height() >= layout.totalHeightForWidth(widget.width())  # noqa: B023
                and (across.maximum(), down.maximum()) == hidden.toTuple()  # noqa: B023
            )

        operator.bot.waitUntil(at_rest)
        assert (operator.window.width(), operator.window.height()) == (911, 480), page
        assert widget.width() >= widget.minimumSizeHint().width(), page


def test_cancelled_work_calls_back_as_stopped_and_nothing_else(operator: Operator) -> None:
    begun = threading.Event()
    heard: list[str] = []

    def work(ticket: Ticket) -> None:
        from kerjadesa.actions.lane import Stopped

        begun.set()
        while not ticket.cancelled():
            begun.wait(0.01)
        raise Stopped

    def run() -> None:
        operator.window.lane.submit(
            work,
            done=lambda _: heard.append("done"),
            failed=heard.append,
            stopped=lambda: heard.append("stopped"),
        )
        assert begun.wait(10)
        operator.window.lane.cancel()

    operator.wait(run)
    assert heard == ["stopped"]


def test_what_a_job_held_ends_on_the_windows_thread_as_soon_as_it_is_through(
    operator: Operator,
) -> None:
    ended: list[threading.Thread] = []

    class Held:
        def __del__(self) -> None:
            ended.append(threading.current_thread())

    def submit(held: Held) -> None:
        operator.window.lane.submit(
            lambda _ticket: id(held), done=lambda _id: None, failed=lambda _text: id(held)
        )

    submit(Held())
    operator.bot.waitUntil(lambda: bool(ended))
    assert ended == [threading.main_thread()]


def test_trouble_in_the_lane_becomes_a_sentence_or_a_number(operator: Operator) -> None:
    heard: list[str] = []

    def known(_ticket: Ticket) -> None:
        raise UserError("usb_missing")

    def unknown(_ticket: Ticket) -> None:
        raise KeyError("1303044103850001")

    lane = operator.window.lane
    operator.wait(lambda: lane.submit(known, done=heard.append, failed=heard.append))
    operator.wait(lambda: lane.submit(unknown, done=heard.append, failed=heard.append))
    assert "pasang" in heard[0]
    assert "laporkan nomor" in heard[1]
    assert "1303044103850001" not in heard[1]


def test_the_log_tells_where_it_went_wrong_and_never_of_whom(tmp_path: Path) -> None:
    handler = start_log(tmp_path)
    person = "NIK 1303044103850001 milik Upik Contoh"
    try:
        raise ValueError(person)
    except ValueError as error:
        number = record(error)
    finally:
        stop_log(handler)
    text = (tmp_path / WINDOW_LOG).read_text(encoding="utf-8")
    assert number in text
    assert "ValueError" in text
    assert "test_window.py" in text
    assert "1303044103850001" not in text
    assert "Upik" not in text


def test_an_error_nobody_foresaw_leaves_the_window_usable(operator: Operator) -> None:
    operator.window.surprise(RuntimeError("x"))
    assert "laporkan nomor" in operator.window.banner.text
    operator.go("workers")
    assert operator.desk.current is operator.desk.page("workers")


def test_every_page_names_its_controls_and_lets_no_other_window_flash_up(
    operator: Operator,
) -> None:
    unnamed: list[str] = []
    for page in PAGES:
        widget = operator.go(page)
        # A part that is shown before it has its place becomes a window and takes the focus away.
        assert QApplication.activeWindow() is operator.window, page
        for control in widget.findChildren(QWidget):
            reached = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible()
            text = control.text() if isinstance(control, QAbstractButton) else ""
            inner = isinstance(control.parent(), QComboBox)
            if reached and not inner and not (control.accessibleName() or text):
                unnamed.append(f"{page}: {type(control).__name__}")
    assert not unnamed


def test_no_page_is_wider_than_a_village_screen(operator: Operator) -> None:
    for page in PAGES:
        needed = operator.go(page).minimumSizeHint()
        assert needed.width() <= 1366 - RAIL_WIDTH, page
        assert needed.height() <= 690, page


def test_staying_at_a_half_filled_form_loses_nothing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = operator.go("register")
    page.form.fields["name"].control.setText("Upik Contoh")
    monkeypatch.setattr("kerjadesa.ui.register_page.ask_about_changes", lambda _owner: "stay")
    operator.desk.go("home")
    assert operator.desk.current is page
    assert page.form.fields["name"].read() == "Upik Contoh"
