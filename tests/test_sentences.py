"""Every code that can reach a person has a sentence, and every sentence a next step."""

import re
import string
from pathlib import Path

import pytest

from kerjadesa.domain.problem import Problem, UserError
from kerjadesa.sentences import code_sentence, known_codes, sentence

PACKAGE = Path(__file__).parent.parent / "kerjadesa"
RAISED = re.compile(
    r"(?:UserError|BatchRefused|Refused|RequestRefused|Problem)\(\s*(?:\"\w+\",\s*)?\"([a-z0-9_]+)\""
)


def raised_codes() -> set[str]:
    """Codes as they stand in the program text."""
    return {
        code
        for path in PACKAGE.rglob("*.py")
        for code in RAISED.findall(path.read_text(encoding="utf-8"))
    }


def test_no_code_reaches_a_secretary_as_a_bare_word() -> None:
    assert raised_codes() - known_codes() == set()


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_a_sentence_ends_and_survives_missing_facts(code: str) -> None:
    text = code_sentence(code)
    assert text.endswith(".")
    assert "{" not in text


def test_a_sentence_says_the_facts_it_is_given() -> None:
    error = UserError("workbook_column_missing", column="nik", nearest="no nik")
    assert "no nik" in sentence(error)
    assert "8" in sentence(UserError("passphrase_short", shortest=8))


def test_an_unknown_code_is_named_so_that_it_can_be_reported() -> None:
    assert "sesuatu_baru" in sentence(Problem("nik", "sesuatu_baru"))


def test_facts_with_braces_are_not_read_as_placeholders() -> None:
    assert "{0.__class__}" in sentence(UserError("nagari_unknown", nagari="{0.__class__}"))
    assert list(string.Formatter().parse(code_sentence("nik_length")))
