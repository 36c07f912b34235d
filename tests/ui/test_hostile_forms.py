"""Whatever is typed, pasted or scanned into the form: it never raises and saves what it shows."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from kerjadesa.actions.correct import Corrected, correct
from kerjadesa.actions.list_workers import get
from kerjadesa.actions.register import Registered, check_draft, register
from kerjadesa.domain.check import clean, read_date
from kerjadesa.domain.worker import FACT_NAMES, WorkerFacts
from tests.ui.conftest import Operator

ODD = [
    "M'rad Al-Ma'arif", "Ng", "Y", "Sri " + "Wahyuni " * 6 + "Puspa", "Ā́ é é ñ", "O’Contoh",
    "\u202eterbalik\u202c", "Upik\u200b\u200dContoh", "\ud800sendiri", "sendiri\udfff", "\x00nol",
    "a\tb\r\nc\u2028d\u2029e", "😀👩‍👩‍👧‍👦", "مرحبا", "a" + "\u0301" * 300, "\ufeff",
    "\ufffe\uffff",
    "'; DROP TABLE worker; --", "=1+1", "%s%n{name}{0}", "<b>tebal</b>&amp;", "-", "0", "NULL",
    "x" * 10_000, "1303044103850001\r", "१३०३०४", "12-02-2020", "31-02-1990", "9" * 20,
]  # fmt: skip

texts = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=40),
    # Surrogates too: what another program has put on the clipboard need not be whole.
    st.text(st.characters(), max_size=12),
    st.integers(0, 10**17).map(str),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"{day:%d-%m-%Y}"),
)


@pytest.fixture(scope="module")
def facts_that_stand() -> dict[str, str]:
    """As many facts as a form needs to be saved; each example changes some of them."""
    return {"name": "Upik Contoh", "birth_date": "01-03-1985"}


def controls(register_page: Any) -> dict[str, Any]:
    """Everything in the form that takes text, by fact; heirs by their place in a row."""
    form = register_page.form
    form.heirs.write([{"name": "", "relation": "", "nik": "", "phone": ""}])
    found = {fact: field.control for fact, field in form.fields.items()}
    line = form.heirs._rows[0]
    heir = {"heir_name": line.name, "heir_relation": line._relation, "heir_nik": line._nik,
            "heir_phone": line._phone}  # fmt: skip
    return {**found, **heir}


def as_dict(heir: Any) -> dict[str, str]:
    return heir if isinstance(heir, dict) else heir.model_dump()


def paste(control: Any, text: str) -> None:
    """Puts text where a paste or a scanner puts it."""
    if isinstance(control, QComboBox):
        line = control.lineEdit()
        if line is None:
            # A list to choose from: the text finds a choice or does nothing.
            control.setCurrentText(text)
            return
        control = line
    if isinstance(control, QLineEdit):
        control.selectAll()
        control.insert(text)
        control.editingFinished.emit()
    else:
        assert isinstance(control, QPlainTextEdit)
        control.selectAll()
        mime = QMimeData()
        mime.setText(text)
        control.insertFromMimeData(mime)


FIELDS = [
    *(name for name in FACT_NAMES if name not in {"nagari", "photo", "heirs", "registered_on"}),
    "heir_name", "heir_relation", "heir_nik", "heir_phone",
]  # fmt: skip


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.lists(st.tuples(st.sampled_from(FIELDS), texts), min_size=1, max_size=12),
       serial=st.integers(1, 9999))  # fmt: skip
def test_any_text_in_any_order_is_either_refused_in_words_or_saved_as_shown(
    operator: Operator,
    facts_that_stand: dict[str, str],
    typed: list[tuple[str, str]],
    serial: int,
) -> None:
    page, office = operator.go("register"), operator.window.office
    assert office is not None
    page.keeper.settle()
    page._load("")
    # No event loop turns between two examples, so the rows of heirs before would pile up.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fields = controls(page)
    for fact, text in {"nik": f"130304410385{serial:04d}", **facts_that_stand}.items():
        paste(fields[fact], text)
    for fact, text in typed:
        paste(fields[fact], text)
        page._check()
    page.form.settle()
    shown = page.form.draft()
    # What a power cut would leave has to be writable too.
    page.keeper.touch()
    page.keeper.finish()
    assert page.frame.banner.text.startswith("Isian ini belum tersimpan") is False
    result = register(office, shown, None, page._draft)
    if not isinstance(result, Registered):
        assert all(problem.field and problem.code for problem in result)
        assert not page.save()
        assert page.frame.banner.text
        return
    stored = get(office, result.id)
    assert stored is not None
    for fact, value in shown.items():
        held = getattr(stored, fact)
        if fact == "heirs":
            assert [as_dict(heir) for heir in held] == clean("heirs", value)
        elif fact.endswith("_date"):
            assert held == (read_date(clean(fact, value)) if value else None), fact
        elif value is not None and fact not in {"nik", "income_base"}:
            assert held == clean(fact, value), fact
    # And it reads back: opened again, the form holds the same facts and nothing to save.
    page._load(result.id)
    again = check_draft(office, page.form.draft())[0]
    assert isinstance(again, WorkerFacts)
    for fact in page.form.draft():
        assert getattr(again, fact) == getattr(stored, fact), fact
    reads = {name: value for name, value in page.form.draft().items() if name in FACT_NAMES}
    outcome = correct(office, result.id, reads)
    assert isinstance(outcome, Corrected)
    assert not outcome.changed


def test_of_a_book_pasted_into_the_notes_as_much_is_taken_as_can_be_saved(
    operator: Operator,
) -> None:
    notes = operator.go("register").form.fields["notes"]
    paste(notes.control, "Tetangga baik. " * 10_000)
    assert 900 < len(notes.read()) <= 1000
    paste(notes.control, "Ganti.")
    assert notes.read() == "Ganti."
