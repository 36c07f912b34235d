"""Every sentence exists in English, says the same facts, and Indonesian needs no catalogue."""

import ast
import io
import os
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kerjadesa import words
from kerjadesa.reference import resource_path
from kerjadesa.sentences import code_sentence
from kerjadesa.words import _, languages, use_language

PACKAGE = Path(words.__file__).parent
MEND = "run `make words`, translate what came out empty in en.po, run it again"


@pytest.fixture(autouse=True)
def _indonesian_again() -> Iterator[None]:
    yield
    words._catalogue.cache_clear()
    use_language("id")


@cache
def english() -> Catalog:
    with resource_path("translations", "en.po").open("rb") as file:
        return read_po(file, locale="en")


def messages() -> list[Message]:
    return [message for message in english() if message.id]


def said() -> set[str]:
    """Every text the program marks for translation."""
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")])
    return {str(message) for _file, _line, message, _comments, _context in found}


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _text, name, _spec, _kind in string.Formatter().parse(text) if name)


def test_every_sentence_of_the_program_is_in_the_catalogue_and_nothing_else() -> None:
    known = {str(message.id) for message in messages()}
    assert said() - known == set(), MEND
    assert known - said() == set(), MEND


def test_no_sentence_hides_where_translators_are_not_told_of_it() -> None:
    # Before Python 3.12 an f-string is one token to Babel: it finds no `_("…")` inside.
    marked = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"_", "N_"} and isinstance(node.args[0], ast.Constant)
    }
    assert marked - said() == set(), "take it out of the f-string"


def test_every_sentence_is_translated() -> None:
    assert [m.id for m in messages() if not m.string or m.fuzzy] == [], MEND


def test_a_translation_names_the_same_facts() -> None:
    wrong = [m.id for m in messages() if placeholders(str(m.id)) != placeholders(str(m.string))]
    assert wrong == []


def test_a_translation_keeps_line_breaks_shortcuts_and_file_endings() -> None:
    for message in messages():
        source, translated = str(message.id), str(message.string)
        assert source.count("\n") == translated.count("\n"), source
        assert source.count("&") == translated.count("&"), source
        assert source.partition("(*")[2].partition(")")[0] in translated, source


def test_the_compiled_catalogue_is_the_one_that_was_written() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, english())
    assert resource_path("translations", "en.mo").read_bytes() == compiled.getvalue(), MEND


def test_the_language_changes_what_is_said_from_then_on() -> None:
    assert code_sentence("passphrase_differs").startswith("Kedua frasa sandi")
    use_language("en")
    assert code_sentence("passphrase_differs").startswith("The two passphrases")
    use_language("id")
    assert code_sentence("passphrase_differs").startswith("Kedua frasa sandi")


@pytest.mark.parametrize("kept", [None, 0, 3, 20, 28, 200, -1])
def test_without_a_whole_catalogue_the_program_speaks_indonesian(
    kept: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = resource_path("translations", "en.mo").read_bytes()
    (tmp_path / "translations").mkdir()
    if kept is not None:
        (tmp_path / "translations" / "en.mo").write_bytes(whole[:kept])
    words._catalogue.cache_clear()
    monkeypatch.setattr(words, "resource_path", tmp_path.joinpath)
    assert languages() == (["id"] if kept is None else ["id", "en"])
    use_language("en")
    assert _("Pengaturan") == "Pengaturan"


@pytest.mark.parametrize("unknown", ["", "xx", "../en"])
def test_an_unknown_language_means_indonesian(unknown: str) -> None:
    use_language("en")
    use_language(unknown)
    assert words.language() == "id"
    assert _("Pengaturan") == "Pengaturan"


@pytest.mark.parametrize(
    ("language", "heard"),
    [
        ("en", ("Read and check a NIK.", "The district's service (hub)")),
        ("", ("Baca dan periksa sebuah NIK.", "Layanan kabupaten (hub)")),
    ],
)
def test_the_command_line_helps_in_the_chosen_language(
    language: str, heard: tuple[str, str]
) -> None:
    program = [sys.executable, "-m", "kerjadesa", "--help"]
    environment = {
        **os.environ, "KERJADESA_LANGUAGE": language, "PYTHONUTF8": "1", "COLUMNS": "120",
    }  # fmt: skip
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    for sentence in heard:
        assert sentence in done.stdout


def test_only_the_help_of_commands_is_worded_before_the_language_is_chosen() -> None:
    early = {
        path.relative_to(PACKAGE).parts[:2]
        for path in PACKAGE.rglob("*.py")
        for node in _run_on_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    }
    assert {where for where in early if where[0] != "cli"} == {("hub", "commands.py")}


def _run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    """All parts of a module but the bodies of its functions."""
    yield node
    for name, value in ast.iter_fields(node):
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if inside and name == "body":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _run_on_import(child)
